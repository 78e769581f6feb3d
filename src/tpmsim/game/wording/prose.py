"""Small tools for sentences: strangers' text on one line, lists in words, signs, plurals."""

import re
from collections.abc import Iterable, Sequence

from tpmsim.text import SafeText

HELD = "\ue000"
"""Stands for a space at which no line is to be broken while lines are laid out; Textual breaks at a no-break space."""

_UNIT = re.compile(r"(?<=[0-9]) (?=(?:%|h)(?![A-Za-z0-9]))")
_EMPHASIS = re.compile(r"\*([^*\n]{1,200})\*")


def line_of(text: SafeText, most: int = 4_000) -> str:
    """A stranger's text on one line, without marks of emphasis, cut at `most` characters."""
    return clip(" ".join(_EMPHASIS.sub(r"\1", text.plain()).split()), most)


def paragraphs(text: SafeText) -> tuple[str, ...]:
    """A stranger's text as paragraphs of one line each; an empty line parts them."""
    blocks = re.split(r"\n[ ]*\n", _EMPHASIS.sub(r"\1", text.plain()))
    return tuple(" ".join(block.split()) for block in blocks if block.strip())


def unbroken(text: str) -> str:
    """The text, of the same length, with `HELD` between a figure and its unit, such as 50 and %."""
    return _UNIT.sub(HELD, text)


def clip(text: str, most: int) -> str:
    """The text, or its beginning with three dots, in at most so many characters."""
    return text if len(text) <= most else text[: most - 3].rstrip() + "..."


def shortened(text: str, most: int) -> str:
    """The text, or as many of its first words as fit into so many characters with three dots.

    Where that would leave less than half of the room filled, as with one endless word, it is cut within a word.
    """
    if len(text) <= most:
        return text
    words = text[: most - 2].rpartition(" ")[0].rstrip(" ,;:(")
    return f"{words}..." if 2 * len(words) >= most else clip(text, most)


def listed(items: Iterable[str], last: str = "and") -> str:
    """Items as a list in words: a, b and c."""
    words: Sequence[str] = tuple(items)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""


def counted(count: float, one: str, many: str = "") -> str:
    """A number with its noun: 1 week, 3 weeks, 2.5 hours."""
    return f"{count:g} {one if count == 1 else many or one + 's'}"


def capital(text: str) -> str:
    """The text with a capital first letter; the rest stays."""
    return text[:1].upper() + text[1:]


def spoken(identifier: str) -> str:
    """An id for which there is no better word, as words."""
    return capital(re.sub(r"[_:/.-]+", " ", identifier).strip()) or "Something"


def signed(value: float, digits: int = 1) -> str:
    """A number with its sign; nothing is 0, never -0."""
    text = f"{value:+.{digits}f}"
    return text.replace("+", "").replace("-", "") if not text.strip("+-0.") else text
