"""A table whose rows can be chosen, with columns that share the width.

A subclass of Textual's because that one knows no vim keys, keeps left and right to itself although a row has no cell to
go to, and has columns that neither shrink nor grow with the window.
"""

from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.events import Resize
from textual.message import Message
from textual.widgets import DataTable

GAP, SCROLLBAR = 1, 1


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its id and title, the width it needs, and its share of the width that is left over."""

    id: str
    title: str
    width: int
    grows: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A row: an id, and a text for each column."""

    id: str
    cells: tuple[Text, ...]


def widths(columns: tuple[Column, ...], room: int) -> tuple[int, ...]:
    """The widths of columns that fill so many columns of the screen, gaps and scrollbar aside."""
    spare = max(room - SCROLLBAR - sum(one.width + GAP for one in columns) + GAP, 0)
    shares = sum(one.grows for one in columns)
    return tuple(one.width + (spare * one.grows // shares if shares else 0) for one in columns)


class Rows(DataTable[Text], inherit_bindings=False):
    """Rows to choose from; posts `Chosen`, `Present` when another row is the present one, `Headed` for a header."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,l,right,space", "select_cursor", show=False),
        Binding("up,k", "cursor_up", show=False),
        Binding("down,j", "cursor_down", show=False),
        Binding("pageup", "page_up", show=False),
        Binding("pagedown", "page_down", show=False),
        Binding("home", "scroll_top", show=False),
        Binding("end,G", "scroll_bottom", show=False),
    ]

    @dataclass
    class Chosen(Message):
        """A row was chosen."""

        id: str

    @dataclass
    class Present(Message):
        """Another row is the present one."""

        id: str

    @dataclass
    class Headed(Message):
        """The header of a column was clicked."""

        column: str

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id, cursor_type="row", cell_padding=0)
        self._shape: tuple[Column, ...] = ()
        self._given: tuple[Row, ...] = ()
        self._drawn_for = 0

    @property
    def present(self) -> str:
        """Id of the present row; empty where there is none."""
        return self._given[self.cursor_row].id if self.cursor_row < len(self._given) else ""

    def show(self, shape: tuple[Column, ...], given: tuple[Row, ...]) -> None:
        """Show other rows; the present one stays if its id is still there."""
        if (shape, given) == (self._shape, self._given):
            return
        kept = self.present
        self._shape, self._given = shape, given
        self._fill(kept)

    def on_resize(self, event: Resize) -> None:
        if self._room != self._drawn_for:
            self._fill(self.present)

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        event.stop()
        self.post_message(self.Present(self.present))

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        event.stop()
        self.post_message(self.Chosen(self.present))

    def on_data_table_header_selected(self, event: DataTable.HeaderSelected) -> None:
        event.stop()
        self.post_message(self.Headed(event.column_key.value or ""))

    @property
    def _room(self) -> int:
        return self.size.width or self.app.size.width

    def _fill(self, kept: str) -> None:
        """Draw all rows anew, with columns for the width there is."""
        self._drawn_for = self._room
        fitting = widths(self._shape, self._room)
        old = self.scroll_y
        self.clear(columns=True)
        for place, (column, width) in enumerate(zip(self._shape, fitting, strict=True), start=1):
            gap = GAP if place < len(fitting) else 0
            self.add_column(_fitted(Text(column.title), width), key=column.id, width=width + gap)
        for row in self._given:
            cells = (_fitted(text, width) for text, width in zip(row.cells, fitting, strict=True))
            self.add_row(*cells, key=row.id)
        ids = [row.id for row in self._given]
        if kept in ids:
            self.move_cursor(row=ids.index(kept), scroll=False)
            self.scroll_to(y=old, animate=False)


def _fitted(text: Text, width: int) -> Text:
    """A text cut to a width, with an ellipsis where something is missing."""
    fitted = text.copy()
    fitted.truncate(width, overflow="ellipsis")
    return fitted
