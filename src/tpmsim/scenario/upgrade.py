"""Formats of scenario files: what has been renamed from one to the next, and how a tree or a file is brought up.

Files of every earlier format are read for ever: journals carry them. A tree is brought up before it is bound, so
nothing else knows that there ever was another format; a file on the disk is changed only by `tpmsim upgrade`, by edits
that leave comments alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from tpmsim.errors import NewerFormat
from tpmsim.scenario.codes import Schema
from tpmsim.scenario.diagnostics import Diagnostic, finding
from tpmsim.scenario.edits import Edit, of_scalar
from tpmsim.scenario.nodes import Mapping, Node, Scalar
from tpmsim.scenario.numbers import parse_decimal
from tpmsim.text import quoted

FORMAT: Final = 2
"""The present format of scenario files."""

DIGITS: Final = 10
"""Digits behind the point that a converted number keeps; more would be noise of the conversion."""


@dataclass(frozen=True, slots=True)
class Renamed:
    """A key that is called otherwise since a format.

    Attributes:
        section: the map of entries that have the key.
        old, new: its names.
        factor: what its number is multiplied by.
        since: the first format with the new name.
    """

    section: str
    old: str
    new: str
    factor: float = 1.0
    since: int = 2

    def value(self, scalar: Scalar) -> Scalar:
        """The value under the new name; what is no number stays, to be reported as such."""
        number = parse_decimal(scalar.text) if self.factor != 1.0 else None
        if number is None:
            return scalar
        text = f"{round(number * self.factor, DIGITS):.15g}"
        return replace(scalar, text=text, indent=None)


RENAMED: Final = (
    Renamed("cards", "speaker", "from"),
    Renamed("features", "size", "points", 20.0),
)


@dataclass(frozen=True, slots=True)
class Old:
    """A key with an old name in a tree, its value, and what it is called now."""

    rule: Renamed
    key: Scalar
    value: Node


def format_of(root: Mapping) -> tuple[int, Scalar | None]:
    """The format that a file says it has, and where; one that says none is of the present format."""
    for key, value in root.entries:
        if key.text == "format" and isinstance(value, Scalar) and value.plain and value.text.isdecimal():
            return int(value.text[:4]), value
    return FORMAT, None


def brought_up(root: Mapping) -> Mapping:
    """The tree in the present format; every scalar keeps its place."""
    said, scalar = format_of(root)
    keys = {(old.key.line, old.key.column): old for old in old_keys(root)}
    if not keys and said == FORMAT:
        return root
    entries = []
    for key, value in root.entries:
        if value is scalar and scalar is not None:
            value = replace(scalar, text=str(FORMAT))
        entries.append((key, _renamed(value, keys, depth=2)))
    return replace(root, entries=tuple(entries))


def _renamed(node: Node, old: dict[tuple[int, int], Old], depth: int) -> Node:
    """The tree with the keys of its second level renamed."""
    if not isinstance(node, Mapping) or depth == 0:
        return node
    entries = []
    for key, value in node.entries:
        found = old.get((key.line, key.column))
        if found is not None:
            key = replace(key, text=found.rule.new)
            value = found.rule.value(value) if isinstance(value, Scalar) else value
        entries.append((key, _renamed(value, old, depth - 1)))
    return replace(node, entries=tuple(entries))


def old_keys(root: Mapping) -> Iterator[Old]:
    """Keys with a name of an earlier format; where the new name stands beside it, the old one is just unknown."""
    for section, entries in root.entries:
        rules = [rule for rule in RENAMED if rule.section == section.text]
        if not rules or not isinstance(entries, Mapping):
            continue
        for _, entry in entries.entries:
            if isinstance(entry, Mapping):
                names = {key.text for key, _ in entry.entries}
                for key, value in entry.entries:
                    yield from (Old(one, key, value) for one in rules if key.text == one.old and one.new not in names)


def refuse_newer(root: Mapping, file: str) -> None:
    """Nothing is said about a file of a format that is not known here, and nothing is done to it.

    Raises:
        NewerFormat: it was written for a later version.
    """
    said, scalar = format_of(root)
    if scalar is not None and said > FORMAT:
        raise NewerFormat([finding(Schema.NEW_FORMAT, file, scalar.line, scalar.column, found=said, current=FORMAT)])


def remarks(root: Mapping, file: str) -> Iterator[Diagnostic]:
    """What there is to say about the format of a file."""
    said, scalar = format_of(root)
    if scalar is not None and said < FORMAT:
        yield finding(Schema.OLD_FORMAT, file, scalar.line, scalar.column, found=said, current=FORMAT)
    if said == FORMAT:
        for old in old_keys(root):
            yield finding(Schema.OLD_KEY, file, old.key.line, old.key.column, **_said(old))


def _said(old: Old) -> dict[str, Any]:
    """Both names, with the author's own value where it is written otherwise, too."""
    rule, value = old.rule, old.value
    if rule.factor == 1.0 or not isinstance(value, Scalar):
        return {"old": rule.old, "new": rule.new, "since": str(rule.since), "suggestion": rule.new}
    new = f"{rule.new}: {rule.value(value).text}"
    return {"old": f"{rule.old}: {quoted(value.text)[1:-1]}", "new": new, "since": str(rule.since)}


def upgrades(root: Mapping) -> Iterator[Edit]:
    """The edits that bring a file up to the present format."""
    said, scalar = format_of(root)
    if scalar is not None and said < FORMAT and (edit := of_scalar(scalar, str(FORMAT))):
        yield edit
    for old in old_keys(root):
        yield from _renaming(old)


def _renaming(old: Old) -> Iterator[Edit]:
    """The edits of one key and its value: both, or none where the value cannot be told."""
    key = of_scalar(old.key, old.rule.new)
    if key is None:
        return
    if old.rule.factor == 1.0:
        yield key
    elif isinstance(old.value, Scalar):
        new = old.rule.value(old.value)
        value = of_scalar(old.value, new.text) if new is not old.value else None
        if value is not None:
            yield from (key, value)
