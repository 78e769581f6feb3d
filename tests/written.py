"""Fenced blocks of a page of docs: what a reader may copy, and so what a test can try."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_FENCED = re.compile(r"^```(\S*)[ ]?(.*)\n((?:.*\n)*?)```$", re.MULTILINE)
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block.

    Attributes:
        language: the first word behind the fence.
        about: the words behind it, which readers do not see.
        text: its lines.
        line: of its first line in the page.
        heading: the nearest one above it.
    """

    language: str
    about: str
    text: str
    line: int
    heading: str


def blocks(page: Path) -> tuple[Block, ...]:
    """Every fenced block of a page, in order."""
    text = page.read_text(encoding="utf-8")
    return tuple(
        Block(found[1], found[2], found[3], text[: found.start()].count("\n") + 2, _heading(text[: found.start()]))
        for found in _FENCED.finditer(text)
    )


def _heading(above: str) -> str:
    headings = _HEADING.findall(_FENCED.sub("", above))
    return headings[-1] if headings else ""


def filled(page: Path, texts: Mapping[int, str]) -> str:
    """The page with these texts in its blocks, by the lines of those."""
    text = page.read_text(encoding="utf-8")

    def block(found: re.Match[str]) -> str:
        line = text[: found.start()].count("\n") + 2
        about = f" {found[2]}" if found[2] else ""
        return f"```{found[1]}{about}\n{texts.get(line, found[3])}```"

    return _FENCED.sub(block, text)
