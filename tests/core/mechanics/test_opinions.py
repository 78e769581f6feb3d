import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from table_reader import read_table
from tpmsim.core.mechanics import opinions

quick = settings(max_examples=50, deadline=None)
opinion = st.floats(-1.0, 1.0)
share = st.floats(0.0, 1.0)
GROUP = np.array(
    [[0.220, 0.120, 0.360, 0.300], [0.147, 0.215, 0.344, 0.294], [0, 0, 1, 0], [0.090, 0.178, 0.446, 0.286]]
)


@st.composite
def groups(draw, ties=share):
    n = draw(st.integers(2, 5))
    edges = np.array([[draw(ties) for _ in range(n)] for _ in range(n)])
    salience = np.array([draw(st.sampled_from([0.0, 1.0, 2.0, 3.0])) for _ in range(n)])
    stubborn = np.array([draw(share) for _ in range(n)])
    x, view = (np.array([draw(opinion) for _ in range(n)]) for _ in range(2))
    return edges, salience, stubborn, x, view


def test_a_group_of_four_gives_table_20():
    rows = {row["row"]: np.array([row[f"agent{i}"] for i in range(1, 5)]) for row in read_table("T20")}
    own = x = rows["x(0)"]
    for round_number in range(1, 200):
        x = opinions.talk(x, own, GROUP)
        if f"x({round_number})" in rows:
            assert x == pytest.approx(rows[f"x({round_number})"], abs=1e-6)
    assert x == pytest.approx(rows["x(inf) computed"], abs=1e-6)
    assert x == pytest.approx(rows["x(inf) published"], abs=0.5)


@quick
@given(groups())
def test_rows_sum_to_one_and_hold_the_stubbornness(group):
    edges, salience, stubborn, _, _ = group
    weights = opinions.influence_matrix(edges, salience, stubborn)
    assert (weights >= 0.0).all()
    assert weights.sum(axis=1) == pytest.approx(np.ones(len(edges)), abs=1e-12)
    for i in range(len(edges)):
        heard = [edges[i, j] * salience[j] for j in range(len(edges)) if j != i]
        assert weights[i, i] == (stubborn[i] if sum(heard) > 0.0 else 1.0)


def test_the_salient_are_heard_more():
    weights = opinions.influence_matrix(np.ones((3, 3)), np.array([1.0, 3.0, 0.0]), np.full(3, 0.25))
    assert weights[0] == pytest.approx([0.25, 0.75, 0.0])
    assert weights[2] == pytest.approx([0.1875, 0.5625, 0.25])


@quick
@given(groups(), st.integers(1, 30))
def test_opinions_stay_within_what_was_said_and_the_stubborn_do_not_move(group, rounds):
    edges, salience, stubborn, x, view = group
    stubborn[0] = 1.0
    weights = opinions.influence_matrix(edges, salience, stubborn)
    low, high = min(x.min(), view.min()), max(x.max(), view.max())
    for _ in range(rounds):
        x = opinions.talk(x, view, weights)
        assert x.min() >= low - 1e-12
        assert x.max() <= high + 1e-12
        assert x[0] == view[0]


@quick
@given(groups())
def test_without_influence_everybody_keeps_the_own_view(group):
    edges, salience, _, x, view = group
    weights = opinions.influence_matrix(edges, salience, np.ones(len(x)))
    assert (opinions.talk(x, view, weights) == view).all()


@quick
@given(groups(ties=st.floats(0.1, 1.0)))
def test_talk_settles_where_everybody_hears_somebody_with_a_view_of_their_own(group):
    edges, salience, _, x, view = group
    weights = opinions.influence_matrix(edges, salience + 1.0, np.full(len(x), 0.2))
    other = -x
    for _ in range(400):
        x, other = opinions.talk(x, view, weights), opinions.talk(other, view, weights)
    assert x == pytest.approx(other, abs=1e-9)
    assert opinions.talk(x, view, weights) == pytest.approx(x, abs=1e-9)


def test_a_batch_may_share_its_weights_or_have_its_own():
    x = np.linspace(-1.0, 1.0, 12).reshape(4, 3)
    common = opinions.talk(x, -x, GROUP)
    own = opinions.talk(x, -x, np.repeat(GROUP[:, :, None], 3, axis=2))
    alone = np.stack([opinions.talk(x[:, i], -x[:, i], GROUP) for i in range(3)], axis=1)
    assert (common == own).all()
    assert (common == alone).all()


@quick
@given(opinion, share, share, opinion)
def test_evidence_moves_towards_itself_by_trust_and_weight(view, trust, weight, evidence):
    after = opinions.share_evidence(view, trust, weight, evidence)
    assert min(view, evidence) - 1e-12 <= after <= max(view, evidence) + 1e-12
    assert abs(after - view) == pytest.approx(trust * weight * abs(evidence - view), abs=1e-12)


def test_evidence_weighs_by_the_doubt_that_it_removed():
    assert opinions.evidence_weight(np.array([2.0, 1.0, 0.0]), 2.0).tolist() == [0.0, 0.75, 1.0]
