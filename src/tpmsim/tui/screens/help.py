"""Help: the keys of the screen it was called from, and the words of the game."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll

from tpmsim.tui.screens.dialog import Dialog
from tpmsim.tui.shown import STRONG, line
from tpmsim.tui.widgets.clickrow import ClickRow, Item
from tpmsim.tui.widgets.pairs import Pair, Pairs


class HelpScreen(Dialog[None]):
    """Keys and words.

    Args:
        title: what the help is for.
        keys: keys and what they do.
        words: words and what they mean.
    """

    CSS_PATH = "../styles/help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark", "leave", "back"),
        Binding("j", "scroll('down')", show=False),
        Binding("k", "scroll('up')", show=False),
        Binding("G", "scroll('end')", show=False),
    ]

    def __init__(self, title: str, keys: tuple[tuple[str, str], ...], words: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self._title, self._keys, self._words = title, keys, words

    def compose(self) -> ComposeResult:
        with Vertical(id="help-box"):
            with VerticalScroll(id="help-text"), Container(id="help-columns"):
                yield Pairs(_column("Keys", self._keys), id="help-own")
                yield Pairs(_column("Words", self._words), id="help-words")
            yield ClickRow((Item("leave", "q", "back"),), id="help-foot")

    def on_mount(self) -> None:
        box = self.query_one("#help-box")
        box.border_title = line(self._title)
        box.border_subtitle = "j and k scroll"
        self.query_one("#help-text").focus()

    def on_click_row_chosen(self, event: ClickRow.Chosen) -> None:
        self.dismiss(None)

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_scroll(self, where: str) -> None:
        text = self.query_one("#help-text", VerticalScroll)
        {"down": text.scroll_down, "up": text.scroll_up, "end": text.scroll_end}[where](animate=False)


def _column(title: str, told: tuple[tuple[str, str], ...]) -> tuple[Pair, ...]:
    return (Pair("", title, STRONG), *(Pair(first, second, first_kind=STRONG) for first, second in told), Pair("", ""))
