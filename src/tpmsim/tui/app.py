"""The app: theme, size, keys that hold everywhere. It knows screens and no game."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, ClassVar

from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from tpmsim.tui.keys import keys_of
from tpmsim.tui.overrides import SURE, SafeApp
from tpmsim.tui.screens.question import QuestionScreen
from tpmsim.tui.themes import NIGHT, PLAIN
from tpmsim.tui.window import ACROSS, DOWN

WITHOUT_COLOUR = """
.-plain OptionList > .option-list--option-highlighted { text-style: bold underline; }
.-plain DataTable > .datatable--cursor { text-style: reverse; }
"""
"""What is chosen, where no background can tell it."""


class TpmsimApp(SafeApp):
    """The game on the screen; `run` gives the exit code.

    Args:
        begin: opens the first screen.
        colour: whether colours are wanted; without them the terminal's own are kept, and signs tell the rest.
        only_ascii: paint with nothing beyond ASCII.

    Attributes:
        LEAVING: what is asked before it is left.
    """

    LEAVING: ClassVar[str] = "Leave the game? Everything you confirmed is on the disk."
    CSS_PATH = "styles/app.tcss"
    CSS = WITHOUT_COLOUR
    TITLE = "tpmsim"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "quit", show=False, priority=True),
        Binding("ctrl+c", "ask_to_quit", "quit", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", "to the shell", show=False, priority=True),
    ]
    HORIZONTAL_BREAKPOINTS = ACROSS
    VERTICAL_BREAKPOINTS = DOWN

    def __init__(
        self,
        begin: Callable[["TpmsimApp"], object] = lambda app: None,
        *,
        colour: bool = True,
        only_ascii: bool = False,
    ) -> None:
        super().__init__(ansi_color=None if colour else True)
        self.only_ascii = only_ascii
        self.animation_level = "none"
        self._begin, self._colour = begin, colour
        self._leaving: QuestionScreen | None = None

    def on_mount(self) -> None:
        self.register_theme(NIGHT)
        self.theme = NIGHT.name if self._colour else PLAIN
        self.set_class(not self._colour, "-plain")
        self.set_interval(SURE, self.look_again)
        self._begin(self)

    async def action_quit(self) -> None:
        """Leave at once: there is nothing to save."""
        self.exit(0)

    def action_ask_to_quit(self) -> None:
        """Leave after a question; at once where it is asked already, or could not be seen."""
        if self.too_small or (self._leaving is not None and self.screen is self._leaving):
            self.exit(0)
        else:
            self._leaving = QuestionScreen(self.LEAVING, "Leave", "Stay")
            self.push_screen(self._leaving, self._answered)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """What the command palette holds: the keys of the present screen, and nothing of Textual's own."""
        for key in keys_of(screen):
            yield SystemCommand(key.words.capitalize(), f"key {key.key}", partial(screen.run_action, key.action))
        yield SystemCommand("Leave the game", "key ctrl+q", self.action_quit)

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None:
        """Nothing: no action of the app writes a file."""

    def _answered(self, leave: bool | None) -> None:
        if leave:
            self.exit(0)
