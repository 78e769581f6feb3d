"""Findings for people, for editors and for continuous integration: the five forms in which they are printed.

`text` shows the line with a caret, `short` is one line a finding, `json` is for programs, `sarif` (OASIS SARIF 2.1.0)
for code scanning, `github` are the workflow commands of GitHub Actions. Whatever a stranger wrote is escaped here once
more: no form lets a control character out. Not here: finding anything.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final
from urllib.parse import quote

from tpmsim import __version__
from tpmsim.errors import one_line
from tpmsim.scenario.codes import ERROR, LAYERS, NOTE, REGISTRY, WARNING
from tpmsim.scenario.diagnostics import Diagnostic
from tpmsim.text import shown

WINDOW: Final = 88
"""Characters of a line that are shown around a finding."""

_TOKEN: Final = re.compile(r"""'[^']*'?|"[^"]*"?|[^\s,:{}\[\]#]+|.""")
_GITHUB: Final = {ERROR: "error", WARNING: "warning", NOTE: "notice"}

Files = Mapping[str, bytes]


def long(found: Diagnostic, files: Files) -> Iterator[str]:
    """The long form: what is wrong, where, the line with a caret, what was meant, what to do."""
    yield _clean(f"{found.severity}[{found.code}]: {found.headline}")
    place = ":".join(str(part) for part in (found.file, found.line, found.column) if part)
    gutter = " " * len(str(found.line or ""))
    if place:
        yield _clean(f"{gutter}--> {place}")
    if found.line is not None and found.column is not None and found.file in files:
        line = line_of(files[found.file], found.line)
        if line is not None:
            yield f"{gutter} |"
            yield from _marked(found, line, gutter)
    if found.help:
        yield _clean(f"{gutter} = help: {found.help}")
    yield f"{gutter} = see: tpmsim explain {found.code}"


def _marked(found: Diagnostic, line: str, gutter: str) -> Iterator[str]:
    """The line of a finding, and the caret below what it is about."""
    assert found.column is not None
    start = max(0, found.column - WINDOW // 2) if len(line) > WINDOW else 0
    before, after = line[start : found.column - 1], line[found.column - 1 : start + WINDOW]
    ellipsis, rest = "..." if start else "", "..." if len(line) > start + WINDOW else ""
    yield f"{found.line} | {ellipsis}{_clean(before + after)}{rest}"
    blanks = " " * (_width(_clean(before)) + len(ellipsis))
    meant = f" did you mean '{found.suggestion}'?" if found.asks else ""
    write = f" write {found.suggestion}" if found.suggestion and not found.asks else ""
    yield _clean(
        f"{gutter} | {blanks}{'^' * _width(_clean(token_at(line, found.column)[: max(len(after), 1)]))}{meant}{write}"
    )


def token_at(line: str, column: int) -> str:
    """What a finding at a column is about: a word, or a quoted text; one character at least."""
    match = _TOKEN.match(line, column - 1)
    return match.group() if match else " "


def line_of(data: bytes, number: int) -> str | None:
    """A line of a file, from 1."""
    lines = _lines(data)
    return lines[number - 1].rstrip("\r") if 0 < number <= len(lines) else None


@lru_cache(maxsize=4)
def _lines(data: bytes) -> list[str]:
    """The lines of a file; kept, as a file has many findings."""
    return data.decode("utf-8", "replace").removeprefix("\ufeff").split("\n")


def short(found: Diagnostic) -> str:
    """One line."""
    return one_line(found)


def as_json(found: Diagnostic, files: Files) -> dict[str, Any]:
    """A finding for programs; lines and columns count from 1, columns in characters, the end is not included."""
    return {
        "code": found.code,
        "title": REGISTRY[found.code].page.title,
        "severity": found.severity,
        "message": found.message,
        "file": found.file,
        "line": found.line,
        "column": found.column,
        "end_column": _end(found, files),
        "help": found.help,
        "suggestion": found.suggestion,
        "safe": found.safe,
    }


def github(found: Diagnostic, files: Files) -> str:
    """A workflow command, which the runner of GitHub Actions shows beside the line."""
    title = f"{found.code} {REGISTRY[found.code].page.title}"
    places = {"file": found.file, "line": found.line, "col": found.column, "endColumn": _end(found, files)}
    properties = {**{name: value for name, value in places.items() if value}, "title": title}
    listed = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{_GITHUB[found.severity]} {listed}::{_data(_sentence(found))}"


def sarif(findings: Sequence[Diagnostic], files: Files) -> dict[str, Any]:
    """A whole log of SARIF 2.1.0 with one run."""
    used = [code for codes in LAYERS.values() for code in codes if code.id in {one.code for one in findings}]
    rules = {code.id: number for number, code in enumerate(used)}
    driver = {
        "name": "tpmsim",
        "semanticVersion": __version__,
        "rules": [
            {
                "id": code.id,
                "name": code.name,
                "shortDescription": {"text": code.page.title},
                "fullDescription": {"text": code.page.cause},
                "help": {"text": f"tpmsim explain {code.id}"},
                "defaultConfiguration": {"level": code.page.severity},
            }
            for code in used
        ],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, rules[one.code], files) for one in findings],
    }
    return {"version": "2.1.0", "runs": [run]}


def _result(found: Diagnostic, rule: int, files: Files) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": found.code,
        "ruleIndex": rule,
        "level": found.severity,
        "message": {"text": _sentence(found)},
    }
    if not found.file:
        return result
    artifact, region = {"uri": quote(found.file.replace("\\", "/"))}, _region(found, files)
    place = {"artifactLocation": artifact, **({"region": region} if region else {})}
    result["locations"] = [{"physicalLocation": place}]
    if found.safe and region:
        change = {"deletedRegion": region, "insertedContent": {"text": found.suggestion}}
        mended = {"artifactLocation": artifact, "replacements": [change]}
        result["fixes"] = [{"description": {"text": f"Write {found.suggestion}"}, "artifactChanges": [mended]}]
    return result


def _region(found: Diagnostic, files: Files) -> dict[str, int]:
    places = {"startLine": found.line, "startColumn": found.column, "endColumn": _end(found, files)}
    return {name: value for name, value in places.items() if value}


def _end(found: Diagnostic, files: Files) -> int | None:
    """The column behind what a finding is about."""
    if found.line is None or found.column is None or found.file not in files:
        return None
    line = line_of(files[found.file], found.line)
    return None if line is None else found.column + len(token_at(line, found.column))


def _sentence(found: Diagnostic) -> str:
    end = "" if found.message.endswith((".", "?", "!")) else "."
    return _clean(f"{found.message}{end} {found.help}".strip() if found.help else found.message)


def _clean(line: str) -> str:
    return shown(line, limit=4 * WINDOW + len(line))


def _width(line: str) -> int:
    """Columns of a terminal that a text takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


def _data(message: str) -> str:
    return message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")
