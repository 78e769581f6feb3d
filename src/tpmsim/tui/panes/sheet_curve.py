"""The curve of the expected result, drawn in characters: its band, where decisions (D) and luck (L) moved it."""

from collections.abc import Iterator, Sequence

from textual.content import Content

from tpmsim.debrief.sheet import WeekRow
from tpmsim.tui.shown import BAD, GOOD, QUIET, joined, line, lines
from tpmsim.tui.widgets.band import band, painted

AXIS = 6
"""Columns of the values beside the curve, with the stroke behind them."""

WORTH = 1.0
"""Points from which a step has its letter."""

LEGEND = "Expected result, its 95 % interval shaded. D decisions, L luck: + up, - down."

Steps = Sequence[tuple[str, float]]


def curve(weeks: Sequence[WeekRow], width: int, height: int, ascii: bool = False) -> Content:
    """The curve over the weeks.

    Args:
        weeks: of the run; without any there is no curve.
        width: in columns, at least 20.
        height: in rows, the axes not counted; at least 2.
        ascii: use letters and points only.
    """
    if not weeks:
        return Content("")
    room = width - AXIS
    low, middle, high = _points(weeks)
    top, bottom = max((*high, *middle)), min((*low, *middle))
    rows = painted(band(low, middle, high, room, height, ascii)).split("\n")
    values = [f"{top:.0f}", *[""] * (len(rows) - 2), f"{bottom:.0f}"]
    drawn = [joined(line(f"{value:>{AXIS - 1}}|", QUIET), row) for value, row in zip(values, rows, strict=True)]
    return lines(*drawn, *_below(weeks, room), line(LEGEND, QUIET))


def _points(weeks: Sequence[WeekRow]) -> tuple[list[float], list[float], list[float]]:
    """Two points a week, at its start and after its decisions, and the result; lower end, value, upper end."""
    middle = [*(value for one in weeks for value in (one.before, one.decided)), weeks[-1].after]
    halves = [*(one.half for one in weeks for _ in range(2)), 0.0]
    low = [value - half for value, half in zip(middle, halves, strict=True)]
    high = [value + half for value, half in zip(middle, halves, strict=True)]
    return low, middle, high


def _below(weeks: Sequence[WeekRow], room: int) -> Iterator[Content]:
    """The letters of the steps, whether they went up, and the weeks."""
    steps = [step for one in weeks for step in (("D", one.decided - one.before), ("L", one.after - one.decided))]
    letters, signs = marks(steps, room)
    kinds = [{"+": GOOD, "-": BAD}.get(sign, "") for sign in signs]
    for title, row in (("", letters), ("", signs)):
        yield joined(f"{title:>{AXIS}}", *(line(one, kind) for one, kind in zip(row, kinds, strict=True)))
    yield line(f"{'week':>{AXIS - 1}} {axis([one.week for one in weeks], room)}", QUIET)


def marks(steps: Steps, room: int) -> tuple[str, str]:
    """The letters of steps in a row, each in the middle of its step, and their signs; the larger hides the smaller."""
    letters, signs = [" "] * room, [" "] * room
    for place, (letter, by) in sorted(enumerate(steps), key=lambda one: abs(one[1][1])):
        if abs(by) >= WORTH:
            column = round((place + 0.5) / len(steps) * (room - 1))
            letters[column], signs[column] = letter, "+" if by > 0.0 else "-"
    return "".join(letters), "".join(signs)


def axis(weeks: Sequence[int], room: int) -> str:
    """The numbers of the weeks below their starts, as many as there is room for."""
    cells, free = [" "] * room, 0
    for place, week in enumerate(weeks):
        column, text = round(place / len(weeks) * (room - 1)), str(week)
        if column >= free and column + len(text) <= room:
            cells[column : column + len(text)] = text
            free = column + len(text) + 1
    return "".join(cells)
