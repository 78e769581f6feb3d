"""A chart of a number over weeks, with the band in which it may lie, drawn in characters.

Our own because the chart packages for Textual either need numpy or fill no band. The line is drawn in braille, two
columns and four rows of dots to a cell; the band fills whole cells; in ASCII every cell is one point.
"""

import math
from collections.abc import Sequence

from textual.content import Content

from tpmsim.tui.shown import QUIET, STRONG, joined, line, lines

DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""Bits of the dots of a braille cell, by row and column."""

BRAILLE = 0x2800
FILL, ASCII_FILL, ASCII_LINE = "░", ".", "*"
BLOCKS, ASCII_BLOCKS = "▁▂▃▄▅▆▇█", "_.-=+*%#"


def spark(values: Sequence[float], width: int, ascii: bool = False, ends: tuple[float, float] | None = None) -> str:
    """The last values in one row, a character each.

    Args:
        values: one a week.
        width: the most characters.
        ascii: use letters and points only.
        ends: values of the lowest and the highest character, so that a small change looks small; None takes the lowest
            and the highest of the values.
    """
    shown = tuple(values)[-width:]
    if not shown:
        return ""
    blocks = ASCII_BLOCKS if ascii else BLOCKS
    bottom, top = ends or _bounds(shown)
    return "".join(blocks[_level(value, bottom, top, len(blocks))] for value in shown)


def band(
    low: Sequence[float],
    middle: Sequence[float],
    high: Sequence[float],
    width: int,
    height: int,
    ascii: bool = False,
) -> tuple[str, ...]:
    """A line and the band around it, as rows from the top.

    Args:
        low: lower end of the band, a value a week.
        middle: the line; where the ends are the same as it, only the line is drawn.
        high: upper end of the band.
        width: of the chart in cells.
        height: of the chart in cells.
        ascii: use letters and points only.

    Returns:
        Rows of exactly that width. The lowest value stands in the last row, the highest in the first.
    """
    if not middle or width < 1 or height < 1:
        return ()
    bottom, top = _bounds((*low, *middle, *high))
    cells = [[" "] * width for _ in range(height)]
    if any(below < above for below, above in zip(low, high, strict=True)):
        for column in range(width):
            at = _week(column, width, len(middle))
            first = _level(_between(low, at), bottom, top, height)
            last = _level(_between(high, at), bottom, top, height)
            for row in range(first, last + 1):
                cells[height - 1 - row][column] = ASCII_FILL if ascii else FILL
    across, down = (1, 1) if ascii else (2, 4)
    drawn: dict[tuple[int, int], int] = {}
    for x, rows in enumerate(_line(middle, width * across, height * down, bottom, top)):
        for y in rows:
            place = (height - 1 - y // down, x // across)
            drawn[place] = drawn.get(place, 0) | DOTS[(down - 1) - y % down][x % across]
    for (row, column), bits in drawn.items():
        cells[row][column] = ASCII_LINE if ascii else chr(BRAILLE + bits)
    return tuple("".join(row) for row in cells)


def painted(rows: Sequence[str]) -> Content:
    """The rows of a chart for a widget: the line stands out from the band."""
    return lines(*(joined(*(line(one, QUIET if one in (FILL, ASCII_FILL) else STRONG) for one in row)) for row in rows))


def _bounds(values: Sequence[float]) -> tuple[float, float]:
    """The lowest and the highest value; a little apart where they are the same."""
    bottom, top = min(values), max(values)
    return (bottom, top) if bottom < top else (bottom - 1.0, top + 1.0)


def _level(value: float, bottom: float, top: float, levels: int) -> int:
    """On which of so many levels a value stands, 0 the lowest."""
    return min(max(math.floor((value - bottom) / (top - bottom) * (levels - 1) + 0.5), 0), levels - 1)


def _week(column: int, columns: int, weeks: int) -> float:
    """The place in the weeks that a column stands for; the last column is the last week."""
    return column * (weeks - 1) / (columns - 1) if columns > 1 else weeks - 1.0


def _between(values: Sequence[float], at: float) -> float:
    """A value at a place between two weeks."""
    before = min(math.floor(at), len(values) - 1)
    after = min(before + 1, len(values) - 1)
    return values[before] + (values[after] - values[before]) * (at - before)


def _line(values: Sequence[float], columns: int, levels: int, bottom: float, top: float) -> tuple[range, ...]:
    """The levels that the line takes in each column; where it is steep it takes all since the column before."""
    heights = [_level(_between(values, _week(x, columns, len(values))), bottom, top, levels) for x in range(columns)]
    taken, before = [], heights[0]
    for now in heights:
        taken.append(range(before + 1, now + 1) if before < now else range(now, max(before, now + 1)))
        before = now
    return tuple(taken)
