"""Signals while the game is on the screen: they end it in good order, and otherwise for certain.

The first one asks; a second one, or a second of waiting, puts the terminal back in order by hand and ends the process.
Nothing has to be saved for that: what is confirmed is on the disk.

A closed window sends its signal to the program that was started in it. Where that is another one, such as `make`, which
waits for us and hands nothing on, no signal comes; so it is looked after the terminal itself, too.
"""

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

if sys.platform != "win32":
    import termios

UNSAVED = 4
"""Exit code of leaving with something unsaved."""

PATIENCE = 1.0
"""Seconds that an app which was asked to end may take."""

LOOKS = 1.0
"""Seconds between looks whether the terminal is still there."""

NAMES = ("SIGHUP", "SIGTERM", "SIGINT")

RESET = (
    b"\x1b[0m\x1b[?2026l\x1b[?2004l\x1b[?2048l\x1b[?1004l"
    b"\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1016l"
    b"\x1b[<u\x1b[?7h\x1b[?1049l\x1b[?25h"
)
"""Colours, synchronised output, paste, size and focus reports, mouse, key protocol, wrapping, screen and cursor."""


class Screen:
    """The terminal as it was before the game came."""

    def __init__(self) -> None:
        self._attributes: Any = None
        if sys.platform != "win32":
            with contextlib.suppress(termios.error):
                self._attributes = termios.tcgetattr(0)

    def restore(self) -> None:
        """Put it back as it was, even if it takes no more output."""
        with contextlib.suppress(OSError):
            if self._attributes is not None:
                self._quiet()
            _blocking(False)
            try:
                os.write(2, RESET)
            finally:
                _blocking(True)

    def _quiet(self) -> None:
        """Drop what is still on its way out, and give the keyboard back."""
        if sys.platform != "win32":
            with contextlib.suppress(termios.error):
                termios.tcflush(2, termios.TCOFLUSH)
                termios.tcsetattr(0, termios.TCSANOW, self._attributes)


def _blocking(wanted: bool) -> None:
    """Whether writing waits for a terminal that takes no output; Windows cannot be asked that before Python 3.12."""
    if hasattr(os, "set_blocking"):
        os.set_blocking(2, wanted)


@contextmanager
def ended_by_signals(ask: Callable[[int], None]) -> Iterator[None]:
    """While this lasts, a signal asks with the exit code; who does not hear it is ended.

    Args:
        ask: asks the app to end with an exit code; called from a signal handler.
    """
    screen = Screen()

    def end(number: int, frame: FrameType | None) -> None:
        for one in before:
            signal.signal(one, cut)
        last = threading.Timer(PATIENCE, cut, (number, None))
        last.daemon = True
        last.start()
        ask(128 + number)

    def cut(number: int, frame: FrameType | None) -> None:
        screen.restore()
        os._exit(128 + number)

    def hung_up() -> None:
        if signal.SIGHUP in before:
            os.kill(os.getpid(), signal.SIGHUP)
        else:
            cut(signal.SIGHUP, None)

    numbers = [getattr(signal, name) for name in NAMES if hasattr(signal, name)]
    before = {one: signal.getsignal(one) for one in numbers if signal.getsignal(one) is not signal.SIG_IGN}
    for one in before:
        signal.signal(one, end)
    over = threading.Event()
    threading.Thread(target=_watch_terminal, args=(over, hung_up), daemon=True).start()
    try:
        yield
    finally:
        over.set()
        for one, handler in before.items():
            signal.signal(one, handler)


def _watch_terminal(over: threading.Event, hung_up: Callable[[], None]) -> None:
    """Tell once that the terminal is gone; where there was none, or it cannot be asked, there is nothing to watch."""
    if sys.platform == "win32" or not os.isatty(0):
        return
    while not over.wait(LOOKS):
        if not os.isatty(0):
            hung_up()
            return
