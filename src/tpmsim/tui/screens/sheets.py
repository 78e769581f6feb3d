"""The pages of a debrief: what a judge says, laid out as it comes, and the rows around it.

The figures come beside the screen; each that comes replaces those before it in place.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Resize
from textual.message import Message
from textual.screen import ScreenResultType
from textual.widgets import ContentSwitcher, Static
from textual.worker import get_current_worker

from tpmsim.debrief.sheet import Chapter, Sheet
from tpmsim.tui.apart import Gone
from tpmsim.tui.evaluating import Figures, News, Progress, Refused
from tpmsim.tui.judge import Judge
from tpmsim.tui.panes.sheet_pane import SheetPane
from tpmsim.tui.screens.debrief_words import KEYS, PAGES, USUAL
from tpmsim.tui.screens.dialog import Once
from tpmsim.tui.shown import QUIET, STRONG, WARN, joined, line, lines
from tpmsim.tui.widgets.clickrow import ClickRow, Item
from tpmsim.tui.widgets.reading import Reading

FIRST = 8
"""Futures up to which figures are a first look."""

NOT_YET = "Not yet: the first figures are on their way."


class Sheets(Once[ScreenResultType]):
    """The pages of the debrief of one run, one at a time.

    Args:
        judge: of the run.

    Attributes:
        judge: of the run.
        sheet: what is known by now; None before the first figures.
        chapters: with the notes of this sitting; None while there is none.
        progress: of what is under way.
        final, working: whether the figures are the last ones, and whether the judge is at work.
        page: id of the present page.
    """

    CSS_PATH = "../styles/debrief.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(key), f"page('{name.lower()}')", name.lower()) for key, (name, _) in enumerate(PAGES, start=1)),
        Binding("tab", "turn(1)", "the next page", priority=True),
        Binding("shift+tab", "turn(-1)", show=False, priority=True),
        Binding("y", "say_page", "say the page in a line, and copy it"),
        Binding("J", "scroll(3)", "scroll the words below a list"),
        Binding("K", "scroll(-3)", show=False),
    ]

    @dataclass
    class Came(Message):
        """The judge has news."""

        news: News

    @dataclass
    class Worked(Message):
        """The judge has no more news for now."""

    def __init__(self, judge: Judge) -> None:
        super().__init__()
        self.judge = judge
        self.sheet: Sheet | None = None
        self.chapters: tuple[Chapter, ...] | None = None
        self.progress: Progress | None = None
        self.final, self.working = False, True
        self.page = PAGES[0][0].lower()

    def compose(self) -> ComposeResult:
        yield Static("", id="status", markup=False)
        yield ClickRow(id="tabs")
        with ContentSwitcher(initial="waiting", id="pages"), Reading(id="waiting"):
            yield Static(lines(*_waiting(self.judge)), markup=False)
        yield Static("", id="last", markup=False)
        yield ClickRow(id="keys")

    def on_mount(self) -> None:
        self.draw_rows()
        self.ask(self.judge.figures)

    async def on_resize(self, event: Resize) -> None:
        await self.lay_out()

    # What the judge says

    def ask(self, ask: Callable[[Gone], Iterator[News]]) -> None:
        """Ask the judge, beside the screen; leaving the screen ends that."""

        def listen() -> None:
            worker = get_current_worker()
            for news in ask(lambda: worker.is_cancelled):
                self.post_message(self.Came(news))
            self.post_message(self.Worked())

        self.working = True
        self.run_worker(listen, thread=True, exclusive=True, group="judge")

    @on(Came)
    async def _came(self, message: Came) -> None:
        match message.news:
            case Figures(sheet, final):
                self.sheet, self.final, self.progress = self._with_notes(sheet), final, None
                await self.lay_out()
            case Progress() as progress:
                self.progress = progress
                self.draw_rows()
            case Refused(says):
                self.say(f"Not done: {says}")

    @on(Worked)
    def _worked(self) -> None:
        self.working, self.progress = False, None
        self.draw_rows()
        self.rested()

    def rested(self) -> None:
        """What is done once the judge has no more news."""

    def _with_notes(self, sheet: Sheet) -> Sheet:
        """A sheet with the notes of this sitting, which figures under way know nothing of."""
        return sheet if self.chapters is None else replace(sheet, chapters=self.chapters)

    # Pages

    async def lay_out(self) -> None:
        """Lay the sheet out on the present page; lines and texts stay where they are."""
        self.draw_rows()
        if self.sheet is None:
            return
        pages = self.query_one("#pages", ContentSwitcher)
        fresh = not pages.query(f"#{self.page}")
        if fresh:
            await pages.mount(next(make() for name, make in PAGES if name.lower() == self.page))
        turned = pages.current != self.page
        pages.current = self.page
        self.pane.show(self.sheet)
        if fresh or turned:
            self.focus_next(f"#{self.page} *")

    @property
    def pane(self) -> SheetPane:
        """The present page; only once there are figures."""
        return self.query_one(f"#{self.page}", SheetPane)

    @property
    def week(self) -> int | None:
        """The week of the present line; says so where there is none."""
        week = self.pane.week if self.sheet is not None else None
        if week is None:
            self.say(NOT_YET if self.sheet is None else "Not from here: this line has no week.")
        return week

    def draw_rows(self) -> None:
        """The rows around the pages."""
        tabs = ((name.lower(), str(key), name) for key, (name, _) in enumerate(PAGES, start=1))
        self.query_one("#tabs", ClickRow).show(tuple(Item(*tab, tab[0] == self.page) for tab in tabs))
        self.query_one("#keys", ClickRow).show(KEYS.get(self.page, USUAL))
        right = line(self._state, STRONG if not self.final else QUIET)
        room = self.app.size.width - 3 - right.cell_length
        title = self.sheet.overview.title if self.sheet is not None else self.judge.past.title
        left = joined(line(title, STRONG), line(f"  seed {self.judge.seed}", QUIET))
        left = left.truncate(room, ellipsis=True).pad_right(max(room - left.cell_length, 0))
        self.query_one("#status", Static).update(joined(left, " ", right))

    @property
    def _state(self) -> str:
        """How sure the figures are by now, and what is under way."""
        futures = self.sheet.analysis.evaluator.n if self.sheet is not None else 0
        first = "first look, " if futures <= FIRST and not self.final else ""
        known = f"{first}{futures} futures{' an option' if self.final else ''}" if futures else "beginning"
        if self.progress is not None:
            one = self.progress
            count = f" {one.done}/{one.of}" if one.of > 1 else ""
            return f"{known}; {one.says} under way{count}"
        return f"{known} ..." if self.working and not self.final else known

    def say(self, text: str) -> None:
        """Say something in the row of the last event."""
        self.query_one("#last", Static).update(line(text, WARN if text.startswith("Not ") else ""))

    async def action_page(self, page: str) -> None:
        self.page = page
        self.say("")
        await self.lay_out()

    async def action_turn(self, way: int) -> None:
        names = [name.lower() for name, _ in PAGES]
        await self.action_page(names[(names.index(self.page) + way) % len(names)])

    def action_say_page(self) -> None:
        """Say the page in a line, for those who cannot see it, and put the line on the clipboard."""
        if self.sheet is not None:
            told = self.pane.describe(self.sheet)
            self.app.copy_to_clipboard(told)
            self.say(told)

    def action_scroll(self, rows: int) -> None:
        if self.sheet is not None:
            self.pane.scroll(rows)


def _waiting(judge: Judge) -> Iterator[Content]:
    """What there is to read before the first figures."""
    yield line(f"Result {judge.points:.1f} of 100 points", STRONG)
    yield Content("")
    yield line("Every decision is being played on many times, from worlds that fit what you could know then.")
    yield line(f"The first look is {FIRST} futures of each option; it comes in a moment and is refined while you read.")
    yield line("What is found is kept beside the run. q leaves, and gives up what is under way.", QUIET)
