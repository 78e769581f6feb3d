"""The start of the full-screen game: a first line at once, then Textual, then the first screen; and the way out."""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tpmsim.tui.ending import UNSAVED, ended_by_signals

if TYPE_CHECKING:
    from tpmsim.game.session import Session
    from tpmsim.tui.flow import Game

BARE = ("", "dumb", "unknown")
"""Terminals that cannot move their cursor."""

FIXED = ("COLUMNS", "LINES")
"""A size in the environment; it would be believed instead of the terminal's own, whatever becomes of the window."""

SPLASH, GONE = b"tpmsim ...", b"\r\x1b[2K"

DRAWN = "\N{BOX DRAWINGS LIGHT HORIZONTAL}\N{FULL BLOCK}\N{RIGHTWARDS ARROW}"
"""Some of the characters that screens are drawn with."""


@dataclass(frozen=True, slots=True)
class Left:
    """How the game was left.

    Attributes:
        code: for the shell.
        path: of the run that lay on the table and can be gone on with, if one did.
    """

    code: int
    path: Path | None = None


def fits() -> bool:
    """Whether this terminal can show the full-screen game."""
    return all(os.isatty(number) for number in (0, 1, 2)) and os.environ.get("TERM", "") not in BARE


def play_on_screen(
    folder: Path,
    first: "Callable[[], Session] | None",
    *,
    resumed: bool = False,
    only_ascii: bool = False,
    seed: str = "",
    name: str = "",
    language: str = "",
) -> Left:
    """Play on the whole screen until the player leaves.

    Args:
        folder: where runs are kept.
        first: opens the run to begin with; what it raises is raised before the screen is taken. None begins with the
            first screen.
        resumed: whether that run is gone on with.
        only_ascii: paint with nothing beyond ASCII.
        seed: of a new run, unless its player types another one.
        name: of the player of a new run, likewise.
        language: of the texts, where a scenario has it.

    Raises:
        Exception: a bug, as it was raised; the terminal is back in order then.
    """
    with splash():
        session = first() if first is not None else None
        from tpmsim.tui.flow import Game
        from tpmsim.tui.shelf import Shelf
        from tpmsim.tui.table import Table

        table = Table(session) if session is not None else None
        colour, plain_lines = coloured(), only_ascii or not drawable()
        shelf = Shelf(folder, seed=seed, name=name, language=language)
        app = Game(shelf, table, resumed=resumed, colour=colour, only_ascii=plain_lines)
    with ended_by_signals(app.end_soon):
        return _left(app.run() or 0, app)


def _left(code: int, app: "Game") -> Left:
    table = app.table
    if app.failure is not None:
        if table is not None:
            table.close()
        raise app.failure
    if table is None:
        return Left(code)
    pending, path = table.pending, None if table.desk.over else table.path
    table.close()
    return Left(UNSAVED if pending and code == 0 else code, path)


def coloured() -> bool:
    """Whether colours are wanted."""
    return "NO_COLOR" not in os.environ


def drawable() -> bool:
    """Whether the stream that Textual writes to can carry what screens are drawn with."""
    with contextlib.suppress(UnicodeEncodeError, LookupError):
        DRAWN.encode(sys.stderr.encoding or "ascii")
        return True
    return False


@contextmanager
def splash() -> Iterator[None]:
    """A line on the screen until the first screen is there, which then asks the terminal itself how large it is."""
    for name in FIXED:
        os.environ.pop(name, None)
    os.write(1, SPLASH)
    try:
        yield
    finally:
        os.write(1, GONE)
