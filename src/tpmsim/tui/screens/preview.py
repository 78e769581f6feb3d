"""The screens of a preview: the play screen over the newest edition of a scenario, and a wait for a first sound one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from tpmsim.game.pages import Saved
from tpmsim.tui.preview.table import PreviewTable
from tpmsim.tui.screens.dialog import Dialog, Once
from tpmsim.tui.screens.end import Next
from tpmsim.tui.screens.pages import STYLES, Given
from tpmsim.tui.screens.play import KEYS, PlayScreen
from tpmsim.tui.screens.question import QuestionScreen
from tpmsim.tui.screens.truth import TruthScreen
from tpmsim.tui.shown import STRONG, WARN, joined, line
from tpmsim.tui.widgets.choices import Choices
from tpmsim.tui.widgets.clickrow import ClickRow, Item
from tpmsim.tui.widgets.findings import Findings, said
from tpmsim.tui.widgets.pairs import Pairs
from tpmsim.tui.widgets.reading import Reading

PREVIEW = "PREVIEW"

ROW = (
    *(one for one in KEYS if one[2] not in ("undo", "forecast", "help")),
    ("T", "truth", "truth"),
    ("C", "findings", "findings"),
    ("?", "more", "help"),
)
"""The keys in the last row: those of a preview in place of some that are behind the last one."""

STEP = 3
"""Rows by which the findings scroll."""

WITH_PREVIEW: list[str | PurePath] = [*STYLES, "../styles/preview.tcss"]


@dataclass
class Anew(Message):
    """The run is to be played anew.

    Attributes:
        world: in another world.
        moves: with the moves that were made; else from the beginning.
    """

    world: bool
    moves: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A dialog that was made of the desk, and can be made of another one."""

    dialog: Dialog[Any]
    make: Callable[[], Dialog[Any] | None]
    then: Callable[[Any], None]


class PreviewScreen(PlayScreen):
    """A run of a scenario that is being edited.

    Args:
        table: where it is played.
    """

    MARK = PREVIEW
    LEAVING = "Leave the preview? Nothing of its run is kept."
    ROW = ROW
    CSS_PATH = WITH_PREVIEW
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("T", "truth", "what players do not see: the truth, and the draws of the week"),
        Binding("C", "findings", "open or close what was found in the scenario"),
        Binding("J", "scroll_findings(1)", show=False),
        Binding("K", "scroll_findings(-1)", show=False),
        Binding("N", "another_world", "the same moves in another world"),
        Binding("R", "restart", "the run from the beginning"),
    ]

    def __init__(self, table: PreviewTable) -> None:
        super().__init__(table)
        self._preview = table
        self._asked: Asked | None = None

    @property
    def ready(self) -> bool:
        """Whether another edition can be laid out: nothing is open that could not be made of it."""
        top = self.app.screen
        return top is self or (self._asked is not None and top is self._asked.dialog)

    def between(self) -> Iterable[Widget]:
        yield Findings()

    def lay_out(self) -> None:
        super().lay_out()
        self.query_one(Findings).show(self._preview.saved)

    def ask(
        self, make: Callable[[], Dialog[Given] | None], then: Callable[[Given | None], None] = lambda given: None
    ) -> None:
        dialog = make()
        if dialog is not None:
            self._asked = Asked(dialog, make, then)
            self.app.push_screen(dialog, then)

    async def renew(self) -> None:
        """Lay out the newest edition; the page, the dialog, the line and the place in the text stay."""
        asked, stood = self._asked, standing(self)
        another = self._preview.renew()
        self.lay_out()
        self.say(self._preview.note)
        self.call_after_refresh(stand_again, self, stood)
        if another and asked is not None and self.app.screen is asked.dialog:
            await self._ask_again(asked)

    def follow(self, what: Next) -> None:
        match what:
            case "again" | "new":
                self.post_message(Anew(world=what == "new", moves=False))
            case "replay" | "debrief":
                self.say("Not here: a preview keeps no run to look back on.")
            case _:
                self.app.exit(0)

    def action_truth(self) -> None:
        self.ask(lambda: TruthScreen(self._preview.insight))

    def action_findings(self) -> None:
        findings = self.query_one(Findings)
        findings.fold(findings.unfolded)
        if not findings.display:
            self.say("Nothing was found in the scenario.")

    def action_scroll_findings(self, way: int) -> None:
        self.query_one(Findings).scroll(STEP * way)

    def action_another_world(self) -> None:
        self.post_message(Anew(world=True, moves=True))

    def action_restart(self) -> None:
        def answered(yes: bool | None) -> None:
            if yes:
                self.post_message(Anew(world=False, moves=False))

        asks = "From the beginning? What you did in this preview is forgotten."
        self.app.push_screen(QuestionScreen(asks, "Begin again", "Stay"), answered)

    async def _ask_again(self, asked: Asked) -> None:
        """Make the open dialog of the new desk; it is closed where there is nothing to make it of."""
        stood, self._asked = standing(asked.dialog), None
        with self.app.batch_update():
            await self.app.pop_screen()
            dialog = asked.make()
            if dialog is not None:
                self._asked = Asked(dialog, asked.make, asked.then)
                await self.app.push_screen(dialog, asked.then)
                dialog.call_after_refresh(stand_again, dialog, stood)


class UnsoundScreen(Once[None]):
    """The wait for the first sound save of a scenario.

    Args:
        saved: what became of the newest save.
        name: of the scenario, as it may be shown.
    """

    CSS_PATH = WITH_PREVIEW
    BINDINGS: ClassVar[list[BindingType]] = [Binding("q,escape", "leave", "leave the preview")]

    def __init__(self, saved: Saved, name: str) -> None:
        super().__init__()
        self._saved, self._file = saved, name

    @property
    def ready(self) -> bool:
        """Whether what became of a save can be shown."""
        return self.app.screen is self

    def compose(self) -> ComposeResult:
        yield Static(joined(line(PREVIEW, WARN), line(f"  {self._file}", STRONG)), id="status", markup=False)
        with Reading(id="unsound-text"):
            yield Pairs()
        yield Static(line("The game begins with the first sound save."), id="last", markup=False)
        yield ClickRow((Item("leave", "q", "leave"),), id="keys")

    def on_mount(self) -> None:
        text = self.query_one(Reading)
        text.border_title = "What is wrong"
        text.focus()
        self.show(self._saved)

    def on_click_row_chosen(self, event: ClickRow.Chosen) -> None:
        self.action_leave()

    def action_leave(self) -> None:
        self.app.exit(0)

    def show(self, saved: Saved) -> None:
        """Show what became of another save."""
        self.query_one(Pairs).show(said(saved))


def standing(screen: Screen[Any]) -> tuple[tuple[int, float, str], ...]:
    """Where its reader stands in a screen: of each part that is scrolled or has a present line, which it is."""
    told = []
    for row, part in enumerate(screen.query("*")):
        present = part.present.id if isinstance(part, Choices) and part.present is not None else ""
        if part.scroll_y or present:
            told.append((row, part.scroll_y, present))
    return tuple(told)


def stand_again(screen: Screen[Any], stood: tuple[tuple[int, float, str], ...]) -> None:
    """Put the reader of a screen of the same form where the reader of another one stood."""
    parts = list(screen.query("*"))
    for row, scroll_y, present in stood:
        part = parts[row] if row < len(parts) else screen
        if isinstance(part, Choices) and any(one.id == present for one in part.given):
            part.highlighted = [one.id for one in part.given].index(present)
        part.scroll_to(y=scroll_y, animate=False)
