"""What a decision is said to be, from tables of values in which the truth is known."""

from typing import Any

import numpy as np
import pytest

from tpmsim.core.outcome import SCORE_UNIT
from tpmsim.core.rules import Rules
from tpmsim.lab.balance.audit import (
    COIN_FLIP,
    DOMINATED,
    FALSE_CHOICE,
    NEVER_BEST,
    REAL,
    TOO_FEW,
    TRAP,
    UNCLEAR,
    Verdict,
    judged,
)
from tpmsim.lab.balance.branches import FUTURES, Branched
from tpmsim.lab.balance.decisions import CARD, Decision, Sample
from tpmsim.scenario.library import open_scenario

RULES: Rules = open_scenario("first-product").rules
ROWS = RULES.cards[0].answers[:3]
STATES = 40


def verdict(worth: Any, noise: float = 0.0, legal: Any = None, naive: int = 0, numbers: Any = 0.0) -> Verdict:
    """The verdict on options whose true worth is known: (n, M) points, the same noise in all futures of an option."""
    worth = np.asarray(worth, dtype=np.float64)
    states, options = worth.shape
    drawn = np.random.default_rng(7).normal(0.0, 1.0, (states, options, FUTURES)) * noise
    may = np.ones(worth.shape, dtype=np.bool_) if legal is None else legal
    seen = np.zeros((states, options, len(RULES.numbers)))
    seen[:, :, 0] = numbers
    scores = np.rint((worth[:, :, None] + drawn) * SCORE_UNIT).astype(np.int64)
    known: Any = None
    samples = tuple(Sample(0, 0.0, 1, place, ROWS[naive], known, "naive") for place in range(states))
    return judged(RULES, Branched(Decision(CARD, "x", ROWS[:options]), samples, may, scores, seen, np.zeros_like(seen)))


def table(*columns: Any, states: int = STATES) -> Any:
    return np.stack([np.broadcast_to(np.asarray(one, dtype=np.float64), (states,)) for one in columns], axis=1)


HALF = np.where(np.arange(STATES) % 2, 54.0, 48.0)
"""An option that is better in every other state."""


def test_a_real_choice_has_no_class() -> None:
    found = verdict(table(50, HALF), noise=2.0)
    assert found.what == REAL
    assert [one.kind for one in found.options] == ["", ""]
    assert [one.best for one in found.options] == pytest.approx([0.5, 0.5], abs=0.15)
    assert found.stake == pytest.approx(3.2, abs=1.0)


def test_an_option_that_is_always_best_makes_a_false_choice() -> None:
    found = verdict(table(50, 52, 51), noise=1.0)
    assert (found.what, found.winner) == (FALSE_CHOICE, found.options[1].id)
    assert found.options[0].gap == pytest.approx(2.0, abs=0.5)
    assert found.options[1].kind == ""


def test_a_choice_that_is_right_in_one_state_of_ten_is_no_false_one() -> None:
    rare = np.where(np.arange(STATES) % 10, 48.0, 60.0)
    assert verdict(table(50, rare), noise=1.0).what == REAL


def test_noise_alone_is_no_choice_and_a_little_noise_says_so() -> None:
    assert verdict(table(50, 50, 50), noise=0.5).what == COIN_FLIP
    assert verdict(table(50, 50.05), noise=0.1).what == COIN_FLIP
    assert verdict(table(50, 50)).what == COIN_FLIP


def test_with_much_noise_nothing_is_said() -> None:
    found = verdict(table(50, 50), noise=15.0)
    assert found.what == UNCLEAR
    assert [one.kind for one in found.options] == ["", ""]


def test_large_differences_that_cancel_are_no_coin_flip() -> None:
    found = verdict(table(50, np.where(np.arange(STATES) % 2, 55.0, 45.0)), noise=3.0)
    assert found.what == REAL


def test_an_answer_that_is_worse_in_everything_is_dominated() -> None:
    found = verdict(table(50, HALF, 44), noise=2.0)
    assert found.what == REAL
    assert [one.kind for one in found.options] == ["", "", DOMINATED]
    assert found.options[2].better in {one.id for one in found.options[:2]}


def test_an_answer_that_does_one_number_good_is_only_never_the_best() -> None:
    better = np.zeros((STATES, 3))
    better[:, 2] = 5.0 + np.arange(STATES) % 2
    assert [one.kind for one in verdict(table(50, HALF, 44), 2.0, numbers=better).options] == ["", "", NEVER_BEST]
    worse = -better
    assert verdict(table(50, HALF, 44), 2.0, numbers=worse).options[2].kind == DOMINATED


def test_noise_makes_no_answer_the_best_in_some_states() -> None:
    """It looks best in many states; one half of the futures tells that the other one was lucky."""
    found = verdict(table(50, 48, 45, states=80), noise=4.0)
    assert found.options[1].best > 0.05
    assert found.options[1].kind in (NEVER_BEST, DOMINATED)


def test_a_trap_is_what_naive_play_takes_and_is_clearly_worse() -> None:
    trap = np.where(np.arange(STATES) % 4, 45.0, 52.0)
    assert [one.kind for one in verdict(table(trap, 50), noise=1.0, naive=0).options] == [TRAP, ""]
    assert [one.kind for one in verdict(table(trap, 50), noise=1.0, naive=1).options] == ["", ""]


def test_an_option_is_only_compared_where_it_is_legal() -> None:
    legal = np.ones((STATES, 3), dtype=np.bool_)
    legal[10:, 2] = False
    found = verdict(table(50, HALF, 90), noise=1.0, legal=legal)
    assert found.options[2].states == 10
    assert found.options[2].best == 1.0
    assert found.options[0].best + found.options[1].best == pytest.approx(0.75, abs=0.1)


def test_few_states_are_no_ground_for_a_judgement() -> None:
    found = verdict(table(50, 60, states=7))
    assert found.what == TOO_FEW
    assert [one.kind for one in found.options] == ["", ""]
    assert verdict(table(50, 60, states=0)).what == TOO_FEW
