import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tpmsim.core.mechanics import debt

quick = settings(max_examples=60, deadline=None)
stars = st.floats(1.0, 5.0)
days = st.floats(1.0, 5000.0)


def test_the_published_points():
    assert debt.quality_factor(3.0) == 1.0
    assert debt.quality_factor(5.0) == pytest.approx(2.0)
    assert debt.upkeep(1000.0, 3.0) == pytest.approx(150.0), "15 % of the rebuild value at three stars"
    assert debt.upkeep(1000.0, 5.0) == pytest.approx(75.0)
    assert float(debt.paid_down(np.array(2.0), 400.0, 1000.0)) == pytest.approx(3.0), "40 % for the star from 2 to 3"
    assert float(debt.paid_down(np.array(1.0), 1750.0, 1000.0)) == pytest.approx(5.0), "0.60 + 0.40 + 0.35 + 0.40"


@quick
@given(stars, stars, days)
def test_interest_is_never_negative_falls_with_stars_and_grows_with_the_code(one, other, rebuild):
    worse, better = min(one, other), max(one, other)
    assert debt.interest(rebuild, worse) >= debt.interest(rebuild, better) >= 0.0
    assert debt.interest(2.0 * rebuild, worse) >= debt.interest(rebuild, worse)
    assert debt.interest(rebuild, debt.TARGET) == 0.0


@quick
@given(stars, st.floats(0.0, 5000.0), st.floats(0.0, 5000.0), stars)
def test_new_work_mixes_and_stays_within(here, rebuild, added, new):
    whole, mixed = debt.diluted(np.array(rebuild), np.array(here), added, new)
    assert whole == rebuild + added
    assert min(here, new) - 1e-9 <= mixed <= max(here, new) + 1e-9


@quick
@given(stars, st.floats(0.0, 2000.0), st.floats(0.0, 2000.0), days)
def test_paying_down_in_parts_is_as_good_and_never_above_five(here, first, second, rebuild):
    once = float(debt.paid_down(np.array(here), first + second, rebuild))
    parts = float(debt.paid_down(debt.paid_down(np.array(here), first, rebuild), second, rebuild))
    assert here <= once <= 5.0
    assert parts == pytest.approx(once)


@quick
@given(days, stars, st.floats(1.0, 30.0))
def test_the_length_of_a_turn_does_not_matter(rebuild, here, people):
    share = debt.upkeep_share(rebuild, here, people)
    assert 0.0 <= share <= 1.0
    assert debt.upkeep_share(rebuild, here, people, 4.0) == pytest.approx(float(share))


def left_over(here, rebuild, paid, years):
    """Person-days that paying down has won after so many years: upkeep saved less the work that it took."""
    better = float(debt.paid_down(np.array(here), paid, rebuild))
    return years * float(debt.upkeep(rebuild, here) - debt.upkeep(rebuild, better)) - paid


@quick
@given(st.floats(1.0, 4.9), days, st.floats(0.01, 0.3))
def test_paying_down_costs_first_and_pays_in_the_end(here, rebuild, part):
    """What is paid is gone at once, and no state of the code is so bad that it comes back within a year."""
    paid = part * rebuild
    assert left_over(here, rebuild, paid, 0.0) == -paid
    assert left_over(here, rebuild, paid, 1.0) < 0.0, "nowhere does it pay within a year"
    years = [left_over(here, rebuild, paid, float(year)) for year in range(40)]
    assert years == sorted(years), "each year of life left makes it more worthwhile"


def test_a_star_has_paid_after_the_years_that_the_published_numbers_give():
    """From two stars to three: 40 % of the code for 15 % (sqrt(2) - 1) of it a year, six years and a half."""
    back = 0.40 / (0.15 * (np.sqrt(2.0) - 1.0))
    assert back == pytest.approx(6.438, abs=1e-3)
    assert left_over(2.0, 3000.0, 0.40 * 3000.0, back - 0.01) < 0.0 < left_over(2.0, 3000.0, 0.40 * 3000.0, back + 0.01)
