"""All legal moves of a batch at once, each distinct condition asked only once.

`core.moves` says which moves are legal; this gives the same answer for whoever needs it for all moves at every step,
several times as fast. A test holds them against each other.
"""

from dataclasses import dataclass

import numpy as np

from tpmsim.core.arrays import Bools, Floats, Ints
from tpmsim.core.conditions import Expr, holds
from tpmsim.core.rules import Rules
from tpmsim.core.state import Known


@dataclass(frozen=True, slots=True, eq=False)
class Legality:
    """What the moves of a scenario ask for, as tables.

    Attributes:
        hours, cost: (M, 1) of each move.
        stages: (M, stages) where each belongs.
        conditions: all distinct conditions of moves.
        asked: (most, M) rows of `conditions`; one past their end where a move asks no more.
    """

    hours: Floats
    cost: Floats
    stages: Bools
    conditions: tuple[Expr, ...]
    asked: Ints

    @classmethod
    def of(cls, rules: Rules) -> "Legality":
        """The tables of a scenario."""
        place: dict[Expr, int] = {}
        rows = [[place.setdefault(check.holds, len(place)) for check in move.checks] for move in rules.moves]
        most = max((len(row) for row in rows), default=0)
        return cls(
            hours=np.array([[move.hours] for move in rules.moves]),
            cost=np.array([[move.cost] for move in rules.moves]),
            stages=np.array([move.stages for move in rules.moves]),
            conditions=tuple(place),
            asked=np.array([row + [len(place)] * (most - len(row)) for row in rows], dtype=np.int64).T,
        )

    def legal(self, known: Known) -> Bools:
        """(M, N) where each move is legal."""
        met = np.ones((len(self.conditions) + 1, known.week.shape[0]), dtype=np.bool_)
        for row, condition in enumerate(self.conditions):
            met[row] = holds(condition, known)
        free = (self.cost <= 0.0) | (known.cash >= self.cost)
        legal: Bools = known.live & self.stages[:, known.stage] & (known.hours >= self.hours) & free
        for rows in self.asked:
            legal &= met[rows]
        return legal
