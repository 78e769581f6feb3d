"""The target solver: which value of one number of a scenario makes a policy score, or win, as it should.

The number is written into the bytes of the file, all runs are played again on the same seeds, and so on by bisection,
until the next value would be the same. The file itself is left alone. Not here: reading options.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import numpy as np

from tpmsim.errors import InputRefused, UsageError
from tpmsim.lab.balance.ladder import scores
from tpmsim.lab.rollout import Results
from tpmsim.scenario.binding_scalars import Kind
from tpmsim.scenario.diagnostics import did_you_mean, nearest
from tpmsim.scenario.edits import Edit, edited, of_scalar, scalars
from tpmsim.scenario.loading import Examined, Loaded, parse
from tpmsim.scenario.numbers import decimal
from tpmsim.scenario.positions import Path, dotted
from tpmsim.scenario.rendering import line_of
from tpmsim.scenario.schema import Scenario
from tpmsim.scenario.yaml_reader import read
from tpmsim.text import quoted

DIGITS = 3
"""Significant digits of a value that is tried."""

BESIDE = 1e-3
"""How near a value comes to a bound that is not allowed itself."""

STEPS = 24
"""Most values that are tried."""


Play = Callable[[Loaded, str, float], Results]
"""Plays a scenario by a policy; told the value that is tried."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is wanted.

    Attributes:
        policy: who plays.
        value: wanted.
        wins: whether it is the share of runs with a good ending, in per cent; else the mean score.
    """

    policy: str
    value: float
    wins: bool

    def measured(self, loaded: Loaded, results: Results) -> float:
        """The same of runs that were played."""
        if not self.wins:
            return float(scores(results).mean())
        good = np.array([one.good for one in loaded.rules.endings])
        return 100.0 * float(good[results.ending].mean())


@dataclass(frozen=True, slots=True)
class Varied:
    """One number of a file that can be written anew.

    Attributes:
        key: its path with dots.
        line, column: where it stands.
        present: its value.
        low, high: bounds of what it can be; infinite where there are none.
        whole: whether it must be a whole number.
        data: bytes of the file.
        edit: puts another text in its place.
    """

    key: str
    line: int
    column: int
    present: float
    low: float
    high: float
    whole: bool
    data: bytes
    edit: Edit

    def rounded(self, value: float) -> float:
        """A value that may stand in the file and is short to read."""
        if value == 0.0:
            return 0.0
        digits = DIGITS - 1 - math.floor(math.log10(abs(value)))
        return float(round(value)) if self.whole else round(value, digits)

    def written(self, value: float) -> bytes:
        """The file with another value."""
        return edited(self.data.decode("utf-8"), [replace(self.edit, text=text_of(value))]).encode()

    def line_with(self, value: float) -> str:
        """The line of the file with another value."""
        return (line_of(self.written(value), self.line) or "").rstrip()


@dataclass(slots=True)
class Solution:
    """What was tried.

    Attributes:
        target: what was wanted.
        tried: the measure by value.
        met: whether the target lies between values that were tried.
    """

    target: Target
    tried: dict[float, float] = field(default_factory=dict)
    met: bool = False

    @property
    def value(self) -> float:
        """The value that came nearest."""
        return min(self.tried, key=lambda one: (abs(self.tried[one] - self.target.value), one))


def varied(loaded: Loaded, examined: Examined, key: str) -> Varied:
    """The number that a key path names.

    Raises:
        UsageError: the file has no number there.
    """
    positions = examined.bound.positions
    paths = {dotted(path): path for path in positions.values}
    places = {(one.line, one.column): one for one in scalars(read(loaded.data).root)}
    path = paths.get(key)
    kind = _number(Kind(Scenario, {}), path) if path is not None else None
    if path is None or kind is None:
        numbers = [name for name, one in paths.items() if _number(Kind(Scenario, {}), one) is not None]
        close = did_you_mean(nearest(key, numbers))
        raise UsageError(
            f"the file has no number {quoted(key)}{close}",
            help="Name it by its keys with dots, such as money.cash. What has its default must be written first.",
        )
    scalar = places[positions.values[path]]
    edit = of_scalar(scalar, scalar.text)
    if edit is None:
        raise UsageError(f"{quoted(key)} is not written as one number", help="Write it on one line, without quotes.")
    low, high = _bounds(kind)
    return Varied(key, scalar.line, scalar.column, decimal(scalar), low, high, kind.bare is int, loaded.data, edit)


def _bounds(kind: Kind) -> tuple[float, float]:
    """The least and the most that a number can be."""
    limits = kind.limits
    low = limits["gt"] + BESIDE if "gt" in limits else limits.get("ge", -math.inf)
    high = limits["lt"] - BESIDE if "lt" in limits else limits.get("le", math.inf)
    return low, high


def _number(kind: Kind, path: Path) -> Kind | None:
    """The kind of the number at a path; None where there is none."""
    bare, origin = kind.bare, get_origin(kind.bare)
    if origin in (Union, UnionType):
        parts = [Kind.of(part, ()) for part in get_args(bare) if part is not NoneType]
        return next((found for part in parts if (found := _number(part, path)) is not None), None)
    if not path:
        return kind if bare in (int, float) else None
    step, rest = path[0], path[1:]
    if isinstance(bare, type) and hasattr(bare, "model_fields"):
        key = kind.keys.get(str(step))
        return None if key is None else _number(key.kind, rest)
    if origin is dict:
        return _number(Kind.of(get_args(bare)[1]), rest)
    if origin in (list, tuple):
        return _number(Kind.of(get_args(bare)[0]), rest)
    return None


def solved(one: Varied, target: Target, between: tuple[float, float] | None, play: Play) -> Solution:
    """Look for the value at which the target is met.

    Args:
        one: the number.
        target: what is wanted.
        between: the first and the last value to look at; None looks outwards from the present one.
        play: plays all runs on the same seeds every time.

    Raises:
        InputRefused: the scenario cannot be played with the present value, or with one of `between`.
    """
    solution = Solution(target)

    def short(value: float) -> float:
        """By how much the measure is below the target."""
        value = min(max(one.rounded(value), one.low), one.high)
        if value not in solution.tried:
            loaded = parse(one.written(value))
            solution.tried[value] = target.measured(loaded, play(loaded, target.policy, value))
        return target.value - solution.tried[value]

    bracket = _outwards(one, short) if between is None else _ends(one, between, short)
    solution.met = bracket is not None
    if bracket is not None:
        _bisected(one, bracket, short, solution)
    return solution


Short = Callable[[float], float]


def _ends(one: Varied, between: tuple[float, float], short: Short) -> tuple[float, float] | None:
    low, high = between
    return between if short(low) * short(high) <= 0.0 else None


def _outwards(one: Varied, short: Short) -> tuple[float, float] | None:
    """Two values with the target between them, found by going away from the present one both ways, ever faster.

    The search stays on the present side of zero; a value with which the scenario cannot be played ends it.
    """
    low = max(one.low, 0.0) if one.present > 0.0 else one.low
    high = min(one.high, 0.0) if one.present < 0.0 else one.high
    step = max(abs(one.present) / 4.0, 1.0 if one.whole else 0.0) or 0.1
    ends, open_sides = [one.present, one.present], {0, 1}
    for _ in range(STEPS // 4):
        for side in sorted(open_sides):
            near, far = ends[side], max(low, ends[0] - step) if side == 0 else min(high, ends[1] + step)
            try:
                crossed = short(near) * short(far) <= 0.0
            except InputRefused:
                open_sides.discard(side)
                continue
            if crossed:
                return min(near, far), max(near, far)
            ends[side] = far
            if far in (low, high):
                open_sides.discard(side)
        step *= 2.0
    return None


def _bisected(one: Varied, bracket: tuple[float, float], short: Short, solution: Solution) -> None:
    low, high = bracket
    while len(solution.tried) < STEPS:
        middle = one.rounded((low + high) / 2.0)
        if middle in solution.tried or not low < middle < high:
            return
        if short(low) * short(middle) <= 0.0:
            high = middle
        else:
            low = middle


def text_of(value: float) -> str:
    """A number as it is written into a file."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def as_json(one: Varied, solution: Solution) -> dict[str, Any]:
    """The solution as plain data: `target`, `key`, `was`, `value`, `reached`, `met`, `line`, `text`, `tried`."""
    target = solution.target
    return {
        "target": {"policy": target.policy, "measure": "win_rate" if target.wins else "score", "value": target.value},
        "key": one.key,
        "was": one.present,
        "value": solution.value,
        "reached": round(solution.tried[solution.value], 4),
        "met": solution.met,
        "line": one.line,
        "text": one.line_with(solution.value),
        "tried": [{"value": value, "reached": round(found, 4)} for value, found in sorted(solution.tried.items())],
    }
