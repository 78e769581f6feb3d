"""Readings of what is known that several mechanics, the policies and the screens need alike."""

import numpy as np

from tpmsim.core.arrays import Floats
from tpmsim.core.rules import Function, Response, Rules
from tpmsim.core.state import Known

NEGLECTED = 0.9
"""What is left of a function's work in a week of neglect (assumption)."""

ABANDONED = 0.8
"""What is left of it once its lead has gone (assumption)."""


def effort_of(rules: Rules, known: Known, function: Function) -> Floats:
    """(N,) share of its usual work that a function does this week."""
    share = np.ones(known.week.shape)
    for a in np.flatnonzero(rules.people.function == function):
        share = np.where(known.acted[a] == Response.NEGLECT, share * NEGLECTED, share)
        share = np.where(known.gone[a] > 0.0, share * ABANDONED, share)
    return share
