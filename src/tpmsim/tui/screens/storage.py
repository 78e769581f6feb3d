"""What the player did could not be stored: what now. The game goes on only once that is decided."""

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, Static

from tpmsim.tui.screens.dialog import Dialog
from tpmsim.tui.shown import BAD, QUIET, line, lines
from tpmsim.tui.widgets.choices import Choices, Line

LONGEST = 1_000
"""Characters of a path."""


class Rescue(Enum):
    """What can be done about something that is not stored."""

    RETRY = "Try again"
    ELSEWHERE = "Save the whole run elsewhere, and go on there"
    WITHDRAW = "Take it back"
    QUIT = "Quit without it"


@dataclass(frozen=True, slots=True)
class Decision:
    """What the player wants done.

    Attributes:
        what: is to be done.
        path: of the other file, as it was typed, where one is wanted.
    """

    what: Rescue
    path: str = ""


class StorageScreen(Dialog[Decision]):
    """Gives back what is to be done. Escape decides nothing, which means to try again.

    Args:
        unsaved: what could not be stored, and why.
        file: where it should be stored, harmless to show.
    """

    CSS_PATH = "../styles/storage.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(row), f"decide({row})", one.value) for row, one in enumerate(Rescue, start=1)),
        Binding("escape,q", "leave", "back"),
    ]

    def __init__(self, unsaved: str, file: str) -> None:
        super().__init__()
        self._unsaved, self._file = unsaved, file

    def compose(self) -> ComposeResult:
        told = (
            line(self._unsaved, BAD),
            line("What you confirmed before is on the disk:", QUIET),
            line(self._file, QUIET),
        )
        with Vertical(id="box"):
            with VerticalScroll(id="told", can_focus=False):
                yield Static(lines(*told), markup=False)
            yield Choices(id="decisions")
            yield Input(_beside_home(self._file), max_length=LONGEST, id="path")

    def on_mount(self) -> None:
        box = self.query_one("#box")
        box.border_title = "x Not saved"
        box.border_subtitle = "1-4 or enter chooses"
        decisions = self.query_one(Choices)
        decisions.show(tuple(Line(one.name, one.value, sign=str(row)) for row, one in enumerate(Rescue, start=1)))
        self._ask_for_path(False)

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        self._decide(Rescue[event.line.id])

    def on_input_submitted(self, event: Input.Submitted) -> None:
        path = event.value.strip()
        if path:
            self.dismiss(Decision(Rescue.ELSEWHERE, path))

    def action_decide(self, row: int) -> None:
        self._decide(tuple(Rescue)[row - 1])

    def action_leave(self) -> None:
        if self.query_one("#path").display:
            self._ask_for_path(False)
        else:
            self.dismiss(Decision(Rescue.RETRY))

    def _decide(self, what: Rescue) -> None:
        if what is Rescue.ELSEWHERE:
            self._ask_for_path(True)
        else:
            self.dismiss(Decision(what))

    def _ask_for_path(self, wanted: bool) -> None:
        """Turn to the path of the other file, or back to the decisions."""
        path = self.query_one("#path", Input)
        path.display = wanted
        (path if wanted else self.query_one(Choices)).focus()
        path.border_title = "Where? enter saves it there, esc goes back"


def _beside_home(file: str) -> str:
    """A place that is probably on another disk than the file."""
    name = file.replace("\\", "/").rpartition("/")[2]
    return f"~/{name}"
