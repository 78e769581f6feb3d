"""A policy that may not make some moves: what becomes of a run in which something is not decided."""

from dataclasses import dataclass

import numpy as np

from tpmsim.core.arrays import Bools, Ints
from tpmsim.core.rolls import Luck
from tpmsim.core.state import Known
from tpmsim.lab.policy import END, Bound, Week
from tpmsim.lab.rollout import week_of
from tpmsim.lab.swift import Swift


@dataclass(frozen=True, slots=True, eq=False)
class Barred:
    """A policy without some moves, in a batch of N runs.

    A list of rules goes on to its next line. Any other policy ends its week where it would have made such a move, as
    nobody can say what it would have done instead.

    Attributes:
        policy: as it plays otherwise.
        moves: (M, N) what it may not do.
    """

    policy: Bound
    moves: Bools

    def asking(self, luck: Luck) -> Week:
        """A week that begins."""
        if isinstance(self.policy, Swift):
            return self.policy.asking(luck, self.moves)
        return _Ended(week_of(self.policy, luck), self.moves)


class _Ended:
    """A week that ends where a barred move would be made."""

    def __init__(self, week: Week, barred: Bools) -> None:
        self._week, self._barred = week, barred

    def choose(self, known: Known, busy: Bools) -> Ints:
        """(N,) the next move, END in place of a barred one."""
        chosen = self._week.choose(known, busy)
        return np.where((chosen >= 0) & self._barred[chosen, np.arange(chosen.shape[0])], END, chosen)

    def made(self, chosen: Ints) -> None:
        """Each run has made its move, where it is not negative."""
        self._week.made(chosen)
