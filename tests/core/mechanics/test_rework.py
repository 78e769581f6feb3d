import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from table_reader import read_table
from tpmsim.core.mechanics import rework

quick = settings(max_examples=50, deadline=None)
share = st.floats(0.3, 0.98)
delay = st.one_of(st.just(0.0), st.floats(0.3, 15.0))


def weeks_to(goal, scope, weekly, q, tau, d=1.0):
    """Weeks until the share `goal` of the scope is right; the crossing is interpolated within its turn."""
    todo, good, hidden = np.asarray(scope), np.zeros(np.shape(scope)), np.zeros(np.shape(scope))
    for turn in range(20_000):
        before = good
        todo, good, hidden, _, _ = rework.step(todo, good, hidden, weekly * d, q, tau, d)
        if good >= goal * scope:
            return d * (turn + float((goal * scope - before) / (good - before)))
    raise AssertionError("never done")


@pytest.mark.parametrize("row", read_table("T17"), ids=lambda row: f"q={row['quality_q']}")
def test_months_to_99_percent_give_table_17(row):
    q, month = row["quality_q"], 52 / 12
    assert 1 / q == pytest.approx(row["total_work_multiplier_1_over_q"], abs=5e-5)
    for tau in (0, 1, 3):
        months = weeks_to(0.99, 8000.0, 1600.0 / month, q, tau * month) / month
        tolerance = 0.005 if q < 1.0 and tau > 0 else 0.015
        assert months == pytest.approx(row[f"months_tau{tau}"], rel=tolerance), f"tau {tau}"
    assert weeks_to(0.99, 8000.0, 1600.0 / month, q, 0.0) / month == pytest.approx(
        row["months_99pct_instant_discovery_formula"], rel=0.015
    )


@quick
@given(st.floats(1.0, 500.0), st.floats(0.0, 40.0), share, delay, st.integers(1, 40))
def test_scope_is_conserved_and_reports_never_fall_short_of_the_truth(scope, cap, q, tau, weeks):
    todo, good, hidden = np.array([scope]), np.zeros(1), np.zeros(1)
    for _ in range(weeks):
        before = good
        todo, good, hidden, work, found = rework.step(todo, good, hidden, cap, q, tau)
        assert min(todo.min(), hidden.min(), work.min(), found.min()) >= 0.0
        assert work <= cap
        assert todo + good + hidden == pytest.approx(scope, rel=1e-9)
        assert good >= before
        assert rework.reported(todo, np.array([scope])) >= rework.delivered(good, np.array([scope])) - 1e-12


@quick
@given(st.floats(1.0, 500.0), share, delay)
def test_total_work_is_scope_over_quality_whatever_the_delay(scope, q, tau):
    todo, good, hidden, spent = np.array(scope), np.zeros(()), np.zeros(()), 0.0
    for _ in range(3000):
        todo, good, hidden, work, _ = rework.step(todo, good, hidden, scope / 10, q, tau)
        spent += work
        if todo + hidden < 1e-9 * scope:
            break
    assert spent == pytest.approx(scope / q, rel=1e-6)


@quick
@given(share, share, st.floats(0.0, 15.0), st.floats(0.0, 15.0))
def test_later_discovery_and_lower_quality_never_finish_earlier(one, other, early, late):
    worse, better = min(one, other), max(one, other)
    soon, long = min(early, late), max(early, late)
    best = weeks_to(0.99, 100.0, 8.0, better, soon)
    assert weeks_to(0.99, 100.0, 8.0, worse, soon) >= best - 0.25
    assert weeks_to(0.99, 100.0, 8.0, better, long) >= best - 0.25


@quick
@given(delay, st.integers(1, 20))
def test_perfect_work_is_reported_as_it_is(tau, weeks):
    todo, good, hidden = np.array(50.0), np.zeros(()), np.zeros(())
    for _ in range(weeks):
        todo, good, hidden, _, _ = rework.step(todo, good, hidden, 4.0, 1.0, tau)
    assert rework.reported(todo, 50.0) == pytest.approx(rework.delivered(good, 50.0), abs=1e-12)


@quick
@given(share, delay)
def test_turns_of_one_two_and_four_weeks_agree(q, tau):
    ends = []
    for d in (1.0, 2.0, 4.0):
        todo, good, hidden, found = np.array(100.0), np.zeros(()), np.zeros(()), 0.0
        for _ in range(int(12 / d)):
            todo, good, hidden, _, back = rework.step(todo, good, hidden, 5.0 * d, q, tau, d)
            found += back
        ends.append([float(x) for x in (todo, good, hidden, found)])
    assert ends[1] == pytest.approx(ends[0], rel=1e-9, abs=1e-9)
    assert ends[2] == pytest.approx(ends[0], rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("q", [0.5, 0.68, 0.9])
@pytest.mark.parametrize("tau", [4.0, 13.0])
def test_the_end_of_the_work_depends_little_on_the_turn(q, tau):
    """The last turns, in which less is left than can be done, are the one step that is not exact."""
    weekly = weeks_to(0.99, 8000.0, 370.0, q, tau)
    assert weeks_to(0.99, 8000.0, 370.0, q, tau, 2.0) == pytest.approx(weekly, rel=0.005)
    assert weeks_to(0.99, 8000.0, 370.0, q, tau, 4.0) == pytest.approx(weekly, rel=0.02)


@quick
@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.floats(0.0, 0.5), st.floats(1.0, 5.0))
def test_quality_follows_skill_rest_and_maintainability(one, other, tired, stars):
    low, high = min(one, other), max(one, other)
    assert rework.quality(low, tired, stars) <= rework.quality(high, tired, stars)
    assert rework.quality(low, tired, stars) <= rework.quality(low, 0.0, stars)
    assert rework.quality(low, tired, stars) <= rework.quality(low, tired, 5.0)
    assert 0.3 <= rework.quality(low, tired, stars) <= 0.98


def test_quality_and_discovery_meet_their_base_points():
    assert rework.quality(0.5, 0.0) == pytest.approx(0.80)
    assert rework.discovery_weeks(np.array([0.0, 1.0, 2.0, 2.5, 4.0])).tolist() == [13.0, 8.0, 4.0, 3.0, 1.0]


def test_a_feature_without_scope_is_no_trouble():
    nothing = np.zeros(2)
    after = rework.step(nothing, nothing, nothing, 3.0, 0.8, 4.0)
    assert all((x == 0.0).all() for x in after)
    assert rework.delivered(nothing, nothing).tolist() == [0.0, 0.0]
