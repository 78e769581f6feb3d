"""The last page of a run: how it ended, the points with their parts, and one question."""

from collections.abc import Iterator

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


def goals(view: View) -> tuple[Goal, ...]:
    """What counts at the end of a run, as it is told at its beginning."""
    told = []
    for objective in view.rules.objectives:
        named = view.scenario.objectives[objective.id]
        worst, full = (view.objective(named.value, one) for one in (objective.worst, objective.best))
        told.append(Goal(100.0 * objective.weight, line_of(named.says, SAYS), worst, full))
    return tuple(told)


def _parts(view: View, known: Known, seen: Observation, outcome: Outcome) -> Iterator[ScorePart]:
    """Each objective; the points of all are rounded so that they add up to the rounded whole."""
    total = 0.0
    for objective, part in zip(view.rules.objectives, outcome.parts, strict=True):
        before, total = total, total + 100.0 * objective.weight * part
        named = view.scenario.objectives[objective.id]
        yield ScorePart(
            got=round(total, 1) - round(before, 1),
            weight=100.0 * objective.weight,
            says=line_of(named.says, SAYS),
            value=_value(view, named.value, float(rows(known, objective.value)[0]), seen),
            worst=view.objective(named.value, objective.worst),
            full=view.objective(named.value, objective.best),
        )


def _value(view: View, name: str, reached: float, seen: Observation) -> str:
    """The value reached; said where nobody was there to be asked."""
    asked = seen.numbers.get("customers") or seen.numbers.get("sentiment")
    return ("nobody to ask, taken as " if name == "sentiment" and not asked else "") + view.objective(name, reached)
