"""Faults: findings of the later layers before they have a line. A fault names a part of the scenario by its path.

Whoever looks for faults knows the scenario and not its file; `located` puts them into it. So findings of any origin,
such as measurements over many runs, can be shown where the author wrote what they are about.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tpmsim.scenario.codes import Code, Logic, Schema
from tpmsim.scenario.diagnostics import Diagnostic, finding
from tpmsim.scenario.positions import Path, Positions


@dataclass(frozen=True, slots=True)
class Fault:
    """One finding without a line.

    Attributes:
        code: what was found.
        path: of the part of the scenario that it is about, such as `("cards", "whale", "when")`.
        fields: what the message of the code asks for.
        help: the next step in place of the code's own.
        meant: what probably was meant, as a guess.
        at_value: whether it is about the value of the part, not about its key.
    """

    code: Code
    path: Path
    fields: Mapping[str, Any]
    help: str = ""
    meant: str = ""
    at_value: bool = False

    def follows(self, broken: Path) -> bool:
        """Whether it may be there only because another part has a fault: that part, or one beside it or in it."""
        whole = broken[: len(self.path)] == self.path
        return (
            whole
            or self.path[: len(broken)] == broken
            or (self._weighs and self.path[: len(broken) - 1] == broken[:-1])
        )

    @property
    def _weighs(self) -> bool:
        """Whether it is about several parts together."""
        return isinstance(self.code, Logic) or self.code is Schema.DO_NOT_FIT


def fault(
    code: Code, *path: str | int, help: str = "", meant: str | None = "", at_value: bool = False, **fields: Any
) -> Fault:
    """A fault of the part at a path."""
    return Fault(code, path, fields, help, meant or "", at_value)


def located(found: Fault, positions: Positions, file: str = "") -> Diagnostic:
    """The fault as a diagnostic, at its part or, where that was left out, at the nearest thing around it."""
    line, column = (positions.value if found.at_value else positions.key)(*found.path)
    return finding(found.code, file, line, column, help=found.help, meant=found.meant, **found.fields)
