"""The curve and the waterfall drawn with letters, for a terminal: ASCII alone, so that it reads everywhere."""

from collections.abc import Iterator, Sequence

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
