"""What if: another move in one week of a run. First which one, then both ways, and the fan that tells luck apart.

What is played comes beside the screen, and leaving gives it up. No file is made until the player wants to keep it.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Resize
from textual.message import Message
from textual.widgets import ContentSwitcher, Static
from textual.worker import get_current_worker

from tpmsim.debrief.whatif_words import FanPage, Offered, WaysPage
from tpmsim.text import shown_path
from tpmsim.tui.evaluating import News, Progress, Refused
from tpmsim.tui.keys import ScreenKey, keys_of
from tpmsim.tui.otherwise import Otherwise
from tpmsim.tui.panes.whatif_choice import ChoicePane
from tpmsim.tui.panes.whatif_ways import WaysPane
from tpmsim.tui.screens.dialog import Once
from tpmsim.tui.screens.help import show_help
from tpmsim.tui.shown import QUIET, STRONG, WARN, joined, line
from tpmsim.tui.widgets.clickrow import ClickRow, Item

CHOICE, WAYS = "choice", "ways"
"""Ids of the two pages."""

LEAVE = Item("leave", "q", "back")
MORE = Item("help", "?", "more")
CHOOSING = (Item("choose", "enter", "what if"), Item("say_page", "y", "say it"), LEAVE, MORE)
KEEP = Item("keep", "s", "keep")
REPLAY = Item("onward('replay')", "v", "replay it")
PLAY = Item("onward('play')", "p", "play on")
NUMBER = Item("number", "n", "next number")
OTHER = Item("other", "o", "another move")

HELP = (
    ScreenKey("j k", "move in a list, or scroll, as the arrows do"),
    ScreenKey("enter", "choose the present move"),
)
"""Keys that lists and texts take themselves."""

WORDS = (
    ("Branch", "the same run with the same luck, but for the other move and what follows from it"),
    ("Fan", "many futures from the same position, with the move and without it, in worlds that fit what you knew then"),
    ("o x *", "in the chart: the run, the branch, and both at the same place"),
    ("Left out", "moves of yours that were not legal any more on the branch"),
    ("Keep", "write the branch to a run file of its own, which names its parent; this run stays as it is"),
)

NOT_YET = "Not yet: the branch is being played."
OVER = "Not here: the branch is over. v replays it."
WORKING = Progress("the branch")


@dataclass(frozen=True, slots=True)
class Onward:
    """A branch that was kept: its file, and what shall be done with it."""

    path: Path
    how: Literal["replay", "play"]


class WhatIfScreen(Once[Onward | None]):
    """A week of a run, played otherwise; gives back what shall be done with the branch, or None.

    Args:
        otherwise: of the run.
        week: in which to choose otherwise.
        move: the other move; empty lets the player choose.
    """

    CSS_PATH = "../styles/whatif.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "keep", "keep the branch as a run of its own"),
        Binding("v", "onward('replay')", "keep it, and replay it"),
        Binding("p", "onward('play')", "keep it, and play on where it is not over"),
        Binding("n", "number(1)", "the next number in the chart"),
        Binding("N", "number(-1)", show=False),
        Binding("o", "other", "another move of the same week"),
        Binding("y", "say_page", "say the page in a line, and copy it"),
        Binding("J", "scroll(3)", show=False),
        Binding("K", "scroll(-3)", show=False),
        Binding("question_mark", "help", "help"),
        Binding("q,escape,backspace,h,left", "leave", "back; what is being played is given up"),
    ]

    @dataclass
    class Listed(Message):
        """The moves of the week were found, or cannot be."""

        moves: tuple[Offered, ...] | Refused

    @dataclass
    class Came(Message):
        """There is news of a move."""

        move: str
        news: News

    @dataclass
    class Worked(Message):
        """There is no more news of a move."""

        move: str

    @dataclass
    class Kept(Message):
        """The branch of a move was kept, or could not be; and what shall be done with it."""

        move: str
        place: Path | Refused
        how: Literal["", "replay", "play"]

    def __init__(self, otherwise: Otherwise, week: int, move: str = "") -> None:
        super().__init__()
        self._otherwise, self._week, self._given = otherwise, week, move
        self._moves: tuple[Offered, ...] | None = None
        self._move = ""
        self._ways: WaysPage | None = None
        self._fan: FanPage | None = None
        self._progress: Progress | None = None
        self._kept: Path | None = None

    def compose(self) -> ComposeResult:
        yield Static("", id="status", markup=False)
        with ContentSwitcher(initial=CHOICE, id="pages"):
            yield ChoicePane(id=CHOICE)
            yield WaysPane(id=WAYS)
        yield Static("", id="last", markup=False)
        yield ClickRow(id="keys")

    def on_mount(self) -> None:
        if self._given:
            self._play(self._given)
        else:
            self.action_other()

    def on_resize(self, event: Resize) -> None:
        self._lay_out()

    # What is found out beside the screen

    def _list(self) -> None:
        self.post_message(self.Listed(self._otherwise.moves(self._week)))

    @on(Listed)
    def _listed(self, message: Listed) -> None:
        if isinstance(message.moves, Refused):
            self.say(f"Not done: {message.moves.says}")
            return
        self._moves = message.moves
        self._lay_out()

    def _play(self, move: str) -> None:
        """Have a move played, and show what comes of it."""

        def listen() -> None:
            worker = get_current_worker()
            for news in self._otherwise.figures(self._week, move, lambda: worker.is_cancelled):
                self.post_message(self.Came(move, news))
            self.post_message(self.Worked(move))

        self._move, self._ways, self._fan, self._kept, self._progress = move, None, None, None, WORKING
        self.say("")
        self._turn_to(WAYS)
        self.run_worker(listen, thread=True, exclusive=True, group="play")

    @on(Came)
    def _came(self, message: Came) -> None:
        if message.move != self._move:
            return
        match message.news:
            case WaysPage() as ways:
                self._ways = ways
            case FanPage() as fan:
                self._fan = fan
            case Progress() as progress:
                self._progress = progress
            case Refused(says):
                self.say(f"Not done: {says}")
        self._lay_out()

    @on(Worked)
    def _worked(self, message: Worked) -> None:
        if message.move == self._move:
            self._progress = None
            self._lay_out()

    # Keys and clicks

    @on(ClickRow.Chosen)
    async def _clicked(self, message: ClickRow.Chosen) -> None:
        await self.run_action(message.id)

    @on(ChoicePane.Picked)
    def _picked(self, message: ChoicePane.Picked) -> None:
        self._play(message.row)

    def action_choose(self) -> None:
        move = self.query_one(ChoicePane).present
        if move and not self._move:
            self._play(move)

    def action_other(self) -> None:
        """Back to the moves of the week; what is being played is given up."""
        self.workers.cancel_group(self, "play")
        self._move, self._progress = "", None
        self.say("")
        self._turn_to(CHOICE)
        if self._moves is None:
            self.run_worker(self._list, thread=True, exclusive=True, group="list")

    def action_number(self, way: int = 1) -> None:
        if self._ways is not None:
            self.query_one(WaysPane).step(way)

    def action_keep(self) -> None:
        if self._kept is not None:
            self.say(f"It is kept in {shown_path(self._kept.name)} already.")
        else:
            self._keep("")

    def action_onward(self, how: Literal["replay", "play"]) -> None:
        if self._ways is not None and self._ways.over and how == "play":
            self.say(OVER)
        elif self._kept is not None:
            self.dismiss(Onward(self._kept, how))
        else:
            self._keep(how)

    def _keep(self, how: Literal["", "replay", "play"]) -> None:
        """Keep the branch, then do something with it."""
        if self._ways is None:
            self.say(NOT_YET)
            return
        move = self._move

        def write() -> None:
            self.post_message(self.Kept(move, self._otherwise.keep(self._week, move), how))

        self.say("Keeping it ...")
        self.run_worker(write, thread=True, exclusive=True, group="keep")

    @on(Kept)
    def _was_kept(self, message: Kept) -> None:
        if isinstance(message.place, Refused):
            self.say(f"Not kept: {message.place.says}")
            return
        self.say(f"Kept in {shown_path(message.place.name)}, beside {self._otherwise.file}.")
        if message.move == self._move:
            self._kept = message.place
        if message.how:
            self.dismiss(Onward(message.place, message.how))

    def action_say_page(self) -> None:
        """Say the page in a line, for those who cannot see it, and put the line on the clipboard."""
        told = self._pane.describe()
        self.app.copy_to_clipboard(told)
        self.say(told)

    def action_scroll(self, rows: int) -> None:
        self._pane.scroll(rows)

    def action_help(self) -> None:
        show_help(self, "What if", (*HELP, *keys_of(self)), WORDS)

    def action_leave(self) -> None:
        if self._move and self._move != self._given:
            self.action_other()
        else:
            self.dismiss(None)

    # Drawing

    @property
    def _pane(self) -> ChoicePane | WaysPane:
        """The present page."""
        return self.query_one(WaysPane) if self._move else self.query_one(ChoicePane)

    def say(self, text: str) -> None:
        """Say something in the row of the last event."""
        self.query_one("#last", Static).update(line(text, WARN if text.startswith("Not ") else ""))

    def _turn_to(self, page: str) -> None:
        self.query_one("#pages", ContentSwitcher).current = page
        self._lay_out()
        self.focus_next(f"#{page} *")

    def _lay_out(self) -> None:
        """Lay out what is known by now; lines and texts stay where they are."""
        self._draw_rows()
        if self._move:
            self.query_one(WaysPane).show(self._ways, self._fan, self._progress is not None)
        else:
            self.query_one(ChoicePane).show(self._week, self._moves)

    def _draw_rows(self) -> None:
        self.query_one("#keys", ClickRow).show(_keys(bool(self._move), self._ways))
        right = line(_standing(self._progress), STRONG if self._progress else QUIET)
        room = self.app.size.width - 3 - right.cell_length
        left = joined(line(self._otherwise.scenario, STRONG), line(f"  seed {self._otherwise.seed}", QUIET))
        left = left.truncate(room, ellipsis=True).pad_right(max(room - left.cell_length, 0))
        self.query_one("#status", Static).update(joined(left, " ", right))


def _keys(playing: bool, ways: WaysPage | None) -> tuple[Item, ...]:
    """The last row: while a move is chosen, and while one is being played or was."""
    if not playing:
        return CHOOSING
    return (KEEP, PLAY if ways is not None and not ways.over else REPLAY, NUMBER, OTHER, LEAVE, MORE)


def _standing(one: Progress | None) -> str:
    """What is under way, and how far it has come."""
    if one is None:
        return "what if"
    return f"{one.says} under way{f' {one.done}/{one.of}' if one.of > 1 else ''}"
