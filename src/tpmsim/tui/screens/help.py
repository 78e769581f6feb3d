"""Help: the keys of the screen it was called from, each of which can be chosen, and the words of the game."""

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.screen import Screen

from tpmsim.tui.keys import ScreenKey
from tpmsim.tui.screens.dialog import Dialog
from tpmsim.tui.shown import STRONG, line
from tpmsim.tui.widgets.choices import Choices, Line
from tpmsim.tui.widgets.clickrow import ClickRow, Item
from tpmsim.tui.widgets.pairs import Pair, Pairs
from tpmsim.tui.widgets.reading import Reading

GAP = "  "


class HelpScreen(Dialog[str | None]):
    """Gives back the action of the key that was chosen, or None.

    Args:
        title: what the help is for.
        keys: what the keys do.
        words: words and what they mean.
    """

    CSS_PATH = "../styles/help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark", "leave", "back"),
        Binding("J", "scroll(3)", show=False),
        Binding("K", "scroll(-3)", show=False),
    ]

    def __init__(self, title: str, keys: tuple[ScreenKey, ...], words: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self._title, self._keys, self._words = title, keys, words

    def compose(self) -> ComposeResult:
        with Vertical(id="help-box"):
            with Container(id="help-columns"):
                yield Choices(id="help-own")
                if self._words:
                    with Reading(id="help-words"):
                        yield Pairs(tuple(Pair(word, says, first_kind=STRONG) for word, says in self._words))
            yield ClickRow((Item("leave", "q", "back"),), id="help-foot")

    def on_mount(self) -> None:
        box = self.query_one("#help-box")
        box.border_title = line(self._title)
        box.border_subtitle = "enter does what a key does, J and K scroll the words"
        own = self.query_one(Choices)
        own.border_title = "Keys"
        for words in self.query("#help-words"):
            words.border_title = "Words"
        width = max((len(one.key) for one in self._keys), default=0)
        own.show(tuple(Line(one.action, one.words, lead=f"{one.key:<{width}}{GAP}") for one in self._keys))
        own.focus()

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        self.dismiss(event.line.id)

    def on_click_row_chosen(self, event: ClickRow.Chosen) -> None:
        self.dismiss(None)

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_scroll(self, way: int) -> None:
        for words in self.query("#help-words"):
            words.scroll_relative(y=way, animate=False)


def show_help(screen: Screen[Any], title: str, keys: tuple[ScreenKey, ...], words: tuple[tuple[str, str], ...]) -> None:
    """Show the help of a screen; what is chosen there is done once the help is gone."""

    async def chosen(action: str | None) -> None:
        if action:
            await screen.run_action(action)

    screen.app.push_screen(HelpScreen(title, keys, words), chosen)
