"""Lines of input, read so that a signal is never missed.

`input()` can sleep through a signal that arrives just before it starts to wait; then neither Ctrl+C nor a closing
window would end the game until the next key. Here the wait also watches a pipe that every signal writes to.
"""

import os
import select
import signal
import sys
from typing import Self

LONGEST = 1 << 16
"""Bytes of a line that are kept; the rest of it is read and dropped."""

CHUNK = 4096


class Lines:
    """The lines of a file descriptor; a context, as it borrows the process's one wake-up pipe."""

    def __init__(self, descriptor: int = 0) -> None:
        self._descriptor = descriptor
        self._held = b""
        self._ended = False
        self._woken: tuple[int, int] = (-1, -1)
        self._before = -1

    def __enter__(self) -> Self:
        if os.name != "nt":
            self._woken = os.pipe()
            for end in self._woken:
                os.set_blocking(end, False)
            self._before = signal.set_wakeup_fd(self._woken[1], warn_on_full_buffer=False)
        return self

    def __exit__(self, *exc: object) -> None:
        if os.name != "nt":
            signal.set_wakeup_fd(self._before)
            for end in self._woken:
                os.close(end)

    def read(self, prompt: str) -> str | None:
        """The next line without its end; None where there is none left."""
        print(prompt, end="", flush=True)
        if os.name == "nt":
            return self._plainly()
        while b"\n" not in self._held and not self._ended:
            self._more()
        if not self._held and self._ended:
            return None
        line, _, self._held = self._held.partition(b"\n")
        return line.decode(sys.stdin.encoding or "utf-8", "replace").rstrip("\r")

    def _more(self) -> None:
        ready, _, _ = select.select([self._descriptor, self._woken[0]], [], [])
        if self._woken[0] in ready:
            os.read(self._woken[0], CHUNK)
        if self._descriptor in ready:
            data = os.read(self._descriptor, CHUNK)
            self._ended = not data
            self._held = (self._held + data)[:LONGEST] if b"\n" not in data else self._held[:LONGEST] + data

    def _plainly(self) -> str | None:
        try:
            return input()
        except EOFError:
            return None
