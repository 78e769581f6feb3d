"""Find: type a few words, and the moves that they fit are listed; enter makes the present one."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from tpmsim.game.desk import Desk
from tpmsim.game.finding import moves_named
from tpmsim.tui.screens.dialog import WordsDialog
from tpmsim.tui.shown import QUIET, WARN, line, lines
from tpmsim.tui.widgets.choices import Choices, Line
from tpmsim.tui.widgets.clickrow import ClickRow, Item

MOST = 12
"""Moves that are listed; who means another one types more."""

LONGEST = 80


class FindScreen(WordsDialog):
    """Gives back the id of the chosen move, or None.

    Args:
        desk: whose moves are searched.
    """

    CSS_PATH = "../styles/find.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "back"),
        Binding("q", "leave", show=False),
        Binding("down,ctrl+n", "go(1)", show=False),
        Binding("up,ctrl+p", "go(-1)", show=False),
        Binding("slash", "type", show=False),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._left = 0

    def compose(self) -> ComposeResult:
        with Vertical(id="find-box"):
            yield Input(placeholder="a few words, such as: int caf", max_length=LONGEST, id="find-words")
            yield Choices(id="found")
            yield Static("", id="find-more", markup=False)
            yield ClickRow((Item("leave", "esc", "back"),), id="find-keys")

    def on_mount(self) -> None:
        box = self.query_one("#find-box")
        box.border_title = "What do you want to do?"
        box.border_subtitle = "enter does it"
        self._list("")

    def on_input_changed(self, event: Input.Changed) -> None:
        self._list(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        present = self.query_one(Choices).present
        if present is not None:
            self.dismiss(present.id)
            return
        refused = self.query_one(Choices).given
        if refused:
            told = f"Cannot be done now: {refused[0].text}: {refused[0].reason}."
            self.query_one("#find-more", Static).update(line(told, WARN))

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        self.dismiss(event.line.id)

    def on_choices_present(self, event: Choices.Present) -> None:
        self._tell()

    def on_click_row_chosen(self, event: ClickRow.Chosen) -> None:
        self.dismiss(None)

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_type(self) -> None:
        self.query_one(Input).focus()

    def action_go(self, by: int) -> None:
        """Go down or up the list while the words keep the cursor."""
        found = self.query_one(Choices)
        if by > 0:
            found.action_cursor_down()
        else:
            found.action_cursor_up()

    def _list(self, text: str) -> None:
        desk = self._desk
        fitting = moves_named(desk.view, desk.seen, desk.choices, text)
        shown = tuple(
            Line(
                one.id if one.legal else "",
                desk.view.label(one.id, desk.seen.week),
                desk.view.price(one),
                desk.view.preview(one.id, desk.seen) if one.legal else "",
                one.reason,
            )
            for one in fitting[:MOST]
        )
        self._left = len(fitting) - len(shown)
        self.query_one(Choices).show(shown)
        self._tell()

    def _tell(self) -> None:
        """Say what the present move may do, and that there are more."""
        found = self.query_one(Choices)
        told = [found.present.detail] if found.present is not None and found.present.detail else []
        if self._left:
            told.append(f"And {self._left} more: type another word.")
        if not found.option_count:
            told.append("No move is called like that.")
        self.query_one("#find-more", Static).update(lines(*(line(text, QUIET) for text in told)))
