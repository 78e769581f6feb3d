"""The replay: a run week by week, on the pages as they were. Nothing is played here; a new run can branch off."""

from collections.abc import Callable, Iterable
from pathlib import PurePath
from typing import ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from tpmsim.game.pages import Why
from tpmsim.game.past import END, Past
from tpmsim.game.recorded import Recorded
from tpmsim.tui.keys import ScreenKey, keys_of
from tpmsim.tui.messages import Make, Open
from tpmsim.tui.otherwise import Otherwise
from tpmsim.tui.panes.story import Story
from tpmsim.tui.screens.dialog import Once
from tpmsim.tui.screens.help import show_help
from tpmsim.tui.screens.pages import STYLES, Pages
from tpmsim.tui.screens.question import QuestionScreen
from tpmsim.tui.screens.whatif import Onward, WhatIfScreen
from tpmsim.tui.shown import QUIET, STRONG, WARN, line, lines
from tpmsim.tui.widgets.clickrow import ClickRow, Item
from tpmsim.tui.widgets.slider import Slider

KEYS = (
    ("left", "back", "step(-1)"),
    ("right", "on", "step(1)"),
    ("w", "why", "why"),
    ("o", "what if", "otherwise"),
    ("b", "branch", "branch"),
    ("d", "debrief", "debrief"),
    ("q", "leave", "leave"),
    ("?", "more", "help"),
)
"""The keys in the last row, their words and actions."""

HELP = (
    ScreenKey("j k", "move in a list, as the arrows do"),
    ScreenKey("J K", "scroll the text of the week"),
)
"""Keys that lists and texts take themselves."""

Looked = int | Literal["debrief"] | Onward | None
"""What can follow: a new run from a week, the debrief, a branch that was kept, or nothing."""

OVER = "Not from here: the run is over. Go back to one of its weeks."

LOOK = "Not here: a replay is only looked at; b begins a new run from here."


WITH_REPLAY: list[str | PurePath] = [*STYLES, "../styles/replay.tcss"]


class ReplayScreen(Pages[Looked]):
    """One past run; gives back what shall follow.

    Args:
        past: the run; the screen takes it from stop to stop.
        otherwise: what could have been done otherwise in it.
    """

    CSS_PATH = WITH_REPLAY
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "step(-1)", "a week back; the row below the pages can be clicked", priority=True),
        Binding("right,l", "step(1)", "a week on", priority=True),
        Binding("home", "first", "the first week", priority=True),
        Binding("end", "last", "the last week", priority=True),
        Binding("J", "scroll(3)", show=False),
        Binding("K", "scroll(-3)", show=False),
        Binding("o", "otherwise", "what if: another move in the shown week, and what comes of it"),
        Binding("b", "branch", "begin a new run: the same up to the shown week, with the same luck after it"),
        Binding("d", "debrief", "what was decided and what was luck; on a run that is over"),
        Binding("question_mark", "help", "help"),
        Binding("q,escape,backspace", "leave", "leave the replay"),
    ]

    def __init__(self, past: Past, otherwise: Otherwise) -> None:
        super().__init__(Story, KEYS)
        self._past, self._otherwise = past, otherwise

    @property
    def desk(self) -> Past:
        return self._past

    def between(self) -> Iterable[Widget]:
        yield Slider("start", END if self._past.ended else "now", id="replay-slider")

    def causes(self, number: str) -> Why:
        """As it was, or on the page of the week as it became."""
        return self._past.why_came(number) if self.page == "week" else self._past.why(number)

    def lay_out(self) -> None:
        past = self._past
        self.query_one(Slider).show(past.stops, past.stop, past.place)
        super().lay_out()

    # What panes ask for

    @on(Make)
    @on(Open)
    def _make(self, message: Make | Open) -> None:
        self.say(LOOK)

    @on(Slider.Picked)
    def _picked(self, message: Slider.Picked) -> None:
        self._go(message.place)

    # Keys

    def action_step(self, way: int) -> None:
        self._go(self._past.stop + way)

    def action_first(self) -> None:
        self._go(0)

    def action_last(self) -> None:
        self._go(self._past.stops - 1)

    def action_scroll(self, rows: int) -> None:
        if self.page == "week":
            self.query_one(Story).scroll(rows)

    def action_why(self) -> None:
        present = self.query_one(Story).present if self.page == "week" else ""
        if present:
            self.explain(present)
        else:
            super().action_why()

    def action_otherwise(self) -> None:
        if self._past.over:
            self.say(OVER)
            return

        def found(onward: Onward | None) -> None:
            if onward is not None:
                self.dismiss(onward)

        self.app.push_screen(WhatIfScreen(self._otherwise, self._past.week), found)

    def action_branch(self) -> None:
        past = self._past
        if past.over:
            self.say(OVER)
            return
        when = f"week {past.week}" if past.week else "the planning week"
        asks = f"Begin a new run from the start of {when}? This one stays as it is."

        def answered(yes: bool | None) -> None:
            if yes:
                self.dismiss(past.week)

        self.app.push_screen(QuestionScreen(asks, "Begin it", "Go on looking"), answered)

    def action_debrief(self) -> None:
        if self._past.ended:
            self.dismiss("debrief")
        else:
            self.say("Not yet: only a run that is over has a debrief. Play it to its end.")

    def action_help(self) -> None:
        show_help(self, "Replay", (*keys_of(self), *HELP), ())

    def action_leave(self) -> None:
        self.dismiss(None)

    # How it goes on

    def _go(self, stop: int) -> None:
        self._past.go(stop)
        self.say("")
        self.lay_out()
        if self.focused is None:
            self.focus_next(f"#{self.page} *")


class RecordedScreen(Once[Looked]):
    """A run that cannot be simulated again, as its file tells it; gives back None.

    Args:
        page: what the file tells.
    """

    CSS_PATH = "../styles/replay.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,escape,backspace", "leave", "leave"),
        Binding("j", "scroll(1)", show=False),
        Binding("k", "scroll(-1)", show=False),
    ]

    def __init__(self, page: Recorded) -> None:
        super().__init__()
        self._told = page

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="recorded-text"):
            yield Static(lines(*_recorded(self._told)), markup=False)
        yield ClickRow((Item("leave", "q", "leave"),), id="recorded-keys")

    def on_mount(self) -> None:
        text = self.query_one("#recorded-text")
        text.border_title = line(f"{self._told.title}, seed {self._told.seed}: as it was written down")
        text.focus()

    def on_click_row_chosen(self, event: ClickRow.Chosen) -> None:
        self.dismiss(None)

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_scroll(self, way: int) -> None:
        self.query_one("#recorded-text").scroll_relative(y=way, animate=False)


def replay_screen(page: Past | Recorded, otherwise: Callable[[Past], Otherwise]) -> Screen[Looked]:
    """The screen on which a past run is looked at.

    Args:
        page: the run, or what its file tells.
        otherwise: finds what could have been done otherwise in it.
    """
    return ReplayScreen(page, otherwise(page)) if isinstance(page, Past) else RecordedScreen(page)


def _recorded(page: Recorded) -> list[Content]:
    told = [line(f"x {page.problem}.", WARN), Content("")]
    for week in page.weeks:
        told.append(line(week.title, STRONG))
        told += [line(f"  > {move}") for move in week.made]
        told += [line(f"    {number}", QUIET) for number in week.numbers]
        told.append(Content(""))
    return [*told, line(page.ending)] if page.ending else told
