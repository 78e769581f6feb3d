import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from table_reader import read_table
from tpmsim.core.mechanics import discovery

quick = settings(max_examples=50, deadline=None)
shape = st.floats(0.05, 20.0)


def test_survivor_gives_table_4():
    rows = read_table("T04")
    n = np.array([int(row["t"]) for row in rows])
    left = discovery.survivor(n, 0.6681, 3.8061)
    assert left == pytest.approx([row["model_pct"] / 100 for row in rows], abs=2e-5)
    rates = left[1:] / left[:-1]
    assert rates == pytest.approx([row["retention_rate"] for row in rows[1:]], abs=2e-5)


def test_one_interview_in_six_meets_a_need_by_default():
    assert discovery.hit_chance(1, 0) == pytest.approx(1 / 6, abs=1e-12)


@quick
@given(shape, shape)
def test_the_share_found_rises_ever_more_slowly_and_stays_below_one(a, b):
    found = 1.0 - discovery.survivor(np.arange(40), a, b)
    gains = np.diff(found)
    assert found[0] == 0.0
    assert (found <= 1.0).all()
    assert (gains >= 0.0).all()
    assert gains[0] > 0.0
    assert (np.diff(gains) <= 1e-15).all()


@quick
@given(shape, shape, st.integers(0, 30), st.integers(1, 12))
def test_interviews_at_once_equal_interviews_one_by_one(a, b, held, k):
    singly = 1.0
    for i in range(k):
        singly *= 1.0 - discovery.hit_chance(1, held + i, a, b)
    assert 1.0 - discovery.hit_chance(k, held, a, b) == pytest.approx(singly, rel=1e-12)


@quick
@given(shape, shape, st.integers(0, 30), st.integers(0, 12))
def test_the_chance_to_hit_is_the_fall_of_the_survivors(a, b, held, k):
    before, after = discovery.survivor(held, a, b), discovery.survivor(held + k, a, b)
    assert discovery.hit_chance(k, held, a, b) == pytest.approx(1.0 - after / before, abs=1e-12)


@quick
@given(st.lists(st.integers(0, 9), min_size=1, max_size=8))
def test_every_run_of_a_batch_counts_its_own_interviews(numbers):
    batch = discovery.hit_chance(np.array(numbers), np.arange(len(numbers)) * 1.0)
    alone = [discovery.hit_chance(k, float(i)) for i, k in enumerate(numbers)]
    assert (batch == np.array(alone)).all()


@pytest.mark.parametrize("rate", [0.05, 1 / 6, 0.31, 0.9])
def test_alike_needs_are_found_at_a_constant_rate(rate):
    whole, n = 1e9, np.arange(15)
    found = 1.0 - discovery.survivor(n, rate * whole, (1.0 - rate) * whole)
    assert found == pytest.approx(discovery.constant_rate(n, rate), abs=1e-6)


def test_five_testers_find_most_problems():
    assert discovery.constant_rate(np.array([0, 1, 5])) == pytest.approx([0.0, 0.31, 1 - 0.69**5], abs=1e-12)


def test_nothing_found_is_lost_and_the_mean_of_many_runs_meets_the_curve():
    runs, weekly = 10_000, [3, 0, 5, 1, 4]
    luck = np.random.default_rng(1993)
    found, held = np.zeros(runs, dtype=bool), 0
    for k in weekly:
        before = found
        found = discovery.find(found, luck.random(runs), discovery.hit_chance(k, held))
        held += k
        assert not (before & ~found).any()
        expected = 1.0 - discovery.survivor(held)
        error = np.sqrt(expected * (1 - expected) / runs)
        assert found.mean() == pytest.approx(expected, abs=3 * error)
