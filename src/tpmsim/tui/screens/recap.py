"""The recap: what somebody who comes back to a run needs before the first decision."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.events import Click

from tpmsim.game.pages import Recap
from tpmsim.tui.screens.dialog import Dialog
from tpmsim.tui.shown import QUIET, STRONG, WARN, line
from tpmsim.tui.widgets.clickrow import ClickRow, Item
from tpmsim.tui.widgets.pairs import Pair, Pairs


class RecapScreen(Dialog[None]):
    """Where a run stands; any of its keys and any click goes on.

    Args:
        recap: what there is to say.
    """

    CSS_PATH = "../styles/recap.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,q,escape,e", "go_on", "go on"),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
    ]

    def __init__(self, recap: Recap) -> None:
        super().__init__()
        self._told = recap

    def compose(self) -> ComposeResult:
        with Vertical(id="recap-box"):
            with VerticalScroll(id="recap-text", can_focus=False):
                yield Pairs(tuple(_pairs(self._told)), id="recap-told")
            yield ClickRow((Item("on", "enter", "go on"),), id="recap-keys")

    def on_mount(self) -> None:
        box = self.query_one("#recap-box")
        box.border_title = line(self._told.title)

    def on_click(self, event: Click) -> None:
        self.dismiss(None)

    def action_go_on(self) -> None:
        self.dismiss(None)

    def action_scroll(self, way: int) -> None:
        self.query_one("#recap-text").scroll_relative(y=way, animate=False)


def _pairs(recap: Recap) -> Iterator[Pair]:
    yield from (Pair("", text) for text in recap.story)
    yield from _part("What waits", (("!", text) for text in recap.open), WARN)
    yield from _part("Already done this week", ((">", text) for text in recap.made))
    yield from _part("What happened last", ((" " if one.below else "-", one.text) for one in recap.last))


def _part(title: str, told: Iterator[tuple[str, str]], kind: str = "") -> Iterator[Pair]:
    """A heading with its lines; nothing where there are none."""
    rows = [Pair(sign, text, first_kind=kind or QUIET) for sign, text in told]
    if rows:
        yield from (Pair("", ""), Pair("", title, STRONG), *rows)
