"""Fingerprints: hashes by which two states are compared, on any machine and after any time."""

import hashlib

import numpy as np

from tpmsim.core.batch import arrays
from tpmsim.core.state import State


def fingerprint(state: State, run: int = 0) -> dict[str, dict[str, str]]:
    """A hash of every field of one run, under its group: equal states and only they have equal ones.

    Bytes are little-endian, -0.0 counts as 0.0, so that every machine agrees.
    """
    groups: dict[str, dict[str, str]] = {}
    for heading, name, array in arrays(state):
        row = np.ascontiguousarray(array[..., run])
        plain = (row + 0.0).astype("<f8") if row.dtype.kind == "f" else row.astype(f"<{row.dtype.kind}8")
        groups.setdefault(heading, {})[name] = hashlib.sha256(plain.tobytes()).hexdigest()[:12]
    return groups
