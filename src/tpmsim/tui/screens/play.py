"""The play screen: the pages of one run, and what its player does. The heart of the game."""

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType

from tpmsim.game.desk import Desk
from tpmsim.game.menus import Menu, answers, group_menu
from tpmsim.game.wording.glossary import WORDS
from tpmsim.game.wording.prose import counted
from tpmsim.tui.ending import UNSAVED
from tpmsim.tui.keys import keys_of
from tpmsim.tui.messages import Make, Open
from tpmsim.tui.panes.week import Week
from tpmsim.tui.screens.aids import AidsScreen
from tpmsim.tui.screens.brief import BriefScreen
from tpmsim.tui.screens.delegate import DelegateScreen
from tpmsim.tui.screens.end import EndScreen, Next
from tpmsim.tui.screens.find import FindScreen
from tpmsim.tui.screens.forecast import ForecastScreen
from tpmsim.tui.screens.help import show_help
from tpmsim.tui.screens.menu import MenuScreen
from tpmsim.tui.screens.note import NoteScreen
from tpmsim.tui.screens.pages import Pages
from tpmsim.tui.screens.question import QuestionScreen
from tpmsim.tui.screens.reveal import RevealScreen
from tpmsim.tui.screens.storage import Decision, Rescue, StorageScreen
from tpmsim.tui.table import Table, Told

KEYS = (
    ("enter", "do", "do"),
    ("e", "end week", "end_week"),
    ("w", "why", "why"),
    ("u", "undo", "undo"),
    ("f", "forecast", "forecast"),
    ("?", "more", "help"),
)
"""The keys in the last row, their words and actions; the others are behind the last one."""


class PlayScreen(Pages[Next]):
    """One run being played; gives back what comes next.

    Args:
        table: where it is played.
        at_once: show reveals at once.

    Attributes:
        LEAVING: what is asked before the run is left.
        ROW: the keys of the last row.
    """

    LEAVING: ClassVar[str] = "Leave this run? Everything you confirmed is on the disk."
    ROW: ClassVar[tuple[tuple[str, str, str], ...]] = KEYS
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(page[0], f"page('{page}')", page, show=False) for page in ("people", "roadmap", "beliefs")),
        Binding("e", "end_week", "end the week"),
        Binding("u", "undo", "take the last move back"),
        Binding("f", "forecast", "forecast a number"),
        Binding("slash", "find", "find a move by its words"),
        Binding("n", "note(False)", "note a thought"),
        Binding("m", "note(True)", "mark this moment"),
        Binding("a", "as_last_week", "do as last week"),
        Binding("d", "delegate", "delegate to a colleague"),
        Binding("s", "aids", "schedule and aids: when it may be done, what to ask, what first"),
        Binding("i", "brief", "read the opening again"),
        Binding("x", "ending", "how it ended, once it is over"),
        Binding("backspace,h,left,escape", "back", "back", show=False),
        Binding("question_mark", "help", "help"),
        Binding("q", "leave", "back, or leave the run"),
    ]

    def __init__(self, table: Table, at_once: bool = False) -> None:
        super().__init__(Week, self.ROW)
        self._table = table
        self._at_once = at_once

    @property
    def desk(self) -> Desk:
        return self._table.desk

    def focus_page(self) -> None:
        if self.page == "week":
            self.query_one(Week).focus_moves()
        else:
            super().focus_page()

    async def on_mount(self) -> None:
        self.say(self._table.note)
        if self.desk.over or self.desk.reports or self.desk.made:
            self.call_later(self._go_on)
        else:
            self.action_brief()

    # What panes ask for

    @on(Make)
    def _make(self, message: Make) -> None:
        self._after(self._table.make(message.move))

    @on(Open)
    def _open(self, message: Open) -> None:
        def made() -> MenuScreen | None:
            menu = self._menu_of(message.group, message.subject)
            return MenuScreen(menu) if menu is not None else None

        self.ask(made, self._chosen)

    # Keys

    async def action_back(self) -> None:
        await self._back()

    async def action_leave(self) -> None:
        if not await self._back():
            self.ask(lambda: QuestionScreen(self.LEAVING, "Leave it", "Stay"), self._left)

    def action_undo(self) -> None:
        self._after(self._table.undo())

    def action_end_week(self) -> None:
        """End the week, once every card has its answer or the player lets it be."""
        if self._table.unanswered:
            card = self._table.unanswered[0]
            self.say(f"Not yet: {self.desk.view.speaker(card)} needs an answer before the week can end.")
            self._open(Open("answer", card))
        else:
            self._ask_silence()

    def action_forecast(self) -> None:
        if self.desk.over:
            self.say("Not now: the run is over.")
            return

        def made(forecast: tuple[str, int, int, int] | None) -> None:
            if forecast is not None:
                self._after(self._table.forecast(*forecast))

        self.app.push_screen(ForecastScreen(self.desk), made)

    def action_find(self) -> None:
        self.app.push_screen(FindScreen(self.desk), self._chosen)

    def action_note(self, mark: bool) -> None:
        def typed(text: str | None) -> None:
            if text is not None:
                self._after(self._table.keep(text, mark))

        asks = "What shall this moment be called in the debriefing?" if mark else "A thought, kept with this week:"
        self.app.push_screen(NoteScreen(asks), typed)

    def action_as_last_week(self) -> None:
        again = self._table.as_last_week
        if not again:
            self.say("Not now: nothing of last week can be done again.")
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._after(self._table.repeat())

        self.ask(lambda: QuestionScreen(f"As last week: {'; '.join(again)}?", "Do it again", "No"), answered)

    def action_delegate(self) -> None:
        def chosen(area: str | None) -> None:
            if area is not None:
                on = next(one.on for one in self._table.standings if one.area == area)
                self._after(self._table.delegate(area, not on))

        self.ask(lambda: DelegateScreen(self._table.standings), chosen)

    def action_aids(self) -> None:
        if self.desk.over:
            self.say("Not now: the run is over.")
        else:
            self.ask(lambda: AidsScreen(self._table.aids, self._table.timetable), self._chosen)

    def action_brief(self) -> None:
        def made() -> BriefScreen:
            desk = self.desk
            facts = f"{counted(desk.seen.weeks, 'week')}, about {counted(desk.view.scenario.minutes, 'minute')}."
            return BriefScreen(desk.title, desk.brief, desk.goals, f"{facts} Seed {self._table.seed}.")

        self.ask(made)

    def action_help(self) -> None:
        show_help(self, "Playing", keys_of(self), WORDS)

    # How it goes on

    async def _back(self) -> bool:
        """One step back: out of a menu, or to the week; whether there was one."""
        if self.page != "week":
            await self.turn_to("week")
            return True
        return self.query_one(Week).back()

    def _menu_of(self, group: str, subject: str) -> Menu | None:
        desk = self.desk
        if group != "answer":
            return group_menu(desk, group, subject)
        card = subject or next(iter(desk.seen.cards), "")
        return answers(desk, card) if card in desk.seen.cards else None

    def _ask_silence(self) -> None:
        """Ask once about all cards that would go without an answer; then end the week."""

        def answered(end: bool | None) -> None:
            if end:
                self._after(self._table.end_week())
            else:
                self._open(Open("answer"))

        if self.desk.silence():
            self.ask(lambda: silence_asked(self.desk), answered)
        else:
            self._after(self._table.end_week())

    def _left(self, leave: bool | None) -> None:
        if leave:
            self.follow("home")

    def follow(self, what: Next) -> None:
        """Leave the run for what comes next."""
        self.dismiss(what)

    def _after(self, told: Told) -> None:
        """Show what came of something the player did."""
        self.lay_out()
        if told.unsaved:
            self.app.push_screen(StorageScreen(told.unsaved, self._table.file), self._decided)
            return
        self.say(" ".join(told.lines))
        if told.week_ended:
            self.ask(lambda: reveal_shown(self._table, self._at_once), self._revealed)

    def _decided(self, decision: Decision | None) -> None:
        """What is to be done about something that could not be stored."""
        match decision:
            case Decision(Rescue.ELSEWHERE, path):
                self._after(self._table.save_elsewhere(path))
            case Decision(Rescue.WITHDRAW):
                self._after(self._table.withdraw())
            case Decision(Rescue.QUIT):
                self.app.exit(UNSAVED)
            case _:
                self._after(self._table.retry())

    def _revealed(self, number: str | None) -> None:
        """After a reveal: the causes of a number, if they are asked for; then what waits."""
        if number is not None:
            self.ask(lambda: self.why_screen(number), lambda _: self._go_on())
        else:
            self._go_on()

    def _go_on(self) -> None:
        """Begin the next week; of a run that is over, tell how it ended."""
        if self.desk.over:
            self.action_ending()
        else:
            told = self._table.begin_week()
            if told.lines or told.unsaved:
                self._after(told)

    def action_ending(self) -> None:
        """How the run ended, and what next."""
        if not self.desk.over:
            self.say("Not now: the run is not over.")
            return

        def chosen(what: Next | None) -> None:
            if what is not None and what != "look":
                self.follow(what)
            else:
                self.say("The run is over. x tells how it ended and what next, q leaves it.")

        self.ask(lambda: end_shown(self._table), chosen)

    def _chosen(self, move: str | None) -> None:
        if move is not None:
            self._after(self._table.make(move))


def silence_asked(desk: Desk) -> QuestionScreen | None:
    """The question whether the cards that wait shall go without an answer; None if none waits."""
    asks = desk.silence()
    return QuestionScreen(asks, "End the week like that", "Answer first") if asks else None


def reveal_shown(table: Table, at_once: bool) -> RevealScreen | None:
    """The week that ended last, if one did in this sitting."""
    return RevealScreen(table.revealed, at_once) if table.revealed is not None else None


def end_shown(table: Table) -> EndScreen | None:
    """How the run ended, if it did."""
    return EndScreen(table.desk.ending(), table.file) if table.desk.over else None
