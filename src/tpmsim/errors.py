"""Every exception of tpmsim in one tree, and the one line that a command prints for each of them.

Messages arrive here finished: whatever a stranger wrote is already quoted (see `tpmsim.text`). This module
knows no files, no terminal and no rules. Exit codes: 1 problems found, 2 usage,
3 input refused, 4 storage, 5 in use, 6 too new, 70 our bug.
"""

from collections.abc import Sequence
from typing import ClassVar, Protocol

SHOWN_LINES = 20


class Finding(Protocol):
    """What a finding must offer to become a line. `tpmsim.scenario.diagnostics.Diagnostic` does."""

    @property
    def code(self) -> str:
        """A stable code such as `TPM105`, or an empty text."""

    @property
    def severity(self) -> str:
        """One of `error` and `warning`."""

    @property
    def message(self) -> str:
        """One sentence, strangers' text in it already quoted."""

    @property
    def file(self) -> str:
        """The file as it may be shown, or an empty text."""

    @property
    def line(self) -> int | None:
        """Line, from 1."""

    @property
    def column(self) -> int | None:
        """Column in characters, from 1."""

    @property
    def help(self) -> str:
        """The next step, or an empty text."""


class TpmsimError(Exception):
    """The root: message, place, code and next step. It is a `Finding` itself."""

    exit_code: ClassVar[int] = 70
    severity: ClassVar[str] = "error"

    def __init__(
        self,
        message: str,
        *,
        file: str = "",
        line: int | None = None,
        column: int | None = None,
        code: str = "",
        help: str = "",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.file = file
        self.line = line
        self.column = column
        self.code = code
        self.help = help

    def __str__(self) -> str:
        return one_line(self)


class WithFindings(TpmsimError):
    """An error that may stand for several findings with a place each; made of text, it stands for itself."""

    def __init__(
        self,
        what: str | Sequence[Finding],
        *,
        file: str = "",
        line: int | None = None,
        column: int | None = None,
        code: str = "",
        help: str = "",
    ) -> None:
        if not what:
            raise ValueError("a message or at least one finding is needed")
        if isinstance(what, str):
            super().__init__(what, file=file, line=line, column=column, code=code, help=help)
            return
        first = what[0]
        place = {"file": first.file, "code": first.code, "help": first.help}
        super().__init__(first.message, line=first.line, column=first.column, **place)
        self.args = (tuple(what),)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings, or this error as the only one."""
        given = self.args[0]
        return given if isinstance(given, tuple) else (self,)


class ProblemsFound(WithFindings):
    """`check`, `verify` or `grade` could read the input and found problems in it."""

    exit_code = 1


class PolicyFailed(TpmsimError):
    """A policy of the user's own raised something or chose what is not legal; `file` and `line` are in their code."""

    exit_code = 1


class IllegalMove(TpmsimError):
    """A move that the rules do not allow now. `code` is the reason code, `reason` the sentence."""

    exit_code = 1

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason, code=code)
        self.args = (code, reason)
        self.reason = reason


class UsageError(TpmsimError):
    """Wrong usage, or a terminal that cannot be used."""

    exit_code = 2


class InputRefused(WithFindings):
    """Malformed, over a limit, missing, or not a regular file."""

    exit_code = 3


class NewerFormat(InputRefused):
    """A file of an author that was written for a later version of the program."""

    exit_code = 6


class StorageFailed(TpmsimError):
    """Rights, a full disk, an input/output error; or the player quit with unsaved moves."""

    exit_code = 4


class InUse(TpmsimError):
    """Another process plays this journal."""

    exit_code = 5


class TooNew(TpmsimError):
    """Made by a newer format; or it cannot be simulated again here."""

    exit_code = 6


def one_line(finding: Finding) -> str:
    """The short form: `tpmsim: error[TPM105]: a.yaml:12:5: key 'cost' appears twice. Keep one of them`."""
    code = f"[{finding.code}]" if finding.code else ""
    place = ":".join(str(part) for part in (finding.file, finding.line, finding.column) if part)
    sentence = _sentence(finding.message, finding.help)
    text = f"tpmsim: {finding.severity}{code}: {place + ': ' if place else ''}{sentence}"
    return "".join(char if " " <= char < "\x7f" or char >= "\xa0" else "?" for char in text)


def render(error: TpmsimError) -> tuple[str, ...]:
    """All lines that a command prints for this error: at most 20, then "and N more"."""
    if isinstance(error, WithFindings):
        return render_findings(error.findings)
    return (one_line(error),)


def render_findings(findings: Sequence[Finding]) -> tuple[str, ...]:
    """The short form of many findings: at most 20 lines, then "and N more"."""
    lines = tuple(one_line(finding) for finding in findings[:SHOWN_LINES])
    more = len(findings) - len(lines)
    return (*lines, f"tpmsim: and {more:,} more") if more > 0 else lines


def _sentence(message: str, help: str) -> str:
    if not help:
        return message
    end = "" if message.endswith((".", "?", "!")) else "."
    return f"{message}{end} {help}"
