"""The visible numbers over the ladder: in how many runs each rose and fell, and whether it tells policies apart."""

from dataclasses import dataclass

import numpy as np

from tpmsim.lab.balance.ladder import Ladder


@dataclass(frozen=True, slots=True)
class Movement:
    """What one visible number did.

    Attributes:
        id: of the number.
        rose, fell: share of runs in which it ever did, each policy with the same weight.
        apart: the most that two policies differ in it at the end, in standard deviations.
    """

    id: str
    rose: float
    fell: float
    apart: float


def movements(ladder: Ladder) -> tuple[Movement, ...]:
    """All visible numbers, in the order of the scenario."""
    played = list(ladder.results.values())
    return tuple(
        Movement(
            number.id,
            float(np.mean([one.rose[row].mean() for one in played])),
            float(np.mean([one.fell[row].mean() for one in played])),
            ladder.apart(row),
        )
        for row, number in enumerate(ladder.rules.numbers)
    )
