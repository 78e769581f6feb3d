"""Lines for a plain terminal: wrapped by columns, no control characters, and ASCII alone where that is asked for."""

import re
import unicodedata
from collections.abc import Iterator

from tpmsim.game.wording.prose import HELD, unbroken

NARROW, WIDE = 30, 100
USUAL = 78

APART = "   "
"""Between things on one line that are not to be broken within."""

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb]")
_SIGNS = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2013": "-",
        "\u2014": "-",
        "\u2026": "...",
        "\u00a0": " ",
        "\u00d7": "x",
        "\u20ac": "EUR",
        "\u00a3": "GBP",
        "\u00df": "ss",
        "\u00e6": "ae",
        "\u00f8": "o",
        "\u2192": "->",
    }
)
_BULLET = re.compile(r" {1,3}\d+ | {1,6}[-!*+] | *(?:---|===) | {2}[a-z?]  (?=\S)")


def to_ascii(text: str) -> str:
    """The text in ASCII: accents go, what has no likeness becomes a question mark."""
    bare = unicodedata.normalize("NFKD", text.translate(_SIGNS))
    kept = "".join(char for char in bare if not unicodedata.combining(char))
    return kept.encode("ascii", "replace").decode("ascii")


def harmless(text: str) -> str:
    """The text without characters that a terminal could obey; the second barrier after SafeText."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)


def columns(text: str) -> int:
    """Columns that a text takes in a terminal."""
    if text.isascii():
        return len(text)
    return sum(_cell(char) for char in text)


def wrapped(text: str, width: int) -> Iterator[str]:
    """The lines of one paragraph; its indent is kept, and what hangs over goes under its first word."""
    bullet = _BULLET.match(text)
    hang = len(bullet.group()) if bullet else len(text) - len(text.lstrip(" "))
    gap = APART if APART in text[hang:] else " "
    line, filled = text[:hang] if bullet else " " * hang, False
    for word in _pieces(unbroken(text[hang:]).split(gap), width - hang):
        if filled and columns(line) + len(gap) + columns(word) > width:
            yield line.rstrip().replace(HELD, " ")
            line, filled = " " * hang, False
        line += gap + word if filled else word
        filled = True
    yield line.rstrip().replace(HELD, " ")


def _pieces(words: list[str], most: int) -> Iterator[str]:
    """Words, those cut that are wider than a line."""
    for word in words:
        piece = ""
        for char in word if columns(word) > most else (word,):
            if piece and columns(piece) + columns(char) > most:
                yield piece
                piece = ""
            piece += char
        yield piece


def _cell(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
