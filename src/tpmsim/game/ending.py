"""The last page of a run: how it ended, the points with their parts, and one question."""

import math
from collections.abc import Iterator, Sequence

from tpmsim.core.conditions import rows
from tpmsim.core.observe import Observation
from tpmsim.core.state import Known
from tpmsim.game.narrator import Narrator
from tpmsim.game.pages import EndPage, Goal, ScorePart
from tpmsim.game.position import Outcome
from tpmsim.game.view import View
from tpmsim.game.wording.prose import line_of

SAYS = 60
"""Characters of what an objective asks for."""

TINY = 1e-9
"""What a whole number of tenths may lack for the way it was worked out."""


def ending(view: View, narrator: Narrator, known: Known, seen: Observation, outcome: Outcome) -> EndPage:
    """How one run ended, judged by what its player may know: rows of `known`, and the same in plain Python."""
    title, text = narrator.ending(outcome)
    return EndPage(
        title=title,
        good=view.scenario.endings[outcome.ending].good,
        text=text,
        points=outcome.points,
        parts=tuple(_parts(view, known, seen, outcome)),
        question=narrator.question(),
    )


def goals(view: View, known: Known, seen: Observation) -> tuple[Goal, ...]:
    """What counts at the end of a run, and how it stands now; all of it is read off what its player may know."""
    told, weights = [], [100.0 * objective.weight for objective in view.rules.objectives]
    for objective, weight in zip(view.rules.objectives, in_parts(weights, [100.0] * len(weights), 1), strict=True):
        named = view.scenario.objectives[objective.id]
        worst, full = (view.objective(named.value, one) for one in (objective.worst, objective.best))
        silent = named.value == "sentiment" and not _heard(seen)
        now = "nobody to ask" if silent else view.objective(named.value, float(rows(known, objective.value)[0]))
        told.append(Goal(weight, line_of(named.says, SAYS), worst, full, now))
    return tuple(told)


def _parts(view: View, known: Known, seen: Observation, outcome: Outcome) -> Iterator[ScorePart]:
    """Each objective, with its points."""
    weights = [100.0 * objective.weight for objective in view.rules.objectives]
    got = in_parts([weight * part for weight, part in zip(weights, outcome.parts, strict=True)], weights, 10)
    for objective, weight, points in zip(view.rules.objectives, weights, got, strict=True):
        named = view.scenario.objectives[objective.id]
        yield ScorePart(
            got=points,
            weight=weight,
            says=line_of(named.says, SAYS),
            value=_value(view, named.value, float(rows(known, objective.value)[0]), seen),
            worst=view.objective(named.value, objective.worst),
            full=view.objective(named.value, objective.best),
        )


def in_parts(points: Sequence[float], most: Sequence[float], parts: int) -> list[float]:
    """Points rounded so that they add up to the rounded whole, and none is more than the rounded most there is of it.

    All are rounded down; what is missing then goes, part by part, to those that lost most by it.

    Args:
        points: to be written.
        most: of each.
        parts: of a point: 10 for tenths, 1 for whole points.
    """
    told = [math.floor(parts * one + TINY) for one in points]
    missing = round(parts * sum(points)) - sum(told)
    room = [place for place, one in enumerate(told) if one < round(parts * most[place])]
    for place in sorted(room, key=lambda place: told[place] - parts * points[place])[:missing]:
        told[place] += 1
    return [one / parts for one in told]


def _value(view: View, name: str, reached: float, seen: Observation) -> str:
    """The value reached; said where nobody was there to be asked."""
    silent = name == "sentiment" and not _heard(seen)
    return ("nobody to ask, taken as " if silent else "") + view.objective(name, reached)


def _heard(seen: Observation) -> bool:
    """Whether customers were there to say something."""
    return bool(seen.numbers.get("customers") or seen.numbers.get("sentiment"))
