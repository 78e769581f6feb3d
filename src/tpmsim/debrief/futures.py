"""Ways on from the weeks of a run, played to the end in worlds that fit what its player knew.

In every week the same worlds meet all branches, with the same luck (common random numbers), so that differences of
branches are differences of decisions. A world is imagined from what was known when the week began (`core.imagine`);
moves roll no dice, so it fits all positions of that week. Then the evaluator plays on.

A batch takes in new branches as it comes to their week, so that many are played side by side. World r of a branch is
the same whatever is played beside it; so more worlds can be asked for later, and pieces be given to other hands. In
the same batch the run's own seed can be played from its beginning.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from tpmsim.core.arrays import Ints, Keys
from tpmsim.core.batch import take
from tpmsim.core.imagine import imagine
from tpmsim.core.moves import apply
from tpmsim.core.opening import initial
from tpmsim.core.outcome import score_units
from tpmsim.core.rolls import fork_key
from tpmsim.core.rules import Rules
from tpmsim.core.state import Known, State
from tpmsim.core.week import advance
from tpmsim.lab.barred import Barred
from tpmsim.lab.executor import each, policy_of
from tpmsim.lab.own import Own
from tpmsim.lab.policy import END, Bound, of_runs
from tpmsim.lab.rollout import BLOCK, joined, play_week
from tpmsim.lab.swift import swift

DEBRIEF_FORK = 1 << 44
"""The forks of a run's luck from which worlds are imagined: never those of the world, policies, audits or schedules."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A way on.

    Attributes:
        week: place among the weeks that are asked about.
        moves: rows of the moves from the start of the week on.
        ends: whether the week ends then; else the evaluator goes on with it.
        quiet: rows of moves that the evaluator does not make in that week.
    """

    week: int
    moves: tuple[int, ...]
    ends: bool = False
    quiet: tuple[int, ...] = ()


class Piece(NamedTuple):
    """A branch in some worlds.

    Attributes:
        branch: what is played.
        first, last: numbers of the worlds, the last one not.
    """

    branch: Branch
    first: int
    last: int

    @property
    def size(self) -> int:
        """How many worlds."""
        return self.last - self.first


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """Branches as they travel to a worker.

    Attributes:
        rules: the scenario.
        policy: who plays on.
        known: when each of the W weeks began, one after the other.
        keys: (W,) of the worlds to imagine.
        pieces: in any order.
        seeds: of runs to play from their beginning.
    """

    rules: Rules
    policy: str | Own
    known: Known
    keys: Keys
    pieces: tuple[Piece, ...]
    seeds: tuple[int, ...] = ()

    @property
    def sizes(self) -> tuple[int, ...]:
        """Runs of each piece, then one for each seed."""
        return (*(one.size for one in self.pieces), *([1] * len(self.seeds)))

    def begins(self, piece: Piece) -> int:
        """The week in which a piece begins."""
        return int(self.known.week[piece.branch.week])


def keys_of(known: Known, future: Keys) -> Keys:
    """(W,) keys of the worlds that are imagined at the start of each week of a run."""
    return fork_key(future, DEBRIEF_FORK + known.week)


def imagined(rules: Rules, known: Known, keys: Keys, place: int, worlds: Ints) -> State:
    """(R,) worlds at the start of a week, by their numbers.

    Args:
        rules: the scenario.
        known: when each of some weeks began.
        keys: of these; see `keys_of`.
        place: which of the weeks.
        worlds: (R,) numbers of the worlds.
    """
    row = np.full(worlds.shape[0], place)
    return imagine(rules, of_runs(known, row), fork_key(keys[row], worlds))


def asked(question: Question, jobs: int = 1, executor: Executor | None = None) -> list[Ints]:
    """(worlds,) W of each piece in each of its worlds, in whole SCORE_UNITs; and (1,) of each seed.

    Args:
        question: what is asked.
        jobs: how many work at the same time.
        executor: takes the work; None does it here.
    """
    shares = list(_shares(question, jobs))
    parts = [replace(question, pieces=tuple(share.values()), seeds=()) for share in shares] or [question]
    parts[0] = replace(parts[0], seeds=question.seeds)
    found = each(answered, parts, [sum(one.sizes) for one in parts], executor)
    whole: list[list[Ints]] = [[np.zeros(0, dtype=np.int64)] for _ in question.pieces]
    for share, scores in zip(shares, found, strict=False):
        for number, some in zip(share, scores, strict=False):
            whole[number].append(some)
    return [*map(np.concatenate, whole), *found[0][len(parts[0].pieces) :]]


def _shares(question: Question, jobs: int) -> Iterator[dict[int, Piece]]:
    """The pieces by their place, dealt out to the hands: one after the other by their weeks, to each the same work.

    What a week costs depends more on how many ways there are to play it than on the runs side by side; so pieces of a
    week stay together, and one is cut only where the next hand takes over.
    """
    order = sorted(range(len(question.pieces)), key=lambda number: question.begins(question.pieces[number]))
    last = question.rules.weeks + 1
    work = [(last - question.begins(one)) * one.size for one in question.pieces]
    count = max(-(-sum(question.sizes) // BLOCK), min(jobs, sum(one.size for one in question.pieces)))
    edges, before = [sum(work) * part / count for part in range(count + 1)], 0.0
    shares: list[dict[int, Piece]] = [{} for _ in range(count)]
    for number in order:
        piece, each_world = question.pieces[number], last - question.begins(question.pieces[number])
        for share, low, high in zip(shares, edges, edges[1:], strict=False):
            first, end = (round(min(max((edge - before) / each_world, 0), piece.size)) for edge in (low, high))
            if first < end:
                share[number] = Piece(piece.branch, piece.first + first, piece.first + end)
        before += work[number]
    yield from filter(None, shares)


# What a worker does


def answered(question: Question) -> list[Ints]:
    """Play one part of the work."""
    rules = question.rules
    return _Futures(rules, policy_of(question.policy).bind(rules), question).played()


Going = tuple[Ints, State]
"""Runs with their places among all scores."""


class _Futures:
    """One batch of branches on their way.

    Args:
        rules: the scenario.
        bound: who plays on.
        question: what is asked.
    """

    def __init__(self, rules: Rules, bound: Bound, question: Question) -> None:
        self._rules, self._question = rules, question
        self._usual = swift(rules, bound)
        self._edges = np.cumsum([0, *question.sizes])
        self._scores = np.zeros(self._edges[-1], dtype=np.int64)

    def played(self) -> list[Ints]:
        """The scores of each piece and of each seed."""
        going = self._from_the_beginning()
        weeks = [*(state.week for _, state in going), *map(self._question.begins, self._question.pieces)]
        for week in range(min(weeks), self._rules.weeks + 1):
            going = self._week(week, going)
        return np.split(self._scores, self._edges[1:-1])

    def _from_the_beginning(self) -> list[Going]:
        """The runs of the seeds."""
        seeds = self._question.seeds
        if not seeds:
            return []
        return [(self._edges[-1 - len(seeds) : -1], initial(self._rules, np.array(seeds, dtype=np.uint64)))]

    def _week(self, week: int, going: list[Going]) -> list[Going]:
        """The batch a week on, with the branches that begin in it; runs that are over leave their score."""
        left: list[Going] = []
        for places, state in joined(self._decided(week, going)):
            after = advance(self._rules, state)
            over = ~after.live
            self._scores[places[over]] = score_units(self._rules, after.known)[over]
            if not over.all():
                left.append((places[~over], take(after, ~over)))
        return left

    def _decided(self, week: int, going: list[Going]) -> list[Going]:
        """All that is ready for the week to end: what goes on, and what begins, with the moves of both made."""
        mine = [number for number, one in enumerate(self._question.pieces) if self._question.begins(one) == week]
        ends = [number for number in mine if self._question.pieces[number].branch.ends]
        on = [number for number in mine if number not in ends]
        start, low = self._imagined(mine) if mine else (None, 0)
        played = []
        for places, state in joined([*going, *self._begun(start, low, on)]):
            played.append((places, play_week(self._rules, state, self._player(places, on))))
        return [*played, *self._begun(start, low, ends)]

    def _imagined(self, mine: Sequence[int]) -> tuple[State, int]:
        """The worlds at the start of a week that some pieces ask for, and the number of the first."""
        pieces, asked = [self._question.pieces[number] for number in mine], self._question
        low, high = min(one.first for one in pieces), max(one.last for one in pieces)
        return imagined(self._rules, asked.known, asked.keys, pieces[0].branch.week, np.arange(low, high)), low

    def _begun(self, start: State | None, low: int, mine: Sequence[int]) -> list[Going]:
        """Pieces of one week with their moves made in all their worlds, and their places."""
        if start is None or not mine:
            return []
        pieces = [self._question.pieces[number] for number in mine]
        state = take(start, np.concatenate([np.arange(one.first - low, one.last - low) for one in pieces]))
        sizes = [one.size for one in pieces]
        for step in range(max(len(one.branch.moves) for one in pieces)):
            made = [moves[step] if step < len(moves := one.branch.moves) else END for one in pieces]
            state = apply(self._rules, state, np.repeat(made, sizes))
        return [(np.concatenate([np.arange(self._edges[one], self._edges[one + 1]) for one in mine]), state)]

    def _player(self, places: Ints, mine: Sequence[int]) -> Bound | Barred:
        """The policy, without the moves that it is not to make in some of the runs."""
        quiet = [number for number in mine if self._question.pieces[number].branch.quiet]
        if not quiet:
            return self._usual
        barred = np.zeros((len(self._rules.moves), places.shape[0]), dtype=np.bool_)
        for number in quiet:
            runs = (places >= self._edges[number]) & (places < self._edges[number + 1])
            barred[list(self._question.pieces[number].branch.quiet)] |= runs
        return Barred(self._usual, barred)
