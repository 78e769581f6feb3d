"""How a run stands: its numbers, and what its gate asks for."""

from collections.abc import Sequence

from tpmsim.core.observe import Observation
from tpmsim.game.pages import GateItem, NumberRow
from tpmsim.game.session import WeekReport
from tpmsim.game.view import View
from tpmsim.game.wording.figures import Figures

LEAST = 0.5
"""Changes, in shown units, from which a number is said to have changed."""


def value(view: View, seen: Observation, name: str) -> str:
    """A number as it stands; nothing is said of what customers say while there are none."""
    return "nobody to ask yet" if _silent(seen, name) else view.figures.value(name, seen.numbers[name])


def numbers(view: View, reports: Sequence[WeekReport], seen: Observation) -> tuple[NumberRow, ...]:
    """All visible numbers, the main ones first, with their change over the last week that ended."""
    return tuple(_row(view, reports, seen, name) for name in view.all_numbers)


def gate(view: View, seen: Observation) -> tuple[GateItem, ...]:
    """What the gate of the stage asks for, and who will look at it."""
    return tuple(
        GateItem(view.requirement(seen.stage, item), met, view.people.minders(item))
        for item, met in seen.requirements.items()
    )


def _silent(seen: Observation, name: str) -> bool:
    """Whether a number has nobody who could say it."""
    return name == "sentiment" and not seen.numbers.get("customers")


def _row(view: View, reports: Sequence[WeekReport], seen: Observation, name: str) -> NumberRow:
    figures, now, silent = view.figures, seen.numbers[name], _silent(seen, name)
    bare = figures.bare(name, now, sign=figures.figure(name).signed) + figures.figure(name).unit
    turn, change = None, ""
    if reports:
        moved = sum(entry.change for entry in reports[-1].entries if entry.number == name)
        moved = moved if abs(figures.shown(name, moved)) >= LEAST else 0
        turn, change = figures.turn(name, moved), _change(figures, name, reports[-1].after.numbers[name], moved)
    return NumberRow(
        id=name,
        title=figures.title(name),
        value=value(view, seen, name),
        bare="nobody yet" if silent else bare,
        word="" if silent else figures.word(name, now),
        turn=turn,
        change=change,
        main=name in view.main_numbers,
    )


def _change(figures: Figures, name: str, new: int, moved: int) -> str:
    """A change as the difference of the written values, so that a week reads the same everywhere."""
    if not moved:
        return ""
    old = new - moved
    digits = 0 if figures.bare(name, old) != figures.bare(name, new) else 1
    whole = round(figures.shown(name, new), digits) - round(figures.shown(name, old), digits)
    return figures.bare(name, figures.quanta(name, whole), digits, True)
