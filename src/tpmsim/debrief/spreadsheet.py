"""CSV that a spreadsheet cannot be attacked with: no text of a stranger is ever taken for a formula.

What counts is what the program sees, not the first byte (OWASP, CSV Injection): it skips blanks and what has no width,
and some take full-width signs for the usual ones. Numbers of our own stay numbers. All cells are quoted, UTF-8, LF.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from tpmsim.text import SafeText

Cell = str | SafeText | int | float | None

FORMULA: Final = frozenset("=+-@\N{MINUS SIGN}|%")
"""Signs with which a formula, a command or a link of a spreadsheet can begin."""

UNSEEN: Final = frozenset(("Cc", "Cf", "Zs", "Zl", "Zp", "Mn"))
"""Kinds of characters that do not show at the beginning of a cell."""


def csv(rows: Iterable[Sequence[Cell]]) -> str:
    """Rows of cells as a file."""
    return "".join(",".join(map(cell, row)) + "\n" for row in rows)


def cell(value: Cell) -> str:
    """One cell, quoted; None is empty."""
    if value is None:
        return '""'
    if isinstance(value, int | float):
        return f'"{value}"'
    text = harmless(value.plain() if isinstance(value, SafeText) else value)
    return '"' + text.replace('"', '""') + '"'


def harmless(text: str) -> str:
    """The text, with an apostrophe before it where it could be taken for a formula."""
    seen = next((char for char in text if unicodedata.category(char) not in UNSEEN), "")
    starts = unicodedata.normalize("NFKC", seen)[:1]
    return f"'{text}" if starts in FORMULA or text[:1] in ("\t", "\r", "\n") else text
