"""From the bytes of a stranger's YAML file to a tree with positions, or to diagnostics, and to nothing else.

First the cheap limits, then the walk over events (`yaml_events`), which stops at whatever is not allowed.
What the values mean is decided later, by the field they are written for (`binding`).
"""

import re
from dataclasses import dataclass
from typing import Final

from tpmsim.errors import InputRefused
from tpmsim.scenario.codes import Yaml
from tpmsim.scenario.diagnostics import Diagnostic, finding, in_order
from tpmsim.scenario.nodes import Mapping, Node
from tpmsim.scenario.source import SCENARIO_BYTES
from tpmsim.scenario.yaml_events import Stopped, TreeBuilder
from tpmsim.text import REPLACEMENT

MAX_LINES: Final = 20_000
MAX_LINE: Final = 4_000

# YAML would refuse these with an error of its own, or break lines at them unseen by editors.
_CONTROL: Final = re.compile("[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was read.

    Attributes:
        root: the mapping at the top.
        warnings: what does not refuse the file.
    """

    root: Mapping
    warnings: tuple[Diagnostic, ...]


def read(data: bytes, file: str = "") -> Document:
    """Read one YAML document that has a mapping at the top.

    Args:
        data: the bytes of the file.
        file: its name as it may be shown.

    Raises:
        InputRefused: with every diagnostic; `Yaml.UNFORESEEN` is the outer net, which never should be needed.
    """
    try:
        return _read(data, file)
    except InputRefused:
        raise
    except Exception as error:
        raise InputRefused([finding(Yaml.UNFORESEEN, file, 1, 1, error=type(error).__name__)]) from None


def _read(data: bytes, file: str) -> Document:
    text = _decoded(data, file)
    _check_lines(text, file)
    text, warnings = _without_controls(text, file)
    builder = TreeBuilder(text, file)
    try:
        root = builder.build()
    except Stopped as stopped:
        raise InputRefused(in_order([*builder.findings, stopped.found, *warnings])) from None
    return _document(root, builder.findings, warnings, file)


def _document(root: Node | None, found: list[Diagnostic], warnings: list[Diagnostic], file: str) -> Document:
    if found:
        raise InputRefused(in_order([*found, *warnings]))
    if root is None:
        raise InputRefused([finding(Yaml.EMPTY, file, 1, 1)])
    if not isinstance(root, Mapping):
        raise InputRefused([finding(Yaml.NO_KEYS, file, root.line, root.column)])
    return Document(root, tuple(warnings))


def _decoded(data: bytes, file: str) -> str:
    if len(data) > SCENARIO_BYTES:
        raise InputRefused([finding(Yaml.TOO_LARGE, file, limit=f"{SCENARIO_BYTES:,}")])
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputRefused([finding(Yaml.NOT_UTF8, file, line, byte=error.start + 1)]) from None
    nul = text.find("\0")
    if nul >= 0:
        place = _place(text, nul)
        raise InputRefused([finding(Yaml.IMPOSSIBLE_CHARACTER, file, *place, what="NUL", help="Save it as UTF-8.")])
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _check_lines(text: str, file: str) -> None:
    lines = text.count("\n") + (not text.endswith("\n"))
    if lines > MAX_LINES:
        raise InputRefused([finding(Yaml.TOO_MANY_LINES, file, MAX_LINES + 1, 1, limit=f"{MAX_LINES:,}")])
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > MAX_LINE:
            raise InputRefused([finding(Yaml.LONG_LINE, file, number, MAX_LINE + 1, limit=f"{MAX_LINE:,}")])


def _without_controls(text: str, file: str) -> tuple[str, list[Diagnostic]]:
    """Control characters read as U+FFFD, with a warning for each line that has one."""
    if not _CONTROL.search(text):
        return text, []
    warnings = []
    for number, line in enumerate(text.split("\n"), 1):
        if match := _CONTROL.search(line):
            warnings.append(finding(Yaml.CONTROL_CHARACTER, file, number, match.start() + 1))
    return _CONTROL.sub(REPLACEMENT, text), warnings


def _place(text: str, index: int) -> tuple[int, int]:
    return (text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))
