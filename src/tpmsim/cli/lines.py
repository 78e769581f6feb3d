"""Lines of input, read without the buffers of Python, in whose locks a signal could be lost (see cli/signals.py)."""

import os
import sys

LONGEST = 1 << 16
"""Bytes of a line that are kept; the rest of it is read and dropped."""

CHUNK = 4096


class Lines:
    """The lines of a file descriptor."""

    def __init__(self, descriptor: int = 0) -> None:
        self._descriptor = descriptor
        self._held = b""
        self._ended = False

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
        data = os.read(self._descriptor, CHUNK)
        self._ended = not data
        self._held = (self._held + data)[:LONGEST] if b"\n" not in data else self._held[:LONGEST] + data

    def _plainly(self) -> str | None:
        try:
            return input()
        except EOFError:
            return None
