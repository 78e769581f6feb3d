"""Rollouts: what becomes of a run depends on its seed alone."""

from dataclasses import fields
from functools import cache

import numpy as np
import pytest

from tpmsim.core.batch import arrays, join, take
from tpmsim.core.fingerprint import fingerprint
from tpmsim.core.opening import initial
from tpmsim.core.rolls import run_seed
from tpmsim.core.state import State
from tpmsim.core.week import advance
from tpmsim.lab.policies import LADDER, get_policy
from tpmsim.lab.rollout import Results, play, play_week, simulate
from tpmsim.scenario.library import open_scenario

RULES = open_scenario("first-product").rules
QUICK = [name for name in LADDER if name != "lookahead"]
"""Of the slow one: test_lookahead.py."""

SEEDS = [run_seed(11, i) for i in range(64)]


def opened(seeds: list[int]) -> State:
    return initial(RULES, np.array(seeds, dtype=np.uint64))


@cache
def played(name: str) -> State:
    """All seeds in one batch, by a policy."""
    return play(RULES, opened(SEEDS), get_policy(name))


def same(one: Results, other: Results) -> bool:
    return all(np.array_equal(getattr(one, each.name), getattr(other, each.name)) for each in fields(Results))


@pytest.mark.parametrize("name", QUICK)
def test_a_run_alone_and_in_a_batch_is_the_same_to_the_last_bit(name: str) -> None:
    batch = played(name)
    for i in (0, 17, 63):
        assert fingerprint(batch, i) == fingerprint(play(RULES, opened(SEEDS[i : i + 1]), get_policy(name)))


@pytest.mark.parametrize("name", QUICK)
def test_the_place_in_the_batch_does_not_matter(name: str) -> None:
    batch = played(name)
    turned = play(RULES, opened(SEEDS[::-1]), get_policy(name))
    for (_, field, one), (_, _, other) in zip(arrays(batch), arrays(turned), strict=True):
        assert one.tobytes() == np.ascontiguousarray(other[..., ::-1]).tobytes(), field


@pytest.mark.parametrize("name", QUICK)
def test_the_size_of_blocks_does_not_matter(name: str) -> None:
    seeds = SEEDS[:8]
    whole = simulate(RULES, get_policy(name), seeds)
    for block in (3, 64):
        assert same(simulate(RULES, get_policy(name), seeds, block), whole)
    assert whole.seeds == tuple(seeds)
    assert len(whole) == 8


def test_leaving_the_batch_early_changes_nothing() -> None:
    """Playing on with the finished runs in the batch gives the states that `play` gives without them."""
    bound = get_policy("random").bind(RULES)
    kept = opened(SEEDS)
    while kept.live.any():
        kept = advance(RULES, play_week(RULES, kept, bound))
    assert len(np.unique(kept.known.week)) > 1, "some runs must end before others"
    left = played("random")
    assert all(fingerprint(kept, i) == fingerprint(left, i) for i in range(64))


def test_runs_that_are_over_stay_as_they_are() -> None:
    over = played("random")
    again = play(RULES, over, get_policy("random"))
    assert all(fingerprint(over, i) == fingerprint(again, i) for i in range(64))


def test_a_batch_with_finished_runs_keeps_its_order() -> None:
    fresh = opened(SEEDS[:4])
    over = play(RULES, opened(SEEDS[4:8]), get_policy("steady"))
    mixed = take(join([fresh, over]), np.array([4, 0, 5, 1, 6, 2, 7, 3]))
    after = play(RULES, mixed, get_policy("steady"))
    expected = play(RULES, opened(SEEDS[:8]), get_policy("steady"))
    order = [4, 0, 5, 1, 6, 2, 7, 3]
    assert all(fingerprint(after, place) == fingerprint(expected, i) for place, i in enumerate(order))


def test_scores_are_whole_units_within_bounds() -> None:
    results = simulate(RULES, get_policy("steady"), SEEDS)
    assert results.scores.dtype == np.int64
    assert ((results.scores >= 0) & (results.scores <= 100 << 20)).all()
    assert ((results.weeks >= 1) & (results.weeks <= RULES.weeks)).all()


def test_no_runs_at_all() -> None:
    nothing = simulate(RULES, get_policy("steady"), [])
    assert len(nothing) == 0
    assert nothing.scores.tolist() == []
