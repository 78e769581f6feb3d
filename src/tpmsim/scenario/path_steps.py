"""The tests of a scenario, looked up and ready to be played: paths as steps, and what must always hold.

Data only; `path_reading` makes it of an author's files, `tpmsim.lab.trial` plays it.
"""

from dataclasses import dataclass
from typing import NamedTuple

from tpmsim.core.conditions import Expr
from tpmsim.scenario.diagnostics import Diagnostic


class Place(NamedTuple):
    """Where something was written."""

    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Make:
    """Make a move."""

    place: Place
    row: int


@dataclass(frozen=True, slots=True)
class End:
    """End so many weeks."""

    place: Place
    weeks: int


@dataclass(frozen=True, slots=True)
class Until:
    """End weeks until the condition holds."""

    place: Place
    when: Expr
    text: str
    within: int


@dataclass(frozen=True, slots=True)
class Play:
    """Let a policy play so many weeks; None plays to the end."""

    place: Place
    policy: str
    weeks: int | None


@dataclass(frozen=True, slots=True)
class Expect:
    """The condition must hold now; `text` is as it was written."""

    place: Place
    when: Expr
    text: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The move must not be legal now."""

    place: Place
    row: int


Action = Make | End | Until | Play | Expect | Refused


@dataclass(frozen=True, slots=True)
class ScriptedPath:
    """A path that can be played.

    Attributes:
        id: its key.
        seed: of its run.
        steps: in order.
        ending: id of the ending that must have come, if any.
        place: of its key.
        end_place: of the ending.
    """

    id: str
    seed: int
    steps: tuple[Action, ...]
    ending: str | None
    place: Place
    end_place: Place


@dataclass(frozen=True, slots=True)
class AlwaysHolds:
    """A condition that must hold after every week of every run, in its author's words."""

    id: str
    when: Expr
    text: str
    says: str
    place: Place


@dataclass(frozen=True, slots=True)
class Expectations:
    """All tests of a scenario."""

    paths: tuple[ScriptedPath, ...] = ()
    always: tuple[AlwaysHolds, ...] = ()
    warnings: tuple[Diagnostic, ...] = ()
