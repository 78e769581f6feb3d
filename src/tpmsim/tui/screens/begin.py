"""The seed and the name of a new run; enter twice takes neither."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from tpmsim.tui.screens.dialog import Dialog
from tpmsim.tui.shown import QUIET, WARN, line
from tpmsim.tui.widgets.clickrow import ClickRow, Item

SEED, NAME = 20, 64
"""The longest of each."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What was typed for a new run; either may be empty."""

    seed: str
    name: str


NOTHING = Beginning("", "")


class BeginScreen(Dialog[Beginning | None]):
    """Gives back seed and name, or None.

    Args:
        title: of the scenario.
        wrong: what is wrong with a seed and a name; empty if nothing is.
        given: what stands there at first.
    """

    CSS_PATH = "../styles/home.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "not now"),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, title: str, wrong: Callable[[str, str], str], given: Beginning = NOTHING) -> None:
        super().__init__()
        self._heading, self._wrong, self._given = title, wrong, given

    def compose(self) -> ComposeResult:
        with Vertical(id="begin-box"):
            yield Static(line("Seed: the same one makes the same world. Nothing typed rolls one."), markup=False)
            yield Input(self._given.seed, max_length=SEED, id="begin-seed")
            yield Static(line("Your name, as reports show it; no real name is needed."), markup=False)
            yield Input(self._given.name, max_length=NAME, id="begin-name")
            yield Static("", id="begin-wrong", markup=False)
            yield ClickRow((Item("begin", "enter", "begin"), Item("leave", "esc", "not now")), id="begin-keys")

    def on_mount(self) -> None:
        self.query_one("#begin-box").border_title = line(f"A new run: {self._heading}")
        self.query_one("#begin-wrong", Static).update(line("enter twice begins with what stands there", QUIET))
        self.query_one("#begin-seed").focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        if event.input.id == "begin-seed" and not self._complain():
            self.query_one("#begin-name").focus()
        elif event.input.id == "begin-name":
            self.action_begin()

    def on_click_row_chosen(self, event: ClickRow.Chosen) -> None:
        event.stop()
        if event.id == "begin":
            self.action_begin()
        else:
            self.action_leave()

    def action_begin(self) -> None:
        if not self._complain():
            self.dismiss(self._typed())

    def action_leave(self) -> None:
        self.dismiss(None)

    def _typed(self) -> Beginning:
        seed, name = (self.query_one(f"#begin-{which}", Input).value.strip() for which in ("seed", "name"))
        return Beginning(seed, name)

    def _complain(self) -> bool:
        """Say what is wrong with what was typed; whether anything is."""
        typed = self._typed()
        wrong = self._wrong(typed.seed, typed.name)
        self.query_one("#begin-wrong", Static).update(line(f"! {wrong}" if wrong else "", WARN))
        return bool(wrong)
