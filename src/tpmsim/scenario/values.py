"""Values: what a number can still be, as an interval or as a list, and what is left of it after a comparison.

An over-estimate: it may keep a number that is impossible, it never drops one that is possible. Nothing left is None.
Not here: names, conditions, and where the first bounds come from.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

LISTED: Final = 64
"""Whole numbers that lie this close together are listed one by one."""

FAR: Final = 1e11
"""A bound beyond this is none that an author would know."""


@dataclass(frozen=True, slots=True)
class Values:
    """The numbers from `low` to `high`; of a list only those in it.

    Attributes:
        low, high: the bounds.
        above, below: whether the number lies strictly above `low`, strictly below `high`.
        among: if given, the only possible numbers.
    """

    low: float
    high: float
    above: bool = False
    below: bool = False
    among: frozenset[float] | None = None

    @classmethod
    def listed(cls, numbers: Iterable[float]) -> "Values | None":
        """Only these numbers; None without any."""
        among = frozenset(numbers)
        return cls(min(among), max(among), among=among) if among else None

    @classmethod
    def between(cls, low: float, high: float, whole: bool = False) -> "Values":
        """From `low` to `high`, both included; of whole numbers close together, each of them."""
        if whole and high - low <= LISTED:
            steps = range(math.ceil(low), math.floor(high) + 1)
            return cls(low, high, among=frozenset(map(float, steps)))
        return cls(low, high)

    @property
    def single(self) -> float | None:
        """The number, if only one is possible."""
        return self.low if self.low == self.high else None

    def met(self, op: str, other: "Values") -> "Values | None":
        """What is left of these where `op` holds against some number of the others; None for nothing."""
        match op:
            case "<":
                return self.up_to(other.high, strictly=True)
            case "<=":
                return self.up_to(other.high, strictly=other.below)
            case ">":
                return self.down_to(other.low, strictly=True)
            case ">=":
                return self.down_to(other.low, strictly=other.above)
            case "==":
                return self.shared(other)
        return self if other.single is None else self.without(other.single)

    def up_to(self, bound: float, strictly: bool) -> "Values | None":
        """Those at most, or strictly below, a bound."""
        if self.among is not None:
            return Values.listed(x for x in self.among if x < bound or (x == bound and not strictly))
        if bound > self.high or (bound == self.high and (self.below or not strictly)):
            return self
        return _interval(self.low, bound, self.above, strictly)

    def down_to(self, bound: float, strictly: bool) -> "Values | None":
        """Those at least, or strictly above, a bound."""
        if self.among is not None:
            return Values.listed(x for x in self.among if x > bound or (x == bound and not strictly))
        if bound < self.low or (bound == self.low and (self.above or not strictly)):
            return self
        return _interval(bound, self.high, strictly, self.below)

    def shared(self, other: "Values") -> "Values | None":
        """Those that are among the others too."""
        kept = self.up_to(other.high, other.below)
        kept = kept.down_to(other.low, other.above) if kept is not None else None
        if kept is None or other.among is None:
            return kept
        return Values.listed(x for x in other.among if kept.has(x))

    def without(self, number: float) -> "Values | None":
        """All but one; of an interval only its ends can be taken away."""
        if self.among is not None:
            return Values.listed(x for x in self.among if x != number) if number in self.among else self
        if number not in (self.low, self.high):
            return self
        return _interval(self.low, self.high, self.above or number == self.low, self.below or number == self.high)

    def has(self, number: float) -> bool:
        """Whether a number is possible."""
        if self.among is not None:
            return number in self.among
        inside = self.low < number < self.high
        return inside or (number == self.low and not self.above) or (number == self.high and not self.below)

    def describe(self) -> str:
        """In words: `1 to 26`, `0 or 1`, `0 or more`."""
        if self.single is not None:
            return f"always {self.single:g}"
        if self.among is not None and len(self.among) <= 4:
            first = sorted(self.among)
            return f"{', '.join(f'{x:g}' for x in first[:-1])} or {first[-1]:g}"
        if self.high > FAR:
            return f"{self.low:g} or more" if self.low > -FAR else "any number"
        return f"{self.low:g} to {self.high:g}" if self.low > -FAR else f"at most {self.high:g}"


def _interval(low: float, high: float, above: bool, below: bool) -> Values | None:
    nothing = low > high or (low == high and (above or below))
    return None if nothing else Values(low, high, above, below)
