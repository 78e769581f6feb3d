"""The waterfall of a run: from what was expected, over the decisions of each stage and luck, to the result."""

from collections.abc import Iterator

from textual.content import Content

from tpmsim.debrief.sheet import Sheet
from tpmsim.tui.panes.sheet_bars import level_bar, scale
from tpmsim.tui.panes.sheet_pane import Grid, SheetRows, quiet
from tpmsim.tui.shown import QUIET, STRONG, cell
from tpmsim.tui.widgets.pairs import Pair
from tpmsim.tui.widgets.rows import Column, Row

CELLS, WIDE_CELLS = 40, 70
MEANS = "From what was expected to the result: = a level, + added, - lost."


class WaterfallPane(SheetRows):
    """The steps of the whole run."""

    def __init__(self) -> None:
        super().__init__(id="waterfall")

    def headline(self, sheet: Sheet) -> Content:
        return quiet(MEANS)

    def grid(self, sheet: Sheet) -> Grid:
        cells = WIDE_CELLS if self.wide else CELLS
        ends = scale([level for one in sheet.falls for level in (one.start, one.end)])
        shape = (Column("says", "step", 24, 1), Column("shown", "", 6), Column("bar", "", cells))
        rows = (
            (one.says, f"{one.shown:>6}", level_bar(one.start, one.end, one.total, ends, cells)) for one in sheet.falls
        )
        return shape, tuple(Row(str(place), tuple(map(cell, row))) for place, row in enumerate(rows))

    def pairs(self, sheet: Sheet, row: str) -> Iterator[Pair]:
        one = sheet.falls[int(row)]
        says = one.shown if one.total else f"from {one.start:.1f} to {one.end:.1f}, {one.shown}"
        yield Pair("", f"{one.says}: {says}", STRONG)
        stage = self._stage(sheet, row)
        for each in sheet.decisions if stage else ():
            if each.stage == stage and each.notable:
                yield Pair(each.sign, f"{each.when}: {each.asked} ({each.loss})")
        if stage and not any(each.stage == stage for each in sheet.notable):
            yield Pair("", "No decision of this stage has a mark.", QUIET)
        if one.says == "Luck":
            yield from (Pair(week.luck, week.when, right=True) for week in sheet.weeks)
        if not stage and one.total:
            yield Pair("", "A level. What lies between the first and the last is all that happened.", QUIET)

    def week_of(self, sheet: Sheet, row: str) -> int | None:
        """Where the decisions of the stage begin; of luck the week with most of it; of levels the first or the last."""
        stage = self._stage(sheet, row)
        if stage:
            return next(one.week for one in sheet.decisions if one.stage == stage)
        if not sheet.weeks:
            return None
        if sheet.falls[int(row)].total:
            return sheet.weeks[0 if row == "0" else -1].week
        return max(sheet.weeks, key=lambda one: abs(one.after - one.decided)).week

    def describe(self, sheet: Sheet) -> str:
        return "; ".join(f"{one.says} {one.shown}" for one in sheet.falls)

    def _stage(self, sheet: Sheet, row: str) -> str:
        """The stage whose decisions a row sums; empty for other rows."""
        says = sheet.falls[int(row)].says
        return next((one.stage for one in sheet.decisions if one.stage and says.endswith(f": {one.stage}")), "")
