"""On average nobody is lucky: what a player could know predicts what comes, neither too well nor too badly.

For each week `luck = V(after the week) - Q(before it, with the moves made)`, where V and Q play imagined worlds on with
the reference policy. One imagined world each is an unbiased estimate, so that over many runs the mean luck must be 0:
in each week, and in all weeks together. A hidden quantity that is imagined wrongly, or that leaks into what is known,
shows here. Zinkevich et al. 2006.
"""

from dataclasses import dataclass

import numpy as np
import pytest

from chosen import USUAL
from laws.conftest import opened
from tpmsim.core.batch import take
from tpmsim.core.imagine import imagine
from tpmsim.core.opening import initial
from tpmsim.core.outcome import score
from tpmsim.core.rolls import fork_key
from tpmsim.core.rules import Rules
from tpmsim.core.state import State
from tpmsim.core.week import advance
from tpmsim.lab.policies import get_policy
from tpmsim.lab.rollout import play, play_week
from tpmsim.scenario.library import shipped

REFERENCE = "steady"
FIRST_SEED = 1_000_000
PLAYERS = (REFERENCE, "naive", "random")
LONG = [(slug, REFERENCE, 1000) for slug in shipped() if slug != USUAL]
"""A run of three times as many weeks plays nine times as many on: fewer runs of it, and one player."""


@dataclass(frozen=True)
class Lucky:
    """The luck of every run: (weeks, N), and nan after its end."""

    by_week: np.ndarray

    @property
    def whole(self) -> np.ndarray:
        return np.nansum(self.by_week, axis=0)


def luck_of(rules: Rules, player: str, runs: int) -> Lucky:
    """Every week of every run, estimated by one imagined world for each V and each Q."""
    bound = get_policy(player).bind(rules)
    state = initial(rules, np.arange(FIRST_SEED, FIRST_SEED + runs, dtype=np.uint64))
    rows = []
    while state.live.any():
        live = state.live
        made = play_week(rules, state, bound)
        after = advance(rules, made)
        row = np.full(runs, np.nan)
        row[live] = _value(rules, after)[live] - _promise(rules, take(state, live), take(made, live))
        rows.append(row)
        state = after
    return Lucky(np.stack(rows))


def _worlds(rules: Rules, state: State, salt: int) -> State:
    return imagine(rules, state.known, fork_key(state.future, salt + state.week))


def _value(rules: Rules, state: State) -> np.ndarray:
    """(N,) V: the score of runs that are over, else of one imagined world played on."""
    value, live = score(rules, state.known), state.live
    if live.any():
        worlds = _worlds(rules, take(state, live), 1_000)
        value[live] = score(rules, play(rules, worlds, get_policy(REFERENCE)).known)
    return value


def _promise(rules: Rules, before: State, made: State) -> np.ndarray:
    """(N,) Q: a world imagined before the moves, the moves made in it (they touch only what is known), played on."""
    world = _worlds(rules, before, 2_000)
    moved = State(world.truth, world.hidden, made.known, world.future)
    return score(rules, play(rules, advance(rules, moved), get_policy(REFERENCE)).known)


def _is_zero(luck: np.ndarray, errors: float) -> bool:
    known = luck[~np.isnan(luck)]
    return bool(abs(known.mean()) <= errors * known.std() / np.sqrt(len(known)) + 1e-9)


def test_mean_luck_is_zero(rules):
    """One who makes any move, in few runs; the others, and weeks by themselves, take many runs."""
    zero(luck_of(rules, "random", 300))


@pytest.mark.soak
def test_mean_luck_is_zero_where_answers_lean(leaning):
    zero(luck_of(leaning, "steady", 300))


@pytest.mark.soak
@pytest.mark.parametrize("player", ["steady", "naive", "random"])
def test_mean_luck_is_zero_in_each_week_where_answers_lean(leaning, player):
    zero_in_each_week(luck_of(leaning, player, 4000))


@pytest.mark.soak
@pytest.mark.parametrize(("slug", "player", "runs"), [*((USUAL, one, 4000) for one in PLAYERS), *LONG])
def test_mean_luck_is_zero_in_each_week_of_many_runs(slug, player, runs):
    zero_in_each_week(luck_of(opened(slug).rules, player, runs))


def zero(luck: Lucky) -> None:
    """The luck of whole runs is zero on average."""
    assert _is_zero(luck.whole, 3.0), f"{luck.whole.mean():.2f} a run"


def zero_in_each_week(luck: Lucky) -> None:
    """So it is, and that of every week which many runs saw."""
    zero(luck)
    for week, row in enumerate(luck.by_week):
        if (~np.isnan(row)).sum() >= 200:
            assert _is_zero(row, 4.0), f"week {week}: {np.nanmean(row):.2f}"


@pytest.mark.soak
@pytest.mark.parametrize(("slug", "player", "runs"), [(USUAL, REFERENCE, 3000), *LONG])
def test_luck_does_not_follow_what_customers_say(slug, player, runs):
    """What is known before a week predicts none of its luck: reviews do not promise what is not imagined."""
    rules = opened(slug).rules
    bound = get_policy(player).bind(rules)
    state = initial(rules, np.arange(2_000_000, 2_000_000 + runs, dtype=np.uint64))
    while state.live.any():
        live, known = state.live, state.known
        made = play_week(rules, state, bound)
        after = advance(rules, made)
        launched = live & (known.customers > 0.0)
        if launched.sum() >= runs / 3:
            said = known.mean_sentiment[launched]
            promised = _promise(rules, take(state, launched), take(made, launched))
            luck = _value(rules, take(after, launched)) - promised
            points = np.cov(said, luck)[0, 1] / said.std()
            assert abs(points) < 0.6 + 4.0 * luck.std() / np.sqrt(len(said)), f"week {state.week}: {points:.2f}"
        state = after
