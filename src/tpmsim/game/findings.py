"""Findings about a scenario as pages to be read: where, what, what to do, and the line of the file that is meant."""

from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import Final

from tpmsim.errors import Finding, InputRefused
from tpmsim.game.pages import Found
from tpmsim.scenario.rendering import line_of
from tpmsim.scenario.source import member, read_bytes
from tpmsim.text import shown

AROUND: Final = 60
"""Characters of a line that are shown: all of a short one, of a longer one those around the place."""


def without_source(findings: Sequence[Finding]) -> tuple[Found, ...]:
    """Findings about a scenario of which no file is at hand."""
    return tuple(_found(one, None) for one in findings)


def with_source(findings: Sequence[Finding], file: Path) -> tuple[Found, ...]:
    """Findings about a scenario, each with its line.

    Args:
        findings: in the order in which they are told.
        file: the main file of the scenario; others are looked for beside it.
    """
    files = {name: _read(name, file) for name in {one.file for one in findings if one.line}}
    return tuple(_found(one, files.get(one.file)) for one in findings)


def _read(name: str, file: Path) -> bytes | None:
    """The bytes of a file, by its name as a finding has it; None if it cannot be read now."""
    last = PurePath(name).name
    try:
        return read_bytes(file if last == file.name else member(file.parent, last))
    except InputRefused:
        return None


def _found(one: Finding, data: bytes | None) -> Found:
    place = ":".join(str(part) for part in (one.file, one.line, one.column) if part)
    source, at = "", 0
    line = line_of(data, one.line) if data is not None and one.line else None
    if line is not None:
        source, at = _excerpt(line.rstrip(), (one.column or 1) - 1)
    return Found(one.severity, one.code, place, one.message, one.help, source, at)


def _excerpt(line: str, column: int) -> tuple[str, int]:
    """A line as it can be shown, and how much of that stands before the column; controls are shown as escapes."""
    start = max(0, min(column - AROUND // 2, len(line) - AROUND))
    before, after = line[start:column], line[column : start + AROUND]
    told = shown(before.replace("\t", " "))
    return told + shown(after.replace("\t", " ")), len(told)
