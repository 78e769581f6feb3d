import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tpmsim.core.mechanics import choice, launch, retention

quick = settings(max_examples=50, deadline=None)
share = st.floats(0.0, 1.0)


@quick
@given(share, share)
def test_a_claim_moves_the_expectation_most_of_the_way(x, claim):
    expected = launch.expected(x, claim)
    assert min(x, claim) - 1e-12 <= expected <= max(x, claim) + 1e-12
    assert launch.expected(x, x) == x
    assert expected - x == pytest.approx(0.7 * (claim - x), abs=1e-12)


@quick
@given(share, share, share)
def test_satisfaction_rises_with_delivery_and_falls_with_expectation(q, one, other):
    low, high = min(one, other), max(one, other)
    assert launch.satisfaction(q, high) <= launch.satisfaction(q, low)
    assert launch.satisfaction(low, q) <= launch.satisfaction(high, q)
    assert launch.satisfaction(q, q) == pytest.approx(2 * q - 1, abs=1e-12)
    assert -1.0 <= launch.satisfaction(q, one) <= 1.0


@quick
@given(st.floats(0.3, 0.7), st.floats(0.01, 0.1))
def test_a_loss_weighs_twice_a_gain(q, apart):
    level = launch.satisfaction(q, q)
    gained = launch.satisfaction(q, q - apart) - level
    lost = level - launch.satisfaction(q, q + apart)
    assert launch.gap(q, q + apart) == pytest.approx(-apart)
    assert lost == pytest.approx(2 * gained, rel=1e-9)


@quick
@given(st.floats(0.1, 0.9), share, share)
def test_claims_win_customers_and_lose_a_larger_share_of_them(x, one, other):
    modest, bold = min(one, other), max(one, other)
    signups, stay = [], []
    for claim in (modest, bold):
        hoped = launch.expected(x, claim)
        signups.append(choice.shares(np.array([2.0 * hoped, 1.0, 0.0]))[0])
        shift = retention.churn_shift(launch.satisfaction(x, hoped), 0.0, 0.0, 1.0)
        stay.append(retention.renewal_share(1.0, 0.668, 3.806, shift))
    assert signups[0] <= signups[1]
    assert stay[1] <= stay[0] + 1e-15
    if bold > max(modest, x) + 0.01 and launch.satisfaction(x, launch.expected(x, bold)) > -1.0:
        assert signups[0] < signups[1]
        assert stay[1] < stay[0]


@quick
@given(share, share)
def test_the_gap_closes_in_time(expectation, delivered):
    apart = abs(delivered - expectation)
    for _ in range(20):
        expectation = launch.expectation_step(expectation, delivered)
        assert abs(delivered - expectation) <= apart + 1e-15
        apart = abs(delivered - expectation)
    for _ in range(520):
        expectation = launch.expectation_step(expectation, delivered)
    assert expectation == pytest.approx(delivered, abs=1e-6)


@quick
@given(share, share, st.floats(-1.0, 1.0), st.floats(-1.0, 1.0))
def test_four_weeks_are_the_same_in_one_two_and_four_turns(expectation, delivered, brand, satisfied):
    ends = []
    for weeks in (1, 2, 4):
        e, b = expectation, brand
        for _ in range(4 // weeks):
            e, b = launch.expectation_step(e, delivered, weeks), launch.brand_step(b, satisfied, weeks)
        ends.append((float(e), float(b)))
    assert ends[1] == pytest.approx(ends[0], abs=1e-12)
    assert ends[2] == pytest.approx(ends[0], abs=1e-12)


def test_the_brand_settles_at_half_the_satisfaction():
    brand = 0.0
    for _ in range(520):
        brand = launch.brand_step(brand, -0.6)
    assert brand == pytest.approx(-0.3, abs=1e-6)


@quick
@given(st.lists(st.tuples(st.floats(-3.0, 3.0), share), min_size=1, max_size=6))
def test_a_weighted_mean_lies_between_its_values(rows):
    worth, values = (np.array(column) for column in zip(*rows, strict=True))
    mean = launch.weighted(worth, values)
    if abs(worth).sum() > 1e-6:
        assert values.min() - 1e-9 <= mean <= values.max() + 1e-9
        assert mean == pytest.approx(launch.weighted(-worth, values), abs=1e-12)
    assert launch.weighted(np.zeros(len(rows)), values) == 0.0


def test_a_need_counts_by_the_size_of_its_worth():
    assert launch.weighted(np.array([3.0, -1.0]), np.array([1.0, 0.0])) == pytest.approx(0.75)


def test_waves_open_from_nobody_to_everybody():
    assert launch.WAVES[0] == 0.0
    assert launch.WAVES[-1] == 1.0
    assert list(launch.WAVES) == sorted(launch.WAVES)
