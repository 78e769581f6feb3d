"""Launch: claims make expectations, and expectations judge what is delivered.

Expectation and disconfirmation (Oliver 1980, JMR 17:460-469) with losses that weigh more (Anderson & Sullivan
1993, Marketing Science 12:125-143); expectations drift to experience (Boulding et al. 1993, JMR 30:7-27); a
claim trades trial for repeat (Kopalle & Lehmann 2006, Marketing Science 25:8-24). The directions are theirs,
the sizes ours.

Not for who signs up (`choice`) nor for who stays (`retention`).
"""

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Floats, Number

BELIEVED = 0.7
"""assumption: share of the distance from fulfilment to claim that customers come to expect."""

GAIN = 1.0
"""assumption: satisfaction by what exceeds the expectation."""

LOSS = 2.0
"""assumption (direction pub, Anderson & Sullivan 1993): satisfaction lost by what falls short of it."""

EXPECTATION_WEEKS = 26.0
"""assumption: time constant with which expectations follow experience."""

BRAND_WEEKS = 26.0
"""assumption: time constant with which the brand follows satisfaction."""

BRAND = 0.5
"""assumption: utility of the brand when all customers are fully satisfied."""

WAVES = (0.0, 0.01, 0.10, 1.0)
"""assumption: share of the sign-ups that each wave lets in."""


def expected(x: Floats, claim: Number) -> Floats:
    """What people expect of a feature: x + 0.7 (claim - x).

    Args:
        x: delivered fulfilment, 0..1.
        claim: what we say it is, 0..1.
    """
    return x + BELIEVED * (claim - x)


def weighted(worth: Floats, values: Floats) -> Floats:
    """Mean of values over axis 0, weighted by the size of the worth; 0 where nothing is worth anything."""
    size = abs(worth)
    whole = exact.total(size)
    some = whole > 0.0
    mean: Floats = np.where(some, exact.total(size * values) / np.where(some, whole, 1.0), 0.0)
    return mean


def gap(delivered: Floats, expectation: Floats) -> Floats:
    """Disconfirmation, delivered less expected; below 0 people are let down (Oliver 1980)."""
    return delivered - expectation


def satisfaction(delivered: Floats, expectation: Floats) -> Floats:
    """Satisfaction of a cohort, -1..1: clip(2 Q - 1 + max(0, gap) - 2 max(0, -gap)).

    Args:
        delivered: Q, 0..1.
        expectation: E, 0..1.
    """
    apart = gap(delivered, expectation)
    felt = GAIN * np.maximum(apart, 0.0) - LOSS * np.maximum(-apart, 0.0)
    return exact.clip(2.0 * delivered - 1.0 + felt, -1.0, 1.0)


def expectation_step(expectation: Floats, delivered: Number, weeks: float = 1.0) -> Floats:
    """Expectation after the turn: it follows what is delivered (Boulding et al. 1993)."""
    return exact.lag(expectation, delivered, EXPECTATION_WEEKS, weeks)


def brand_step(brand: Floats, mean_satisfaction: Number, weeks: float = 1.0) -> Floats:
    """Utility of our name after the turn: it follows half the mean satisfaction of our customers."""
    return exact.lag(brand, BRAND * mean_satisfaction, BRAND_WEEKS, weeks)
