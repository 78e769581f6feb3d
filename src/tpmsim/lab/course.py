"""The course of the visible numbers over a batch: where each ends, and in which runs it ever rose and ever fell.

Numbers that rise whatever is done, or fall whatever is done, tell a player nothing; this is how they are found.
"""

import numpy as np

from tpmsim.core.arrays import Bools, Ints
from tpmsim.core.conditions import rows
from tpmsim.core.rules import Rules
from tpmsim.core.state import Known


class Course:
    """Watches a batch week by week.

    Args:
        rules: the scenario.
        known: what is known at the start of N runs.

    Attributes:
        last: (V, N) the visible numbers, in whole quanta, as they were seen last.
        rose, fell: (V, N) whether a number ever did, from one week to the next.
    """

    def __init__(self, rules: Rules, known: Known) -> None:
        self._rules = rules
        self.last: Ints = _quanta(rules, known)
        self.rose: Bools = np.zeros(self.last.shape, dtype=np.bool_)
        self.fell: Bools = np.zeros(self.last.shape, dtype=np.bool_)

    def see(self, places: Ints, known: Known) -> None:
        """Take in the next week of the runs at these places of the batch."""
        now, before = _quanta(self._rules, known), self.last[:, places]
        self.rose[:, places] |= now > before
        self.fell[:, places] |= now < before
        self.last[:, places] = now


def _quanta(rules: Rules, known: Known) -> Ints:
    """(V, N) every visible number in whole quanta."""
    seen = [np.rint(rows(known, one.value) / one.quantum) for one in rules.numbers]
    return np.array(seen).reshape(len(seen), known.hours.shape[0]).astype(np.int64)
