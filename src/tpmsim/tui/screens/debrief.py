"""The debrief: what of a run was decided and what was luck.

Every line leads to the week as it was, and a new run can branch off from there. How the figures come and are laid out
is `sheets`; here is what can be done about them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message

from tpmsim.debrief.sheet import Chapter
from tpmsim.tui.evaluating import Progress, Refused
from tpmsim.tui.judge import Judge
from tpmsim.tui.keys import keys_of
from tpmsim.tui.panes.sheet_decisions import DecisionsPane, decision
from tpmsim.tui.panes.sheet_pane import SheetRows
from tpmsim.tui.screens.debrief_words import HELP, PAGES, WORDS
from tpmsim.tui.screens.help import show_help
from tpmsim.tui.screens.note import NoteScreen
from tpmsim.tui.screens.options import OptionsScreen, spans
from tpmsim.tui.screens.question import QuestionScreen
from tpmsim.tui.screens.replay import Looked, ReplayScreen
from tpmsim.tui.screens.sheets import NOT_YET, Sheets
from tpmsim.tui.screens.whatif import Onward, WhatIfScreen
from tpmsim.tui.widgets.clickrow import ClickRow

ASKS_NOTE = "A note for the end of this run, kept in its file:"
ASKED_LUCK = "Luck by event follows when the last figures are there."
LOOKING = Progress("luck by event")
HAS_LUCK = "Page 3 tells of each week which draws its luck came from."


class DebriefScreen(Sheets[Looked]):
    """The debrief of one run; gives back what shall follow, which is never the debrief.

    Args:
        judge: of the run.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "replay", "look at the week of the present line as it was"),
        Binding("o", "otherwise", "what if: another move in that week, and what comes of it"),
        Binding("b", "branch", "begin a new run from that week, with the same luck after it"),
        Binding("f", "marked", "only the decisions with a mark, or all"),
        Binding("l", "by_event", "find the draws behind the luck of each week", priority=True),
        Binding("n", "note", "add a note to the run"),
        Binding("e", "export", "write the report, a page for a browser"),
        Binding("w", "page('ledger')", "why numbers moved: the ledger"),
        Binding("question_mark", "help", "help"),
        Binding("q,escape,backspace,h,left", "leave", "leave; what is still being worked out is given up"),
    ]

    @dataclass
    class Noted(Message):
        """A note was kept, or could not be."""

        chapter: Chapter | Refused

    @dataclass
    class Exported(Message):
        """A report was written, or could not be."""

        place: str | Refused

    def __init__(self, judge: Judge) -> None:
        super().__init__(judge)
        self._wants_luck = False

    def rested(self) -> None:
        if self._wants_luck and self.final:
            self.action_by_event()

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

    def action_options(self) -> None:
        """The options of the present decision; from there the week as it was, or a new run."""
        pane = self.pane if self.sheet is not None else None
        one = decision(self.sheet, pane.present) if self.sheet and isinstance(pane, DecisionsPane) else None
        if self.sheet is None or one is None:
            self.say("Not here: choose a decision on page 2.")
            return

        async def chosen(what: str | None) -> None:
            if what is not None:
                await self.run_action(what)

        self.app.push_screen(OptionsScreen(one, spans(self.sheet, one)), chosen)

    def action_replay(self) -> None:
        """The screens of the game as they were in the week of the present line; coming back finds the same line."""
        week = self.week
        if week is None:
            return
        past = self.judge.past
        weeks = [report.week for report in past.all_reports]
        past.go(weeks.index(week) if week in weeks else past.stops - 1)

        def looked(found: Looked) -> None:
            if isinstance(found, int | Onward):
                self.dismiss(found)

        self.app.push_screen(ReplayScreen(past, self.judge.otherwise), looked)

    def action_otherwise(self, option: int = -1) -> None:
        """Another move in the week of the present line.

        Args:
            option: place of it among the options of the present decision; -1 lets the player choose.
        """
        week = self._playable_week()
        if week is None:
            return

        def found(onward: Onward | None) -> None:
            if onward is not None:
                self.dismiss(onward)

        self.app.push_screen(WhatIfScreen(self.judge.otherwise, week, self._option(option)), found)

    def _option(self, place: int) -> str:
        """Id of an option of the present decision; empty where it is no move of its own, or what was done."""
        pane = self.pane
        one = decision(self.sheet, pane.present) if self.sheet and isinstance(pane, DecisionsPane) else None
        return one.options[place].move if one is not None and place >= 0 else ""

    def _playable_week(self) -> int | None:
        """The week of the present line; says so where there is none in which anything could be done."""
        week = self.week
        if week is not None and week not in [report.week for report in self.judge.past.all_reports]:
            self.say("Not from here: the run is over by then. Choose a line of one of its weeks.")
            return None
        return week

    def action_branch(self) -> None:
        week = self._playable_week()
        if week is None:
            return
        when = f"week {week}" if week else "the planning week"
        asks = f"Begin a new run from the start of {when}, with the same luck after it; this one stays as it is."

        def answered(yes: bool | None) -> None:
            if yes:
                self.dismiss(week)

        self.app.push_screen(QuestionScreen(asks, "Begin it", "Go on reading"), answered)

    def action_marked(self) -> None:
        if self.page != "decisions" or self.sheet is None:
            self.say("Not here: the decisions are on page 2.")
            return
        pane = self.query_one(DecisionsPane)
        pane.filter(not pane.marked, self.sheet)

    def action_by_event(self) -> None:
        """Find the draws behind the luck, once the last figures are there; what was found before is there already."""
        sheet = self.sheet
        if sheet is not None and any(week.chances for week in sheet.weeks):
            self.say(HAS_LUCK)
        elif sheet is None or self.working or not self.final:
            self._wants_luck = True
            self.say(ASKED_LUCK)
        else:
            self._wants_luck, self.progress = False, LOOKING
            self.draw_rows()
            self.say("")
            self.ask(partial(self.judge.luck, sheet))

    def action_note(self) -> None:
        def typed(text: str | None) -> None:
            if text is not None:
                self._soon(lambda: self.Noted(self.judge.note(text)), "Keeping it ...")

        if self.sheet is None:
            self.say(NOT_YET)
        else:
            self.app.push_screen(NoteScreen(ASKS_NOTE), typed)

    @on(Noted)
    async def _noted(self, message: Noted) -> None:
        if isinstance(message.chapter, Refused):
            self.say(f"Not kept: {message.chapter.says}")
        elif self.sheet is not None:
            self.chapters = (*self.sheet.chapters, message.chapter)
            self.sheet = self._with_notes(self.sheet)
            await self.lay_out()
            self.say("Kept.")

    def action_export(self) -> None:
        sheet = self.sheet
        if sheet is None:
            self.say(NOT_YET)
        else:
            self._soon(lambda: self.Exported(self.judge.export(sheet)), "Writing the report ...")

    @on(Exported)
    def _exported(self, message: Exported) -> None:
        place = message.place
        self.say(f"Not written: {place.says}" if isinstance(place, Refused) else f"The report is in {place}")

    def action_help(self) -> None:
        show_help(self, "Debrief", (*HELP, *keys_of(self)), WORDS)

    def action_leave(self) -> None:
        self.dismiss(None)

    def _soon(self, how: Callable[[], Message], says: str) -> None:
        """Do something small beside the screen, one after the other."""
        self.say(says)
        self.run_worker(lambda: self.post_message(how()), thread=True, group="small")
