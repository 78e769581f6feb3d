"""The decisions of a gate: hold asks and decides nothing, recycle goes back at a price, kill ends, leap overrules."""

from dataclasses import replace

import numpy as np
import pytest

from tpmsim.core.arrays import Ints
from tpmsim.core.moves import allowed, apply
from tpmsim.core.opening import initial
from tpmsim.core.rules import EndedBy, Function, Rules, Trigger
from tpmsim.core.state import State, evolve
from tpmsim.core.week import advance

RUNS = 32


def needs(rules: Rules, *stages: str) -> None:
    """A scenario may begin in a later stage, or live already: it has none before that."""
    for stage in stages:
        if stage not in rules.stages:
            pytest.skip(f"{rules.id} has no stage {stage}")


def first(rules: Rules) -> str:
    """The first stage with a gate."""
    needs(rules, "build")
    return rules.stages[0]


def begun(rules: Rules, stage: str) -> State:
    """Runs in the second week, set into a stage."""
    needs(rules, stage)
    state = advance(rules, initial(rules, np.arange(RUNS, dtype=np.uint64)))
    there = np.full(RUNS, rules.stage(stage), dtype=np.int64)
    return State(state.truth, state.hidden, evolve(state.known, stage=there), state.future)


def doubting(state: State) -> State:
    """Every other stakeholder thinks ill of going on, whatever the scenario has them think."""
    opinion = state.hidden.opinion.copy()
    opinion[::2] = -1.0
    return replace(state, hidden=evolve(state.hidden, opinion=opinion))


def decided(rules: Rules, state: State, move: str) -> State:
    row = rules.move(move)
    assert allowed(rules, state.known, row).all()
    return advance(rules, apply(rules, state, np.full(RUNS, row)))


def sponsor(rules: Rules) -> Ints:
    return np.flatnonzero(rules.people.function == Function.SPONSOR)


def test_hold_polls_everybody_keeps_the_stage_and_tries_the_sponsors_patience(rules: Rules) -> None:
    stage = first(rules)
    state = begun(rules, stage)
    held, idle = decided(rules, state, f"gate:{stage}/hold"), advance(rules, state)
    assert np.array_equal(held.known.stage, state.known.stage)
    assert (np.abs(held.known.votes) == 1.0).all()
    assert (idle.known.votes == 0.0).all()
    assert (held.known.satisfaction[sponsor(rules)] < idle.known.satisfaction[sponsor(rules)]).all()


@pytest.mark.parametrize(("stage", "back"), [("roadmap", "research"), ("build", "roadmap"), ("launch", "build")])
def test_recycle_goes_back_one_stage_at_a_price(rules: Rules, stage: str, back: str) -> None:
    needs(rules, stage, back)
    state = begun(rules, stage)
    gone, idle = decided(rules, state, f"gate:{stage}/recycle"), advance(rules, state)
    assert (gone.known.stage == rules.stage(back)).all()
    assert np.allclose(idle.known.cash - gone.known.cash, rules.money.recycle)


@pytest.mark.parametrize("stage", ["research", "roadmap", "build", "launch", "live"])
def test_kill_ends_the_run_in_every_stage(rules: Rules, stage: str) -> None:
    ended = decided(rules, begun(rules, stage), f"gate:{stage}/kill")
    assert (ended.known.ended == EndedBy.KILL).all()
    assert (ended.known.stage == rules.stage("ended")).all()


def test_a_leap_opens_the_gate_and_costs_trust_with_those_who_are_against(rules: Rules) -> None:
    stage = first(rules)
    state = doubting(begun(rules, stage))
    leapt, idle = decided(rules, state, f"gate:{stage}/leap"), advance(rules, state)
    assert (leapt.known.stage == rules.next_stage[rules.stage(stage), Trigger.LEAP]).all()
    against = leapt.known.votes < 0.0
    assert against.any()
    assert (leapt.known.trust[against] < idle.known.trust[against]).all()
    assert np.allclose(leapt.known.trust[~against], idle.known.trust[~against])


def test_one_decision_a_week(rules: Rules) -> None:
    state = begun(rules, "roadmap")
    asked = apply(rules, state, np.full(RUNS, rules.move("gate:roadmap/hold")))
    assert not allowed(rules, asked.known, rules.move("gate:roadmap/kill")).any()
