"""Delegation: which areas of decisions colleagues take over, week after week."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from tpmsim.game.delegation import Standing
from tpmsim.tui.screens.dialog import Dialog
from tpmsim.tui.shown import QUIET, line
from tpmsim.tui.widgets.choices import Choices, Line

LEAVE = "leave"
SAYS = (
    "A delegate makes ordinary moves at the start of each week, with at most half of your hours; u takes them back. "
    "What cannot be taken back stays yours: promises, gates, answers, people."
)


class DelegateScreen(Dialog[str | None]):
    """Gives back the id of the area that is to change hands, or None.

    Args:
        standings: how each area stands.
    """

    CSS_PATH = "../styles/menu.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,h,left,d", "leave", "back")]

    def __init__(self, standings: tuple[Standing, ...]) -> None:
        super().__init__()
        self._standings = standings

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static(line(SAYS, QUIET), id="asks", markup=False)
            yield Choices(id="answers")

    def on_mount(self) -> None:
        box = self.query_one("#box")
        box.border_title = "Who decides what?"
        box.border_subtitle = "enter hands over or takes back, q goes back"
        areas = self.query_one(Choices)
        areas.show((*(_area(one) for one in self._standings), Line(LEAVE, "Leave it so", sign="<", kind=QUIET)))
        areas.focus()

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        self.dismiss(None if event.line.id == LEAVE else event.line.id)

    def action_leave(self) -> None:
        self.dismiss(None)


def _area(one: Standing) -> Line:
    if one.on:
        rests = f"; rests, as {one.reason}" if one.reason else ""
        return Line(one.area, f"{one.title}: {one.name} {one.says}{rests}", sign="x")
    return Line("" if one.reason else one.area, f"{one.title}: {one.name} {one.says}", reason=one.reason, sign="o")
