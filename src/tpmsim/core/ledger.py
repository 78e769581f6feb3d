"""Why a number moved: named causes, recorded for one run and free for thousands.

A mechanic changes a visible number cause by cause and says so by `trace.mark(number, cause, value)` with the
value reached so far. The ledger rounds each value to the quantum of its number (whole counts) and keeps the
differences, which therefore add up exactly, whatever the floating-point parts did. `Silent` records nothing.

This module knows no mechanic and no number; what is visible is said in `Rules.numbers`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from tpmsim.core.arrays import Floats


class Trace(Protocol):
    """What a mechanic is given to name its causes."""

    @property
    def on(self) -> bool:
        """Whether anybody listens; a mechanic may skip work that only prepares marks."""
        ...

    def mark(self, number: str, cause: str, value: Floats) -> None:
        """Say that `number` has reached `value` (N,) by `cause`."""
        ...


class Silent:
    """The trace of rollouts: nobody listens."""

    on = False

    def mark(self, number: str, cause: str, value: Floats) -> None:
        """Record nothing."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One change of one visible number.

    Attributes:
        week: the week that was ending, or in which the move was made.
        number: id of the visible number.
        cause: what moved it, in the words of the mechanic or the id of the move.
        change: in whole quanta of the number, never zero.
    """

    week: int
    number: str
    cause: str
    change: int


@dataclass(slots=True)
class Ledger:
    """The causes of one run, in the order in which they acted.

    Attributes:
        quanta: quantum of each visible number, in its unit.
        values: where each number stands, in whole quanta.
        week: the week now played.
        entries: what has been recorded so far.
    """

    quanta: Mapping[str, float]
    values: dict[str, int] = field(default_factory=dict)
    week: int = 0
    entries: list[Entry] = field(default_factory=list)

    @property
    def on(self) -> bool:
        """A ledger always listens."""
        return True

    def start(self, values: Mapping[str, float]) -> None:
        """Take the opening values, which have no cause."""
        self.values = {number: quantised(value, self.quanta[number]) for number, value in values.items()}

    def mark(self, number: str, cause: str, value: Floats) -> None:
        """Record the change since the last mark of the same number; value is (1,)."""
        if number not in self.quanta:
            return
        reached = quantised(float(value[0]), self.quanta[number])
        change = reached - self.values[number]
        if change:
            self.entries.append(Entry(self.week, number, cause, change))
            self.values[number] = reached

    def copy(self) -> "Ledger":
        """An independent ledger with the same past, for a branch or an undo."""
        return Ledger(self.quanta, dict(self.values), self.week, list(self.entries))


def quantised(value: float, quantum: float) -> int:
    """The value as a whole number of quanta, halves to even."""
    return int(np.rint(value / quantum))
