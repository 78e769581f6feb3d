"""The debrief: what of a run was decided and what was luck, on pages that are refined while they are read.

The figures come from a judge, beside the screen; each that comes replaces those before it in place. Every line leads to
the week as it was, and a new run can branch off from there.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Resize
from textual.message import Message
from textual.widgets import ContentSwitcher, Static
from textual.worker import get_current_worker

from tpmsim.debrief.sheet import Chapter, Sheet
from tpmsim.tui.evaluating import Figures, News, Progress, Refused
from tpmsim.tui.judge import Gone, Judge
from tpmsim.tui.keys import keys_of
from tpmsim.tui.panes.sheet_decisions import DecisionsPane, decision
from tpmsim.tui.panes.sheet_pane import SheetPane, SheetRows
from tpmsim.tui.screens.debrief_words import HELP, KEYS, PAGES, USUAL, WORDS
from tpmsim.tui.screens.dialog import Once
from tpmsim.tui.screens.help import show_help
from tpmsim.tui.screens.note import NoteScreen
from tpmsim.tui.screens.options import OptionsScreen, spans
from tpmsim.tui.screens.question import QuestionScreen
from tpmsim.tui.screens.replay import Looked, ReplayScreen
from tpmsim.tui.shown import QUIET, STRONG, WARN, joined, line, lines
from tpmsim.tui.widgets.clickrow import ClickRow, Item
from tpmsim.tui.widgets.reading import Reading

FIRST = 16
"""Futures up to which figures are a first look."""

ASKS_NOTE = "A note for the end of this run, kept in its file:"
ASKED_LUCK = "Luck by event follows when the last figures are there."
LOOKING = Progress("luck by event")
HAS_LUCK = "Page 3 tells of each week which draws its luck came from."
NOT_YET = "Not yet: the first figures are on their way."


class DebriefScreen(Once[int | None]):
    """The debrief of one run; gives back the week from which a new run shall branch, or None.

    Args:
        judge: of the run.
    """

    CSS_PATH = "../styles/debrief.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(key), f"page('{name.lower()}')", name.lower()) for key, (name, _) in enumerate(PAGES, start=1)),
        Binding("tab", "turn(1)", "the next page", priority=True),
        Binding("shift+tab", "turn(-1)", show=False, priority=True),
        Binding("r", "replay", "look at the week of the present line as it was"),
        Binding("b", "branch", "what if: begin a new run from that week, with the same luck after it"),
        Binding("f", "marked", "only the decisions with a mark, or all"),
        Binding("l", "by_event", "find the draws behind the luck of each week", priority=True),
        Binding("n", "note", "add a note to the run"),
        Binding("e", "export", "write the report, a page for a browser"),
        Binding("w", "page('ledger')", "why numbers moved: the ledger"),
        Binding("y", "say_page", "say the page in a line, and copy it"),
        Binding("J", "scroll(3)", "scroll the words below a list"),
        Binding("K", "scroll(-3)", show=False),
        Binding("question_mark", "help", "help"),
        Binding("q,escape,backspace,h,left", "leave", "leave; what is still being worked out is given up"),
    ]

    @dataclass
    class Came(Message):
        """The judge has news."""

        news: News

    @dataclass
    class Worked(Message):
        """The judge has no more news for now."""

    @dataclass
    class Noted(Message):
        """A note was kept, or could not be."""

        chapter: Chapter | Refused

    @dataclass
    class Exported(Message):
        """A report was written, or could not be."""

        place: str | Refused

    def __init__(self, judge: Judge) -> None:
        super().__init__()
        self._judge = judge
        self._sheet: Sheet | None = None
        self._chapters: tuple[Chapter, ...] | None = None
        self._progress: Progress | None = None
        self._final, self._working, self._wants_luck = False, True, False
        self.page = PAGES[0][0].lower()

    def compose(self) -> ComposeResult:
        yield Static("", id="status", markup=False)
        yield ClickRow(id="tabs")
        with ContentSwitcher(initial="waiting", id="pages"), Reading(id="waiting"):
            yield Static(lines(*_waiting(self._judge)), markup=False)
        yield Static("", id="last", markup=False)
        yield ClickRow(id="keys")

    def on_mount(self) -> None:
        self._draw_rows()
        self._beside(self._judge.figures)

    async def on_resize(self, event: Resize) -> None:
        await self._lay_out()

    # What the judge says

    def _beside(self, ask: Callable[[Gone], Iterator[News]]) -> None:
        """Ask the judge, beside the screen; leaving the screen ends that."""

        def listen() -> None:
            worker = get_current_worker()
            for news in ask(lambda: worker.is_cancelled):
                self.post_message(self.Came(news))
            self.post_message(self.Worked())

        self._working = True
        self.run_worker(listen, thread=True, exclusive=True, group="judge")

    @on(Came)
    async def _came(self, message: Came) -> None:
        match message.news:
            case Figures(sheet, final):
                self._sheet, self._final, self._progress = self._with_notes(sheet), final, None
                await self._lay_out()
            case Progress() as progress:
                self._progress = progress
                self._draw_rows()
            case Refused(says):
                self.say(f"Not done: {says}")

    @on(Worked)
    def _worked(self) -> None:
        self._working, self._progress = False, None
        if self._wants_luck and self._final:
            self.action_by_event()
        self._draw_rows()

    def _with_notes(self, sheet: Sheet) -> Sheet:
        """A sheet with the notes of this sitting, which figures under way know nothing of."""
        return sheet if self._chapters is None else replace(sheet, chapters=self._chapters)

    # Pages

    async def _lay_out(self) -> None:
        """Lay the sheet out on the present page; lines and texts stay where they are."""
        self._draw_rows()
        if self._sheet is None:
            return
        pages = self.query_one("#pages", ContentSwitcher)
        fresh = not pages.query(f"#{self.page}")
        if fresh:
            await pages.mount(next(make() for name, make in PAGES if name.lower() == self.page))
        turned = pages.current != self.page
        pages.current = self.page
        self._pane.show(self._sheet)
        if fresh or turned:
            self.focus_next(f"#{self.page} *")

    @property
    def _pane(self) -> SheetPane:
        return self.query_one(f"#{self.page}", SheetPane)

    @property
    def _week(self) -> int | None:
        """The week of the present line; says so where there is none."""
        week = self._pane.week if self._sheet is not None else None
        if week is None:
            self.say(NOT_YET if self._sheet is None else "Not from here: this line has no week.")
        return week

    def _draw_rows(self) -> None:
        """The rows around the pages."""
        tabs = ((name.lower(), str(key), name) for key, (name, _) in enumerate(PAGES, start=1))
        self.query_one("#tabs", ClickRow).show(tuple(Item(*tab, tab[0] == self.page) for tab in tabs))
        self.query_one("#keys", ClickRow).show(KEYS.get(self.page, USUAL))
        right = line(self._state, STRONG if not self._final else QUIET)
        room = self.app.size.width - 3 - right.cell_length
        title = self._sheet.overview.title if self._sheet is not None else self._judge.past.title
        left = joined(line(title, STRONG), line(f"  seed {self._judge.seed}", QUIET))
        left = left.truncate(room, ellipsis=True).pad_right(max(room - left.cell_length, 0))
        self.query_one("#status", Static).update(joined(left, " ", right))

    @property
    def _state(self) -> str:
        """How sure the figures are by now, and what is under way."""
        futures = self._sheet.analysis.evaluator.n if self._sheet is not None else 0
        first = "first look, " if futures <= FIRST and not self._final else ""
        known = f"{first}{futures} futures{' an option' if self._final else ''}" if futures else "beginning"
        if self._progress is not None:
            one = self._progress
            count = f" {one.done}/{one.of}" if one.of > 1 else ""
            return f"{known}; {one.says} under way{count}"
        return f"{known} ..." if self._working and not self._final else known

    def say(self, text: str) -> None:
        """Say something in the row of the last event."""
        self.query_one("#last", Static).update(line(text, WARN if text.startswith("Not ") else ""))

    # Keys and clicks

    @on(ClickRow.Chosen)
    async def _clicked(self, message: ClickRow.Chosen) -> None:
        if message.id in [name.lower() for name, _ in PAGES]:
            await self.action_page(message.id)
        else:
            await self.run_action(message.id)

    @on(SheetRows.Picked)
    def _picked(self, message: SheetRows.Picked) -> None:
        if self.page == "decisions":
            self.action_options()
        else:
            self.action_replay()

    async def action_page(self, page: str) -> None:
        self.page = page
        self.say("")
        await self._lay_out()

    async def action_turn(self, way: int) -> None:
        names = [name.lower() for name, _ in PAGES]
        await self.action_page(names[(names.index(self.page) + way) % len(names)])

    def action_options(self) -> None:
        """The options of the present decision; from there the week as it was, or a new run."""
        pane = self._pane if self._sheet is not None else None
        one = decision(self._sheet, pane.present) if self._sheet and isinstance(pane, DecisionsPane) else None
        if self._sheet is None or one is None:
            self.say("Not here: choose a decision on page 2.")
            return

        async def chosen(what: str | None) -> None:
            if what is not None:
                await self.run_action(what)

        self.app.push_screen(OptionsScreen(one, spans(self._sheet, one)), chosen)

    def action_replay(self) -> None:
        """The screens of the game as they were in the week of the present line; coming back finds the same line."""
        week = self._week
        if week is None:
            return
        past = self._judge.past
        weeks = [report.week for report in past.all_reports]
        past.go(weeks.index(week) if week in weeks else past.stops - 1)

        def looked(found: Looked) -> None:
            if isinstance(found, int):
                self.dismiss(found)

        self.app.push_screen(ReplayScreen(past), looked)

    def action_branch(self) -> None:
        week = self._week
        if week is None:
            return
        if week not in [report.week for report in self._judge.past.all_reports]:
            self.say("Not from here: the run is over by then. Choose a line of one of its weeks.")
            return
        when = f"week {week}" if week else "the planning week"
        asks = (
            f"What if? Begin a new run from the start of {when}, with the same luck after it; this one stays as it is."
        )

        def answered(yes: bool | None) -> None:
            if yes:
                self.dismiss(week)

        self.app.push_screen(QuestionScreen(asks, "Begin it", "Go on reading"), answered)

    def action_marked(self) -> None:
        if self.page != "decisions" or self._sheet is None:
            self.say("Not here: the decisions are on page 2.")
            return
        pane = self.query_one(DecisionsPane)
        pane.filter(not pane.marked, self._sheet)

    def action_by_event(self) -> None:
        """Find the draws behind the luck, once the last figures are there; what was found before is there already."""
        sheet = self._sheet
        if sheet is not None and any(week.chances for week in sheet.weeks):
            self.say(HAS_LUCK)
        elif sheet is None or self._working or not self._final:
            self._wants_luck = True
            self.say(ASKED_LUCK)
        else:
            self._wants_luck, self._progress = False, LOOKING
            self._draw_rows()
            self.say("")
            self._beside(partial(self._judge.luck, sheet))

    def action_note(self) -> None:
        def typed(text: str | None) -> None:
            if text is not None:
                self._soon(lambda: self.Noted(self._judge.note(text)), "Keeping it ...")

        if self._sheet is None:
            self.say(NOT_YET)
        else:
            self.app.push_screen(NoteScreen(ASKS_NOTE), typed)

    @on(Noted)
    async def _noted(self, message: Noted) -> None:
        if isinstance(message.chapter, Refused):
            self.say(f"Not kept: {message.chapter.says}")
        elif self._sheet is not None:
            self._chapters = (*self._sheet.chapters, message.chapter)
            self._sheet = self._with_notes(self._sheet)
            await self._lay_out()
            self.say("Kept.")

    def action_export(self) -> None:
        sheet = self._sheet
        if sheet is None:
            self.say(NOT_YET)
        else:
            self._soon(lambda: self.Exported(self._judge.export(sheet)), "Writing the report ...")

    @on(Exported)
    def _exported(self, message: Exported) -> None:
        place = message.place
        self.say(f"Not written: {place.says}" if isinstance(place, Refused) else f"The report is in {place}")

    def action_say_page(self) -> None:
        """Say the page in a line, for those who cannot see it, and put the line on the clipboard."""
        if self._sheet is not None:
            told = self._pane.describe(self._sheet)
            self.app.copy_to_clipboard(told)
            self.say(told)

    def action_scroll(self, rows: int) -> None:
        if self._sheet is not None:
            self._pane.scroll(rows)

    def action_help(self) -> None:
        show_help(self, "Debrief", (*HELP, *keys_of(self)), WORDS)

    def action_leave(self) -> None:
        self.dismiss(None)

    def _soon(self, how: Callable[[], Message], says: str) -> None:
        """Do something small beside the screen, one after the other."""
        self.say(says)
        self.run_worker(lambda: self.post_message(how()), thread=True, group="small")


def _waiting(judge: Judge) -> Iterator[Content]:
    """What there is to read before the first figures."""
    yield line(f"Result {judge.points:.1f} of 100 points", STRONG)
    yield Content("")
    yield line("Every decision is being played on many times, from worlds that fit what you could know then.")
    yield line("The first look is 16 futures of each option; it comes in a moment and is refined while you read.")
    yield line("What is found is kept beside the run. q leaves, and gives up what is under way.", QUIET)
