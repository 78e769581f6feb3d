"""A terminal with a program in it: keys go in, what comes out is kept byte for byte and drawn on a screen."""

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyte

COMMAND = [sys.executable, "-c", "from tpmsim.cli.main import main; main()"]

ESCAPE = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_=>78c])")
MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
KEYBOARD = re.compile(rb"\x1b\[([<>])[0-9]*u")
DRAWN = re.compile(rb"\x1b\[[0-9;]*[A-HJKXdfm]|\x1b[78]")
"""What the screen is told; everything else only sets modes, which are kept here."""

OTHER_SCREEN = b"1049"
ON_AT_FIRST = {b"25": True, b"7": True}

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "space": " ",
    "slash": "/",
    "question_mark": "?",
    "backspace": "\x7f",
    **{f"ctrl+{letter}": chr(ord(letter) - 96) for letter in "abcdefghijklmnopqrstuvwxyz"},
}


def own_terminal(slave: int) -> None:
    """In the child: a session whose terminal this is, so that closing it sends SIGHUP; and Ctrl+C as usual."""
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.default_int_handler)


class Terminal:
    """A program in a terminal of its own.

    Attributes:
        wire: every byte that came out of it.
        modes: private modes of the terminal by number, as they were last set.
        keyboard: how often the key protocol was pushed and not popped again.
    """

    def __init__(
        self, *arguments: str, size: tuple[int, int] = (80, 24), code: str | None = None, **environment: str
    ) -> None:
        self.wire = b""
        self.modes: dict[bytes, bool] = {}
        self.keyboard = 0
        self._left = b""
        self._normal, self._other = (pyte.Screen(*size), pyte.Screen(*size))
        self._streams = {one: pyte.ByteStream(one) for one in (self._normal, self._other)}
        self.master, slave = pty.openpty()
        self.resize(*size)
        self._attributes = termios.tcgetattr(self.master)
        command = [sys.executable, "-c", code] if code else COMMAND
        clean = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
        self.process = subprocess.Popen(
            [*command, *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            preexec_fn=lambda: own_terminal(slave),
            env={**clean, "TERM": "xterm-256color", "COLORTERM": "truecolor", **environment},
            close_fds=True,
        )
        os.close(slave)

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *exc: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.close()

    @property
    def lines(self) -> list[str]:
        """The rows of the screen that can be seen."""
        return list(self._shown.display)

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.lines)

    @property
    def full_screen(self) -> bool:
        """Whether the other screen is shown, that of full-screen programs."""
        return self.modes.get(OTHER_SCREEN, False)

    def underlined_in(self, row: int) -> str:
        """What is underlined in a row."""
        cells = self._shown.buffer[row]
        return "".join(cells[column].data for column in range(self._shown.columns) if cells[column].underscore)

    def dirt(self) -> list[str]:
        """What a program that has left did not put back in order."""
        found = [
            f"mode {number.decode()}" for number, on in self.modes.items() if on is not ON_AT_FIRST.get(number, False)
        ]
        if self.keyboard > 0:
            found.append("key protocol")
        if termios.tcgetattr(self.master) != self._attributes:
            found.append("line discipline")
        return found

    def press(self, *keys: str) -> None:
        """Press keys, by name or as characters."""
        self.type("".join(KEYS.get(key, key) for key in keys))

    def type(self, text: str) -> None:
        os.write(self.master, text.encode())

    def resize(self, width: int, height: int) -> None:
        """Give the window another size; the system tells the program."""
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        for screen in self._streams:
            screen.resize(height, width)

    def wait_for(self, text: str, seconds: float = 30.0) -> str:
        """Read until a text stands on the screen; the whole screen."""
        return self.wait_until(lambda: text in self.text, repr(text), seconds)

    def wait_until(self, holds: Callable[[], bool], what: str = "it", seconds: float = 30.0) -> str:
        """Read until something holds of the screen; the whole screen."""
        end = time.monotonic() + seconds
        while not holds():
            ended = self.process.poll() is not None
            if not self.read(0.1) and (ended or time.monotonic() >= end):
                raise AssertionError(f"{what} did not come; there is\n{self.text}")
        return self.text

    def settle(self, quiet: float = 0.3, seconds: float = 30.0) -> str:
        """Read until nothing has come for a while; the whole screen."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.read(quiet):
            pass
        return self.text

    def read(self, seconds: float) -> bool:
        """Read what there is, waiting so long for it; whether there was something."""
        ready, _, _ = select.select([self.master], [], [], max(0.0, seconds))
        if not ready:
            return False
        try:
            data = os.read(self.master, 1 << 16)
        except OSError:
            return False
        self.wire += data
        self._take(data)
        return bool(data)

    def close(self) -> None:
        """Close the window."""
        with contextlib.suppress(OSError):
            os.close(self.master)

    def end(self, seconds: float = 30.0) -> int:
        """Read until the program has ended; its exit code."""
        end = time.monotonic() + seconds
        while self.process.poll() is None and time.monotonic() < end:
            self.read(0.05)
        while self.read(0.05):
            pass
        return self.process.wait(max(0.0, end - time.monotonic()))

    def gone(self, seconds: float = 30.0) -> int:
        """The exit code, without a look at the terminal, which may be closed."""
        return self.process.wait(seconds)

    @property
    def _shown(self) -> pyte.Screen:
        return self._other if self.full_screen else self._normal

    def _take(self, data: bytes) -> None:
        """Draw the data on the screen that they are for, and keep what they set."""
        held, start = self._left + data, 0
        whole = len(held) - len(_unfinished(held))
        self._left, held = held[whole:], held[:whole]
        for found in ESCAPE.finditer(held):
            self._draw(held[start : found.start()])
            self._follow(found.group())
            start = found.end()
        self._draw(held[start:])

    def _follow(self, sequence: bytes) -> None:
        if mode := MODE.fullmatch(sequence):
            for number in mode.group(1).split(b";"):
                was = self.full_screen
                self.modes[number] = mode.group(2) == b"h"
                if self.full_screen and not was:
                    self._other.reset()
        elif pushed := KEYBOARD.fullmatch(sequence):
            self.keyboard += 1 if pushed.group(1) == b">" else -1
        elif DRAWN.fullmatch(sequence):
            self._draw(sequence)

    def _draw(self, data: bytes) -> None:
        if data:
            self._streams[self._shown].feed(data)


def _unfinished(data: bytes) -> bytes:
    """An escape sequence at the end that has only begun."""
    at = data.rfind(b"\x1b")
    return b"" if at < 0 or ESCAPE.match(data, at) else data[at:]


def states(process: Any) -> str:
    """The state of a process in one letter: T is stopped."""
    return Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[0]
