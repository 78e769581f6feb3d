import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from table_reader import read_table
from tpmsim.core.mechanics import responses

quick = settings(max_examples=50, deadline=None)
feeling = st.floats(-1.0, 0.99)
share = st.floats(0.0, 0.99)
draw = st.floats(0.0, 1.0, exclude_max=True)


def chances(sat, investment, alternatives):
    return responses.probabilities(responses.logits(sat, investment, alternatives))


@quick
@given(feeling, share, share)
def test_signs_give_table_22_in_every_state(sat, investment, alternatives):
    before = chances(sat, investment, alternatives)
    moved = {
        "satisfaction": chances(sat + 0.01, investment, alternatives),
        "investment": chances(sat, investment + 0.01, alternatives),
        "alternatives": chances(sat, investment, alternatives + 0.01),
    }
    for row in read_table("T22"):
        for response in responses.RESPONSES:
            change = (moved[row["driver"]] - before)[responses.RESPONSES.index(response)]
            if row[response] != 0.0:
                assert np.sign(change) == (1.0 if row[response] == "+" else -1.0), (row["driver"], response)


@quick
@given(feeling, share, share)
def test_there_is_one_response_with_certainty(sat, investment, alternatives):
    p = chances(sat, investment, alternatives)
    assert (p > 0.0).all()
    assert p.sum() == pytest.approx(1.0, abs=1e-12)


@quick
@given(draw, feeling, feeling, share, share)
def test_more_satisfaction_only_moves_an_intent_towards_loyalty(u, one, other, investment, alternatives):
    low, high = min(one, other), max(one, other)
    before = responses.choose(u, chances(low, investment, alternatives))
    after = responses.choose(u, chances(high, investment, alternatives))
    assert after >= before


@quick
@given(draw, feeling, share, share)
def test_the_cell_that_holds_the_draw_is_chosen(u, sat, investment, alternatives):
    p = chances(sat, investment, alternatives)
    edges = np.concatenate([[0.0], np.cumsum(p)])
    chosen = int(responses.choose(u, p))
    assert edges[chosen] <= u
    assert u < edges[chosen + 1] or chosen == 3


def test_draws_choose_in_the_order_of_the_responses():
    p = np.array([0.1, 0.2, 0.3, 0.4])[:, None]
    u = np.array([0.0, 0.09, 0.1, 0.29, 0.31, 0.59, 0.61, 0.999])
    assert responses.choose(u, p).tolist() == [0, 0, 1, 1, 2, 2, 3, 3]


@pytest.mark.parametrize(("sat", "investment", "alternatives"), [(0.0, 1.0, 0.0), (0.1, 0.5, 0.5)])
def test_a_sponsor_seldom_leaves_by_chance_alone(sat, investment, alternatives):
    weekly = chances(sat, investment, alternatives)[0]
    assert 1.0 - (1.0 - weekly) ** 26 < 0.01
