"""What the pages of a debrief are: each lays out one part of a sheet; most are a table and what there is to say."""

from collections.abc import Iterable

from textual.content import Content
from textual.widgets import Static

from tpmsim.debrief.sheet import Sheet
from tpmsim.tui.panes.read_pane import ReadPane, ReadRows
from tpmsim.tui.shown import QUIET, line
from tpmsim.tui.widgets.pairs import Pair, Pairs
from tpmsim.tui.widgets.reading import Reading
from tpmsim.tui.widgets.rows import Column, Row, Rows
from tpmsim.tui.window import TALL, WIDE

Grid = tuple[tuple[Column, ...], tuple[Row, ...]]


class SheetPane(ReadPane):
    """A page of a debrief; it remembers nothing but the sheet it was handed last."""

    def show(self, sheet: Sheet) -> None:
        """Lay out a sheet."""
        raise NotImplementedError

    def describe(self, sheet: Sheet) -> str:
        """The page in one line, for those who cannot see it."""
        raise NotImplementedError

    @property
    def week(self) -> int | None:
        """The week of the present line; None where it has none."""
        raise NotImplementedError

    @property
    def wide(self) -> bool:
        """Whether the window is wide."""
        return self.app.size.width >= WIDE

    @property
    def tall(self) -> bool:
        """Whether the window is tall."""
        return self.app.size.height >= TALL

    @property
    def ascii(self) -> bool:
        """Whether nothing beyond ASCII can be painted."""
        return bool(getattr(self.app, "only_ascii", False))


class SheetRows(SheetPane, ReadRows):
    """A table of lines, and below it all that there is to say of the present one."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._sheet: Sheet | None = None
        self._told_of = ""

    def headline(self, sheet: Sheet) -> Content:
        """What stands above the table."""
        raise NotImplementedError

    def grid(self, sheet: Sheet) -> Grid:
        """Columns and rows."""
        raise NotImplementedError

    def pairs(self, sheet: Sheet, row: str) -> Iterable[Pair]:
        """What there is to say of a row."""
        raise NotImplementedError

    def week_of(self, sheet: Sheet, row: str) -> int | None:
        """The week of a row."""
        raise NotImplementedError

    def empty(self, sheet: Sheet) -> str:
        """What is said where there is no row."""
        return ""

    @property
    def week(self) -> int | None:
        return self.week_of(self._sheet, self.present) if self._sheet is not None and self.present else None

    def show(self, sheet: Sheet) -> None:
        self._sheet = sheet
        headline, rows = self.query_one(".headline", Static), self.query_one(Rows)
        above = self.headline(sheet)
        headline.update(above)
        headline.display = bool(above.plain)
        rows.show(*self.grid(sheet))
        rows.display = bool(rows.row_count)
        self.tell()

    def tell(self) -> None:
        """Say the present row; its text stays where it is scrolled to, as long as it is the same row."""
        if self._sheet is None:
            return
        row = self.present
        told = self.pairs(self._sheet, row) if row else (Pair("", self.empty(self._sheet), QUIET),)
        self.query_one(Pairs).show(tuple(told))
        if row != self._told_of:
            self._told_of = row
            self.query_one(Reading).scroll_home(animate=False)


def quiet(text: str) -> Content:
    """A line that stands back."""
    return line(text, QUIET)
