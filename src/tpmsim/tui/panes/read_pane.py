"""What pages that are read have in common: a text that scrolls; in most below a table, and about its present row."""

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message
from textual.widgets import Static

from tpmsim.tui.widgets.pairs import Pairs
from tpmsim.tui.widgets.reading import Reading
from tpmsim.tui.widgets.rows import Rows


class ReadPane(Container):
    """A page with a text; keys scroll it from wherever the focus is."""

    can_focus = False

    def scroll(self, rows: int) -> None:
        """Scroll the text by so many rows."""
        self.query_one(Reading).scroll_relative(y=rows, animate=False)


class ReadRows(ReadPane):
    """A table of lines, and below it all that there is to say of the present one."""

    @dataclass
    class Picked(Message):
        """A line was chosen; its id in the table."""

        row: str

    def compose(self) -> ComposeResult:
        yield Static("", classes="headline", markup=False)
        yield Rows()
        with Reading(classes="told", can_focus=False):
            yield Pairs()

    @property
    def present(self) -> str:
        """Id of the present row; empty where there is none."""
        return self.query_one(Rows).present

    def tell(self) -> None:
        """Say the present row."""
        raise NotImplementedError

    def on_rows_present(self, event: Rows.Present) -> None:
        event.stop()
        self.tell()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        self.post_message(self.Picked(event.id))
