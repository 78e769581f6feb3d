"""The ways of a text onto the screen: never parsed for markup, whoever wrote it."""

from rich.text import Text
from textual.content import Content

GOOD, BAD, WARN, QUIET, STRONG = "good", "bad", "warn", "quiet", "strong"
"""What a piece of text means; the theme says how that looks."""

INBOX = {"card": "!", "voice": "*", "chased": "!", "due": "!", "blocked": "x", "ready": "+"}
"""The signs before the lines of the inbox, by their kind."""

OUTLOOK = {"+": GOOD, "!": WARN, "x": BAD}
"""What the signs of an outlook mean."""

_STYLES = {
    GOOD: "$success",
    BAD: "$error",
    WARN: "$warning",
    QUIET: "dim",
    STRONG: "bold",
    "": "",
}


def line(text: str, kind: str = "") -> Content:
    """A text for a widget, in one of the meanings above."""
    content = Content(text)
    return content.stylize(_STYLES[kind]) if kind else content


def lines(*parts: Content | str) -> Content:
    """Contents below each other."""
    return Content("\n").join(Content(part) if isinstance(part, str) else part for part in parts)


def joined(*parts: Content | str) -> Content:
    """Contents beside each other."""
    return Content("").join(Content(part) if isinstance(part, str) else part for part in parts)


def turned(word: str) -> str:
    """The meaning of the word with which a change is judged."""
    return {"better": GOOD, "worse": BAD}.get(word, "")


def cell(text: str, style: str = "") -> Text:
    """A text for a cell of a table or a node of a tree, which take texts of Rich alone."""
    return Text(text, style=style, no_wrap=True, overflow="ellipsis")
