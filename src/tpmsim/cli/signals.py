"""Signals that end the program, in good order and for certain.

The handler raises, so that everything unwinds and files are closed. An exception raised at an arbitrary place can be
lost on the way (libraries clear errors they do not expect), so a timer ends what is still there after a second.
"""

import os
import signal
import threading
from types import FrameType

INTERRUPTED = 130
"""Exit code of Ctrl+C."""

PATIENCE = 1.0
"""Seconds that a program which was asked to end may take."""


class EndedBySignal(BaseException):
    """A signal asked the program to end; not an error, and not to be caught on the way."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_code = 128 + number


def end_on(*names: str) -> None:
    """End in good order on these signals, those that this system has and that are not ignored on purpose."""
    for name in names:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)


def _end(number: int, frame: FrameType | None) -> None:
    """Unwind; whatever hangs on the way is cut off by a second signal, or after a second."""
    signal.signal(number, lambda again, _: os._exit(128 + again))
    last = threading.Timer(PATIENCE, os._exit, (128 + number,))
    last.daemon = True
    last.start()
    raise EndedBySignal(number)
