import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from table_reader import read_table
from tpmsim.core.mechanics import adoption, choice

quick = settings(max_examples=50, deadline=None)
utilities = st.lists(st.floats(-20.0, 20.0), min_size=2, max_size=6)
kinds = st.sampled_from([choice.ATTRACTIVE, choice.ONE_DIMENSIONAL, choice.MUST_BE])


def test_the_evaluation_table_gives_table_7():
    rows = read_table("T07")
    assert [row["functional"] for row in rows] == list(choice.ANSWERS)
    for i, row in enumerate(rows):
        for j, answer in enumerate(choice.ANSWERS):
            assert choice.KANO_CLASSES[choice.kano_class(i, j)] == row[answer]
    assert choice.kano_class(np.array([0, 1]), np.array([4, 4])).tolist() == [1, 2]


def test_elasticities_come_from_table_35():
    rows = {row["quantity"]: row["value"] for row in read_table("T35")}
    assert read_table("T35")[0]["value"] == choice.PRICE_ELASTICITY
    assert rows["short-term advertising elasticity"] == adoption.ADVERT_RESPONSE


@quick
@given(st.floats(1.0, 5000.0), st.floats(-6.0, -0.2), utilities)
def test_the_own_elasticity_is_the_chosen_one_at_the_base_point(price, eps, others):
    pull = np.array([0.0, *others])
    base = choice.shares(pull)
    slope = choice.price_slope(eps, price, base[0])
    assert slope * price * (1 - base[0]) == pytest.approx(eps, abs=1e-9)

    step = 1e-6
    up = pull.copy()
    up[0] += slope * price * step
    down = pull.copy()
    down[0] -= slope * price * step
    if base[0] > 1e-3 and base[0] < 0.9:
        measured = np.log(choice.shares(up)[0] / choice.shares(down)[0]) / (2 * step)
        assert measured == pytest.approx(eps, rel=1e-4)


@quick
@given(kinds, st.floats(0.0, 1.0), st.floats(-1.0, 0.0), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_curves_rise_from_worse_to_better(kind, better, worse, one, other):
    assert choice.kano_curve(kind, 0.0, better, worse) == pytest.approx(worse, abs=1e-15)
    assert choice.kano_curve(kind, 1.0, better, worse) == pytest.approx(better, abs=1e-15)
    low, high = choice.kano_curve(kind, np.array([min(one, other), max(one, other)]), better, worse)
    assert low <= high + 1e-15


def test_delighters_come_late_and_basics_early():
    x = np.linspace(0.05, 0.95, 19)
    late, even, early = (choice.kano_curve(np.full(19, kind), x, 1.0, 0.0) for kind in range(3))
    assert choice.KANO == ("attractive", "one_dimensional", "must_be")
    assert (late < even).all()
    assert (even < early).all()


@quick
@given(st.lists(st.integers(0, 50), min_size=6, max_size=6))
def test_better_and_worse_are_shares_of_the_usable_answers(counts):
    better, worse = choice.better_worse(np.array(counts, dtype=float))
    a, o, m, i, *_ = counts
    if a + o + m + i:
        assert better == pytest.approx((a + o) / (a + o + m + i))
        assert worse == pytest.approx(-(o + m) / (a + o + m + i))
    else:
        assert (better, worse) == (0.0, 0.0)
    assert -1.0 <= worse <= 0.0 <= better <= 1.0


@quick
@given(utilities, st.floats(-30.0, 30.0))
def test_shares_are_positive_sum_to_one_and_ignore_a_constant(v, constant):
    v = np.array(v)
    shares = choice.shares(v)
    assert (shares > 0.0).all()
    assert shares.sum() == pytest.approx(1.0, abs=1e-12)
    assert choice.shares(v + constant) == pytest.approx(shares, rel=1e-9)


@quick
@given(st.lists(st.floats(-8.0, 8.0), min_size=2, max_size=6), st.floats(0.01, 3.0))
def test_a_dearer_product_loses_to_all_others_in_proportion(v, loss):
    v = np.array(v)
    before = choice.shares(v)
    v[0] -= loss
    after = choice.shares(v)
    assert after[0] < before[0]
    gains = after[1:] / before[1:]
    assert (gains > 1.0 - 1e-12).all()
    assert gains == pytest.approx([gains[0]] * len(gains), rel=1e-9)


@quick
@given(kinds, st.floats(0.0, 3.0), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_a_feature_of_some_worth_never_hurts(kind, worth, one, other):
    worths = np.array([1.0, worth])
    utilities = [
        choice.utility(worths, np.array([0.3, float(choice.kano_curve(kind, x, 0.8, -0.4))]), 100.0, -0.01, 0.2)
        for x in (min(one, other), max(one, other))
    ]
    shares = [choice.shares(np.array([v, 0.0, 0.5]))[0] for v in utilities]
    assert shares[0] <= shares[1] + 1e-15


def test_utility_adds_needs_price_and_pull():
    assert choice.utility(np.array([2.0, 1.0]), np.array([0.5, -0.25]), 10.0, -0.1, 3.0) == pytest.approx(2.75)


@quick
@given(st.floats(2.0**-54, 1.0 - 2.0**-53), st.floats(0.1, 20.0))
def test_a_rival_is_due_in_the_week_that_holds_the_draw(u, hazard):
    """The chance to be still waiting after w weeks is exp(-hazard w/52)."""
    week = int(choice.rival_due(u, hazard))
    assert week >= 1
    if week < choice.NEVER:
        assert np.exp(-hazard * week / 52) <= u * (1 + 1e-9)
        assert u <= np.exp(-hazard * (week - 1) / 52) * (1 + 1e-9)


def test_a_rival_without_plans_never_moves():
    assert choice.rival_due(np.array([0.5, 0.5]), np.array([0.0, 4.0])).tolist() == [choice.NEVER, 10]
