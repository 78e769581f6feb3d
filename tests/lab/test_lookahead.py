"""Looking ahead: it sees no more than a player, a run is asked alone as among others, and it pays."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tpmsim.core.arrays import Bools, Ints
from tpmsim.core.batch import take
from tpmsim.core.imagine import imagine
from tpmsim.core.moves import allowed
from tpmsim.core.opening import initial
from tpmsim.core.outcome import SCORE_UNIT
from tpmsim.core.rolls import Luck, fork_key, run_seed
from tpmsim.core.state import Known, State
from tpmsim.core.week import advance
from tpmsim.debrief.instead import own_week
from tpmsim.game.session import Session
from tpmsim.lab.policies import get_policy, lookahead, weighing
from tpmsim.lab.policies.lookahead import Ahead, LookAhead, options
from tpmsim.lab.policies.weighing import NONE, Weighed
from tpmsim.lab.policy import END
from tpmsim.lab.recorded import record
from tpmsim.lab.rollout import POLICY_FORK, play_week, simulate
from tpmsim.scenario.library import open_scenario

RULES = open_scenario("first-product").rules
SMALL = LookAhead(worlds=2, review=2)
RUNS = 6
PROMISES = {"commit", "trade"}
"""Two ways to promise a feature, weighed against each other."""


def luck_of(state: State) -> Luck:
    return Luck(fork_key(state.future, POLICY_FORK), state.week)


def weeks() -> Iterator[State]:
    """Runs in the middle of their life, before the moves of some weeks."""
    state = initial(RULES, np.array([run_seed(5, i) for i in range(RUNS)], dtype=np.uint64))
    steady = get_policy("steady").bind(RULES)
    while state.live.any():
        if state.week in (1, 2, 4, 7):
            yield state
        state = advance(RULES, play_week(RULES, state, steady))


@pytest.fixture(scope="module")
def asked() -> list[tuple[State, Ints]]:
    ahead = SMALL.bind(RULES)
    return [(state, ahead.choose(state.known, luck_of(state), 0)) for state in weeks()]


def test_it_decides_otherwise_than_its_guide_and_legally(asked: list[tuple[State, Ints]]) -> None:
    steady, differ = get_policy("steady").bind(RULES), 0
    for state, chosen in asked:
        differ += int((chosen != steady.choose(state.known, luck_of(state), 0)).sum())
        for run, row in enumerate(chosen.tolist()):
            assert row == END or allowed(RULES, state.known, row)[run]
    assert differ > 0


def test_the_truth_changes_no_choice(asked: list[tuple[State, Ints]]) -> None:
    """Worlds that look alike are played alike, whatever is true in them."""
    ahead = SMALL.bind(RULES)
    for state, chosen in asked[1:3]:
        other = imagine(RULES, state.known, fork_key(state.future, 99))
        assert not np.array_equal(other.truth.worth, state.truth.worth)
        twin = replace(other, future=state.future)
        assert np.array_equal(ahead.choose(twin.known, luck_of(twin), 0), chosen)


def test_no_world_is_imagined_with_the_luck_that_is_to_come(monkeypatch: pytest.MonkeyPatch) -> None:
    state, keys = next(iter(weeks())), []
    monkeypatch.setattr(weighing, "imagine", lambda rules, known, key: keys.append(key) or imagine(rules, known, key))
    SMALL.bind(RULES).choose(state.known, luck_of(state), 0)
    assert keys
    assert not set(np.concatenate(keys).tolist()) & set(state.future.tolist())


def test_neighbours_and_blocks_change_no_choice(
    asked: list[tuple[State, Ints]], monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead = SMALL.bind(RULES)
    monkeypatch.setattr(lookahead, "BLOCK", 1)
    for state, chosen in asked[1:]:
        runs = np.array([4, 1])
        some = take(state, runs)
        assert np.array_equal(ahead.choose(some.known, luck_of(some), 0), chosen[runs])


def test_the_questions_of_a_week_are_weighed_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run is weighed less often than it decides, and each time some option is tried."""
    asked: list[int] = []

    def counted(*given: Any) -> Weighed:
        asked.append(given[1].week.shape[0])
        found = weighing.weigh(*given)
        assert set(found.run.tolist()) == set(range(asked[-1]))
        return found

    monkeypatch.setattr(lookahead, "weigh", counted)
    rules, decided = open_scenario("the-loud-whale").rules, 0
    ahead, state = SMALL.bind(rules), initial(rules, np.arange(RUNS, dtype=np.uint64))

    def heed(before: State, chosen: Ints) -> None:
        nonlocal decided
        decided += int((ahead.others(before.known, chosen) != NONE).any(axis=1)[chosen >= 0].sum())

    for _ in range(2):
        state = advance(rules, play_week(rules, state, ahead, heed))
    assert 0 < sum(asked) < 0.6 * decided


def test_a_run_is_played_alone_as_in_a_batch_and_at_the_table() -> None:
    """What is kept in mind during a week belongs to the run."""
    seeds = [run_seed(5, i) for i in range(3)]
    together = simulate(RULES, SMALL, seeds).scores
    assert np.array_equal(simulate(RULES, SMALL, seeds[1:2]).scores, together[1:2])
    with Session.start(open_scenario("first-product"), str(seeds[2])) as session:
        record(session, SMALL)
        assert session.outcome is not None
        assert session.outcome.score == together[2]


def test_what_it_would_have_done_is_what_it_does() -> None:
    """The debrief's word on a week, and the same week in a batch."""
    rules, made = open_scenario("the-loud-whale").rules, []
    ahead, state = SMALL.bind(rules), initial(rules, np.arange(1, dtype=np.uint64))
    for _ in range(3):
        told = own_week(rules, ahead, state)
        made.clear()
        after = play_week(rules, state, ahead, lambda before, chosen: made.append(rules.moves[chosen[0]].id))
        assert told == tuple(made)
        state = advance(rules, after)


class Stub:
    """A guide's week of three moves in each run, whatever is known."""

    def __init__(self, rows: tuple[int, ...]) -> None:
        self.rows, self.step = rows, 0

    def asking(self, luck: Luck) -> "Stub":
        return self

    def choose(self, known: Known, busy: Bools) -> Ints:
        return np.where(busy, self.rows[min(self.step, len(self.rows) - 1)], END)

    def made(self, chosen: Ints) -> None:
        self.step += 1


def decided(monkeypatch: pytest.MonkeyPatch, leads: dict[tuple[int, int], float], legal: bool = True) -> list[int]:
    """The moves of a week in which each question has these options, by how much they lead in every world."""
    state = initial(RULES, np.arange(1, dtype=np.uint64))
    ahead = LookAhead(margin=1.0).bind(RULES)
    guide = Stub((3, 4, END))
    stub = Ahead(ahead.policy, replace(ahead.players, guide=guide), ahead.against)  # type: ignore[arg-type]
    weighed = np.array([[own, option] for own, option in leads])
    found = Weighed(np.zeros(len(leads), dtype=np.int64), *weighed.T, np.tile([*leads.values()], (3, 1)))
    asked: list[int] = []

    def others(self: Ahead, known: Known, chosen: Ints) -> Ints:
        return np.where(np.isin(chosen, weighed[:, 0]), 1, NONE)[:, None]

    monkeypatch.setattr(Ahead, "others", others)
    monkeypatch.setattr(Ahead, "weighed", lambda self, known, key: asked.append(1) or found)
    monkeypatch.setattr(lookahead, "allowed", lambda rules, known, row: np.array([legal]))
    week, made = stub.asking(luck_of(state)), []
    while (chosen := int(week.choose(state.known, state.live)[0])) != END and len(made) < 9:
        made.append(chosen)
        week.made(np.array([chosen]))
    return made


def test_of_clear_options_the_one_that_leads_most_is_taken_and_of_equal_ones_the_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert decided(monkeypatch, {(3, 10): 2.0, (3, 11): 5.0, (3, 12): 0.5, (4, 13): 2.0, (4, 14): 2.0}) == [11, 13]


def test_within_the_margin_and_where_the_option_is_not_legal_any_more_the_guide_decides(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert decided(monkeypatch, {(3, 10): 0.9, (4, 13): -4.0}) == [3, 4]
    assert decided(monkeypatch, {(3, 10): 5.0, (4, 13): 5.0}, legal=False) == [3, 4]


def test_a_week_is_reviewed_again_after_something_was_changed_at_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here every review finds the same to be better; the week is asked for until nine moves are made."""
    assert decided(monkeypatch, {(END, 10): 5.0}) == [3, 4, *[10] * 7]


def test_runs_that_are_over_are_asked_nothing() -> None:
    state = next(iter(weeks()))
    over = replace(state, known=replace(state.known, ended=np.ones(RUNS, dtype=np.int64)))
    assert (SMALL.bind(RULES).choose(over.known, luck_of(over), 0) == END).all()


def test_options_are_few_and_of_one_kind() -> None:
    table = options(RULES)
    for row, others in enumerate(table[:-1]):
        kinds = {RULES.moves[other].kind for other in others if other != NONE}
        assert kinds <= PROMISES or kinds <= {RULES.moves[row].kind}
        assert row not in others
    assert {RULES.moves[row].kind for row in table[END] if row != NONE} == {"price", "profile", "gate"}
    assert max((row != NONE).sum() for row in table[:-1]) <= 4
    card = RULES.cards[0].answers
    assert {row for row in table[card[0]].tolist() if row != NONE} == set(card[1:])


def test_other_numbers_are_another_policy() -> None:
    assert len({one.digest for one in (SMALL, LookAhead(), LookAhead(margin=1.0))}) == 3


@pytest.mark.soak
@pytest.mark.parametrize("name", ["first-product", "the-loud-whale"])
def test_looking_ahead_pays(name: str) -> None:
    rules, seeds = open_scenario(name).rules, [run_seed(2026, i) for i in range(60)]
    ahead, steady = (simulate(rules, get_policy(one), seeds).scores / SCORE_UNIT for one in ("lookahead", "steady"))
    assert (ahead - steady).mean() > 5.0


@pytest.mark.soak
@pytest.mark.parametrize("name", ["first-product", "the-loud-whale"])
def test_weighing_is_no_worse_in_many_runs(name: str) -> None:
    rules, seeds = open_scenario(name).rules, [run_seed(2026, i) for i in range(2000)]
    lead = np.subtract(*(simulate(rules, get_policy(one), seeds).scores / SCORE_UNIT for one in ("evidence", "steady")))
    assert lead.mean() > -2.0 * lead.std() / np.sqrt(len(seeds))
