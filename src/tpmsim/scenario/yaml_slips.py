"""What an author did, said in an author's words, where the YAML parser says what a parser needed.

A parser stops where it cannot go on, which is often a line after the slip and in words of its own. Here its complaint
and the lines around are read once more. What is not recognised is told as the parser told it. Not here: reading.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import yaml

from tpmsim.scenario.codes import Code, Yaml
from tpmsim.scenario.diagnostics import Diagnostic, finding
from tpmsim.text import quoted, shown

_GLUED: Final = re.compile(r"^(\s*(?:- )?[A-Za-z0-9_.-]+:)(?=[^\s:])")
_KEY: Final = re.compile(r"^\s*(?:- )?[^\s:#][^:#]*:(?:\s|$)")
_VALUE: Final = re.compile(r"^\s*(?:- )?[^\s:#][^:#]*:\s+[^\s#|>]")
_WORDS: Final = re.compile(r"^\s*(?!- )[^\s#]")
_ITEM: Final = re.compile(r"^\s*- +[^\s#|>]")


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip: its code, line and column from 1, and what its message asks for."""

    code: Code
    line: int
    column: int
    said: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Complaint:
    """What the parser complained of.

    Attributes:
        lines: of the file.
        problem: in its words.
        line, column: where it stopped, from 0.
        begun: line and column of what it was reading, from 0.
    """

    lines: Sequence[str]
    problem: str
    line: int
    column: int
    begun: tuple[int, int]

    def text(self, line: int) -> str:
        """A line, empty beyond the end."""
        return self.lines[line] if 0 <= line < len(self.lines) else ""

    def slip(self, code: Code, line: int, column: int, **said: Any) -> Slip:
        """A slip at a place counted from 0."""
        return Slip(code, line + 1, column + 1, said)


def diagnosed(error: yaml.MarkedYAMLError, text: str, file: str) -> Diagnostic:
    """The diagnostic for an error of the parser."""
    mark = error.problem_mark or error.context_mark
    problem = error.problem or error.context or "not YAML"
    if mark is None:
        return finding(Yaml.NOT_YAML, file, problem=shown(problem), since="")
    begun = error.context_mark or mark
    complaint = Complaint(text.split("\n"), problem, mark.line, mark.column, (begun.line, begun.column))
    for told, slip in _TOLD:
        found = slip(complaint) if told in problem else None
        if found is not None:
            return finding(found.code, file, found.line, found.column, **found.said)
    since = f" (in what began on line {begun.line + 1})" if begun.line != mark.line else ""
    return finding(Yaml.NOT_YAML, file, mark.line + 1, mark.column + 1, problem=shown(problem), since=since)


def _colon(at: Complaint) -> Slip:
    """`mapping values are not allowed here`: a line too far in, a colon in a text, or one that is missing above."""
    above = _above(at, at.line)
    if glued := _GLUED.match(at.text(above)):
        return at.slip(Yaml.NO_BLANK, above, glued.end() - 1)
    if (bare := _bare(at)) != at.line:
        return _alone(at, bare, _indent(at.text(bare)))
    deeper = _indent(at.text(at.line)) > _indent(at.text(above)) and _VALUE.match(at.text(above))
    if deeper and not _KEY.match(at.text(at.line)[: at.column]):
        return at.slip(Yaml.INDENTED, at.line, _indent(at.text(at.line)), than=above + 1)
    return at.slip(Yaml.COLON_IN_TEXT, at.line, at.column)


def _no_colon(at: Complaint) -> Slip:
    """`could not find expected ':'`: a key without a colon, or with one that nothing blank follows."""
    line, column = at.begun
    if glued := _GLUED.match(at.text(line)):
        return at.slip(Yaml.NO_BLANK, line, glued.end() - 1)
    return _alone(at, line, column)


def _alone(at: Complaint, line: int, column: int) -> Slip:
    """A line that should have been a key."""
    return at.slip(Yaml.NO_COLON, line, column, text=quoted(at.text(line).strip(), 30))


def _bare(at: Complaint) -> int:
    """The first line above that has no colon and stands as deep as a key does here; this line where there is none.

    A text that began beside a key, or as an item of a list, may go on over such lines, so they are none then.
    """
    first = at.line
    if _KEY.match(at.text(at.line)[: at.column]):
        return at.line
    above = _above(at, first)
    while _WORDS.match(at.text(above)) and not _KEY.match(at.text(above)):
        if _indent(at.text(above)) != _indent(at.text(at.line)):
            return at.line
        first, above = above, _above(at, above)
    begun = _VALUE.match(at.text(above)) or _ITEM.match(at.text(above))
    return at.line if begun and _indent(at.text(above)) < _indent(at.text(first)) else first


def _above(at: Complaint, line: int) -> int:
    """The next line above that is not blank; -1 where there is none."""
    return next((n for n in range(line - 1, -1, -1) if at.text(n).strip()), -1)


def _block(at: Complaint) -> Slip | None:
    """`expected <block end>`: an indentation that fits nothing, a list beside keys, or a quote inside quotes."""
    if "<scalar>" in at.problem:
        return at.slip(Yaml.QUOTE_IN_QUOTES, at.line, at.column)
    if "block mapping start" in at.problem or "block sequence start" in at.problem:
        return at.slip(Yaml.INDENTED_OTHERWISE, at.line, at.column, than=at.begun[0] + 1)
    return at.slip(Yaml.LIST_AND_KEYS, at.line, at.column, than=at.begun[0] + 1)


def _unclosed(at: Complaint) -> Slip | None:
    """The end of the file inside quotes."""
    line, column = at.begun
    return at.slip(Yaml.QUOTE_OPEN, line, column) if at.text(line)[column : column + 1] in ("'", '"') else None


def _braces(at: Complaint) -> Slip:
    """`expected ',' or '}'`: one that is not closed, or a text inside that needs quotes."""
    if at.line != at.begun[0]:
        sign = at.text(at.begun[0])[at.begun[1] : at.begun[1] + 1] or "{"
        return at.slip(Yaml.BRACE_OPEN, *at.begun, sign=sign)
    return at.slip(Yaml.TEXT_IN_BRACES, at.line, at.column, char=quoted(at.text(at.line)[at.column : at.column + 1]))


def _character(at: Complaint) -> Slip:
    """`found character`: a tab, or one that begins no text."""
    char = at.text(at.line)[at.column : at.column + 1]
    tab = "\t" in at.text(at.line)[: at.column + 1]
    return at.slip(Yaml.TAB, at.line, at.column) if tab else at.slip(Yaml.BEGINS, at.line, at.column, char=quoted(char))


def _escape(at: Complaint) -> Slip:
    return at.slip(Yaml.ESCAPE, at.line, at.column - 1, char=quoted(at.text(at.line)[at.column : at.column + 1])[1:-1])


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


_TOLD: Final[tuple[tuple[str, Callable[[Complaint], Slip | None]], ...]] = (
    ("mapping values are not allowed", _colon),
    ("could not find expected ':'", _no_colon),
    ("expected <block end>", _block),
    ("unexpected end of stream", _unclosed),
    ("expected ',' or", _braces),
    ("cannot start any token", _character),
    ("unknown escape character", _escape),
)
