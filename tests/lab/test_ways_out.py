"""From the fourth week of a middling run of a shipped scenario at least two good endings can still be reached."""

import numpy as np
import pytest

from tpmsim.core.batch import fork
from tpmsim.core.opening import initial
from tpmsim.core.outcome import ending
from tpmsim.core.rolls import fork_key
from tpmsim.core.rules import Rules
from tpmsim.core.state import State
from tpmsim.core.week import advance
from tpmsim.lab.policies import CONSTANTS, POLICIES, get_policy
from tpmsim.lab.rollout import play, play_week, simulate
from tpmsim.scenario.library import open_scenario, shipped

WEEK, SEEDS, FUTURES = 4, 101, 100
PLAYERS = ("random", "naive", "steady", "evidence", *CONSTANTS)
"""Who goes on from there; who thinks long finds nothing that these do not."""


def middling(rules: Rules) -> State:
    """The run of the reference with the median result, at the start of its fourth week."""
    scores = simulate(rules, get_policy("steady"), range(SEEDS)).scores
    seed = int(np.argsort(scores, kind="stable")[SEEDS // 2])
    state, bound = initial(rules, np.array([seed], dtype=np.uint64)), get_policy("steady").bind(rules)
    while state.week < WEEK:
        state = advance(rules, play_week(rules, state, bound))
    return state


@pytest.mark.soak
@pytest.mark.parametrize("name", shipped())
def test_two_good_endings_are_left_in_the_fourth_week(name: str) -> None:
    rules = open_scenario(name).rules
    start = fork(middling(rules), FUTURES)
    state = State(start.truth, start.hidden, start.known, fork_key(start.future, np.arange(FUTURES)))
    assert set(PLAYERS) < set(POLICIES)
    reached = {int(row) for who in PLAYERS for row in ending(rules, play(rules, state, get_policy(who)).known)}
    good = {rules.endings[row].id for row in reached if rules.endings[row].good}
    assert len(good) >= 2, good
