"""What looks like the quick way is no good way: to ship all the time, and to claim more than there is.

A sound player's moves, but for those about one thing, which always stays as it is told here; in the same worlds.
"""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from laws.conftest import opened
from tpmsim.core.arrays import Floats, Ints
from tpmsim.core.moves import allowed
from tpmsim.core.opening import initial
from tpmsim.core.outcome import score
from tpmsim.core.rolls import Luck
from tpmsim.core.rules import Rules
from tpmsim.core.state import Known
from tpmsim.lab.policies import get_policy
from tpmsim.lab.policy import Bound
from tpmsim.lab.rollout import play

RUNS = 300

BUILDS = ("first-product", "ninety-percent-done", "quiet-debt", "the-demo-that-lied", "the-loud-whale", "two-bosses")
"""All but The Last Page: in a product past its time little is built, and it does not matter much how."""

LAUNCHES = ("first-product", "ninety-percent-done", "the-demo-that-lied", "two-bosses")
"""Scenarios whose launch makes or breaks them.

In The Loud Whale a bold claim costs customers and brings money, about as much; in the two that begin live, newcomers
are few beside those who are there, and a bold claim pays.
"""


@dataclass(frozen=True)
class Always:
    """Makes a move wherever it may, and none of its kind beside."""

    rules: Rules
    bound: Bound
    row: int
    id: str = "always"
    digest: str = ""

    def bind(self, rules: Rules) -> "Always":
        return self

    def choose(self, known: Known, luck: Luck, step: int) -> Ints:
        chosen = self.bound.choose(known, luck, step)
        return np.where(allowed(self.rules, known, self.row), self.row, chosen)


def always(rules: Rules, move: str) -> Always:
    """A sound player who always makes this move."""
    row = next(row for row, one in enumerate(rules.moves) if one.id == move)
    kind = rules.moves[row].kind
    moves = tuple(replace(one, kind="other") if one.kind == kind else one for one in rules.moves)
    return Always(rules, get_policy("steady").bind(replace(rules, moves=moves)), row)


def points(slug: str, move: str = "") -> Floats:
    """(N,) scores of a sound player, who always makes this move where one is given."""
    rules = opened(slug).rules
    policy = always(rules, move) if move else get_policy("steady")
    return score(rules, play(rules, initial(rules, np.arange(RUNS, dtype=np.uint64)), policy).known)


def behind(slug: str, move: str, other: str = "") -> float:
    """By how many standard errors always making a move trails the other way, in the same worlds."""
    lead = points(slug, other) - points(slug, move)
    return float(lead.mean() / (lead.std(ddof=1) / np.sqrt(RUNS)))


@pytest.mark.parametrize("slug", BUILDS)
def test_to_ship_all_the_time_is_worse_than_a_sound_process(slug: str) -> None:
    assert behind(slug, "profile:ship") > 2.0


def test_who_looks_for_faults_does_best_where_nine_tenths_are_done() -> None:
    """The number falls, and the product rises: the earlier, the better."""
    assert behind("ninety-percent-done", "profile:ship", "profile:balanced") > 2.0
    assert behind("ninety-percent-done", "profile:balanced", "profile:harden") > 2.0


@pytest.mark.parametrize("slug", LAUNCHES)
def test_to_claim_more_than_there_is_does_not_pay(slug: str) -> None:
    assert behind(slug, "claim:bold", "claim:plain") > 2.0
