"""What is legal for many moves at once: a condition that several moves share is worked out once for all of them.

Moves of one kind ask mostly the same (hours, a stage, a free week), and `core.moves.allowed` asks them one move at a
time. The answers are the same. Not for a single move, nor for why one is refused.
"""

from dataclasses import dataclass

import numpy as np

from tpmsim.core.arrays import Bools, Ints
from tpmsim.core.conditions import Expr, holds
from tpmsim.core.rules import Rules
from tpmsim.core.state import Known


@dataclass(frozen=True, slots=True, eq=False)
class Legality:
    """What the moves of a scenario ask.

    Attributes:
        rules: the scenario.
        conditions: that moves ask, each once.
        asked: for each move the places of its conditions.
    """

    rules: Rules
    conditions: tuple[Expr, ...]
    asked: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, rules: Rules) -> "Legality":
        """The conditions of all moves, each with a place."""
        places: dict[Expr, int] = {}
        asked = tuple(
            tuple(places.setdefault(check.holds, len(places)) for check in move.checks) for move in rules.moves
        )
        return cls(rules, tuple(places), asked)

    def table(self, known: Known, rows: Ints) -> Bools:
        """(K, N) where each of these moves is legal."""
        moves, met = self.rules.moves, dict[int, Bools]()
        stages = np.array([moves[row].stages for row in rows.tolist()])
        hours = np.array([moves[row].hours for row in rows.tolist()])[:, None]
        costs = np.array([moves[row].cost for row in rows.tolist()])[:, None]
        legal: Bools = known.live & stages[:, known.stage]
        legal &= (hours <= 0.0) | (known.hours >= hours)
        legal &= (costs <= 0.0) | (known.cash >= costs)
        for may, row in zip(legal, rows.tolist(), strict=True):
            for place in self.asked[row]:
                if not np.count_nonzero(may):
                    break
                if place not in met:
                    met[place] = holds(self.conditions[place], known)
                may &= met[place]
        return legal
