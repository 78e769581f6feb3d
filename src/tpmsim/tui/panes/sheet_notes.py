"""The notes and marks of the player, as the chapters of a run."""

from collections.abc import Iterator

from textual.content import Content

from tpmsim.debrief.sheet import Sheet
from tpmsim.game.wording.prose import counted
from tpmsim.tui.panes.sheet_pane import Grid, SheetRows, quiet
from tpmsim.tui.shown import STRONG, cell
from tpmsim.tui.widgets.pairs import Pair
from tpmsim.tui.widgets.rows import Column, Row

MEANS = "What you wrote down while you played, and since. n adds a note."
MARK = "a mark"


class NotesPane(SheetRows):
    """Chapters, one a line."""

    def __init__(self) -> None:
        super().__init__(id="notes")

    def headline(self, sheet: Sheet) -> Content:
        return quiet(MEANS)

    def grid(self, sheet: Sheet) -> Grid:
        shape = (Column("when", "week", 13), Column("text", "note", 40, 1))
        rows = (Row(str(place), (cell(one.when), cell(one.text or MARK))) for place, one in enumerate(sheet.chapters))
        return shape, tuple(rows)

    def pairs(self, sheet: Sheet, row: str) -> Iterator[Pair]:
        one = sheet.chapters[int(row)]
        yield Pair("", one.when, STRONG)
        yield Pair("", one.text or MARK)

    def week_of(self, sheet: Sheet, row: str) -> int | None:
        return sheet.chapters[int(row)].week

    def empty(self, sheet: Sheet) -> str:
        return "No notes yet. n adds one; while you play, n and m keep a thought or a mark with the week."

    def describe(self, sheet: Sheet) -> str:
        told = "; ".join(f"{one.when}: {one.text}" for one in sheet.chapters)
        return f"{counted(len(sheet.chapters), 'note')}. {told}".strip()
