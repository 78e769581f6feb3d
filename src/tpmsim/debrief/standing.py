"""How runs in the same world compare: matchpoints and cross-IMPs, as in duplicate bridge.

Only runs of the same scenario and seed are compared, so that nobody is ahead by an easier world. Both figures are for
each player's own eyes: they make no ranking here. Scores are whole SCORE_UNITs, so ties are exact.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from tpmsim.core.arrays import Ints
from tpmsim.core.outcome import SCORE_UNIT

IMP_BOUNDS = (
    *(20, 50, 90, 130, 170, 220, 270, 320, 370, 430, 500, 600),
    *(750, 900, 1100, 1300, 1500, 1750, 2000, 2250, 2500, 3000, 3500, 4000),
)
"""pub: differences from which 1, 2, ... 24 IMPs are given (World Bridge Federation, Laws of Duplicate Bridge, 78B)."""

POINTS_OF_W = 40
"""assumption: bridge points that one point of W counts, so that 0 to 100 points of W use the whole scale."""

APART = np.array([-(-bound * SCORE_UNIT // POINTS_OF_W) for bound in IMP_BOUNDS], dtype=np.int64)[:, None]
"""(24, 1) the differences of W from which 1, 2, ... IMPs are given, in whole SCORE_UNITs."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A run among those in the same world.

    Attributes:
        others: how many there are.
        matchpoints: share of them that it beats, 0..1, a tie counting half.
        imps: mean over them of the difference of scores in IMPs, above 0 where it is ahead.
    """

    others: int
    matchpoints: float
    imps: float


def standings(scores: Mapping[str, Sequence[tuple[str, int]]]) -> dict[str, Standing]:
    """Of each run that has company in its world.

    Args:
        scores: by world, the names of runs with their W in whole SCORE_UNITs.
    """
    found: dict[str, Standing] = {}
    for world in scores.values():
        if len(world) > 1:
            names, values = zip(*world, strict=True)
            found.update(zip(names, compared(np.array(values, dtype=np.int64)), strict=True))
    return found


def compared(scores: Ints) -> list[Standing]:
    """Of each of some runs in one world, two at least; (N,) scores."""
    others = scores.shape[0] - 1
    return [
        Standing(others, float(Fraction(half, 2 * others)), float(Fraction(imps, others)))
        for half, imps in zip(_beaten(scores).tolist(), _imps(scores).tolist(), strict=True)
    ]


def imps(difference: int) -> int:
    """IMPs of a difference of W in whole SCORE_UNITs, with its sign."""
    size = sum(abs(difference) * POINTS_OF_W >= bound * SCORE_UNIT for bound in IMP_BOUNDS)
    return size if difference > 0 else -size


def _beaten(scores: Ints) -> Ints:
    """(N,) twice the runs that each beats, and once those with the same score, itself not counted."""
    order = np.sort(scores)
    below, not_above = np.searchsorted(order, scores, "left"), np.searchsorted(order, scores, "right")
    return np.asarray(below + not_above - 1, dtype=np.int64)


def _imps(scores: Ints) -> Ints:
    """(N,) sum over the others of the IMPs against each: a count of those at least each bound behind, or ahead."""
    order = np.sort(scores)
    behind = np.searchsorted(order, scores - APART, "right")
    ahead = order.shape[0] - np.searchsorted(order, scores + APART, "left")
    return np.asarray((behind - ahead).sum(axis=0), dtype=np.int64)
