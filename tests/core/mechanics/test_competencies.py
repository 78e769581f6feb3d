import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from table_reader import read_table
from tpmsim.core.mechanics import competencies

quick = settings(max_examples=60, deadline=None)
inside = st.floats(0.01, 0.99)


def test_tracing_gives_table_33():
    known = np.array(0.5)
    for row in read_table("T33"):
        right = np.array(row["correct"] > 0)
        assert known == pytest.approx(row["p_known_before"], abs=1e-6)
        assert competencies.right_chance(known, 0.2, 0.2) == pytest.approx(row["p_correct"], abs=1e-6)
        assert competencies.given_seen(known, right, 0.2, 0.2) == pytest.approx(row["p_known_given_obs"], abs=1e-6)
        known = competencies.traced(known, right, 0.2, 0.2, 0.4)
        assert known == pytest.approx(row["p_known_after"], abs=1e-6)


@quick
@given(inside, st.floats(0.01, 0.4), st.floats(0.01, 0.5))
def test_a_right_decision_speaks_for_it_and_a_wrong_one_against(known, slip, guess):
    here = np.array(known)
    assert competencies.given_seen(here, np.array(True), slip, guess) >= here - 1e-12
    assert competencies.given_seen(here, np.array(False), slip, guess) <= here + 1e-12
    for right in (True, False):
        assert 0.0 < competencies.traced(here, np.array(right), slip, guess) < 1.0


def test_fit_takes_the_best_card_of_each_competency():
    cards = np.array([[0.9, 0.1, 0.0], [0.2, 0.4, 0.0]])
    assert competencies.fit(np.array([0.5, 0.5, 0.0]), cards) == pytest.approx(0.65)
    more = np.concatenate([cards, [[0.0, 0.8, 1.0]]])
    assert competencies.fit(np.array([0.5, 0.5, 0.0]), more) == pytest.approx(0.85), "another card never hurts"
