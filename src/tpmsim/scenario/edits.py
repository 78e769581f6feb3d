"""Edits of a file as text: a few characters put in place of others, all else left as the author wrote it.

`check --fix` and `upgrade` change files by edits, so comments, blanks and order stay. Not here: what to change.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from tpmsim.scenario.nodes import Mapping, Node, Scalar, Sequence


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Characters of one line, and what stands there instead.

    Attributes:
        line, column: of the first character, from 1.
        length: how many characters go.
        text: what comes.
    """

    line: int
    column: int
    length: int
    text: str


def of_scalar(scalar: Scalar, text: str) -> Edit | None:
    """The edit that writes another text for a scalar, quotes included; None where it is not just what it shows."""
    if scalar.indent is None:
        return None
    return Edit(scalar.line, scalar.column, len(scalar.text) + 2 * scalar.indent, text)


def edited(source: str, edits: Iterable[Edit]) -> str:
    """A text with edits made. Of two that overlap the first counts."""
    lines = source.split("\n")
    end: dict[int, int] = {}
    for edit in sorted(set(edits), reverse=True):
        start = edit.column - 1
        if start + edit.length > end.get(edit.line, len(lines[edit.line - 1])):
            continue
        line = lines[edit.line - 1]
        lines[edit.line - 1] = line[:start] + edit.text + line[start + edit.length :]
        end[edit.line] = start
    return "\n".join(lines)


def scalars(node: Node) -> Iterable[Scalar]:
    """Every key and every single value of a tree."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from scalars(item)
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            yield key
            yield from scalars(value)
