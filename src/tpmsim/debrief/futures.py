"""Ways on from the weeks of a run, played to the end in worlds that fit what its player knew.

In every week the same worlds meet all branches, with the same luck (common random numbers), so that differences of
branches are differences of decisions. A world is imagined from what was known when the week began (`core.imagine`);
moves roll no dice, so it fits all positions of that week. Then the evaluator plays on.

A batch takes in new branches as it comes to their week, so that many are played side by side. World r of a branch is
the same whatever is played beside it; so more worlds can be asked for later, and pieces be given to other hands.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from tpmsim.core.arrays import Ints, Keys
from tpmsim.core.imagine import imagine
from tpmsim.core.moves import apply
from tpmsim.core.outcome import score_units
from tpmsim.core.rolls import fork_key
from tpmsim.core.rules import Rules
from tpmsim.core.state import Known, State, take
from tpmsim.core.week import advance
from tpmsim.lab.executor import each, policy_of, rules_of
from tpmsim.lab.own import Own
from tpmsim.lab.policy import END, Bound, Listed, Pick, of_runs
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


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """Branches as they travel to a worker.

    Attributes:
        data: bytes of the scenario file.
        policy: who plays on.
        known: when each of the W weeks began, one after the other.
        keys: (W,) of the worlds to imagine.
        branches: in any order.
        first, last: the worlds that are played, the last one not.
    """

    data: bytes
    policy: str | Own
    known: Known
    keys: Keys
    branches: tuple[Branch, ...]
    first: int
    last: int


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


def asked(question: Question, jobs: int = 1, executor: Executor | None = None) -> Ints:
    """(B, last - first) W of each branch in each world, in whole SCORE_UNITs.

    Args:
        question: what is asked.
        jobs: how many work at the same time.
        executor: takes the work; None does it here.
    """
    if not question.branches:
        return np.zeros((0, question.last - question.first), dtype=np.int64)
    parts = list(_parts(question, jobs))
    sizes = [one.last - one.first for one in parts]
    return np.concatenate(each(answered, parts, sizes, executor), axis=1)


def _parts(question: Question, jobs: int) -> Iterator[Question]:
    """The worlds in pieces that fit a block, and at least one for each hand."""
    worlds = question.last - question.first
    most = max(1, min(BLOCK // len(question.branches), -(-worlds // jobs)))
    count = -(-worlds // most)
    edges = [question.first + worlds * part // count for part in range(count + 1)]
    for first, last in pairwise(edges):
        yield Question(question.data, question.policy, question.known, question.keys, question.branches, first, last)


# What a worker does


def answered(question: Question) -> Ints:
    """Play one piece of work."""
    rules = rules_of(question.data)
    return _Futures(rules, policy_of(question.policy).bind(rules), question).played()


class _Futures:
    """One batch of branches on their way.

    Args:
        rules: the scenario.
        bound: who plays on.
        question: what is asked.
    """

    def __init__(self, rules: Rules, bound: Bound, question: Question) -> None:
        self._rules, self._bound, self._question = rules, bound, question
        self._usual = swift(rules, bound)
        self._worlds = np.arange(question.first, question.last)
        self._scores = np.zeros(len(question.branches) * self._worlds.shape[0], dtype=np.int64)

    def played(self) -> Ints:
        """(B, R) the scores."""
        going: list[tuple[Ints, State]] = []
        for week in range(int(self._question.known.week.min()), self._rules.weeks + 1):
            going = self._week(week, going)
        return self._scores.reshape(len(self._question.branches), -1)

    def _week(self, week: int, going: list[tuple[Ints, State]]) -> list[tuple[Ints, State]]:
        """The batch a week on, with the branches that begin in it; runs that are over leave their score."""
        ready = self._decided(week, going)
        left: list[tuple[Ints, State]] = []
        for places, state in joined(ready):
            after = advance(self._rules, state)
            over = ~after.live
            self._scores[places[over]] = score_units(self._rules, after.known)[over]
            if not over.all():
                left.append((places[~over], take(after, ~over)))
        return left

    def _decided(self, week: int, going: list[tuple[Ints, State]]) -> list[tuple[Ints, State]]:
        """All that is ready for the week to end: what goes on, and what begins, with the moves of both made."""
        mine = [one for one, branch in enumerate(self._question.branches) if self._begins(branch) == week]
        if not mine:
            return [(at, play_week(self._rules, state, self._usual)) for at, state in going]
        worlds = self._imagined(self._branch(mine[0]).week)
        usual = [one for one in mine if not self._branch(one).ends and not self._branch(one).quiet]
        begun = [self._begun(worlds, usual)] if usual else []
        ready = [(at, play_week(self._rules, state, self._usual)) for at, state in joined([*going, *begun])]
        for rows in sorted({self._branch(one).quiet for one in mine} - {()}):
            at, state = self._begun(worlds, [one for one in mine if self._branch(one).quiet == rows])
            ready.append((at, play_week(self._rules, state, _quiet(self._rules, self._bound, rows))))
        ends = [one for one in mine if self._branch(one).ends]
        return [*ready, self._begun(worlds, ends)] if ends else ready

    def _branch(self, one: int) -> Branch:
        return self._question.branches[one]

    def _begins(self, branch: Branch) -> int:
        return int(self._question.known.week[branch.week])

    def _imagined(self, place: int) -> State:
        """The worlds at the start of a week."""
        return imagined(self._rules, self._question.known, self._question.keys, place, self._worlds)

    def _begun(self, start: State, mine: Sequence[int]) -> tuple[Ints, State]:
        """Branches of one week with their moves made in all worlds, and their places."""
        worlds, count = np.arange(self._worlds.shape[0]), self._worlds.shape[0]
        state = take(start, np.tile(worlds, len(mine)))
        for step in range(max(len(self._branch(one).moves) for one in mine)):
            made = [moves[step] if step < len(moves := self._branch(one).moves) else END for one in mine]
            state = apply(self._rules, state, np.repeat(made, count))
        return (np.array(mine)[:, None] * count + worlds).reshape(-1), state


def _quiet(rules: Rules, bound: Bound, rows: Sequence[int]) -> Bound:
    """A policy that does not make some moves; one that is no list of rules plays as it does."""
    if not isinstance(bound, Listed):
        return bound
    return Listed.of(rules, [line._replace(move=_without(line.move, frozenset(rows))) for line in bound.lines])


def _without(move: int | Pick, rows: frozenset[int]) -> int | Pick:
    """What a line proposes, but none of these moves."""
    if not isinstance(move, Pick):
        return END if move in rows else move
    barred = np.array(sorted(rows))

    def choose(rules: Rules, known: Known) -> Ints:
        proposed = move.choose(rules, known)
        return np.where(np.isin(proposed, barred), END, proposed)

    return Pick(tuple(row for row in move.rows if row not in rows), choose, move.dear)
