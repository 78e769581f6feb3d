"""The two ends of plain mode: lines in, cut; lines out, wrapped and harmless."""

from collections.abc import Callable

from tpmsim.cli.plain_text import NARROW, WIDE, harmless, to_ascii, wrapped

Read = Callable[[str], str | None]
Write = Callable[[str], None]

LONGEST = 4_000
"""Characters of a line of input that are looked at."""


class NoMore(Exception):
    """The input has ended."""


class Console:
    """Reads and writes lines through two functions, whatever is behind them."""

    def __init__(self, read: Read, write: Write, width: int, ascii: bool) -> None:
        self._read, self._write = read, write
        self._width = max(NARROW, min(WIDE, width))
        self._ascii = ascii

    def ask(self, prompt: str) -> str:
        """A line of input, cut, without blanks around it.

        Raises:
            NoMore: there is none.
        """
        line = self._read(prompt)
        if line is None:
            raise NoMore
        return line[:LONGEST].strip()

    def say(self, *paragraphs: str) -> None:
        """Write paragraphs, wrapped."""
        for text in paragraphs:
            for line in wrapped(self._clean(text), self._width):
                self._write(line)

    def raw(self, text: str) -> None:
        """Write a line that must not be broken: something to be copied."""
        self._write(self._clean(text))

    def _clean(self, text: str) -> str:
        text = harmless(text)
        return to_ascii(text) if self._ascii else text
