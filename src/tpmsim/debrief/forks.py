"""Where a class split: how many gave which answer to each decision, and how those fared.

A decision here is a question that comes up in many runs: a card, a gate, a promise of a feature, a price. What counts
is the first answer that stood. That those who answered one way did better shows no cause: whoever answers so may also
do other things otherwise. It is where to begin a talk.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tpmsim.debrief.papers import Paper
from tpmsim.debrief.steps import SILENCE, Asked, question

WIDEST = 5
"""How many forks are shown."""

FEWEST = 2
"""definition: runs that must have given an answer for its mean to be compared with another."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One way in which a decision was taken.

    Attributes:
        move: id of the move; `silence` where a card was open and nobody answered it.
        runs: how many took it.
        scored: how many of these have ended.
        mean: their mean W; None where none has.
    """

    move: str
    runs: int
    scored: int
    mean: float | None


@dataclass(frozen=True, slots=True)
class Fork:
    """A decision of the class.

    Attributes:
        kind, about: the question.
        answers: most frequent first.
        left: runs in which it never came up, or nothing of the kind was done.
        spread: points of W by which the means of the answers lie apart: their standard deviation, each counted by its
            runs, less what chance alone would make of it; 0 where that is more.
        low, high: the worst and the best mean of an answer that several gave.
    """

    kind: str
    about: str
    answers: tuple[Answer, ...]
    left: int
    spread: float
    low: float
    high: float


def answers_of(paper: Paper) -> dict[Asked, str]:
    """The first answer that a run gave to each question, in the order in which they came."""
    found: dict[Asked, str] = {}
    for week in paper.weeks:
        for move in week:
            asked = question(move)
            if asked is not None:
                found.setdefault(asked, move)
    for card in paper.cards:
        found.setdefault(("card", card), SILENCE)
    return found


def forks(papers: Sequence[Paper]) -> tuple[Fork, ...]:
    """Every decision of a class that was taken in more than one way, the widest first."""
    given: dict[Asked, dict[str, list[float | None]]] = defaultdict(lambda: defaultdict(list))
    for paper in papers:
        for asked, move in answers_of(paper).items():
            given[asked][move].append(paper.points)
    found = [_fork(asked, ways, len(papers)) for asked, ways in given.items()]
    return tuple(sorted(found, key=lambda one: (-one.spread, one.low - one.high, one.kind, one.about)))


def widest(all_forks: Sequence[Fork]) -> tuple[Fork, ...]:
    """Those by which the class split most; none where chance alone would do it."""
    return tuple(one for one in all_forks if one.spread > 0.0)[:WIDEST]


def _fork(asked: Asked, ways: Mapping[str, Sequence[float | None]], runs: int) -> Fork:
    answers = [_answer(move, points) for move, points in ways.items()]
    told = [one.mean for one in answers if one.mean is not None and one.scored >= FEWEST]
    groups = [[one for one in points if one is not None] for points in ways.values()]
    return Fork(
        kind=asked[0],
        about=asked[1],
        answers=tuple(sorted(answers, key=lambda one: (-one.runs, one.move))),
        left=runs - sum(one.runs for one in answers),
        spread=spread([group for group in groups if len(group) >= FEWEST]),
        low=min(told, default=0.0),
        high=max(told, default=0.0),
    )


def _answer(move: str, points: Sequence[float | None]) -> Answer:
    scored = [one for one in points if one is not None]
    return Answer(move, len(points), len(scored), math.fsum(scored) / len(scored) if scored else None)


def spread(groups: Sequence[Sequence[float]]) -> float:
    """Standard deviation between groups, by the variance components of one way (Kelley 1935, epsilon squared).

    Args:
        groups: values of each, FEWEST at least.
    """
    count = sum(map(len, groups))
    if len(groups) < 2 or count <= len(groups):
        return 0.0
    middle = math.fsum(one for group in groups for one in group) / count
    means = [math.fsum(group) / len(group) for group in groups]
    between = math.fsum(len(group) * (mean - middle) ** 2 for group, mean in zip(groups, means, strict=True))
    within = math.fsum(_squares(groups, means))
    return math.sqrt(max(0.0, between - (len(groups) - 1) * within / (count - len(groups))) / count)


def _squares(groups: Sequence[Sequence[float]], means: Sequence[float]) -> Iterator[float]:
    for group, mean in zip(groups, means, strict=True):
        yield from ((one - mean) ** 2 for one in group)
