"""Matchpoints and IMPs against plain counting over all pairs; the scale against the printed one."""

import random
from fractions import Fraction

import numpy as np
import pytest

from tpmsim.core.outcome import SCORE_UNIT
from tpmsim.debrief.standing import IMP_BOUNDS, compared, imps, standings

POINT = SCORE_UNIT


@pytest.mark.parametrize(
    ("difference", "expected"),
    [(0, 0), (10, 0), (20, 1), (40, 1), (50, 2), (420, 9), (430, 10), (590, 11), (740, 12), (3990, 23), (4000, 24)],
)
def test_the_scale_of_bridge(difference: int, expected: int) -> None:
    """World Bridge Federation, Laws of Duplicate Bridge, Law 78B; one point of W counts for 40."""
    assert imps(difference * POINT // 40) == expected
    assert imps(-difference * POINT // 40) == -expected


def test_there_are_24_steps_and_100_points_reach_the_last() -> None:
    assert len(IMP_BOUNDS) == 24
    assert list(IMP_BOUNDS) == sorted(IMP_BOUNDS)
    assert imps(100 * POINT) == 24


def test_many_at_once_are_all_pairs() -> None:
    dice = random.Random(4)
    scores = [dice.choice([0, POINT // 2, 5 * POINT, dice.randrange(100 * POINT)]) for _ in range(50)]
    found = compared(np.array(scores))
    for place, mine in enumerate(scores):
        others = scores[:place] + scores[place + 1 :]
        beaten = sum(2 * (mine > other) + (mine == other) for other in others)
        assert found[place].matchpoints == float(Fraction(beaten, 2 * len(others)))
        assert found[place].imps == float(Fraction(sum(imps(mine - other) for other in others), len(others)))
    assert sum(one.matchpoints for one in found) == pytest.approx(len(scores) / 2)
    assert sum(one.imps for one in found) == pytest.approx(0.0)


def test_only_runs_in_the_same_world_are_compared() -> None:
    found = standings({"A": [("ada", 10 * POINT), ("ben", 30 * POINT)], "B": [("cleo", 99 * POINT)]})
    assert set(found) == {"ada", "ben"}
    assert (found["ben"].matchpoints, found["ben"].others) == (1.0, 1)
    assert found["ada"].imps == -13
