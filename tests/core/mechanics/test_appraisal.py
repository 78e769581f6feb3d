import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from table_reader import read_table
from tpmsim.core.mechanics import appraisal

quick = settings(max_examples=50, deadline=None)
feeling = st.floats(-1.0, 1.0)


def test_classes_and_salience_give_table_21():
    rows = read_table("T21")
    flags = [np.array([row[name] > 0 for row in rows]) for name in ("power", "legitimacy", "urgency")]
    classes, weights = appraisal.salience(*flags)
    assert [appraisal.CLASSES[k] for k in classes] == [row["class"] for row in rows]
    assert weights.tolist() == [row["salience"] for row in rows]


@quick
@given(feeling, feeling, st.lists(st.tuples(feeling, st.floats(-3.0, 3.0)), min_size=1, max_size=5))
def test_satisfaction_stays_within_bounds_and_follows_the_goals(sat, base, outcomes):
    goals, changes = (np.array(column) for column in zip(*outcomes, strict=True))
    quiet = appraisal.appraise(sat, base, goals, np.zeros(len(outcomes)))
    felt = appraisal.appraise(sat, base, goals, changes)
    assert -1.0 <= felt <= 1.0
    if (goals * changes >= 0.0).all():
        assert felt >= quiet
    if (goals * changes <= 0.0).all():
        assert felt <= quiet


def test_a_change_is_felt_by_its_goal_and_wears_off():
    goals = np.array([[0.5, -1.0], [0.5, 0.0]])
    changes = np.array([[0.4, 0.4], [-0.2, 0.0]])
    sat = appraisal.appraise(np.zeros(2), 0.0, goals, changes)
    assert sat == pytest.approx([0.1, -0.4], abs=1e-12)
    for _ in range(52):
        sat = appraisal.appraise(sat, 0.0, goals, np.zeros((2, 2)))
    assert sat == pytest.approx(np.array([0.1, -0.4]) * np.exp(-4.0), abs=1e-9)


@quick
@given(feeling, feeling)
def test_four_weeks_are_the_same_in_one_two_and_four_turns(sat, base):
    ends = []
    for weeks in (1, 2, 4):
        now = sat
        for _ in range(4 // weeks):
            now = appraisal.appraise(now, base, np.ones(1), np.zeros(1), weeks)
        ends.append(float(now))
    assert ends == pytest.approx([ends[0]] * 3, abs=1e-12)
