from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from table_reader import read_table
from tpmsim.core.mechanics import estimates, staffing

quick = settings(max_examples=50, deadline=None)
size = st.floats(1.0, 500.0)
SMALLER_IS_BETTER = (*estimates.SCALE_FACTORS, "ACAP", "PCAP", "PCON", "APEX", "PLEX", "LTEX", "TOOL", "SITE")


def test_drivers_give_table_10():
    rows = read_table("T10")
    for row in rows:
        table = estimates.SCALE_FACTORS if row["kind"] == "SF" else estimates.EFFORT_MULTIPLIERS
        printed = tuple(row[level] for level in estimates.LEVELS)
        assert table[row["driver"]] == printed
        for level, value in enumerate(printed):
            if value is not None:
                assert estimates.driver(row["driver"], float(level)) == value
    assert len(rows) == len(estimates.SCALE_FACTORS) + len(estimates.EFFORT_MULTIPLIERS)
    constants = (estimates.EFFORT_A, estimates.EXPONENT_B, estimates.SCHEDULE_C, estimates.SCHEDULE_D)
    assert constants == (2.94, 0.91, 3.67, 0.28)


def test_worked_examples_give_table_11():
    for row in read_table("T11"):
        pm = estimates.effort_pm(row["ksloc"], row["E"])
        tdev = estimates.schedule_months(pm, row["E"])
        assert pm == pytest.approx(row["PM"], abs=0.01)
        assert tdev == pytest.approx(row["TDEV_months"], abs=0.01)
        assert estimates.planned_staff(pm, tdev) == pytest.approx(row["avg_staff"], abs=0.01)


def test_nominal_ratings_give_the_exponent_of_table_11():
    nominal = sum(float(estimates.driver(name, 2.0)) for name in estimates.SCALE_FACTORS)
    assert estimates.scale_exponent(nominal) == pytest.approx(1.0997, abs=1e-12)


def test_the_cone_gives_table_18_and_narrows():
    rows = read_table("T18")
    assert [row["phase"] for row in rows] == list(estimates.CONE_BANDS) == list(estimates.CONE)
    for row in rows:
        assert estimates.CONE_BANDS[row["phase"]] == (row["low"], row["high"])
        assert estimates.CONE[row["phase"]] == pytest.approx(row["sigma_log_if_80pct_band"], abs=5e-5)
    sigmas = list(estimates.CONE.values())
    assert all(later < earlier for earlier, later in pairwise(sigmas))


@quick
@given(size, st.floats(1.001, 1.3), st.floats(1.01, 5.0))
def test_effort_grows_more_than_size(ksloc, exponent, factor):
    small, large = estimates.effort_pm(np.array([ksloc, ksloc * factor]), exponent)
    assert large > factor * small


@quick
@given(st.sampled_from(SMALLER_IS_BETTER), size, st.floats(0.0, 5.0), st.floats(0.0, 5.0))
def test_a_better_rating_never_raises_effort(name, ksloc, one, other):
    def effort(level):
        value = estimates.driver(name, level)
        if name in estimates.SCALE_FACTORS:
            return estimates.effort_pm(ksloc, estimates.scale_exponent(15.0 + value))
        return estimates.effort_pm(ksloc, 1.1, value)

    assert effort(max(one, other)) <= effort(min(one, other)) * (1 + 1e-12)


@quick
@given(size, st.floats(75.0, 160.0), st.floats(75.0, 160.0))
def test_compression_never_lowers_effort_and_shortens_the_schedule(ksloc, one, other):
    short, long = min(one, other), max(one, other)
    efforts = [
        estimates.effort_pm(ksloc, 1.1, estimates.driver("SCED", estimates.sced_level(p))) for p in (short, long)
    ]
    assert efforts[0] >= efforts[1] * (1 - 1e-12)
    nominal = estimates.effort_pm(ksloc, 1.1)
    assert estimates.schedule_months(nominal, 1.1, short) <= estimates.schedule_months(nominal, 1.1, long)


def test_schedule_percentages_meet_their_levels():
    levels = estimates.sced_level(np.array([60.0, *estimates.SCED_PERCENT, 200.0]))
    assert levels.tolist() == [0.0, 0.0, 1.0, 2.0, 3.0, 4.0, 4.0]


def test_four_in_five_true_efforts_lie_in_the_band_of_the_phase():
    z = np.random.default_rng(18).standard_normal(20_000)
    for phase, (low, high) in estimates.CONE_BANDS.items():
        middle = np.sqrt(low * high)
        ratio = estimates.true_ratio(z, estimates.CONE[phase]) * middle
        inside = (ratio >= low * (1 - 1e-12)) & (ratio <= high * (1 + 1e-12))
        assert inside.mean() == pytest.approx(1.0 if low == high else 0.8, abs=0.01)


def test_the_fat_tail_has_its_weight_start_exponent_and_end():
    luck = np.random.default_rng(2022)
    runs = 100_000
    ratio = estimates.true_ratio(
        np.zeros(runs), 0.3, luck.random(runs), luck.random(runs), chance=0.2, start=1.5, exponent=2.0
    )
    tail = ratio[ratio > 1.0]
    assert (ratio[ratio <= 1.0] == 1.0).all()
    assert len(tail) / runs == pytest.approx(0.2, abs=0.005)
    assert tail.min() >= 1.5
    assert tail.max() == estimates.WORST_RATIO
    assert (tail > 3.0).mean() == pytest.approx((1.5 / 3.0) ** 2.0, abs=0.01)


@quick
@given(size, st.floats(1.0, 1.2))
def test_the_planned_team_needs_just_the_planned_time(ksloc, exponent):
    pm = estimates.effort_pm(ksloc, exponent)
    tdev = estimates.schedule_months(pm, exponent)
    staff = estimates.planned_staff(pm, tdev)
    days = tdev * estimates.WORK_DAYS
    done = staffing.capacity(0.0, staff, 0.0, 0.0, 0.0) / 5.0 * days
    assert done == pytest.approx(estimates.work_units(pm, staffing.overhead(staff)), rel=1e-9)
