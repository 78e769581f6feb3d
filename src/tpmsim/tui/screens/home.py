"""The first screen: go on with a run, begin one, look back at one. It stands at once, and is filled as it is read."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import get_current_worker

from tpmsim.text import shown_path
from tpmsim.tui.screens.begin import Beginning, BeginScreen
from tpmsim.tui.screens.help import show_help
from tpmsim.tui.screens.home_rows import HELP, KEYS, NEW, SUBTITLE, WORDS, about_run, about_scenario, listed
from tpmsim.tui.screens.note import NoteScreen
from tpmsim.tui.screens.question import QuestionScreen
from tpmsim.tui.shelf import Failed, Kept, Offer, Shelf
from tpmsim.tui.shown import QUIET, STRONG, WARN, line, lines
from tpmsim.tui.widgets.choices import Choices
from tpmsim.tui.widgets.clickrow import ClickRow

if TYPE_CHECKING:
    from tpmsim.game.past import Past
    from tpmsim.game.recorded import Recorded
    from tpmsim.tui.judge import Judge
    from tpmsim.tui.screens.replay import Looked
    from tpmsim.tui.table import Table


class HomeScreen(Screen[None]):
    """What can be played.

    Args:
        shelf: where it is.
    """

    CSS_PATH = "../styles/home.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "begin a new run"),
        Binding("v", "replay", "look at a run week by week"),
        Binding("r", "rename", "rename a run"),
        Binding("d", "debrief", "what was decided in a run and what was luck"),
        Binding("x,delete", "delete", "delete a run"),
        Binding("u", "again", "read the folder again"),
        Binding("question_mark", "help", "help"),
        Binding("q", "app.quit", "leave the game"),
        Binding("J", "scroll(3)", show=False),
        Binding("K", "scroll(-3)", show=False),
    ]

    @dataclass
    class Chosen(Message):
        """A run is to be played; with a recap where it is gone on with and neither new nor over."""

        table: "Table"
        recap: bool

    @dataclass
    class Read(Message):
        """Runs were read, and scenarios as far as they are there."""

        runs: tuple[Kept, ...]
        offers: tuple[Offer, ...]

    @dataclass
    class Opened(Message):
        """A run was opened, or could not be."""

        table: "Table | Failed"
        recap: bool

    @dataclass
    class LookedBack(Message):
        """A run was replayed, or could not be."""

        page: "Past | Recorded | Failed"
        path: Path

    @dataclass
    class Judged(Message):
        """A run can be judged, or cannot be."""

        judge: "Judge | Failed"
        path: Path

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self._shelf = shelf
        self._runs: tuple[Kept, ...] | None = None
        self._offers: tuple[Offer, ...] = ()
        self._busy, self._handed_on = False, False

    def compose(self) -> ComposeResult:
        yield Static(Content("  ").join((line("tpmsim", STRONG), line(SUBTITLE, QUIET))), id="home-title", markup=False)
        with Container(id="home-sides"):
            yield Choices(id="home-rows")
            with VerticalScroll(id="home-about", can_focus=False), Vertical():
                yield Static("", id="home-facts", markup=False)
        yield Static("", id="home-last", markup=False)
        yield ClickRow(KEYS, id="home-keys")

    def on_mount(self) -> None:
        rows = self.query_one(Choices)
        rows.border_title = "What shall it be?"
        rows.focus()
        self._draw()

    def on_screen_resume(self) -> None:
        """Read the folder, at the start and whenever the player comes back from a run; but paint first."""
        if self._handed_on:
            self._busy = self._handed_on = False
        self.call_after_refresh(self._read)

    # Reading, beside the screen

    @work(thread=True, exclusive=True, group="read")
    def _read(self) -> None:
        worker = get_current_worker()
        runs = self._shelf.runs()
        offers: tuple[Offer, ...] = ()
        self.post_message(self.Read(runs, offers))
        for offer in self._shelf.offers():
            if worker.is_cancelled:
                return
            offers = (*offers, offer)
            self.post_message(self.Read(runs, offers))

    @on(Read)
    def _found(self, event: Read) -> None:
        self._runs, self._offers = event.runs, max(self._offers, event.offers, key=len)
        if self.is_current:
            self._draw()

    # What the player wants

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        thing = _thing(event.line.id, self._runs, self._offers)
        if self._busy:
            return
        if isinstance(thing, Offer):
            self._begin(thing)
        elif isinstance(thing, Kept) and thing.problem:
            self._say(f"Not now: {thing.problem}. v shows what is left of it.")
        elif isinstance(thing, Kept):
            self.go_to(f"Opening {thing.file} ...", lambda: self._shelf.resume(thing.path), thing.goes_on)

    @on(ClickRow.Chosen)
    def _clicked(self, event: ClickRow.Chosen) -> None:
        self.app.call_later(self.app.simulate_key, event.id)

    def action_scroll(self, rows: int) -> None:
        self.query_one("#home-about").scroll_relative(y=rows, animate=False)

    def action_new(self) -> None:
        """Begin a run of the present scenario, or of that of the present run; else of the first one."""
        thing = self._here
        name = thing.scenario if thing is not None else ""
        offer = next((one for one in self._offers if one.scenario == name), self._offers[0] if self._offers else None)
        if offer is None:
            self._say("Not yet: the scenarios are being read.")
        elif not self._busy:
            self._begin(offer)

    def action_replay(self) -> None:
        run = self._run_here("to look at")
        if run is not None:
            self.look_back(run.path)

    def action_debrief(self) -> None:
        run = self._run_here("to look at")
        if run is not None:
            self.debrief(run.path)

    def action_rename(self) -> None:
        run = self._run_here("to rename")
        if run is None:
            return

        def typed(name: str | None) -> None:
            if name is not None:
                done = self._shelf.renamed(run.path, name)
                self.action_again(
                    f"Not done: {done.says}" if isinstance(done, Failed) else f"{run.file} is now {done.name}."
                )

        self.app.push_screen(NoteScreen(f"A new name for {run.file}, of letters, digits, - and _:"), typed)

    def action_delete(self) -> None:
        run = self._run_here("to delete")
        if run is None:
            return

        def answered(yes: bool | None) -> None:
            if yes:
                done = self._shelf.delete(run.path)
                self.action_again(
                    f"Not done: {done.says}"
                    if isinstance(done, Failed)
                    else f"{run.file} is in the trash, a folder there."
                )

        self.app.push_screen(QuestionScreen(f"Move {run.file} to the trash?", "Move it", "Keep it"), answered)

    def action_again(self, says: str = "") -> None:
        """Read the folder again, and say what came of something."""
        self._say(says)
        self._read()

    def action_help(self) -> None:
        show_help(self, "Home", HELP, WORDS)

    def _begin(self, offer: Offer) -> None:
        if offer.problem:
            self._say(f"Not now: {offer.problem}")
            return

        def typed(given: Beginning | None) -> None:
            if given is not None:
                seed, name = given.seed or None, given.name
                self.go_to(f"Opening {offer.title} ...", lambda: self._shelf.start(offer.id, seed, name))

        usual = Beginning(self._shelf.seed, self._shelf.name)
        self.app.push_screen(BeginScreen(offer.title, self._shelf.wrong, usual), typed)

    # What takes a moment, beside the screen

    def go_to(self, says: str, how: "Callable[[], Table | Failed]", recap: bool = False) -> None:
        """Open a run to be played; nothing else is opened meanwhile.

        Args:
            says: what is said meanwhile.
            how: opens it.
            recap: whether it begins with a recap.
        """
        self._beside(says, lambda: self.Opened(how(), recap))

    def look_back(self, path: Path) -> None:
        """Open a run to be looked at."""
        self._beside(f"Replaying {shown_path(path.name)} ...", lambda: self.LookedBack(self._shelf.past(path), path))

    def debrief(self, path: Path) -> None:
        """Open the debrief of a run."""
        self._beside(f"Replaying {shown_path(path.name)} ...", lambda: self.Judged(self._shelf.judge(path), path))

    def _beside(self, says: str, how: Callable[[], Message]) -> None:
        self._busy = True
        self._say(says)
        self.run_worker(lambda: self.post_message(how()), thread=True, exclusive=True, group="open")

    @on(Opened)
    def _opened(self, event: Opened) -> None:
        """Hand a run on; until it lies on the table, nothing else is opened."""
        if isinstance(event.table, Failed):
            self._busy = False
            self._say(f"Not now: {event.table.says}")
        else:
            self._handed_on = True
            self._say("")
            self.post_message(self.Chosen(event.table, event.recap))

    @on(LookedBack)
    def _looked_back(self, event: LookedBack) -> None:
        # The pages of a run need the engine, which this screen does not wait for.
        from tpmsim.tui.screens.replay import replay_screen

        if isinstance(event.page, Failed):
            self._busy = False
            self._say(f"Not now: {event.page.says}")
            return

        self._busy = False
        self._say("")
        self.app.push_screen(replay_screen(event.page), lambda what: self._looked(event.path, what))

    @on(Judged)
    def _judged(self, event: Judged) -> None:
        # As above: figures and their words are read only when they are asked for.
        from tpmsim.tui.screens.debrief import DebriefScreen

        self._busy = False
        if isinstance(event.judge, Failed):
            self._say(f"Not now: {event.judge.says}")
            return
        self._say("")
        self.app.push_screen(DebriefScreen(event.judge), lambda what: self._looked(event.path, what))

    def _looked(self, path: Path, what: "Looked") -> None:
        """Go on after a run was looked at: with its debrief, with a new run from one of its weeks, or with nothing."""
        if what == "debrief":
            self.debrief(path)
        elif what is not None:
            says = f"A new run from week {what} of {shown_path(path.name)} ..."
            self.go_to(says, lambda: self._shelf.branch(path, what), recap=True)

    # Drawing

    @property
    def _here(self) -> Offer | Kept | None:
        present = self.query_one(Choices).present
        return _thing(present.id, self._runs, self._offers) if present is not None else None

    def _run_here(self, what: str) -> Kept | None:
        """The run of the present row; a word where there is none, nothing while another is being opened."""
        thing = self._here
        if self._busy:
            return None
        if isinstance(thing, Kept):
            return thing
        self._say(f"Not here: choose a run {what}.")
        return None

    def _say(self, text: str) -> None:
        self.query_one("#home-last", Static).update(line(text, WARN if text.startswith("Not ") else ""))

    def _draw(self) -> None:
        rows = self.query_one(Choices)
        fresh = self._runs == () and rows.present is None and bool(self._offers)
        rows.show(tuple(listed(self._runs, self._offers)), at=f"{NEW} {self._offers[0].id}" if fresh else "")
        self._tell()

    @on(Choices.Present)
    def _tell(self) -> None:
        thing = self._here
        told = about_scenario(thing) if isinstance(thing, Offer) else about_run(thing) if thing is not None else []
        about = self.query_one("#home-about")
        about.border_title = line(thing.title) if thing is not None else None
        self.query_one("#home-facts", Static).update(lines(*told))
        about.scroll_home(animate=False)


def _thing(row: str, runs: tuple[Kept, ...] | None, offers: tuple[Offer, ...]) -> Offer | Kept | None:
    """What a row of the list stands for."""
    kind, _, rest = row.partition(" ")
    if kind == NEW:
        return next((one for one in offers if one.id == rest), None)
    return next((one for one in runs or () if str(one.path) == rest), None)
