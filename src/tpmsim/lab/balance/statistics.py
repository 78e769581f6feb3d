"""The few statistics of the balance, each a function of plain arrays; none knows what it is measured on."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from tpmsim.core.arrays import Floats

Z_95 = 1.959964
"""definition: half-width of a 95 % interval of a normal, in standard deviations."""


class Interval(NamedTuple):
    """A share with its 95 % interval, all between 0 and 1."""

    share: float
    low: float
    high: float


def wilson(hits: int, of: int) -> Interval:
    """A share and its score interval (Wilson 1927, JASA 22:209-212); the whole range where nothing was tried."""
    if of == 0:
        return Interval(0.0, 0.0, 1.0)
    share, z2 = hits / of, Z_95 * Z_95 / of
    middle, half = share + z2 / 2.0, Z_95 * math.sqrt(share * (1.0 - share) / of + z2 / (4.0 * of))
    return Interval(share, max(0.0, (middle - half) / (1.0 + z2)), min(1.0, (middle + half) / (1.0 + z2)))


def luck_share(scores: Sequence[Floats]) -> float | None:
    """Mean variance within a policy over the total variance, every policy with the same weight.

    Args:
        scores: of each policy, (N,) each; a policy may have fewer runs.

    Returns:
        Between 0 and 1; None where nothing varies.
    """
    within = float(np.mean([one.var() for one in scores]))
    total = within + float(np.var([one.mean() for one in scores]))
    return within / total if total > 0.0 else None


def separation(groups: Sequence[Floats]) -> float:
    """The most that the means of two groups differ, in standard deviations within a group (Cohen 1988, d).

    The spread is that of all groups, each with the same weight: two of them that hardly vary would else be apart by any
    figure.
    """
    means = [float(one.mean()) for one in groups]
    spread = math.sqrt(float(np.mean([one.var() for one in groups])))
    apart = max(means) - min(means)
    return apart / spread if spread > 0.0 else (math.inf if apart > 0.0 else 0.0)


class Mean(NamedTuple):
    """A mean with its standard error, and of how many."""

    value: float
    error: float
    of: int


def mean(values: Floats) -> Mean:
    """The mean of independent values; its error is infinite where there are fewer than two."""
    count = int(values.shape[0])
    if count < 2:
        return Mean(float(values.mean()) if count else 0.0, math.inf, count)
    return Mean(float(values.mean()), float(values.std(ddof=1)) / math.sqrt(count), count)
