"""A thought to keep with the week, for the debriefing."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from tpmsim.tui.screens.dialog import WordsDialog
from tpmsim.tui.shown import QUIET, line

LONGEST = 400


class NoteScreen(WordsDialog):
    """Gives back what was typed, or None.

    Args:
        asks: what is asked for.
    """

    CSS_PATH = "../styles/menu.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "not now")]

    def __init__(self, asks: str) -> None:
        super().__init__()
        self._asks = asks

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static(line(self._asks), id="asks", markup=False)
            yield Input(max_length=LONGEST)
            yield Static(line("enter keeps it, nothing typed or esc leaves it", QUIET), markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip() or None)

    def action_leave(self) -> None:
        self.dismiss(None)
