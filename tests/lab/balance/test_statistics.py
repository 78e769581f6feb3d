"""Intervals, luck share, separation: against numbers worked out by hand."""

import math

import numpy as np
import pytest

from tpmsim.lab.balance.statistics import luck_share, mean, separation, wilson


def test_the_interval_of_eight_in_ten() -> None:
    found = wilson(8, 10)
    assert found.share == 0.8
    assert (found.low, found.high) == pytest.approx((0.4902, 0.9433), abs=1e-4)


@pytest.mark.parametrize(("hits", "of"), [(0, 5), (5, 5), (0, 0)])
def test_an_interval_stays_within_0_and_1_and_holds_its_share(hits: int, of: int) -> None:
    found = wilson(hits, of)
    assert 0.0 <= found.low <= found.share <= found.high <= 1.0
    assert found.high - found.low > 0.3


def test_luck_share_weighs_every_policy_alike() -> None:
    low, high = np.array([0.0, 2.0]), np.array([10.0, 10.0, 12.0, 12.0])
    assert luck_share([low, high]) == pytest.approx(1.0 / 26.0)
    assert luck_share([low, np.tile(high, 100)]) == pytest.approx(1.0 / 26.0)


def test_luck_share_of_pure_skill_of_pure_luck_and_of_nothing() -> None:
    assert luck_share([np.full(3, 1.0), np.full(3, 2.0)]) == 0.0
    assert luck_share([np.array([1.0, 3.0]), np.array([3.0, 1.0])]) == 1.0
    assert luck_share([np.zeros(3), np.zeros(3)]) is None


def test_separation_in_standard_deviations() -> None:
    assert separation([np.array([0.0, 2.0]), np.array([3.0, 5.0])]) == pytest.approx(3.0)
    assert separation([np.zeros(2), np.ones(2)]) == math.inf
    assert separation([np.ones(2), np.ones(3)]) == 0.0
    assert separation([np.ones(2)]) == 0.0


def test_two_groups_that_hardly_vary_are_not_apart_by_any_figure() -> None:
    still, nearly, lively = np.full(100, 0.4), np.r_[np.zeros(99), 1e-4], np.tile([0.0, 1.0], 50)
    assert separation([still, nearly, lively]) == pytest.approx(0.5 / math.sqrt(0.25 / 3.0), rel=1e-3)


def test_a_mean_with_its_error() -> None:
    assert mean(np.array([1.0, 3.0])) == (2.0, 1.0, 2)
    assert mean(np.array([4.0])).error == math.inf
    assert mean(np.zeros(0)) == (0.0, math.inf, 0)
