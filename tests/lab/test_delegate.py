"""Delegates: legal in sequence, within their area, half of the week left, nothing irreversible, fewer moves to make."""

import random
from collections import Counter
from pathlib import Path

import pytest

from chosen import some
from faulty_os import Twin
from players import random_week
from tpmsim.core.rolls import Luck, fork_key, run_seed, seed_text
from tpmsim.errors import IllegalMove, StorageFailed
from tpmsim.game.delegation import AREAS, KEPT_SHARE, area, kinds, refusal
from tpmsim.game.position import Position, moved
from tpmsim.game.replay import replay
from tpmsim.game.routine import as_last_week
from tpmsim.game.session import Session
from tpmsim.lab.delegate import hand_over, proposals
from tpmsim.lab.golden import golden_scenario
from tpmsim.lab.policies import get_policy
from tpmsim.lab.policies.areas import DELEGATES
from tpmsim.lab.rollout import MOST_MOVES, POLICY_FORK
from tpmsim.scenario.library import open_scenario
from tpmsim.scenario.loading import Loaded

LOADED = open_scenario("first-product")
WHALE = open_scenario("the-loud-whale")
EVERY = tuple(one.id for one in AREAS)
FINAL = ("gate", "commit", "plan", "drop", "cut", "answer", "release", "withdraw", "renegotiate", "price", "criteria")


def checked(position: Position, areas: tuple[str, ...]) -> tuple[str, ...]:
    """The proposals, each made in its turn."""
    rules, moves = position.rules, proposals(position, areas)
    own = {kind for one in AREAS if one.id in areas for kind in kinds(rules, one)}
    kept = min(KEPT_SHARE * rules.focus_hours, position.observation.hours)
    for move in moves:
        assert move.partition(":")[0] in own
        assert move.partition(":")[0] not in FINAL
        position = moved(position, move)
    assert len(set(moves)) == len(moves)
    assert position.observation.hours >= kept
    return moves


def test_every_area_has_a_delegate() -> None:
    assert set(DELEGATES) == set(EVERY)


@pytest.mark.parametrize("seed", some(range(40), 5))
def test_proposals_are_legal_in_sequence_wherever_a_run_gets(seed: int) -> None:
    session, dice = Session.start(LOADED, str(seed)), random.Random(seed)
    while session.outcome is None:
        everything = checked(session.position, EVERY)
        assert everything == proposals(session.position, EVERY)
        for one in EVERY:
            if not checked(session.position, (one,)):
                continue
            wanted = area(one)
            assert wanted is not None
            assert not refusal(LOADED.rules, session.observation, wanted)
        assert proposals(session.position, ()) == ()
        random_week(session, dice, most=8)


def test_what_was_done_is_not_proposed_again() -> None:
    for seed in range(5):
        session, dice = Session.start(LOADED, str(seed)), random.Random(seed)
        while session.outcome is None:
            _ask_all(session)
            hand_over(session)
            assert hand_over(session) == ()
            random_week(session, dice)


def _ask_all(session: Session) -> int:
    """Hand over whatever somebody takes; how many areas that were."""
    free = [
        one.id
        for one in AREAS
        if one.id not in session.delegated and not refusal(session.loaded.rules, session.observation, one)
    ]
    for one in free:
        session.delegate(one, True)
    return len(free)


class Steady:
    """A careful player, whose own moves are counted."""

    def __init__(self, loaded: Loaded, seed: str, path: Path | None = None) -> None:
        self.session = Session.start(loaded, seed, path)
        self.bound = get_policy("steady").bind(loaded.rules)
        self.within: Counter[str] = Counter()
        self.decisions = 0

    def play(self, delegating: bool, repeating: bool) -> "Steady":
        """To the end; moves that `as_last_week` would make are one decision a week."""
        session = self.session
        while session.outcome is None:
            if delegating:
                self.decisions += _ask_all(session)
                hand_over(session)
            again = Counter(as_last_week(session) if repeating else ())
            repeated = 0
            for move in self._wanted():
                repeated += again[move] > 0
                self.decisions += again[move] <= 0
                again[move] -= 1
                if session.observation.stage != session.observation.stages[0]:
                    self.within[move.partition(":")[0]] += 1
                session.play(move)
            self.decisions += repeated > 0
            session.end_week()
        return self

    @property
    def delegable(self) -> int:
        """Own moves after the first gate that belong to some area."""
        rules = self.session.loaded.rules
        return sum(self.within[kind] for one in AREAS for kind in kinds(rules, one))

    def weekly(self, delegating: bool, repeating: bool) -> list[int]:
        """Decisions of each week to the end: what is new comes first, then, at the end of a week, "as last week"."""
        session, told = self.session, []
        while session.outcome is None:
            made = _ask_all(session) if delegating else 0
            hand_over(session)
            again = Counter(as_last_week(session) if repeating else ())
            wanted = Counter(self._planned())
            made += sum(self._tried(move) for move in (wanted - again).elements())
            made += sum(self._tried(move) for move in self._answers())
            if wanted & again:
                made += 1
                for move in as_last_week(session):
                    session.play(move)
            told.append(made)
            session.end_week()
        return told

    def _planned(self) -> list[str]:
        """What is wanted in this week as it stands, none of it made yet."""
        position, moves = self.session.position, list[str]()
        while len(moves) < MOST_MOVES and (move := self._next(position, len(moves))):
            moves.append(move)
            position = moved(position, move)
        return moves

    def _tried(self, move: str) -> bool:
        """Make a move; one that has become impossible without those before it is left out."""
        try:
            self.session.play(move)
        except IllegalMove:
            return False
        return True

    def _next(self, position: Position, step: int) -> str:
        luck = Luck(fork_key(position.state.future, POLICY_FORK), position.week)
        row = int(self.bound.choose(position.state.known, luck, step)[0])
        return position.rules.moves[row].id if row >= 0 else ""

    def _answers(self) -> list[str]:
        session = self.session
        return [
            next(one for one in session.legal_moves if one.startswith(f"answer:{card}/"))
            for card in session.position.unanswered
        ]

    def _wanted(self):  # type: ignore[no-untyped-def]
        for step in range(MOST_MOVES):
            move = self._next(self.session.position, step)
            if not move:
                break
            yield move
        yield from self._answers()


def games(loaded: Loaded, delegating: bool, repeating: bool, runs: int = 12) -> list[Steady]:
    seeds = [seed_text(run_seed(2026, number)) for number in range(runs)]
    return [Steady(loaded, seed).play(delegating, repeating) for seed in seeds]


@pytest.mark.soak
@pytest.mark.parametrize("loaded", [LOADED, golden_scenario()], ids=["first-product", "golden"])
def test_delegation_leaves_fewer_moves_to_the_player(loaded: Loaded) -> None:
    alone, helped = games(loaded, False, False), games(loaded, True, False)
    assert sum(one.delegable for one in helped) < 0.6 * sum(one.delegable for one in alone)
    points = [sum(one.session.outcome.points for one in each if one.session.outcome) for each in (alone, helped)]
    assert points[1] > points[0] - 2.0 * len(alone)


@pytest.mark.soak
def test_routine_leaves_fewer_decisions_to_the_player() -> None:
    alone, helped = games(LOADED, False, False), games(LOADED, True, True)
    assert sum(one.decisions for one in helped) < 0.75 * sum(one.decisions for one in alone)


HALF = 13
"""Weeks of half a year."""


@pytest.mark.soak
def test_the_second_half_of_a_long_run_leaves_far_fewer_decisions() -> None:
    """About 64 decisions in weeks 1 to 13 and 29 in weeks 14 to 26; 92 and 80 alone. Nearly all is the routine."""
    first, second = _halves(True, True)
    assert second < 0.6 * first
    assert second < 0.5 * _halves(False, False)[1]


def _halves(delegating: bool, repeating: bool) -> tuple[int, int]:
    """Decisions of the first and of the second half year, of the runs that come so far."""
    seeds = [seed_text(run_seed(2026, number)) for number in range(4)]
    runs = [Steady(WHALE, seed).weekly(delegating, repeating) for seed in seeds]
    long = [run for run in runs if len(run) >= 2 * HALF]
    assert len(long) == len(runs)
    return sum(sum(run[:HALF]) for run in long), sum(sum(run[HALF : 2 * HALF]) for run in long)


def test_what_delegates_do_is_journalled_and_can_be_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "run.tpmrun"
    player = Steady(LOADED, seed_text(run_seed(2026, 0)), path)
    session, made = player.session, ()
    while not made:
        for move in player._wanted():
            session.play(move)
        session.end_week()
        _ask_all(session)
        made = hand_over(session)
    assert session.position.made == made
    session.undo()
    assert session.position.made == made[:-1]
    session.close()
    assert replay(path).exact


def test_a_full_disk_stops_them(tmp_path: Path) -> None:
    twin = Twin()
    path = tmp_path / "run.tpmrun"
    source = Steady(LOADED, seed_text(run_seed(2026, 0)))
    moves: list[str] = []
    while not proposals(source.session.position, EVERY):
        for move in source._wanted():
            source.session.play(move)
        moves += [*source.session.position.made, "week"]
        source.session.end_week()
    session = Session.start(LOADED, seed_text(run_seed(2026, 0)), path, system=twin.system)
    for move in moves:
        session.end_week() if move == "week" else session.play(move)
    _ask_all(session)
    twin.break_from_now_on()
    with pytest.raises(StorageFailed):
        hand_over(session)
    assert session.pending
    assert session.position.made == ()
    session.close()
