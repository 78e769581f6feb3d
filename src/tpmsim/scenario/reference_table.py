"""A table of the reference, as Markdown for pages or as text for a terminal. Not here: what stands in it."""

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_LINK = re.compile(r"\[(\w+)\]\(#\w+\)")
NARROWEST = 24
"""Characters below which a wrapped last column is no longer read well."""


@dataclass(frozen=True, slots=True)
class Table:
    """Cells in rows, with what is said above them.

    Attributes:
        header: one title a column.
        rows: cells in Markdown, as many in each row.
        title: a heading of its own; may be empty.
        says: a sentence above the table; may be empty.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""
    says: str = ""

    def markdown(self) -> str:
        """Heading, sentence and table in Markdown; bars in cells are escaped."""
        cells = [self.header, ("---",) * len(self.header)]
        cells += [tuple(cell.replace("|", "\\|") for cell in row) for row in self.rows]
        table = "\n".join("| " + " | ".join(line) + " |" for line in cells)
        heading = f"### {self.title}" if self.title else ""
        return "\n\n".join(part for part in (heading, self.says, table) if part)

    def text(self, width: int) -> str:
        """The same for a terminal: in columns where they fit, else an entry a paragraph.

        Args:
            width: characters of a line.
        """
        rows = [tuple(map(_bare, row)) for row in self.rows]
        table = "\n".join(_columns((self.header, *rows), width) or _entries(self.header, self.rows, width))
        return "\n".join(part for part in (self.title.upper(), textwrap.fill(_bare(self.says), width), table) if part)


def _columns(lines: Sequence[Sequence[str]], width: int) -> list[str]:
    """Aligned columns, the last one wrapped; nothing if they do not fit."""
    *widths, last = (max(map(len, column)) for column in zip(*lines, strict=True))
    room = width - sum(widths) - 2 * len(widths)
    if room < min(last, NARROWEST):
        return []
    made = []
    for *cells, text in lines:
        first = "  ".join(f"{cell:<{size}}" for cell, size in zip(cells, widths, strict=True))
        parts = textwrap.wrap(text, room) or [""]
        made.append(f"{first}  {parts[0]}".rstrip())
        made += [" " * (width - room) + part for part in parts[1:]]
    return made


def _entries(header: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    """First cell and middle cells, each with its title unless it is bold, on one line; the last cell below."""
    for name, *middle, last in rows:
        titled = [
            cell if cell.startswith("**") else f"{title} {cell}"
            for title, cell in zip(header[1:-1], middle, strict=True)
            if cell
        ]
        yield from textwrap.wrap(_bare(f"{name}  {'; '.join(titled)}".rstrip()), width, subsequent_indent="      ")
        yield from textwrap.wrap(_bare(last), width, initial_indent="    ", subsequent_indent="    ")


def _bare(cell: str) -> str:
    """A cell without the marks of Markdown: code, bold, links."""
    return _LINK.sub(r"\1", cell).replace("`", "").replace("**", "")
