"""Synctest: a run taken out of its batch and set back some weeks must come by the same moves to the same state.

It holds states against each other field by field, by fingerprint; a difference is a bug of ours.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np

from tpmsim.core.fingerprint import fingerprint
from tpmsim.core.moves import apply
from tpmsim.core.opening import initial
from tpmsim.core.rules import Rules
from tpmsim.core.state import State
from tpmsim.core.week import advance
from tpmsim.lab.trial.breaches import Breach
from tpmsim.lab.trial.explore import Failure, Witness

STEPS: Final = (1, 3)
"""Weeks by which a run is set back, beside all of them."""


def synctest(rules: Rules, witness: Witness) -> Iterator[Failure]:
    """The first field that differs, for each distance; nothing if all is well."""
    last = len(witness.states) - 1
    fresh = initial(rules, np.array([witness.seed], dtype=np.uint64))
    starts = [(0, fresh), *((max(0, last - back), witness.states[max(0, last - back)]) for back in STEPS)]
    for week, state in starts:
        found = _differs(rules, witness, week, state)
        if found:
            yield found


def _differs(rules: Rules, witness: Witness, week: int, state: State) -> Failure | None:
    """Play on from a state to the end; where it parts from what was seen in the batch, if it does."""
    for number in range(week, len(witness.states)):
        field = _parts(state, witness.states[number])
        if field:
            return Failure(Breach("twin", field), witness.seed, max(0, number - 1), witness.script[:number])
        if number < len(witness.script):
            for row in witness.script[number]:
                state = apply(rules, state, np.array([row], dtype=np.int64))
            state = advance(rules, state)
    return None


def _parts(one: State, other: State) -> str:
    """The first field in which two runs differ, or nothing."""
    mine, theirs = fingerprint(one), fingerprint(other)
    return next((name for group in mine for name in mine[group] if mine[group][name] != theirs[group][name]), "")
