"""The first screen: go on with a run, begin one, look back at one. It stands at once, and is filled as it is read."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static
from textual.worker import get_current_worker

from tpmsim.tui.screens.begin import Beginning, BeginScreen
from tpmsim.tui.screens.doorway import Doorway
from tpmsim.tui.screens.help import show_help
from tpmsim.tui.screens.home_rows import HELP, KEYS, NEW, SUBTITLE, WORDS, about_run, about_scenario, listed
from tpmsim.tui.screens.note import NoteScreen
from tpmsim.tui.screens.question import QuestionScreen
from tpmsim.tui.shelf import Failed, Kept, Offer, Shelf
from tpmsim.tui.shown import QUIET, STRONG, WARN, line, lines
from tpmsim.tui.widgets.choices import Choices
from tpmsim.tui.widgets.clickrow import ClickRow


class HomeScreen(Doorway):
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
    class Read(Message):
        """Runs were read, and scenarios as far as they are there."""

        runs: tuple[Kept, ...]
        offers: tuple[Offer, ...]

    def __init__(self, shelf: Shelf) -> None:
        super().__init__(shelf)
        self._runs: tuple[Kept, ...] | None = None
        self._offers: tuple[Offer, ...] = ()

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
            self.say(f"Not now: {thing.problem}. v shows what is left of it.")
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
            self.say("Not yet: the scenarios are being read.")
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
        self.say(says)
        self._read()

    def action_help(self) -> None:
        show_help(self, "Home", HELP, WORDS)

    def _begin(self, offer: Offer) -> None:
        if offer.problem:
            self.say(f"Not now: {offer.problem}")
            return

        def typed(given: Beginning | None) -> None:
            if given is not None:
                seed, name = given.seed or None, given.name
                self.go_to(f"Opening {offer.title} ...", lambda: self._shelf.start(offer.id, seed, name))

        usual = Beginning(self._shelf.seed, self._shelf.name)
        self.app.push_screen(BeginScreen(offer.title, self._shelf.wrong, usual), typed)

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
        self.say(f"Not here: choose a run {what}.")
        return None

    def say(self, text: str) -> None:
        """Tell what goes on in the last line."""
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
