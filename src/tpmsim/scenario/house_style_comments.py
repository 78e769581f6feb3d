"""Comments and blank lines of a file: found where they stand, tied to the entry they belong to, and put back there.

A comment on a line of its own belongs to the entry below it; one that stands further in than the entry below belongs
to what ends above it; one beside a value belongs to that entry. Comments before the first entry stay on top. Not here:
how values are written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from tpmsim.scenario.nodes import Mapping, Node, Sequence
from tpmsim.scenario.positions import Path

_HEAD = re.compile(r"[|>][-+0-9]*[ \t]+(#.*)")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a map or an item of a list that begins a line.

    Attributes:
        path: of the entry.
        line: where it begins, from 0.
        column: where it begins, from 0.
        section: whether its value is a map.
    """

    path: Path
    line: int
    column: int
    section: bool


@dataclass(frozen=True)
class Notes:
    """Comments and blank lines (empty texts) by where they belong."""

    top: list[str] = field(default_factory=list)
    above: dict[Path, list[str]] = field(default_factory=dict)
    beside: dict[Path, list[str]] = field(default_factory=dict)
    after: dict[Path, list[str]] = field(default_factory=dict)
    end: list[str] = field(default_factory=list)

    def comments(self) -> Iterator[str]:
        """Every comment."""
        for lines in (self.top, *self.above.values(), *self.beside.values(), *self.after.values(), self.end):
            yield from filter(None, lines)


def notes_of(text: str, root: Mapping) -> Notes:
    """The comments and blank lines of a file.

    Args:
        text: the file.
        root: its tree.
    """
    entries = _entries(root)
    notes = Notes()
    pending: list[str] = []
    waiting = iter([*entries, None])
    upcoming = next(waiting)
    passed: list[Entry] = []
    for line, column, comment, alone in _found(text):
        while upcoming is not None and upcoming.line <= line:
            _settle(notes, pending, upcoming, not passed)
            passed.append(upcoming)
            pending, upcoming = [], next(waiting)
        if not alone:
            notes.beside.setdefault(passed[-1].path, []).append(comment) if passed else notes.top.append(comment)
        elif comment and passed and column > (upcoming.column if upcoming else 0):
            owner = _owner(passed, column)
            notes.after.setdefault(owner, []).extend([*pending, comment])
            pending = []
        else:
            pending.append(comment)
    for one in (upcoming, *waiting):
        if one is not None:
            _settle(notes, pending, one, not passed)
            passed.append(one)
            pending = []
    notes.end.extend(pending)
    return notes


def with_notes(text: str, root: Mapping, notes: Notes) -> str:
    """A file without comments, with these put where they belong.

    Args:
        text: the file.
        root: its tree.
        notes: what to put there; of entries that the file has.
    """
    lines = text.rstrip("\n").split("\n")
    entries = _entries(root)
    before: dict[int, list[str]] = {}
    for place, entry in enumerate(entries):
        for comment in notes.beside.get(entry.path, ()):
            lines[entry.line] += f"  {comment}"
        before[entry.line] = [*before.get(entry.line, ()), *_above(entries, place, notes)]
    for path in sorted(notes.after, key=len):
        owner = next(one for one in entries if one.path == path)
        inside = path[: len(path)]
        behind = [one.line for one in entries if one.line > owner.line and one.path[: len(path)] != inside]
        told = _indented(_tidy(notes.after[path]), owner.column)
        place = behind[0] if behind else len(lines)
        before[place] = [*told, *before.get(place, ())]
    made = [*_tidy(notes.top)]
    for number, line in enumerate(lines):
        made += [*before.get(number, ()), line]
    made += [*before.get(len(lines), ()), *_tidy(notes.end)]
    return "\n".join(made).strip("\n") + "\n"


def _settle(notes: Notes, pending: list[str], entry: Entry, first: bool) -> None:
    """Tie what was read to the entry below it; above the first entry, only what no blank line parts from it."""
    if first:
        cut = max((place + 1 for place, line in enumerate(pending) if not line), default=len(pending))
        notes.top.extend(pending[:cut])
        pending = pending[cut:]
    if pending:
        notes.above[entry.path] = pending


def _owner(passed: list[Entry], column: int) -> Path:
    """The entry around the last one that begins at the column of a comment below it, or not as far in."""
    last = passed[-1].path
    around = [one for one in passed if last[: len(one.path)] == one.path and one.column <= column]
    return around[-1].path if around else last[:1]


def _above(entries: list[Entry], place: int, notes: Notes) -> list[str]:
    """The lines above an entry: sections are parted by one blank line, others as their author parted them."""
    entry, told = entries[place], _tidy(notes.above.get(entries[place].path, []))
    if len(entry.path) == 1 and place:
        before = next(one for one in reversed(entries[:place]) if len(one.path) == 1)
        if (entry.section or before.section) and told[:1] != [""]:
            told = ["", *told]
    elif told[:1] == [""] and (not place or entries[place - 1].path == entry.path[:-1]):
        told = told[1:]
    return _indented(told, entry.column)


def _indented(lines: list[str], column: int) -> list[str]:
    return [f"{' ' * column}{line}" if line else "" for line in lines]


def _tidy(lines: list[str]) -> list[str]:
    """Never two blank lines in a row."""
    return [line for place, line in enumerate(lines) if line or not place or lines[place - 1]]


def _entries(root: Mapping) -> list[Entry]:
    """The entries that begin a line, in the order of the file; of several on a line the outermost."""
    first: dict[int, Entry] = {}
    for entry in _walk(root, ()):
        first.setdefault(entry.line, entry)
    return sorted(first.values(), key=lambda one: one.line)


def _walk(node: Node, path: Path) -> Iterator[Entry]:
    if isinstance(node, Mapping):
        for key, value in node.entries:
            yield Entry((*path, key.text), key.line - 1, key.column - 1, isinstance(value, Mapping))
            yield from _walk(value, (*path, key.text))
    elif isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            yield Entry((*path, index), item.line - 1, max(item.column - 3, 0), isinstance(item, Mapping))
            yield from _walk(item, (*path, index))


def _found(text: str) -> Iterator[tuple[int, int, str, bool]]:
    """Line, column, comment (empty for a blank line), and whether it stands alone on its line."""
    end, line = 0, 0
    for token in yaml.scan(text, Loader=yaml.SafeLoader):
        yield from _gap(text, end, token.start_mark.index, line)
        if isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
            yield from _around_block(text[token.start_mark.index : token.end_mark.index], token)
        end, line = token.end_mark.index, token.end_mark.line
    yield from _gap(text, end, len(text), line)


def _gap(text: str, start: int, end: int, line: int) -> Iterator[tuple[int, int, str, bool]]:
    """The comments and blank lines between two tokens."""
    whole = start == 0 or text[start - 1] == "\n"
    for number, part in enumerate(text[start:end].splitlines(keepends=True), start=line):
        column = len(part) - len(part.lstrip(" \t"))
        if "#" in part or (whole and part.endswith("\n")):
            yield number, column, part.strip(), whole
        whole = True


def _around_block(written: str, token: yaml.ScalarToken) -> Iterator[tuple[int, int, str, bool]]:
    """The comment in the head of a text with lines of its own, and the blank lines that end it."""
    start, end = token.start_mark, token.end_mark
    if match := _HEAD.match(written):
        yield start.line, start.column, match[1].strip(), False
    if re.search(r"\n[ \t]*\n[ \t]*$", written):
        yield end.line - 1, 0, "", True
