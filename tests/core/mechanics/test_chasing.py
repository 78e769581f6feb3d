"""Neglect is felt: it slows what its function does, or costs the player hours; never nothing, and never both."""

from dataclasses import fields

import numpy as np
import pytest

from chosen import USUAL
from tpmsim.core.batch import take
from tpmsim.core.conditions import rows
from tpmsim.core.flows import Flows
from tpmsim.core.ledger import Silent
from tpmsim.core.mechanics.chasing import CHASE_HOURS, CHASE_MOST, chasing, hours_taken, idle
from tpmsim.core.opening import initial
from tpmsim.core.readings import slack
from tpmsim.core.rolls import Luck
from tpmsim.core.rules import Function, Response, Rules
from tpmsim.core.state import NOBODY, Known, State, evolve
from tpmsim.core.week import advance
from tpmsim.lab.policies import get_policy
from tpmsim.lab.rollout import play_week
from tpmsim.scenario.library import open_scenario, shipped
from tpmsim.scenario.names import Ids, names

RUNS = 6
ITSELF = ("acted", "chased")
"""What tells of the neglect and is no consequence of it."""


def begun(rules: Rules, state: State, acted: np.ndarray) -> State:
    """The week begins, after these responses."""
    hours = np.where(state.live, rules.focus_hours, 0.0)
    fresh = State(state.truth, state.hidden, evolve(state.known, acted=acted, hours=hours), state.future)
    return chasing(rules, fresh, Flows.none(rules, state.size), Luck(state.future, state.week), Silent())


def neglected(rules: Rules, state: State, people: tuple[int, ...]) -> State:
    """The week begins, and these people let things slide, nobody else."""
    acted = np.full(state.known.acted.shape, NOBODY)
    acted[list(people)] = Response.NEGLECT
    return begun(rules, state, acted)


def differ(one: Known, other: Known) -> np.ndarray:
    """(N,) runs in which something else is known."""
    told = np.zeros(one.week.shape, dtype=np.bool_)
    for field in fields(Known):
        if field.name not in ITSELF:
            apart = getattr(one, field.name) != getattr(other, field.name)
            told |= apart.reshape(-1, one.week.shape[0]).any(axis=0)
    return told


def played(rules: Rules, every: int) -> list[State]:
    """The starts of some weeks of a few whole runs, from the first in which people act."""
    bound, state, found = get_policy("steady").bind(rules), initial(rules, np.arange(RUNS, dtype=np.uint64)), []
    while state.live.any():
        if state.week >= 1 and (state.week - 1) % every == 0:
            found.append(state)
        state = advance(rules, play_week(rules, state, bound))
    return found


@pytest.mark.parametrize("slug", shipped())
def test_neglect_of_anybody_in_any_week_shows_by_the_next(slug):
    rules = open_scenario(slug).rules
    for state in played(rules, 6):
        last = state.known.week >= rules.weeks
        for a, name in enumerate(rules.stakeholders):
            here = state.live & (state.known.gone[a] <= 0.0) & ~last
            calm, lax = neglected(rules, state, ()), neglected(rules, state, (a,))
            now = differ(calm.known, lax.known)
            later = differ(advance(rules, calm).known, advance(rules, lax).known)
            chased = lax.known.chased[a] > 0.0
            assert (now == chased)[here].all(), "hours, where it has nothing to slow down, and nothing else"
            works = here & ~chased
            assert later[works].any() or not works.any(), (slug, name, state.week)


@pytest.mark.parametrize("slug", shipped())
def test_who_has_no_work_costs_an_hour_and_who_has_does_less(slug):
    rules = open_scenario(slug).rules
    for state in played(rules, 6):
        nothing = idle(rules, state.known)
        for a, function in enumerate(rules.people.function):
            after = neglected(rules, state, (a,)).known
            lost = np.where(state.live, rules.focus_hours, 0.0) - after.hours
            assert (lost == np.where(state.live & nothing[a], CHASE_HOURS, 0.0)).all()
            assert (slack(after)[a] == (after.chased[a] <= 0.0)).all(), "never both"
            assert nothing[a].all() or function not in (Function.NONE, Function.SPONSOR)
            sold = rules.sells[state.known.stage] & (state.known.wave > 0)
            assert nothing[a][~sold].all() or function not in (Function.MARKET, Function.SELL)


def test_chasing_everybody_leaves_half_of_the_week():
    rules = open_scenario("two-bosses").rules
    state = initial(rules, np.arange(2, dtype=np.uint64))
    everybody = tuple(range(len(rules.stakeholders)))
    after = neglected(rules, state, everybody)
    assert (after.known.chased > 0.0).all(), "nothing is built or sold yet"
    assert len(everybody) * CHASE_HOURS > CHASE_MOST * rules.focus_hours
    assert (after.known.hours == (1.0 - CHASE_MOST) * rules.focus_hours).all()


def test_hours_taken_grow_by_an_hour_each_up_to_the_most():
    rules = open_scenario(USUAL).rules
    counts = [hours_taken(rules, np.ones((count, 1)))[0] for count in range(1, 40)]
    assert counts == [min(count * CHASE_HOURS, CHASE_MOST * rules.focus_hours) for count in range(1, 40)]


def test_a_run_alone_begins_its_week_as_within_a_batch():
    rules = open_scenario(USUAL).rules
    state = advance(rules, initial(rules, np.arange(40, dtype=np.uint64)))
    acted = np.random.default_rng(1).integers(NOBODY, len(Response), state.known.acted.shape)
    whole = begun(rules, state, acted).known
    for run in (0, 17, 39):
        alone = begun(rules, take(state, [run]), acted[:, [run]]).known
        assert (alone.hours == whole.hours[run]).all()
        assert (alone.chased == whole.chased[:, [run]]).all()


def test_a_run_that_is_over_chases_nobody():
    rules = open_scenario(USUAL).rules
    state = initial(rules, np.arange(3, dtype=np.uint64))
    over = State(state.truth, state.hidden, evolve(state.known, ended=np.array([0, 1, 2])), state.future)
    after = neglected(rules, over, (0,)).known
    assert (after.chased[0] == [1.0, 0.0, 0.0]).all()
    assert (after.hours == [rules.focus_hours - CHASE_HOURS, 0.0, 0.0]).all()


@pytest.mark.parametrize("slug", shipped())
def test_only_work_that_is_let_slide_can_be_escalated(slug):
    rules = open_scenario(slug).rules
    for a, name in enumerate(rules.stakeholders):
        ids = [move.id for move in rules.moves]
        works = rules.people.function[a] not in (Function.NONE, Function.SPONSOR)
        assert (f"escalate:{name}" in ids) == works
        if works:
            move = rules.moves[rules.move(f"escalate:{name}")]
            assert any(check.reason.startswith("there is no work that they let slide") for check in move.checks)


def test_it_can_be_asked_in_conditions():
    loaded = open_scenario(USUAL)
    known = neglected(loaded.rules, initial(loaded.rules, np.arange(1, dtype=np.uint64)), (0,)).known
    name = loaded.rules.stakeholders[0]
    assert rows(known, names(Ids.of(loaded.scenario))[f"chased.{name}"].ref) == [1.0]
