"""Everything of Textual's private parts that the game replaces, in one place; each has a test of its own.

It keeps three promises that Textual does not make: a bug shows nothing of what was in memory, no text on the screen
can start an action, and a window of any size is survived.
"""

from collections.abc import Sequence
from typing import Any

from rich.cells import cell_len
from rich.segment import Segment
from textual.app import App
from textual.color import Color
from textual.dom import DOMNode
from textual.events import Event, InputEvent, Key, Paste, Resize
from textual.filter import LineFilter
from textual.geometry import Size
from textual.scrollbar import ScrollBar

from tpmsim.tui.screens.dialog import WordsDialog
from tpmsim.tui.widgets.band import ASCII_BLOCKS, BLOCKS

LEAST = Size(60, 16)
"""The smallest window in which the game is shown; smaller ones get a notice, as layouts break in them."""

NOTICE = f"window too small ({LEAST.width}x{LEAST.height} at least)"

SURE = 0.25
"""Seconds between two looks at how large the terminal is."""

ALWAYS = ("ctrl+c", "ctrl+q", "ctrl+z")
"""Keys that work in a window of any size."""

CLEAR, ROW = "\x1b[0m\x1b[2J", "\x1b[{};1H"

_DRAWN = str.maketrans(
    {
        **dict.fromkeys("─━═╌╍┄┅┈┉╴╶▔▀", "-"),
        **dict.fromkeys("│┃║╎╏┆┇┊┋╵╷▏▕▎▍▌▐▊▉", "|"),
        **dict.fromkeys("┌┐└┘╭╮╰╯├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬", "+"),
        **dict.fromkeys("▓▒░■", "#"),
        **dict.fromkeys("•●○◉∙·", "*"),
        **dict.fromkeys("▲△▴↑", "^"),
        **dict.fromkeys("▼▽▾↓", "v"),
        **dict.fromkeys("▶▸►→›", ">"),
        **dict.fromkeys("◀◂◄←‹", "<"),
        **dict.fromkeys("–—−", "-"),
        **dict.fromkeys("‘’", "'"),
        **dict.fromkeys("“”", '"'),
        **dict(zip(BLOCKS, ASCII_BLOCKS, strict=True)),
        "×": "x",
        "…": ".",
        "\u00a0": " ",
    }
)


class Ascii(LineFilter):
    """Paints with nothing beyond ASCII; whatever has no likeness there becomes `?`, of the same width."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Transform a line."""
        return [
            part if part.text.isascii() else Segment(ascii_of(part.text), part.style, part.control) for part in segments
        ]


class SafeApp(App[int]):
    """What the game needs of an app, whatever its screens do.

    Attributes:
        window: how large the window is; `size` is never below `LEAST`, so that no screen ever has to fit less.
    """

    only_ascii = False
    window = LEAST

    @property
    def size(self) -> Size:
        """The size for which screens are laid out."""
        return _at_least(super().size)

    @property
    def too_small(self) -> bool:
        """Whether the window has no room for the game."""
        return self.window != _at_least(self.window)

    @property
    def failure(self) -> Exception | None:
        """The bug that ended the app."""
        return self._exception

    def end_soon(self, code: int) -> None:
        """End with this code; may be called from a signal handler."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self.exit, code)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Filters of everything that is painted."""
        return [*super().get_line_filters(), *([Ascii()] if self.only_ascii else [])]

    async def on_event(self, event: Event) -> None:
        """Let nothing act on a screen that nobody can see."""
        unseen = self.too_small and isinstance(event, InputEvent | Paste)
        if not unseen or (isinstance(event, Key) and event.key in ALWAYS):
            await super().on_event(event)

    async def _on_key(self, event: Key) -> None:
        """A letter that overtook the dialog it was typed for goes into its words, and means nothing else."""
        screen, letter = self.screen, event.character if event.is_printable else None
        if isinstance(screen, WordsDialog) and letter is not None and screen.typed_ahead(letter):
            event.prevent_default()

    def panic(self, *renderables: Any) -> None:
        """End because of a bug, silently: who runs the app says what there is to say."""
        self._close_messages_no_wait()

    def _fatal_error(self) -> None:
        """As `panic`; Textual would print every local variable."""
        self._close_messages_no_wait()

    async def _broker_event(self, event_name: str, event: Event, default_namespace: DOMNode) -> bool:
        """Actions are read from scroll bars alone, which hold no text; never from a text on the screen."""
        if isinstance(default_namespace, ScrollBar):
            return await super()._broker_event(event_name, event, default_namespace)
        return False

    async def _on_resize(self, event: Resize) -> None:
        """Tell screens of a size that they can fill."""
        event.prevent_default()
        was_small, self.window = self.too_small, event.size
        size = _at_least(event.size)
        await super()._on_resize(Resize(size, size, size, event.pixel_size))
        if self.too_small:
            self._paint_notice()
        elif was_small:
            self.screen.refresh(layout=True)

    def look_again(self) -> None:
        """Ask the terminal itself how large it is: a resize may be told late, in the wrong order, or not at all."""
        ask = getattr(self._driver, "_get_terminal_size", None)
        size = Size(*ask()) if ask is not None else self.window
        if size != self.window:
            self.post_message(Resize(size, size))

    def _display(self, screen: Any, renderable: Any) -> None:
        """Paint, where there is room for it."""
        if self.too_small:
            self._paint_notice()
            self.post_display_hook()
        else:
            super()._display(screen, renderable)

    def _paint_notice(self) -> None:
        if self._driver is not None and self._running:
            rows = notice(self.window)
            drawn = "".join(ROW.format(row) + text for row, text in enumerate(rows, start=1))
            self._driver.write(CLEAR + drawn)
            self._driver.flush()


def notice(window: Size) -> tuple[str, ...]:
    """The notice of a window that is too small, cut into its rows."""
    width = max(window.width, 1)
    rows = [NOTICE[start : start + width] for start in range(0, len(NOTICE), width)]
    return tuple(rows[: max(window.height, 1)])


def ascii_of(text: str) -> str:
    """A text of the same width without any character beyond ASCII."""
    drawn = text.translate(_DRAWN)
    return drawn if drawn.isascii() else "".join(one if one.isascii() else "?" * cell_len(one) for one in drawn)


def _at_least(size: Size) -> Size:
    return Size(max(size.width, LEAST.width), max(size.height, LEAST.height))
