import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from table_reader import read_table
from tpmsim.core import exact
from tpmsim.core.mechanics import adoption

quick = settings(max_examples=50, deadline=None)
rate_p = st.floats(0.001, 0.2)
rate_q = st.floats(0.0, 1.5)
ratio = st.floats(0.2, 5.0)


def path(p, q, years, dt):
    """Shares at the whole years, stepped by turns of dt years."""
    adopted, shares, x = np.zeros(()), [0.0], 0.0
    for turn in range(1, round(years / dt) + 1):
        furthest, gained = adoption.time_gained(x, turn * dt)
        adopted, x = adoption.bass_step(adopted, p, q, gained), furthest
        if abs(turn * dt - round(turn * dt)) < 1e-9:
            shares.append(float(adopted))
    return np.array(shares)


def test_the_sales_peak_gives_table_1():
    for row in read_table("T01"):
        p, q, m = row["p_per_year"], row["q_per_year"], row["m_thousand"]
        peak = adoption.peak_time(p, q)
        assert peak == pytest.approx(row["Tstar_years_formula"], abs=1e-3)
        assert peak == pytest.approx(row["Tstar_printed"], abs=0.3)
        week = 1 / 52
        sales = np.diff(m * adoption.bass_closed(np.arange(0.0, 30.0, week), p, q)) / week / 1000
        top = int(np.argmax(sales))
        assert (top + 0.5) * week == pytest.approx(row["Tstar_years_formula"], abs=0.02)
        assert sales[top] == pytest.approx(row["S_million_per_year_formula"], rel=0.002)
        assert sales[top] == pytest.approx(row["S_printed_million"], abs=0.2)


def test_the_curve_gives_table_2_at_any_turn():
    rows = read_table("T02")
    years = np.array([row["t_years"] for row in rows])
    curve = adoption.bass_closed(years, 0.03, 0.38)
    assert curve == pytest.approx([row["F_exact"] for row in rows], abs=6e-9)
    assert (0.03 + 0.38 * curve) * (1 - curve) == pytest.approx([row["f_exact_per_year"] for row in rows], abs=2e-8)
    for dt in (1 / 52, 2 / 52, 4 / 52, 1 / 12, 1.0):
        stepped = path(0.03, 0.38, 25, dt)
        assert stepped == pytest.approx(curve, abs=1e-12), dt


def test_average_rates_stand_in_table_3_and_every_product_spreads():
    rows = {row["product"]: row for row in read_table("T03")}
    average = rows["AVERAGE over 213 applications"]
    assert (average["p"], average["q"]) == (adoption.INNOVATION, adoption.IMITATION)
    for row in rows.values():
        curve = adoption.bass_closed(np.arange(0.0, 60.0), row["p"], row["q"])
        assert curve[0] == 0.0
        assert (np.diff(curve) >= 0.0).all()
        assert (adoption.peak_time(row["p"], row["q"]) > 0.0) == (row["q"] > row["p"])


@pytest.mark.parametrize("turns_a_year", [52, 26, 12])
def test_price_and_advertising_give_table_41(turns_a_year):
    rows = {int(row["t_years"]): row for row in read_table("T41")}
    adopted, furthest = np.zeros(()), np.zeros(())
    for turn in range(1, 15 * turns_a_year + 1):
        t = turn / turns_a_year
        x = adoption.effective_time(t, 0.8 if t > 3.0 else 1.0, 2.0 if t > 5.0 else 1.0, -1.5, 0.4)
        furthest, gained = adoption.time_gained(furthest, x)
        adopted = adoption.bass_step(adopted, 0.03, 0.38, gained)
        if turn % turns_a_year == 0:
            row = rows[turn // turns_a_year]
            assert x == pytest.approx(row["X"], abs=1e-6)
            assert adopted == pytest.approx(row["F_closed_form"], abs=6e-9)
            assert adoption.bass_closed(x, 0.03, 0.38) == pytest.approx(adopted, abs=1e-12)
            assert adoption.bass_closed(t, 0.03, 0.38) == pytest.approx(row["F_no_marketing"], abs=6e-9)


@quick
@given(rate_p, rate_q, st.lists(st.floats(0.0, 3.0), min_size=1, max_size=20))
def test_shares_stay_within_bounds_never_fall_and_meet_the_closed_form(p, q, steps):
    adopted, x = np.zeros(()), 0.0
    for gained in steps:
        before = adopted
        adopted, x = adoption.bass_step(adopted, p, q, gained), x + gained
        assert before <= adopted <= 1.0
    assert adopted == pytest.approx(adoption.bass_closed(x, p, q), abs=1e-12)


@quick
@given(rate_p, rate_q)
def test_four_weeks_are_the_same_in_one_two_and_four_turns(p, q):
    start = 0.2
    ends = []
    for weeks in (1, 2, 4):
        adopted = np.array(start)
        for _ in range(4 // weeks):
            adopted = adoption.bass_step(adopted, p, q, weeks / 52)
        ends.append(float(adopted))
    assert ends == pytest.approx([ends[0]] * 3, abs=1e-12)


@quick
@given(st.floats(0.0, 1000.0), st.floats(0.0, 100.0))
def test_goodwill_does_not_depend_on_the_turn(goodwill, spend):
    ends = []
    for weeks in (1, 2, 4):
        stock = np.array(goodwill)
        for _ in range(4 // weeks):
            stock = adoption.goodwill_step(stock, spend * weeks, dt=weeks / 52)
        ends.append(float(stock))
    assert ends == pytest.approx([ends[0]] * 3, rel=1e-9, abs=1e-9)


def test_half_of_the_goodwill_is_left_after_a_month():
    assert adoption.goodwill_step(80.0, 0.0, dt=1 / 12) == pytest.approx(40.0, rel=1e-12)


@quick
@given(st.lists(st.tuples(ratio, ratio, st.floats(1.0, 3.0), st.floats(1.0, 3.0)), min_size=1, max_size=30))
def test_dearer_or_quieter_never_means_more_adopters_by_any_date(weeks):
    """The dear path has a price at least as high and advertising at most as high in every week."""
    cheap, dear = [np.zeros(()), np.zeros(())], [np.zeros(()), np.zeros(())]
    for turn, (price, advert, above, below) in enumerate(weeks, 1):
        for state, p, a in ((cheap, price, advert), (dear, price * above, advert / below)):
            x = adoption.effective_time(turn / 52, p, a)
            state[1], gained = adoption.time_gained(state[1], x)
            state[0] = adoption.bass_step(state[0], 0.03, 0.38, gained)
        assert dear[0] <= cheap[0] + 1e-12


@quick
@given(st.floats(0.0, 1e4), st.floats(0.0, 1e4), st.floats(1.0, 1e4), st.floats(0.0, 5.0))
def test_advertising_rises_to_its_bound(one, other, half, amax):
    low, high = min(one, other), max(one, other)
    assert 1.0 <= adoption.advertising(low, half, amax) <= adoption.advertising(high, half, amax) <= 1 + amax
    assert adoption.advertising(half, half, amax) == pytest.approx(1 + amax / 2)


@pytest.mark.parametrize("weeks", [1, 2, 4])
def test_noise_has_mean_one_and_the_same_yearly_spread_at_any_turn(weeks):
    dt = weeks / 52
    levels = (np.arange(20_000) + 0.5) / 20_000
    factor = adoption.time_noise(exact.normal_quantile(levels), dt=dt)
    assert factor.mean() == pytest.approx(1.0, abs=1e-3)
    yearly = np.sqrt(((factor - 1.0) ** 2).mean() * dt)
    assert yearly == pytest.approx(adoption.DEMAND_NOISE, rel=0.02)


def test_two_generations_give_table_42():
    for row in read_table("T42"):
        t = np.array(row["t_years"])
        first = adoption.bass_closed(t, 0.03, 0.38)
        second = adoption.bass_closed(np.maximum(t - 4.0, 0.0), 0.03, 0.38)
        one, two = adoption.two_generations(first, second, 100.0, 60.0)
        assert (one, two) == (pytest.approx(row["S1"], abs=1e-6), pytest.approx(row["S2"], abs=1e-6))
        assert one + two == pytest.approx(first * 100.0 + second * 60.0), "who moves on is not counted twice"
