"""What the player of a run may not know, for its author: the draws of the week, and how the world is.

Shown by the preview of a scenario alone; a run that counts has no key for it.
"""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from tpmsim.game.pages import Facts, Insight
from tpmsim.tui.screens.dialog import Dialog
from tpmsim.tui.shown import QUIET, STRONG, line
from tpmsim.tui.widgets.clickrow import ClickRow, Item
from tpmsim.tui.widgets.pairs import Pair, Pairs
from tpmsim.tui.widgets.reading import Reading

INDENT = " "


class TruthScreen(Dialog[None]):
    """What is hidden in a run.

    Args:
        page: all of it.
    """

    CSS_PATH = "../styles/preview.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,T,enter", "leave", "back")]

    def __init__(self, page: Insight) -> None:
        super().__init__()
        self._hidden = page

    def compose(self) -> ComposeResult:
        with Vertical(id="truth-box"):
            with Reading(id="truth-text"):
                yield Pairs(tuple(_told(self._hidden)))
            yield ClickRow((Item("leave", "q", "back"),), id="truth-keys")

    def on_mount(self) -> None:
        box = self.query_one("#truth-box")
        box.border_title = line(f"PREVIEW, what players do not see: {self._hidden.title}")
        box.border_subtitle = "j and k scroll"
        self.query_one(Reading).focus()

    def on_click_row_chosen(self, event: ClickRow.Chosen) -> None:
        self.dismiss(None)

    def action_leave(self) -> None:
        self.dismiss(None)


def _told(page: Insight) -> Iterator[Pair]:
    for title, parts in (("What chance holds for the end of this week", page.draws), ("How this world is", page.truth)):
        if parts:
            yield Pair("", title.upper(), STRONG)
        for part in parts:
            yield from _part(part)


def _part(part: Facts) -> Iterator[Pair]:
    """Facts of one kind: what each is about and how it is, then what the player sees of it."""
    yield Pair("", part.title, STRONG)
    for one in part.facts:
        yield Pair(INDENT, f"{one.about}: {one.true}" if one.about else one.true)
        if one.seen:
            yield Pair(INDENT, f"  {one.seen}", QUIET)
    yield Pair("", "")
