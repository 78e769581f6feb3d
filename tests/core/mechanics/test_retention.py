import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from table_reader import read_table
from tpmsim.core.mechanics import retention

quick = settings(max_examples=50, deadline=None)
shape = st.floats(0.05, 20.0)
shift = st.floats(-3.0, 3.0)


def likelihood(a, b, left):
    """Log-likelihood of a cohort of so many left after 0, 1, 2, ... renewals."""
    survivors = [retention.survival(t, a, b) for t in range(len(left))]
    gone = [(left[t - 1] - left[t]) * np.log(survivors[t - 1] - survivors[t]) for t in range(1, len(survivors))]
    return sum(gone) + left[-1] * np.log(survivors[-1])


def test_survival_gives_table_4():
    rows = read_table("T04")
    left = retention.survival(np.array([int(row["t"]) for row in rows]), 0.6681, 3.8061)
    assert left == pytest.approx([row["model_pct"] / 100 for row in rows], abs=2e-5)
    for row in rows[1:]:
        assert retention.renewal_share(row["t"], 0.6681, 3.8061) == pytest.approx(row["retention_rate"], abs=2e-5)
    for row in rows[8:]:
        assert 100 * left[int(row["t"])] == pytest.approx(row["data_pct"], abs=1.7)


def test_maximum_likelihood_of_table_4_finds_its_parameters():
    left = [10.0 * row["data_pct"] for row in read_table("T04")[:8]]
    a, b, width = 1.0, 5.0, 0.9
    for _ in range(40):
        grid_a, grid_b = np.meshgrid(
            a * np.linspace(1 - width, 1 + width, 21), b * np.linspace(1 - width, 1 + width, 21)
        )
        best = np.unravel_index(np.argmax(likelihood(grid_a, grid_b, left)), grid_a.shape)
        a, b, width = grid_a[best], grid_b[best], width * 0.7
    assert (a, b) == (pytest.approx(0.6681, abs=0.002), pytest.approx(3.8061, abs=0.002))
    assert likelihood(a, b, left) == pytest.approx(-1611.16, abs=0.01)
    assert (round(a, 3), round(b, 3)) == (retention.YEARLY_A, retention.YEARLY_B)


def test_margin_multiple_gives_table_5():
    for row in read_table("T05"):
        for percent in (10, 12, 14, 16):
            multiple = retention.margin_multiple(row["retention"], percent / 100)
            assert multiple == pytest.approx(row[f"i_{percent}pct"], abs=0.005)


@quick
@given(shape, shape, shift)
def test_a_shift_leaves_the_sum_and_moves_the_odds(a, b, g):
    leave, stay = retention.shifted_params(a, b, g)
    assert leave + stay == pytest.approx(a + b, rel=1e-12)
    assert np.log(leave / stay) == pytest.approx(np.log(a / b) + g, abs=1e-9)
    assert retention.shifted_params(a, b, 0.0) == (pytest.approx(a, rel=1e-12), pytest.approx(b, rel=1e-12))


@quick
@given(shape, shape, shift, shift, st.integers(1, 30))
def test_more_shift_more_churn_and_the_loyal_stay(a, b, one, other, r):
    low, high = min(one, other), max(one, other)
    assert 0.0 < retention.renewal_share(r, a, b, high) <= retention.renewal_share(r, a, b, low) < 1.0
    assert retention.renewal_share(r + 1, a, b) > retention.renewal_share(r, a, b)


@quick
@given(shape, shape, st.integers(0, 25))
def test_survivors_are_the_product_of_the_renewals_and_never_rise(a, b, t):
    left, lost = 1000.0, 0.0
    for r in range(1, t + 1):
        stay = left * retention.renewal_share(r, a, b)
        lost, left = lost + left - stay, stay
    assert left + lost == pytest.approx(1000.0, rel=1e-12)
    assert left / 1000.0 == pytest.approx(retention.survival(t, a, b), rel=1e-10)
    assert (np.diff(retention.survival(np.arange(t + 2), a, b)) < 0.0).all()


@quick
@given(st.floats(-1.0, 1.0), st.floats(0.0, 5.0), st.integers(0, 6), st.floats(0.5, 4.0), st.floats(0.0, 1.0))
def test_bad_experience_never_lowers_the_shift(sat, wait, incidents, price, more):
    base = retention.churn_shift(sat, wait, incidents, price)
    assert retention.churn_shift(sat - more, wait, incidents, price) >= base
    assert retention.churn_shift(sat, wait + more, incidents, price) >= base
    assert retention.churn_shift(sat, wait, incidents + 1, price) >= base
    assert retention.churn_shift(sat, wait, incidents, price + more) >= base
    assert -3.0 <= base <= 3.0


def test_the_shift_adds_its_parts():
    assert retention.churn_shift(0.2, 1.0, 2.0, 1.5) == pytest.approx(-0.2 + 0.5 + 0.6 + 0.5)
    assert retention.churn_shift(0.0, 9.0, 0.0, 0.5) == pytest.approx(1.0)
    assert retention.churn_shift(0.0, 0.0, 0.0, 1.0) == 0.0


@quick
@given(st.floats(0.1, 0.95), st.floats(0.05, 0.4), st.floats(1.0, 1000.0))
def test_the_value_of_a_customer_at_constant_retention_is_the_multiple(r, i, margin):
    survivors = r ** np.arange(1.0, 400.0)
    value = retention.customer_value(survivors, margin, i)
    assert value == pytest.approx(margin * retention.margin_multiple(r, i), rel=1e-6)
