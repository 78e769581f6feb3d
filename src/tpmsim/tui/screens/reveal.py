"""The reveal: a week that ended, line by line, then the numbers that changed. Any key shows the rest at once."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.events import Click, Key
from textual.timer import Timer
from textual.widgets import Static

from tpmsim.game.pages import Judgement, Reveal
from tpmsim.tui.screens.dialog import Dialog
from tpmsim.tui.shown import BAD, GOOD, QUIET, STRONG, joined, line, turned
from tpmsim.tui.widgets.choices import Choices, Line
from tpmsim.tui.widgets.hanging import Hanging, Hung

LONGEST = 3.0
"""Seconds that a reveal takes at most."""

PACE = 0.35
"""Seconds between two lines of a short one."""


PAGE = 8
"""Lines by which page up and page down move."""

GOES_ON, READS_ON = "enter goes on, w tells why", "pgdn reads on, enter goes on, w tells why"
QUIET_GOES_ON, QUIET_READS_ON = "enter goes on", "pgdn reads on, enter goes on"
"""The keys of a week in which no number changed: there is nothing to ask the causes of."""


class RevealScreen(Dialog[str | None]):
    """Gives back the number whose causes are asked for, or None.

    Args:
        reveal: the week that ended.
        at_once: show everything at once.
    """

    CSS_PATH = "../styles/reveal.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "go_on", "go on"),
        Binding("w", "why", "why"),
        Binding("pageup", "scroll(-1)", show=False, priority=True),  # before the list, which pages by itself
        Binding("pagedown", "scroll(1)", show=False, priority=True),
    ]

    def __init__(self, reveal: Reveal, at_once: bool = False) -> None:
        super().__init__()
        self._reveal = reveal
        self._lines = tuple(_lines(reveal))
        self._told = len(self._lines) if at_once else 0
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            with VerticalScroll(id="happened", can_focus=False):
                yield Static("", markup=False)
            yield Choices(id="steps")

    def on_mount(self) -> None:
        box = self.query_one("#box")
        box.border_title = line(self._reveal.title)
        self.query_one("#steps").display = False
        if self._told < len(self._lines):
            self._timer = self.set_interval(min(PACE, LONGEST / len(self._lines)), self._tick)
        self._draw()

    def on_key(self, event: Key) -> None:
        if self._told < len(self._lines):
            event.stop()
            event.prevent_default()
            self.show_all()

    def on_click(self, event: Click) -> None:
        if self._told < len(self._lines):
            self.show_all()

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        self.dismiss(None if event.line.id == "on" else event.line.id)

    def action_go_on(self) -> None:
        self.dismiss(None)

    def action_why(self) -> None:
        """Why of the present number; of the first one where none is."""
        present = self.query_one(Choices).present
        asked = present.id if present is not None and present.id != "on" else None
        self.dismiss(asked or next((one.number for one in self._reveal.steps), None))

    def action_scroll(self, way: int) -> None:
        self.query_one("#happened").scroll_relative(y=PAGE * way, animate=False)

    def _tick(self) -> None:
        self._told += 1
        self._draw()

    def show_all(self) -> None:
        """Show everything at once."""
        self._told = len(self._lines)
        self._draw()

    def _draw(self) -> None:
        self.query_one("#happened Static", Static).update(Hung(*self._lines[: self._told]))
        over = self._told >= len(self._lines)
        goes_on = GOES_ON if self._reveal.steps else QUIET_GOES_ON
        self.query_one("#box").border_subtitle = goes_on if over else "any key shows the rest"
        if not over:
            self.query_one("#happened").scroll_end(animate=False)
            return
        if self._timer is not None:
            self._timer.stop()
        self.query_one("#happened").scroll_home(animate=False)
        steps = self.query_one(Choices)
        steps.display = True
        steps.show((Line("on", "Go on", sign=">", kind=STRONG), *_steps(self._reveal)), at="on")
        steps.focus()
        happened = self.query_one("#happened", VerticalScroll)  # laid out after the screen itself is
        happened.call_after_refresh(self.call_after_refresh, self._tell_of_more)

    def _tell_of_more(self) -> None:
        """Say how to read on where not all of what happened fits; whoever is quick has left the screen before."""
        if self.query("#happened") and self.query_one("#happened").max_scroll_y:
            self.query_one("#box").border_subtitle = READS_ON if self._reveal.steps else QUIET_READS_ON


def _lines(reveal: Reveal) -> list[Hanging]:
    told = [Hanging(line("    " if one.below else "- "), line(one.text)) for one in reveal.happened]
    told += map(_judged, reveal.judged)
    return told or [Hanging(line(""), line("A quiet week.", QUIET))]


def _judged(one: Judgement) -> Hanging:
    kind = GOOD if one.within else BAD
    said = line(f"You forecast {one.title} at {one.said}. It is {one.came}: ")
    return Hanging(
        line("+ " if one.within else "x ", kind), joined(said, line("within." if one.within else "outside.", kind))
    )


def _steps(reveal: Reveal) -> tuple[Line, ...]:
    return tuple(
        Line(one.number, f"{one.title} {one.step}: {one.causes}", sign=one.turn.sign, kind=turned(one.turn.word))
        for one in reveal.steps
    )
