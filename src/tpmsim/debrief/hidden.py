"""Hidden facts against what could be believed of them: which may be behind the luck that no draw explains.

A fact is told where it differs from the belief, and where in the worlds that fit what was known the result moves with
it, the way that the unexplained luck went. So nothing has to be played for it: the worlds and their results are those
of the split by named draws (`luck`). Whether anything could have told is asked of the moves that were legal.
"""

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Floats
from tpmsim.core.mechanics.adoption import pace_belief
from tpmsim.core.mechanics.instruments import (
    TEARDOWN_SIGHT,
    bias_spread,
    effort_belief,
    evidence_precision,
    measured,
)
from tpmsim.core.mechanics.trends import NEVER
from tpmsim.core.moves import allowed
from tpmsim.core.rules import Rules
from tpmsim.core.state import Known, State
from tpmsim.debrief.analysis import Matter, Unseen

NAMED_FROM = 3.0
"""assumption: points of a week's luck that could not be known, from which the facts behind it are named."""

MOST = 3
"""assumption: facts that are named in a week."""

SURPRISING = 1.0
"""assumption: standard deviations from the belief below which a fact is no surprise."""

BEARS = 2.0
"""assumption: standard errors from which a correlation of fact and result is taken to be one."""

SURE = 1e-6
"""Standard deviation below which there is nothing to be surprised by."""


class Bearing(NamedTuple):
    """A hidden fact, and the points by which the result moves, in the imagined worlds, from the belief to it."""

    fact: Unseen
    points: float


class _Drawn(NamedTuple):
    """What is hidden, and (N,) how it is in the imagined worlds."""

    fact: Unseen
    worlds: Floats


def bearings(rules: Rules, start: State, worlds: State, scores: Floats) -> tuple[Bearing, ...]:
    """The hidden facts that are a surprise and on which the result seems to depend.

    Args:
        rules: the scenario.
        start: the run when the week began, a batch of one.
        worlds: (N,) that fit what was known then.
        scores: (N,) their results.
    """
    told = (Bearing(one.fact, _points(one, scores)) for one in _hidden(rules, start, worlds) if one.fact.sd > SURE)
    return tuple(one for one in told if one.points != 0.0 and one.fact.surprise >= SURPRISING)


def named(found: tuple[Bearing, ...], unknown: float) -> tuple[Unseen, ...]:
    """Those that went the way of what could not be known, the most surprising first; none where that was little."""
    if abs(unknown) < NAMED_FROM:
        return ()
    same = [one.fact for one in found if one.points * unknown > 0.0]
    return tuple(sorted(same, key=lambda one: -one.surprise)[:MOST])


def _points(one: _Drawn, scores: Floats) -> float:
    """By the regression of results on the fact; 0 where there is no telling that they hang together."""
    apart, results = one.worlds - one.worlds.mean(), scores - scores.mean()
    mine, theirs, both = (float((a * b).sum()) for a, b in ((apart, apart), (results, results), (apart, results)))
    if mine <= 0.0 or theirs <= 0.0 or abs(both) < BEARS / math.sqrt(len(scores)) * math.sqrt(mine * theirs):
        return 0.0
    return both / mine * (one.fact.truth - one.fact.mean)


def _hidden(rules: Rules, start: State, worlds: State) -> Iterator[_Drawn]:
    legal = _Legal(rules, start.known)
    yield from _worths(rules, start, worlds, legal)
    yield from _efforts(rules, start, worlds, legal)
    yield from _paces(rules, start, worlds)
    yield from _people(rules, start, worlds)
    yield from _rivals(rules, start, worlds, legal)
    yield from _trends(rules, start, worlds, legal)


def _worths(rules: Rules, start: State, worlds: State, legal: "_Legal") -> Iterator[_Drawn]:
    known = start.known
    for s, segment in enumerate(rules.segments):
        for d, need in enumerate(rules.needs):
            told = bool(known.found[d, 0] > 0.0)
            fact = Unseen(
                "worth",
                need,
                segment,
                float(start.truth.worth[s, d, 0]),
                float(known.mean[s, d, 0]),
                float(known.sd[s, d, 0]),
                told,
                legal.on_need(s, d, told),
            )
            yield _Drawn(fact, worlds.truth.worth[s, d])


def _efforts(rules: Rules, start: State, worlds: State, legal: "_Legal") -> Iterator[_Drawn]:
    """Of features that are not built yet the effort; of all the faults."""
    mean, sd = effort_belief(rules, start.known)
    for j, feature in enumerate(rules.features):
        if start.known.complete[j, 0] <= 0.0:
            true = float(exact.log(start.truth.ratio[j])[0])
            tool = legal.on_effort(feature)
            fact = Unseen("effort", feature, "", true, float(mean[j, 0]), float(sd[j, 0]), told=True, tool=tool)
            yield _Drawn(fact, exact.log(worlds.truth.ratio[j]))
        yield _by_worlds("faults", feature, exact.log(start.truth.error[j]), exact.log(worlds.truth.error[j]))


def _paces(rules: Rules, start: State, worlds: State) -> Iterator[_Drawn]:
    mean, sd = pace_belief(rules, start.known)
    for s, segment in enumerate(rules.segments):
        true = float(exact.log(start.truth.pace[s])[0])
        fact = Unseen("pace", segment, "", true, float(mean[s, 0]), float(sd[s, 0]), told=True, tool="")
        yield _Drawn(fact, exact.log(worlds.truth.pace[s]))


def _people(rules: Rules, start: State, worlds: State) -> Iterator[_Drawn]:
    for a, person in enumerate(rules.stakeholders):
        if start.known.gone[a, 0] <= 0.0:
            yield _by_worlds("leaning", person, start.truth.lean[a], worlds.truth.lean[a])


def _rivals(rules: Rules, start: State, worlds: State, legal: "_Legal") -> Iterator[_Drawn]:
    """Weeks of the next moves; beyond the end of the run they are all the same."""
    never = rules.weeks + 1.0
    for r, rival in enumerate(rules.rivals):
        due = exact.clip(start.hidden.rival_due[r], 0.0, never)
        drawn = exact.clip(worlds.hidden.rival_due[r], 0.0, never)
        yield _by_worlds("rival", rival, due, drawn, legal.on_rival(rival, float(due[0])))


def _trends(rules: Rules, start: State, worlds: State, legal: "_Legal") -> Iterator[_Drawn]:
    for t, trend in enumerate(rules.trends):
        if start.known.arrived[t, 0] <= 0.0:
            true, drawn = (1.0 * (one.truth.arrives[t] < NEVER) for one in (start, worlds))
            yield _by_worlds("trend", trend.id, true, drawn, legal.on_trends())


def _by_worlds(matter: Matter, about: str, true: Floats, drawn: Floats, tool: str = "") -> _Drawn:
    """Something of which the belief has no short form: what the imagined worlds say is what could be believed."""
    fact = Unseen(matter, about, "", float(true[0]), float(drawn.mean()), float(drawn.std()), told=True, tool=tool)
    return _Drawn(fact, drawn)


class _Legal:
    """Which questions could be asked when a week began.

    Args:
        rules: the scenario.
        known: then, a batch of one.
    """

    def __init__(self, rules: Rules, known: Known) -> None:
        self._rules, self._known = rules, known
        self._row = {move.id: row for row, move in enumerate(rules.moves)}

    def on_need(self, s: int, d: int, told: bool) -> str:
        """The instrument that tells most of a worth; of a need that nobody has told of, one that brings needs up."""
        rules, best = self._rules, ("", 0.0)
        for tool in rules.instruments:
            move = f"{tool.id}:{rules.segments[s]}"
            if tool.about == "needs" and (told or tool.discovers) and self._may(move):
                spread, error = bias_spread(rules, tool, s, d), measured(tool, s).error
                precision = float(evidence_precision(spread, error, np.array(float(tool.answers))))
                best = max(best, (move, precision), key=lambda one: one[1])
        return best[0]

    def on_effort(self, feature: str) -> str:
        """The instrument that measures efforts."""
        return self._first("effort", feature)

    def on_rival(self, rival: str, due: float) -> str:
        """The instrument that sees the moves of rivals, where this one was near enough to be seen."""
        return self._first("rivals", rival) if due <= float(self._known.week[0]) + TEARDOWN_SIGHT else ""

    def on_trends(self) -> str:
        """A look at the feed."""
        return READ if self._may(READ) else ""

    def _first(self, about: str, target: str) -> str:
        moves = (f"{tool.id}:{target}" for tool in self._rules.instruments if tool.about == about)
        return next((move for move in moves if self._may(move)), "")

    def _may(self, move: str) -> bool:
        row = self._row.get(move)
        return row is not None and bool(allowed(self._rules, self._known, row)[0])


READ = "read:trends"
"""The move that looks at the trend feed."""
