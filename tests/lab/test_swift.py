"""Asked faster, a list of rules chooses the same; and a note of what was read holds all of it."""

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from chosen import scenarios
from tpmsim.core.arrays import Bools, Floats, Ints
from tpmsim.core.batch import of_places
from tpmsim.core.moves import apply
from tpmsim.core.opening import initial
from tpmsim.core.rolls import Luck, fork_key, run_seed
from tpmsim.core.rules import Rules
from tpmsim.core.state import Known, State, evolve
from tpmsim.core.week import advance
from tpmsim.lab.noted import Noted, Reading, for_all, once
from tpmsim.lab.policies import POLICIES, planning
from tpmsim.lab.policy import END, Book, Listed, Ordered, first_of
from tpmsim.lab.rollout import MOST_MOVES, POLICY_FORK, play_week
from tpmsim.lab.swift import Swift, swift
from tpmsim.scenario.library import open_scenario
from tpmsim.scenario.loading import parse

RUNS = 24
LISTS = [
    pytest.param(name, marks=() if name in ("naive", "steady") else pytest.mark.soak)
    for name, policy in POLICIES.items()
    if isinstance(policy, Ordered)
]


def opened(rules: Rules, runs: int = RUNS) -> State:
    return initial(rules, np.array([run_seed(5, i) for i in range(runs)], dtype=np.uint64))


def plainly(listed: Listed, state: State, barred: Bools) -> Ints:
    """What the list chooses, every line asked anew; lines propose nothing that is barred."""
    rules, chosen = listed.rules, np.full(state.size, END, dtype=np.int64)
    for line in listed.lines:
        alone = Listed.of(rules, [line])
        proposed = alone.choose(state.known, Luck(fork_key(state.future, POLICY_FORK), state.week), 0)
        proposed = np.where((proposed >= 0) & ~barred[proposed, np.arange(state.size)], proposed, END)
        chosen = np.where(chosen == END, proposed, chosen)
    return chosen


@pytest.fixture(autouse=True)
def _small_batches_have_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that lines are asked about all runs and about some of them."""
    monkeypatch.setattr("tpmsim.lab.swift.WORTH_A_PART", 4)


@pytest.mark.parametrize("name", scenarios())
@pytest.mark.parametrize("policy", LISTS)
def test_the_same_moves_are_chosen_step_by_step(name: str, policy: str) -> None:
    the_same_moves_are_chosen(open_scenario(name).rules, policy)


def test_a_week_that_gets_longer_has_silent_lines_asked_again() -> None:
    data = open_scenario("first-product").data.replace(b"focus_hours: 16", b"focus_hours: 9")
    longer = data.replace(b"then: {trust.engineering: +0.6,", b"then: {hours: +7, trust.engineering: +0.6,")
    longer = longer.replace(b"then: {brand.cafes: -0.04,", b"then: {hours: +9, brand.cafes: -0.04,")
    assert longer.count(b"{hours: +") == 3
    for policy in ("naive", "steady"):
        the_same_moves_are_chosen(parse(longer).rules, policy)


def the_same_moves_are_chosen(rules: Rules, policy: str) -> None:
    listed = POLICIES[policy].bind(rules)
    asked = swift(rules, listed)
    assert isinstance(listed, Listed)
    assert isinstance(asked, Swift)
    state = opened(rules)
    barred = np.random.default_rng(1).random((len(rules.moves), RUNS)) < 0.1
    while state.live.any():
        asking, busy = asked.asking(Luck(state.future, state.week), barred), state.live
        for _ in range(MOST_MOVES):
            chosen = asking.choose(state.known, busy)
            assert np.array_equal(chosen, np.where(busy, plainly(listed, state, barred), END))
            busy = busy & (chosen != END)
            if not busy.any():
                break
            state = apply(rules, state, chosen)
            asking.made(chosen)
        state = advance(rules, play_week(rules, state, asked))


def test_what_was_read_is_noted_and_nothing_else() -> None:
    rules = open_scenario("first-product").rules
    known = opened(rules).known
    outer = Noted(known)
    inner = Noted(outer, np.array([3, 1]))
    assert np.array_equal(inner.cash, known.cash[[3, 1]])
    assert np.array_equal(inner.planned, known.planned[[3, 1]])
    assert inner.read == outer.read == {"cash", "committed"}
    with pytest.raises(AttributeError):
        inner.no_such_field  # noqa: B018


def counted(keep: Callable[[Reading], Reading]) -> tuple[Reading, list[int]]:
    """A reading that is kept, and the runs for which it was worked out, time by time."""
    worked: list[int] = []

    def twice(rules: Rules, known: Known) -> Floats:
        worked.append(known.week.shape[0])
        return 2.0 * known.cash

    return keep(twice), worked


@pytest.mark.parametrize("keep", [once, for_all])
def test_a_reading_is_worked_out_anew_when_what_it_read_has_changed(keep: Callable[[Reading], Reading]) -> None:
    rules = open_scenario("first-product").rules
    known = opened(rules).known
    twice, worked = counted(keep)
    assert np.array_equal(twice(rules, known), 2.0 * known.cash)
    elsewhere = evolve(known, hours=known.hours - 1.0)
    assert np.array_equal(twice(rules, elsewhere), 2.0 * known.cash)
    assert len(worked) == 1
    poorer = evolve(elsewhere, cash=known.cash - 1.0)
    assert np.array_equal(twice(rules, poorer), 2.0 * known.cash - 2.0)
    assert len(worked) == 2


def test_for_all_is_worked_out_once_for_every_part_of_a_batch() -> None:
    rules = open_scenario("first-product").rules
    known = opened(rules).known
    twice, worked = counted(for_all)
    for runs in (np.array([0, 5]), np.array([7])):
        outer = Noted(known)
        part = Noted(outer, runs)
        assert np.array_equal(twice(rules, Noted(part)), 2.0 * known.cash[runs])
        assert outer.read == part.read == {"week", "cash"}
    assert worked == [RUNS]
    changed = evolve(part, cash=part.cash + 1.0)
    assert np.array_equal(twice(rules, changed), 2.0 * (known.cash[runs] + 1.0)), "a changed copy is no part of it"
    with pytest.raises(TypeError, match="has not all of hours"):
        evolve(Noted(known), hours=known.hours)


def test_a_copy_of_a_copy_is_no_original_either() -> None:
    known = opened(open_scenario("first-product").rules).known
    for _ in range(50):
        first = Noted(known)
        assert first.original
        second = evolve(first, cash=first.cash + 1.0)
        del first
        assert not second.original
        assert not evolve(second, cash=second.cash + 1.0).original


def test_the_first_lever_that_is_wanted_and_legal() -> None:
    rules = open_scenario("first-product").rules
    known, book = opened(rules, 3).known, Book(rules)
    talks = book.levers("talk", "met")
    wanted = np.array([[False, False, False], [True, False, False], [True, True, False]])
    pick = first_of([*talks, *talks[::-1]], lambda rules, known: wanted)
    rows = {lever.place[-1]: lever.row for lever in talks}
    assert pick.choose(rules, known).tolist() == [rows[1], rows[2], END]
    spent = evolve(known, hours=np.zeros(3))
    assert pick.choose(rules, spent).tolist() == [END] * 3


@pytest.mark.parametrize("reading", [planning.build_weeks, planning.gains, planning.next_feature, planning.ahead])
def test_a_part_of_a_batch_reads_as_it_does_alone(reading: Reading) -> None:
    rules, known = six_weeks_on()
    runs = np.array([20, 3, 4])
    alone = reading(rules, of_places(known, runs))
    assert np.array_equal(reading(rules, Noted(known, runs)), alone)
    assert np.array_equal(reading(rules, known)[..., runs], alone)


@cache
def six_weeks_on() -> tuple[Rules, Known]:
    rules = open_scenario("the-loud-whale").rules
    state, bound = opened(rules), swift(rules, POLICIES["steady"].bind(rules))
    for _ in range(6):
        state = advance(rules, play_week(rules, state, bound))
    return rules, state.known
