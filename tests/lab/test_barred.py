"""A policy without some moves: none of them is made, whatever kind of policy it is."""

import numpy as np
import pytest

from tpmsim.core.arrays import Ints
from tpmsim.core.opening import initial
from tpmsim.core.rolls import run_seed
from tpmsim.core.state import State
from tpmsim.core.week import advance
from tpmsim.lab.barred import Barred
from tpmsim.lab.policies import get_policy
from tpmsim.lab.policies.lookahead import LookAhead
from tpmsim.lab.policy import Bound, Policy
from tpmsim.lab.rollout import play_week
from tpmsim.lab.swift import swift
from tpmsim.scenario.library import open_scenario

RULES = open_scenario("first-product").rules
RUNS = 12
POLICIES = [get_policy("steady"), get_policy("naive"), get_policy("random"), LookAhead(worlds=2)]


def made_by(bound: Bound | Barred, weeks: int) -> list[Ints]:
    """(N,) the moves of each step."""
    steps: list[Ints] = []
    state = initial(RULES, np.array([run_seed(5, i) for i in range(RUNS)], dtype=np.uint64))

    def heed(before: State, chosen: Ints) -> None:
        steps.append(chosen)

    for _ in range(weeks):
        state = advance(RULES, play_week(RULES, state, bound, heed))
    return steps


@pytest.mark.parametrize("policy", POLICIES, ids=lambda one: one.id)
def test_what_is_barred_is_not_made_and_other_runs_play_as_ever(policy: Policy) -> None:
    bound = swift(RULES, policy.bind(RULES))
    answers = list(RULES.cards[0].answers)
    usual = np.stack(made_by(bound, 2))
    assert np.isin(usual, answers).any(axis=0)[: RUNS // 2].any()
    barred = np.zeros((len(RULES.moves), RUNS), dtype=np.bool_)
    barred[answers, : RUNS // 2] = True
    played = made_by(Barred(bound, barred), 2)
    assert not np.isin(np.stack(played)[:, : RUNS // 2], answers).any()
    for run in range(RUNS // 2, RUNS):
        assert [step[run] for step in played if step[run] >= 0] == [row for row in usual[:, run] if row >= 0]
