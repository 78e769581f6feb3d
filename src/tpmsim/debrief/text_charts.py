"""Charts of a debrief and of a what-if in letters, for a terminal: ASCII alone, so that they read everywhere."""

from collections.abc import Iterator, Mapping, Sequence

from tpmsim.debrief.sheet import Fall, WeekRow
from tpmsim.game.wording.prose import clip

ROWS = 10
"""Rows of the curve: ten points each."""

WIDEST = 72
"""Columns of the curve."""

CELLS = 40
"""Columns of the waterfall."""

WORTH = 0.5
"""Points from which a step is drawn as one."""

AXIS = 10
"""Columns of the values beside two paths, the stroke behind them not counted."""

BREADTH = 12
"""Most columns of a week of two paths."""

WAS, NOW, SAME = "o", "x", "*"
"""A value of the run, one of its branch, and one that is of both."""


def curve(weeks: Sequence[WeekRow], score: float) -> Iterator[str]:
    """The expected result: D where decisions moved it, L where luck did, a rule where neither did."""
    columns = list(_columns(weeks, score))
    breadth = 3 if 3 * len(columns) <= WIDEST else 2 if 2 * len(columns) <= WIDEST else 1
    for row in range(ROWS, -1, -1):
        cells = (_cell(letter, old, new, row) for letter, old, new in columns)
        line = "".join(cell + ("-" if cell not in " |" else " ") * (breadth - 1) for cell in cells)
        yield f"{10 * row:>5} |{line}".rstrip()
    named = "".join(f"{one.week}"[: 2 * breadth].ljust(2 * breadth) for one in weeks)
    yield f" week  {' ' * breadth}{named}".rstrip()


def _columns(weeks: Sequence[WeekRow], score: float) -> Iterator[tuple[str, float, float]]:
    """Of each column its letter, and the values between which it stands."""
    yield "-", weeks[0].before, weeks[0].before
    for one in weeks:
        yield "D" if abs(one.decided - one.before) >= WORTH else "-", one.before, one.decided
        yield "L" if abs(one.after - one.decided) >= WORTH else "-", one.decided, one.after


def _cell(letter: str, old: float, new: float, row: int) -> str:
    """A column at a row: its letter at the new value, a stroke on the way there."""
    start, end = (min(max(round(value / 10.0), 0), ROWS) for value in (old, new))
    if row == end:
        return letter
    return "|" if min(start, end) <= row <= max(start, end) else " "


def waterfall(falls: Sequence[Fall]) -> Iterator[str]:
    """From what was expected to the result: `=` a level, `+` and `-` what was added and lost."""
    low = min(0.0, *(level for one in falls for level in (one.start, one.end)))
    high = max(100.0, *(level for one in falls for level in (one.start, one.end)))
    for one in falls:
        ends = [round((level - low) * CELLS / (high - low)) for level in (one.start, one.end)]
        start, end = min(ends), max(ends)
        sign = "=" if one.total else "+" if one.end >= one.start else "-"
        drawn = " " * start + sign * (end - start)
        yield f"{clip(one.says, 24):<24} {one.shown:>6} |{drawn:<{CELLS}}|"


def span(low: float, middle: float, high: float, cells: int) -> str:
    """A span of points on a scale of 0 to 100, with its middle marked: `...===|====....`."""
    first, at, last = (min(max(round(value / 100.0 * (cells - 1)), 0), cells - 1) for value in (low, middle, high))
    return "".join("|" if place == at else "=" if first <= place <= last else "." for place in range(cells))


def paths(
    was: Mapping[int, float],
    now: Mapping[int, float],
    parted: int,
    ends: tuple[tuple[float, str], tuple[float, str]],
    width: int,
    height: int,
) -> Iterator[str]:
    """A number of a run and of its branch over the weeks; `^` stands below the week in which they part.

    Args:
        was: values of the run by week.
        now: of its branch.
        parted: the week; neither need have come to its end.
        ends: lowest and highest value of the scale, each as it is written.
        width: columns, the axis among them; where weeks need more, the last ones of each few are drawn.
        height: rows, without those of the weeks; at least 2.
    """
    weeks = range(min((*was, *now, parted)), max((*was, *now, parted)) + 1)
    breadth = min(BREADTH, max((width - AXIS - 2) // len(weeks), 1))
    drawn = [[" "] * ((len(weeks) - 1) * breadth + 1) for _ in range(height)]
    (low, lowest), (high, highest) = ends
    for values, letter in ((was, WAS), (now, NOW)):
        for week, value in values.items():
            share = (value - low) / (high - low) if high > low else 0.0
            row = height - 1 - min(max(round(share * (height - 1)), 0), height - 1)
            column = (week - weeks[0]) * breadth
            drawn[row][column] = SAME if drawn[row][column] not in (" ", letter) else letter
    written = [highest, *[""] * (height - 2), lowest]
    for said, cells in zip(written, drawn, strict=True):
        yield f"{said:>{AXIS}} |{''.join(cells)}".rstrip()
    places = [(week - weeks[0]) * breadth for week in weeks]
    yield f"{'week':>{AXIS}}  {_below(places, [str(week) for week in weeks])}"
    yield f"{'':>{AXIS}}  {_below([places[weeks.index(parted)]], ['^ here they part'])}"


def _below(places: Sequence[int], texts: Sequence[str]) -> str:
    """Texts at their columns, as many as do not run into the one before."""
    row = ""
    for place, text in zip(places, texts, strict=True):
        if not row or len(row) < place:
            row = f"{row:<{place}}{text}"
    return row
