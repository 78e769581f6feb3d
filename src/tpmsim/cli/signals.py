"""Signals that end the program, in good order and for certain.

The handler raises, so that everything unwinds and files are closed. An exception raised at an arbitrary place can be
lost on the way (libraries clear errors they do not expect), so a timer ends what is still there after a second.

Python runs a handler in the main thread, and only between two of its steps: a signal that comes just before that
thread waits for the system (a key, a lock, a sleep), or that another thread takes, is not heard until the wait is
over. So each signal also wakes a thread, which interrupts the wait.
"""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

INTERRUPTED = 130
"""Exit code of Ctrl+C."""

PATIENCE = 1.0
"""Seconds that a program which was asked to end may take."""


NAMES = ("SIGHUP", "SIGTERM", "SIGINT")

POKES, APART = 20, 0.05
"""How often a wait is interrupted after a signal, and seconds between: a poke may come just before the wait as well."""


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


@contextmanager
def heard_at_once() -> Iterator[None]:
    """While this lasts, no wait of the main thread keeps a signal that ends the program; where the system can do it."""
    if not hasattr(signal, "pthread_kill"):
        yield
        return
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    before = signal.signal(signal.SIGURG, lambda *_: None), signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    threading.Thread(target=_interrupt_waits, args=(woken,), daemon=True).start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(before[1])
        signal.signal(signal.SIGURG, before[0])
        os.close(wake)


def _interrupt_waits(woken: int) -> None:
    """Poke the main thread after each signal that ends; a poke does nothing but to end a wait."""
    ends = {getattr(signal, name) for name in NAMES}
    main = threading.main_thread().ident
    assert main is not None
    while came := os.read(woken, 64):
        for _ in range(POKES if ends & set(came) else 0):
            signal.pthread_kill(main, signal.SIGURG)
            time.sleep(APART)
    os.close(woken)
