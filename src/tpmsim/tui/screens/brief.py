"""The opening of a run: what it is about, and the few keys with which it is played."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.events import Click
from textual.widgets import Static

from tpmsim.game.pages import Goal
from tpmsim.tui.screens.dialog import Dialog
from tpmsim.tui.shown import QUIET, STRONG, line, lines

COUNTS = "What counts at the end, of 100 points, from nothing to full:"

HOW = (
    "Arrows move, enter does it, e ends the week, and the world answers.",
    "1-7 turn pages, w says why, ? lists all keys. The mouse works, too.",
)


class BriefScreen(Dialog[None]):
    """The brief of a scenario.

    Args:
        title: of the scenario.
        brief: paragraphs.
        goals: what counts at the end.
        facts: how long it is.
    """

    CSS_PATH = "../styles/brief.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,escape,q,e", "begin", "begin"),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
    ]

    def __init__(self, title: str, brief: tuple[str, ...], goals: tuple[Goal, ...], facts: str) -> None:
        super().__init__()
        self._heading, self._brief, self._goals, self._facts = title, brief, goals, facts

    def compose(self) -> ComposeResult:
        told = [text for paragraph in self._brief for text in (paragraph, "")]
        with Vertical(id="box"):
            with VerticalScroll(id="text", can_focus=False):
                goals = [line(COUNTS, STRONG), *(line(one.line) for one in self._goals), line("")]
                yield Static(lines(*(line(text) for text in told), *goals, line(self._facts, QUIET)), markup=False)
            yield Static(lines(*(line(text, QUIET) for text in HOW)), id="how", markup=False)

    def on_mount(self) -> None:
        box = self.query_one("#box")
        box.border_title = line(self._heading)
        box.border_subtitle = "j k scroll, enter begins"

    def on_click(self, event: Click) -> None:
        self.dismiss(None)

    def action_begin(self) -> None:
        self.dismiss(None)

    def action_scroll(self, way: int) -> None:
        self.query_one("#text").scroll_relative(y=way, animate=False)
