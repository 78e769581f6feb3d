"""The luck of a week by its named parts: what the draws of each stream brought, and what could not be known.

The end of a week is played in the worlds in which its decisions were judged. Then, stream after stream in the order in
which the run itself drew them, the draws of these worlds are replaced by the actual ones, and the value moves. What is
left, when all draws are the actual ones, is what could not be known: the hidden truth behind them. The parts sum to
the luck of the week exactly, whatever the order; which of two joint causes gets how much depends on it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tpmsim.core.arrays import Keys
from tpmsim.core.batch import join
from tpmsim.core.moves import apply
from tpmsim.core.outcome import SCORE_UNIT, score_units
from tpmsim.core.rolls import Luck
from tpmsim.core.rules import Rules
from tpmsim.core.state import State
from tpmsim.core.week import advance
from tpmsim.debrief.analysis import UNKNOWN, Analysis, Chance, WeekValue
from tpmsim.debrief.futures import imagined, keys_of
from tpmsim.debrief.hands import ALONE, Hands
from tpmsim.debrief.hidden import Bearing, bearings, named
from tpmsim.debrief.steps import Week, weeks
from tpmsim.game.replay import Replayed
from tpmsim.lab.executor import Progress, each, policy_of
from tpmsim.lab.own import Own
from tpmsim.lab.policies import reference
from tpmsim.lab.rollout import play


@dataclass(frozen=True, slots=True, eq=False)
class Heard(Luck):
    """Luck that notes which streams are drawn from, in order."""

    streams: list[str] = field(default_factory=list)

    def uniform(self, stream: str, lane: str = "") -> NDArray[np.float64]:
        """As `Luck.uniform`."""
        self._note(stream)
        return Luck.uniform(self, stream, lane)

    def uniforms(self, stream: str, lanes: tuple[str, ...]) -> NDArray[np.float64]:
        """As `Luck.uniforms`."""
        self._note(stream)
        return Luck.uniforms(self, stream, lanes)

    def _note(self, stream: str) -> None:
        if stream not in self.streams:
            self.streams.append(stream)


@dataclass(frozen=True, slots=True, eq=False)
class Mixed(Luck):
    """Luck whose draws from some streams are those of another run.

    Attributes:
        real: (1,) key of that run.
        streams: which.
    """

    real: Keys
    streams: frozenset[str]

    def uniform(self, stream: str, lane: str = "") -> NDArray[np.float64]:
        """As `Luck.uniform`."""
        if stream not in self.streams:
            return Luck.uniform(self, stream, lane)
        return np.broadcast_to(Luck(self.real, self.week).uniform(stream, lane), self.key.shape).copy()

    def uniforms(self, stream: str, lanes: tuple[str, ...]) -> NDArray[np.float64]:
        """As `Luck.uniforms`."""
        if stream not in self.streams:
            return Luck.uniforms(self, stream, lanes)
        shape = (len(lanes), *self.key.shape)
        return np.broadcast_to(Luck(self.real, self.week).uniforms(stream, lanes), shape).copy()


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """The end of a week as it travels to a worker.

    Attributes:
        rules: the scenario.
        policy: who plays on.
        start: the state when the week began, a batch of one.
        moves: rows of its moves.
        worlds: how many.
    """

    rules: Rules
    policy: str | Own
    start: State
    moves: tuple[int, ...]
    worlds: int


class Parts(NamedTuple):
    """What a worker found of the end of a week.

    Attributes:
        steps: the value while no draw is actual, then of each stream, in the order of the run, the value once it and
            those before it are actual.
        hidden: facts that could not be known and seem to matter.
    """

    steps: tuple[tuple[str, float], ...]
    hidden: tuple[Bearing, ...]


def explained(
    run: Replayed,
    analysis: Analysis,
    policy: str | Own | None = None,
    hands: Hands = ALONE,
    progress: Progress | None = None,
) -> Analysis:
    """An analysis with the parts of the luck of every week, and the hidden facts behind what could not be known.

    Args:
        run: that was analysed.
        analysis: of it.
        policy: who judged.
        hands: who does the work.
        progress: told how many weeks of how many are done.
    """
    judge = policy if policy is not None else reference().id
    told = zip(weeks(run), analysis.weeks, strict=True)
    work = [_question(run, week, judge, value.n or analysis.evaluator.n) for week, value in told]
    found = each(parts, work, [1] * len(work), hands.executor, progress)
    return replace(analysis, weeks=tuple(_told(*one) for one in zip(analysis.weeks, found, strict=True)))


def _question(run: Replayed, week: Week, policy: str | Own, worlds: int) -> Question:
    return Question(run.loaded.rules, policy, week.start, tuple(step.row for step in week.steps), worlds)


def _told(week: WeekValue, found: Parts) -> WeekValue:
    """The differences of the values as streams are replaced; what is left over is what could not be known."""
    chances = [Chance(stream, value - at) for (_, at), (stream, value) in pairwise(found.steps) if value != at]
    unknown = week.luck - math.fsum(one.points for one in chances)
    return replace(week, chances=(*chances, Chance(UNKNOWN, unknown)), unseen=named(found.hidden, unknown))


# What a worker does


def parts(question: Question) -> Parts:
    """Play the worlds on, first with draws of their own, then those of one stream more taken from the run each time."""
    rules = question.rules
    worlds = _imagined(rules, question)
    streams = _streams(rules, question)
    ended = _made(rules, worlds, question.moves)
    after = join([_ended(rules, ended, question, streams[:count]) for count in range(len(streams) + 1)])
    units = score_units(rules, play(rules, after, policy_of(question.policy)).known)
    scores = (units / SCORE_UNIT).reshape(len(streams) + 1, -1)
    steps = zip(("", *streams), scores.mean(axis=1).tolist(), strict=True)
    return Parts(tuple(steps), bearings(rules, question.start, worlds, scores[-1]))


def _ended(rules: Rules, state: State, question: Question, streams: Sequence[str]) -> State:
    """The worlds a week on, some of their draws those of the run."""
    return advance(rules, state, luck=Mixed(state.future, state.week, question.start.future, frozenset(streams)))


def _imagined(rules: Rules, question: Question) -> State:
    """The worlds in which the week's decisions were judged."""
    known, keys = question.start.known, keys_of(question.start.known, question.start.future)
    return imagined(rules, known, keys, 0, np.arange(question.worlds))


def _made(rules: Rules, state: State, moves: Sequence[int]) -> State:
    for row in moves:
        state = apply(rules, state, np.full(state.size, row))
    return state


def _streams(rules: Rules, question: Question) -> tuple[str, ...]:
    """The streams from which the run itself drew."""
    state = _made(rules, question.start, question.moves)
    luck = Heard(state.future, state.week)
    advance(rules, state, luck=luck)
    return tuple(luck.streams)
