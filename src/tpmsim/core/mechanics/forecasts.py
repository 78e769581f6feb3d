"""Forecasts and score: how good a prediction was, and how much of what was wanted came true.

Proper scoring rules: Brier (1950, Monthly Weather Review 78:1-3) with the decomposition of Murphy (1973, J.
Applied Meteorology 12:595-600), the logarithmic score, the interval score and the CRPS (Gneiting & Raftery
2007, J. American Statistical Association 102:359-378). Under each of them saying what one believes is best.

Rules score one forecast at a time, lower is better. Not for luck and decisions, which need many runs.
"""

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Floats, Number

ALPHA = 0.2
"""assumption: share outside the interval that players state, an 80 % interval."""

CLIP = 0.01
"""assumption: no forecast is taken as more certain than 99 %, so that one mistake cannot cost everything."""

ROOT_PI = 1.7724538509055160
"""definition: square root of pi."""


def brier(p: Floats, outcome: Number) -> Floats:
    """Brier's score of one forecast in its one-class form, (p - o)^2; his own two-class score is twice that.

    Args:
        p: stated probability.
        outcome: 1 if it happened, else 0.
    """
    miss = p - outcome
    return miss * miss


def average(scores: Floats) -> Floats:
    """Mean over axis 0, of at least one forecast."""
    return exact.total(scores) / float(len(scores))


def murphy(p: Floats, outcome: Floats) -> tuple[Floats, Floats, Floats]:
    """Reliability, resolution and uncertainty; the mean `brier` is the first less the second plus the third.

    Forecasts of the same probability form a bin (Murphy 1973).

    Args:
        p: (F, ...) stated probabilities.
        outcome: (F, ...) 1 if it happened, else 0.
    """
    base = average(outcome)
    reliability = np.zeros(p.shape[1:])
    resolution = np.zeros(p.shape[1:])
    for stated in p:
        same = np.where(p == stated, 1.0, 0.0)
        rate = exact.total(same * outcome) / exact.total(same)
        reliability = reliability + brier(stated, rate)
        resolution = resolution + brier(base, rate)
    return reliability / len(p), resolution / len(p), base * (1.0 - base)


def interval_score(low: Floats, high: Floats, outcome: Number, alpha: float = ALPHA) -> Floats:
    """Width of an interval plus (2/alpha) times the miss (Gneiting & Raftery 2007).

    Args:
        low: lower end, in the unit of the outcome.
        high: upper end.
        outcome: what came.
        alpha: share that the interval leaves outside.
    """
    miss = np.maximum(low - outcome, 0.0) + np.maximum(outcome - high, 0.0)
    return (high - low) + (2.0 / alpha) * miss


def crps_normal(mu: Floats, sd: Floats, x: Number) -> Floats:
    """CRPS of a normal forecast, sd (z (2 Phi(z) - 1) + 2 phi(z) - 1/sqrt(pi)); the plain miss if sd is 0.

    Gneiting & Raftery 2007.

    Args:
        mu: mean of the forecast.
        sd: its standard deviation, 0 or more.
        x: what came.
    """
    unsure = np.asarray(sd) > 0.0
    z = (x - mu) / np.where(unsure, sd, 1.0)
    spread = sd * (z * (2.0 * exact.normal_cdf(z) - 1.0) + 2.0 * exact.normal_pdf(z) - 1.0 / ROOT_PI)
    score: Floats = np.where(unsure, spread, abs(x - mu))
    return score


def log_score(p: Floats, outcome: Number, clip: float = CLIP) -> Floats:
    """Logarithmic score, minus the log of the probability given to what happened; p is clipped at both ends.

    Args:
        p: stated probability.
        outcome: 1 if it happened, else 0.
        clip: smallest probability that is taken at its word.
    """
    stated = exact.clip(p, clip, 1.0 - clip)
    return -exact.log(np.where(np.asarray(outcome) > 0.0, stated, 1.0 - stated))


def objective(value: Floats, worst: Number, best: Number) -> Floats:
    """How far an objective was reached, 0 at the worst and 1 at the best anchor, linear between.

    Args:
        value: in its own unit.
        worst: anchor that counts 0.
        best: anchor that counts 1; it may lie below the worst.
    """
    return exact.clip((value - worst) / (best - worst), 0.0, 1.0)


def weighted_score(weights: Floats, parts: Floats) -> Floats:
    """W = 100 sum_o weight_o part_o, 0..100.

    Args:
        weights: (O, ...) sum 1.
        parts: (O, ...) of `objective`.
    """
    return np.minimum(100.0 * exact.total(weights * parts), 100.0)
