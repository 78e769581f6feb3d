"""The chart shows the numbers that it is given: what is painted is read back and compared."""

from itertools import pairwise

import pytest

from tpmsim.tui.widgets.band import (
    ASCII_BLOCKS,
    ASCII_FILL,
    ASCII_LINE,
    BLOCKS,
    BRAILLE,
    DOTS,
    FILL,
    band,
    painted,
    spark,
)

RAMP = tuple(float(week) for week in range(9))
HILL = (0.0, 4.0, 9.0, 16.0, 9.0, 4.0, 1.0)


def dots(rows: tuple[str, ...], column: int) -> list[int]:
    """The levels of the dots in a column of dots, 0 the lowest."""
    found = []
    for y, row in enumerate(reversed(rows)):
        sign = row[column // 2]
        bits = ord(sign) - BRAILLE if BRAILLE <= ord(sign) < BRAILLE + 256 else 0
        found += [y * 4 + 3 - dot for dot in range(4) if bits & DOTS[dot][column % 2]]
    return sorted(found)


def filled(rows: tuple[str, ...], column: int, fill: str) -> list[int]:
    """The levels of the cells of a column that are not empty."""
    return [y for y, row in enumerate(reversed(rows)) if row[column] == fill or row[column] not in (" ", fill)]


@pytest.mark.parametrize("values", [RAMP, HILL, HILL[::-1]])
@pytest.mark.parametrize(("width", "height"), [(len(RAMP) * 4, 6), (20, 3), (7, 10)])
def test_the_line_passes_within_half_a_dot_of_every_week(values, width, height):
    rows = band(values, values, values, width, height)
    levels = height * 4
    for week, value in enumerate(values):
        column = round(week * (width * 2 - 1) / (len(values) - 1))
        wanted = (value - min(values)) / (max(values) - min(values)) * (levels - 1)
        slope = max(abs(a - b) for a, b in pairwise(values)) / (max(values) - min(values))
        off = 0.5 + slope * (levels - 1) * 0.5 * (len(values) - 1) / (width * 2 - 1)
        assert min(abs(level - wanted) for level in dots(rows, column)) <= off + 1e-9


def test_the_line_has_no_gaps():
    rows = band((0.0, 100.0, 0.0), (0.0, 100.0, 0.0), (0.0, 100.0, 0.0), 6, 8)
    taken = [dots(rows, column) for column in range(12)]
    assert all(taken)
    for before, after in pairwise(taken):
        assert min(abs(a - b) for a in before for b in after) <= 1


@pytest.mark.parametrize("ascii", [False, True])
def test_the_band_is_filled_from_low_to_high(ascii):
    low, middle, high = (0.0, 2.0, 4.0), (2.0, 4.0, 6.0), (4.0, 6.0, 8.0)
    rows = band(low, middle, high, 3, 9, ascii)
    for week in range(3):
        assert filled(rows, week, ASCII_FILL if ascii else FILL) == list(range(int(low[week]), int(high[week]) + 1))


def test_in_ascii_the_line_takes_the_cell_of_each_value():
    rows = band(RAMP, RAMP, RAMP, 9, 9, ascii=True)
    assert [row.index(ASCII_LINE) for row in rows] == list(range(8, -1, -1))
    assert "".join(rows).isascii()


@pytest.mark.parametrize("ascii", [False, True])
def test_every_chart_has_exactly_the_size_that_was_asked_for(ascii):
    for width, height in ((1, 1), (2, 5), (36, 4)):
        for values in ((3.0,), (3.0, 3.0), RAMP, (-5.0, 1e9)):
            rows = band(values, values, values, width, height, ascii)
            assert [len(row) for row in rows] == [width] * height
            assert "".join(rows).strip()


def test_nothing_is_drawn_of_nothing():
    assert band((), (), (), 10, 3) == ()
    assert band(RAMP, RAMP, RAMP, 0, 3) == ()
    assert spark((), 5) == ""


@pytest.mark.parametrize(("ascii", "blocks"), [(False, BLOCKS), (True, ASCII_BLOCKS)])
def test_a_row_has_a_block_for_each_of_the_last_values(ascii, blocks):
    assert spark(range(8), 8, ascii) == blocks
    assert spark((0, 7), 8, ascii) == blocks[0] + blocks[-1]
    assert spark((100, 0, 7), 2, ascii) == blocks[0] + blocks[-1]
    assert len(set(spark((4, 4, 4), 8, ascii))) == 1


def test_the_painted_chart_says_the_same():
    rows = band((0.0, 1.0), (1.0, 2.0), (2.0, 3.0), 8, 4)
    assert painted(rows).plain == "\n".join(rows)
