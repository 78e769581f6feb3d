"""Pages: what playing a run and looking at a past one have in common, the pages of a desk and the rows around them."""

from collections.abc import Callable, Iterable
from pathlib import PurePath
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Resize
from textual.screen import ScreenResultType
from textual.widget import Widget
from textual.widgets import ContentSwitcher, DataTable, OptionList, Static

from tpmsim.game.desk import Desk
from tpmsim.game.pages import Why
from tpmsim.tui.messages import AskWhy, Show
from tpmsim.tui.panes.beliefs import Beliefs
from tpmsim.tui.panes.log import Log
from tpmsim.tui.panes.market import Market
from tpmsim.tui.panes.numbers import Numbers
from tpmsim.tui.panes.pane import Pane
from tpmsim.tui.panes.people import People
from tpmsim.tui.panes.roadmap import Roadmap
from tpmsim.tui.screens.dialog import Dialog, Once
from tpmsim.tui.screens.why import WhichScreen, WhyScreen
from tpmsim.tui.shown import WARN, line
from tpmsim.tui.widgets.clickrow import ClickRow, Item
from tpmsim.tui.widgets.status import Status

OTHERS: tuple[tuple[str, type[Pane]], ...] = (
    ("Numbers", Numbers),
    ("People", People),
    ("Roadmap", Roadmap),
    ("Beliefs", Beliefs),
    ("Market", Market),
    ("Log", Log),
)
"""The pages behind the first one, in the order of their keys; the id of a page is its name in small letters."""

Given = TypeVar("Given")

STYLED = ("pages", "listed", "numbers", "roadmap", "market", "log")
STYLES: list[str | PurePath] = [f"../styles/{name}.tcss" for name in STYLED]


class Pages(Once[ScreenResultType]):
    """The pages of a desk, one at a time.

    Args:
        first: makes the first page; its id is `week`.
        keys: of the last row: key, words, and the action behind it; the others are behind the last one.

    Attributes:
        MARK: what the first row begins with, where pages are something else than a run being played.
    """

    MARK: ClassVar[str] = ""
    CSS_PATH = STYLES
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "page('week')", "the week"),
        *(
            Binding(str(row), f"page('{name.lower()}')", f"{name.lower()}")
            for row, (name, _) in enumerate(OTHERS, start=2)
        ),
        Binding("w", "why", "why a number is what it is"),
        Binding("y", "say_page", "say the page in a line, and copy it"),
    ]

    def __init__(self, first: Callable[[], Pane], keys: tuple[tuple[str, str, str], ...]) -> None:
        super().__init__()
        self._makers: dict[str, Callable[[], Pane]] = {"week": first, **{name.lower(): pane for name, pane in OTHERS}}
        self._keys = keys
        self.page = "week"

    @property
    def desk(self) -> Desk:
        """What is laid out."""
        raise NotImplementedError

    def between(self) -> Iterable[Widget]:
        """Rows between the pages and the last event."""
        return ()

    def focus_page(self) -> None:
        """Put the focus on the page that is shown."""
        self.focus_next(f"#{self.page} *")

    def causes(self, number: str) -> Why:
        """The causes of a number, as they are told here."""
        return self.desk.why(number)

    def compose(self) -> ComposeResult:
        yield Status(self.MARK)
        yield ClickRow(id="tabs")
        yield ContentSwitcher(id="pages")
        yield from self.between()
        yield Static("", id="last", markup=False)
        yield ClickRow(tuple(Item(action, key, words) for key, words, action in self._keys), id="keys")

    async def on_mount(self) -> None:
        await self.turn_to(self.page)

    def on_resize(self, event: Resize) -> None:
        if self.query("#pages > *"):
            self.lay_out()

    async def turn_to(self, page: str) -> None:
        """Show a page by its id; one that there is not is left alone."""
        if page not in self._makers:
            return
        pages = self.query_one("#pages", ContentSwitcher)
        if not pages.query(f"#{page}"):
            await pages.mount(self._makers[page]())
        self.page = pages.current = page
        self.lay_out()
        self.focus_page()

    def lay_out(self) -> None:
        """Lay the desk out anew."""
        self.query_one(Status).show(self.desk)
        names = [("week", "Week"), *((name.lower(), name) for name, _ in OTHERS)]
        tabs = (Item(page, str(row), name, page == self.page) for row, (page, name) in enumerate(names, start=1))
        self.query_one("#tabs", ClickRow).show(tuple(tabs))
        self.query_one(f"#{self.page}", Pane).show(self.desk)

    def say(self, text: str) -> None:
        """Say something in the row of the last event."""
        self.query_one("#last", Static).update(line(text, WARN if text.startswith("Not ") else ""))

    def ask(
        self, make: Callable[[], Dialog[Given] | None], then: Callable[[Given | None], None] = lambda given: None
    ) -> None:
        """Put up a dialog about what lies on the desk.

        Args:
            make: makes it of the desk; None where there is nothing to make it of.
            then: takes what it gives back.
        """
        dialog = make()
        if dialog is not None:
            self.app.push_screen(dialog, then)

    def explain(self, number: str) -> None:
        """Show the causes of a number."""
        self.ask(lambda: self.why_screen(number))

    def why_screen(self, number: str) -> WhyScreen | None:
        """The causes of a number, if there is such a number."""
        return WhyScreen(self.causes(number)) if number in self.desk.seen.numbers else None

    async def action_page(self, page: str) -> None:
        await self.turn_to(page)

    def action_why(self) -> None:
        self.ask(lambda: WhichScreen(self.desk.numbers()), lambda number: self.explain(number) if number else None)

    def action_say_page(self) -> None:
        """Say the page in a line, for those who cannot see it, and put the line on the clipboard."""
        told = self.query_one(f"#{self.page}", Pane).describe(self.desk)
        self.app.copy_to_clipboard(told)
        self.say(told)

    def action_do(self) -> None:
        """What enter does where the focus is."""
        match self.focused:
            case OptionList() as choices:
                choices.action_select()
            case DataTable() as rows:
                rows.action_select_cursor()

    @on(Show)
    async def _show(self, message: Show) -> None:
        await self.turn_to(message.page)

    @on(AskWhy)
    def _ask_why(self, message: AskWhy) -> None:
        self.explain(message.number)

    @on(ClickRow.Chosen)
    async def _clicked(self, message: ClickRow.Chosen) -> None:
        if message.id in self._makers:
            await self.turn_to(message.id)
        else:
            await self.run_action(message.id)
