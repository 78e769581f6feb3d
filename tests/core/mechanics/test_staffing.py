import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from table_reader import read_table
from tpmsim.core.mechanics import staffing
from tpmsim.core.state import team_health

quick = settings(max_examples=50, deadline=None)
people = st.floats(1.0, 30.0)


def completion(units, new, experienced, days=5.0, hired=0.0):
    """Working day on which a team has done the units, people added on day 0, and the person-days spent."""
    done, day = 0.0, 0.0
    fresh = np.array([hired, 0.0])
    for _ in range(4000):
        piece = float(staffing.capacity(new, experienced, fresh.sum(), 0.0, 0.0, days=days))
        if done + piece >= units:
            day += days * (units - done) / piece
            return day, day * (new + experienced + fresh.sum())
        stay, _ = staffing.learn(new, days)
        fresh, joins = staffing.settle(fresh, 0.0)
        new, experienced = stay + joins, experienced + new - stay
        done, day = done + piece, day + days
    raise AssertionError("never done")


def test_the_base_case_gives_table_15():
    (row,) = read_table("T15")
    rate = staffing.capacity(0.0, row["people"], 0.0, 0.0, 0.0) / 5.0
    assert rate == pytest.approx(row["rate_per_day"], abs=1e-6)
    day, person_days = completion(500.0, 0.0, row["people"])
    assert day == pytest.approx(row["completion_day_exact"], abs=0.2)
    assert person_days == pytest.approx(row["person_days"], abs=0.2 * row["people"])
    assert day == pytest.approx(row["completion_day_daily_steps"], abs=1.0)
    assert day == pytest.approx(row["book_value"], abs=3.0)


def test_overhead_gives_table_16():
    rows = read_table("T16")
    knots = np.array([row["team"] for row in rows])
    printed = np.array([row["overhead"] for row in rows])
    assert staffing.overhead(knots) == pytest.approx(printed, abs=1e-12)
    between = np.linspace(0.0, 30.0, 301)
    assert staffing.overhead(between) == pytest.approx(np.interp(between, knots, printed), abs=0.01)
    assert staffing.overhead(200.0) == 0.54


def test_practice_gives_table_25():
    rows = read_table("T25")
    for s in (70, 80, 85, 90):
        units = staffing.learning_curve(np.arange(1.0, 101.0), s / 100)
        for row in rows:
            n = int(row["n"])
            assert units[n - 1] == pytest.approx(row[f"unit{s}"], abs=6e-5)
            assert units[:n].sum() == pytest.approx(row[f"cum{s}"], abs=6e-5)


def test_profiles_share_out_the_whole_capacity():
    for shares in staffing.PROFILES.values():
        assert sum(shares) == pytest.approx(1.0, abs=1e-12)
        assert min(shares) >= 0.0


@quick
@given(people, people, st.floats(0.0, 1.0))
def test_overhead_rises_with_people_and_falls_with_leadership(one, other, leadership):
    small, large = min(one, other), max(one, other)
    assert staffing.overhead(small) <= staffing.overhead(large)
    assert staffing.overhead(small, leadership) <= staffing.overhead(small)


@quick
@given(st.floats(0.0, 30.0), people, st.floats(0.0, 5.0), st.floats(0.0, 5.0))
def test_people_are_conserved(new, experienced, hires, more):
    fresh = np.zeros((2, 1))
    everybody = new + experienced
    for arriving in (hires, 0.0, more, 0.0, 0.0, 0.0):
        stay, mean = staffing.learn(new)
        assert stay <= mean <= new
        fresh, joins = staffing.settle(fresh, np.array([arriving]))
        new, experienced = stay + joins, experienced + new - stay
        everybody += arriving
        assert new + experienced + fresh.sum() == pytest.approx(everybody, rel=1e-12)
    assert (fresh == 0.0).all()


@quick
@given(st.floats(4.0, 22.0), st.floats(0.0, 1.0))
def test_a_hire_costs_capacity_first_and_adds_it_in_the_long_run(experienced, leadership):
    before = staffing.capacity(0.0, experienced, 0.0, 0.0, 0.0, leadership)
    first = staffing.capacity(0.0, experienced, 1.0, 0.0, 0.0, leadership)
    later = staffing.capacity(0.0, experienced + 1.0, 0.0, 0.0, 0.0, leadership)
    assert first < before < later


def test_hiring_pays_up_to_twenty_three_people():
    n = np.arange(10.0, 29.0)
    output = staffing.capacity(np.zeros_like(n), n, 0.0, 0.0, 0.0)
    assert n[np.argmax(output)] == 24.0


@quick
@given(st.floats(50.0, 800.0), st.floats(3.0, 25.0), st.floats(0.5, 5.0))
def test_adding_people_never_lowers_person_days(units, experienced, hired):
    _, alone = completion(units, 0.0, experienced)
    _, with_new = completion(units, hired, experienced)
    _, with_fresh = completion(units, 0.0, experienced, hired=hired)
    assert with_new >= alone * (1 - 1e-9)
    assert with_fresh >= alone * (1 - 1e-9)


@quick
@given(st.floats(100.0, 600.0), st.floats(0.0, 6.0), st.floats(4.0, 20.0))
def test_completion_does_not_depend_on_the_turn(units, new, experienced):
    weekly, _ = completion(units, new, experienced, 5.0)
    for days in (10.0, 20.0):
        longer, _ = completion(units, new, experienced, days)
        assert longer == pytest.approx(weekly, abs=0.2, rel=0.005 if days > 10.0 else 0.0)


@quick
@given(st.floats(0.0, 8.0), st.floats(4.0, 20.0), st.floats(0.0, 0.5), st.floats(0.0, 0.5))
def test_four_weeks_are_the_same_in_one_two_and_four_turns(new, experienced, tired, overtime):
    totals = []
    for weeks in (1.0, 2.0, 4.0):
        team, skilled, f, done, felt = new, experienced, tired, 0.0, 0.0
        for _ in range(int(4 / weeks)):
            mean = staffing.fatigue_mean(f, overtime, weeks)
            done += staffing.capacity(team, skilled, 0.0, 0.0, 0.0, days=5.0 * weeks)
            felt += mean * weeks
            f = staffing.fatigue(f, overtime, weeks)
            stay, _ = staffing.learn(team, 5.0 * weeks)
            team, skilled = stay, skilled + team - stay
        totals.append((f, felt, team, skilled, done))
    assert totals[1] == pytest.approx(totals[0], rel=1e-9, abs=1e-12)
    assert totals[2] == pytest.approx(totals[0], rel=1e-9, abs=1e-12)


def test_overtime_helps_for_two_weeks_then_hurts_and_is_recovered_from():
    f, output = 0.0, []
    for _ in range(8):
        mean = staffing.fatigue_mean(f, 0.25)
        output.append(float(staffing.capacity(0.0, 10.0, 0.0, 0.25, mean)))
        f = staffing.fatigue(f, 0.25)
    normal = float(staffing.capacity(0.0, 10.0, 0.0, 0.0, 0.0))
    shares = np.array(output) / normal
    assert shares[:4] == pytest.approx([1.17, 1.05, 0.97, 0.93], abs=0.005)
    assert (shares[:2] > 1.0).all()
    assert (shares[2:] < 1.0).all()
    tired = team_health(f)
    for _ in range(12):
        f = staffing.fatigue(f, 0.0)
    assert tired < team_health(f)
    assert staffing.capacity(0.0, 10.0, 0.0, 0.0, f) == pytest.approx(normal, rel=0.01)


def test_health_falls_from_hundred_to_nothing():
    assert team_health(np.array([0.0, 0.25, 0.5, 2.0])).tolist() == [100.0, 50.0, 0.0, 0.0]


def test_capacity_is_never_negative():
    assert staffing.capacity(20.0, 0.0, 10.0, 0.0, 0.0) > 0.0
    assert staffing.capacity(0.0, 10.0, 0.0, 1.0, 0.9) == 0.0
