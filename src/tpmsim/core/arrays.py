"""Names for the arrays of the core. Every array has the runs on its last axis; plain numbers broadcast.

This module holds types only: it computes nothing.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
"""Quantities, 64-bit."""

Ints = NDArray[np.int64]
"""Counts, weeks and rows of tables."""

Bools = NDArray[np.bool_]
"""Masks."""

Keys = NDArray[np.uint64]
"""The words from which luck is drawn."""

Number = Floats | float
"""A quantity that may be the same for all runs."""
