"""The luck of a run, week by week; and, where it was asked for, which draws it came from."""

from collections.abc import Iterator

from textual.content import Content

from tpmsim.debrief.sheet import Sheet, WeekRow
from tpmsim.tui.panes.sheet_bars import signed_bar
from tpmsim.tui.panes.sheet_pane import Grid, SheetRows, quiet
from tpmsim.tui.shown import BAD, GOOD, QUIET, STRONG, cell
from tpmsim.tui.widgets.pairs import Pair
from tpmsim.tui.widgets.rows import Column, Row

CELLS, WIDE_CELLS = 11, 21
"""Columns of a bar."""

ASK = "l finds the draws behind it: what was reported, who came, what broke."
BEHIND = "What could not be known, furthest from what could be believed then:"
MEANS = "What the end of each week brought beyond what was to be expected."


class LuckPane(SheetRows):
    """The two steps of every week: what was decided, and what came."""

    def __init__(self) -> None:
        super().__init__(id="luck")

    def headline(self, sheet: Sheet) -> Content:
        return quiet(MEANS)

    def grid(self, sheet: Sheet) -> Grid:
        cells = WIDE_CELLS if self.wide else CELLS
        most = max((abs(one.after - one.decided) for one in sheet.weeks), default=0.0)
        shape = (
            Column("week", "week", 13),
            Column("before", "expected", 8),
            Column("gain", "decisions", 9),
            Column("luck", "luck", 6),
            Column("bar", "", cells),
            Column("happened", "what happened", 16, 1),
        )
        return shape, tuple(_row(one, most, cells) for one in sheet.weeks)

    def pairs(self, sheet: Sheet, row: str) -> Iterator[Pair]:
        one = next((one for one in sheet.weeks if str(one.week) == row), None)
        if one is not None:
            yield from _told(one)

    def week_of(self, sheet: Sheet, row: str) -> int | None:
        return int(row)

    def describe(self, sheet: Sheet) -> str:
        return "Luck by week: " + "; ".join(f"{one.when} {one.luck}" for one in sheet.weeks)


def _row(one: WeekRow, most: float, cells: int) -> Row:
    bar = signed_bar(one.after - one.decided, most, cells)
    texts = (one.when, f"{one.before:>8.1f}", f"{one.gain:>9}", f"{one.luck:>6}", bar, one.seen)
    return Row(str(one.week), tuple(cell(text) for text in texts))


def _told(one: WeekRow) -> Iterator[Pair]:
    says = f"{one.when}: from {one.decided:.1f} after your decisions to {one.after:.1f}, luck {one.luck}"
    yield Pair("", says, STRONG)
    for part in one.chances:
        kind = GOOD if part.points > 0.0 else BAD
        yield Pair(part.shown, part.says, kind, kind, right=True)
    if not one.chances:
        yield Pair("", ASK, QUIET)
    if one.hidden:
        yield Pair("", "")
        yield Pair("", BEHIND, QUIET)
        yield from (Pair("?", fact.says, first_kind=QUIET) for fact in one.hidden)
    yield Pair("", "")
    yield from (Pair("-", text, first_kind=QUIET) for text in one.happened or ("Nothing that could be seen.",))
