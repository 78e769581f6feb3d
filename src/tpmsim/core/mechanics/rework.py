"""Build: work that looks done, some of it wrong, and comes back.

The rework cycle (Cooper 1980, Interfaces 10(6):20-36; Lyneis & Ford 2007, System Dynamics Review 23:157-189).
A feature's scope, in work units, is todo, done right, or done wrong and not yet discovered.

Not for how much a team can do (`staffing`), nor for defects that customers meet.
"""

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Floats, Number

QUALITY = 0.80
"""assumption (0.6 to 0.7 reported, Cooper 1993): share done right by a rested team of skill 0.5."""

QUALITY_SKILL = 0.1
"""assumption: gain of quality from skill 0 to 1."""

QUALITY_FATIGUE = 0.2
"""assumption: loss of quality at fatigue 1."""

QUALITY_STAR = 0.05
"""assumption: loss of quality for each star of maintainability below three."""

QUALITY_LEAST = 0.3
"""assumption: quality never falls below."""

QUALITY_MOST = 0.98
"""assumption: quality never rises above."""

RATING_TAU = (13.0, 8.0, 4.0, 2.0, 1.0)
"""assumption: mean weeks until wrong work is discovered, at review and test levels VL, L, N, H, VH."""

INSTANT = 1e-6
"""Delay below which wrong work counts as discovered at once, weeks."""

NOTHING = 1e-9
"""Scope below which a feature counts as none, work units."""


def quality(skill: Floats, fatigue_mean: Number, stars: Number = 3.0) -> Floats:
    """Share of the work that is done right.

    Args:
        skill: technical skill, 0..1.
        fatigue_mean: mean fatigue over the turn.
        stars: maintainability of the code, 1..5.
    """
    rested = QUALITY + QUALITY_SKILL * (skill - 0.5)
    right = rested - QUALITY_FATIGUE * fatigue_mean - QUALITY_STAR * (3.0 - stars)
    return exact.clip(right, QUALITY_LEAST, QUALITY_MOST)


def discovery_weeks(level: Number) -> Floats:
    """Mean weeks until wrong work is discovered, at a review and test level from 0 (VL) to 4 (VH)."""
    return exact.interpolate(level, [0.0, 1.0, 2.0, 3.0, 4.0], RATING_TAU)


def step(
    todo: Floats, good: Floats, hidden: Floats, cap: Number, q: Number, tau: Number, d: float = 1.0
) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """One turn of the rework cycle: todo, good, hidden after it, and the work done and rework found in it.

    k = 1 - exp(-d/tau), m = 1 - (tau/d) k; work = min(cap, (todo + hidden k)/(1 - (1-q) m));
    found = hidden k + (1-q) work m (Cooper 1980; Lyneis & Ford 2007; exact for a constant rate of work).

    Args:
        todo: work units left to do as far as anybody knows.
        good: work units done right.
        hidden: work units done wrong and not yet discovered.
        cap: work units that can be done in the turn.
        q: share done right, 0..1.
        tau: mean weeks to discovery, 0 or more.
        d: weeks of the turn.
    """
    waits = np.asarray(tau) > INSTANT
    delay = np.where(waits, tau, 1.0)
    k = np.where(waits, 1.0 - exact.exp(-d / delay), 1.0)
    m = np.where(waits, np.maximum(1.0 - (delay / d) * k, 0.0), 1.0)
    wrong = 1.0 - q
    work = np.minimum(cap, (todo + hidden * k) / (1.0 - wrong * m))
    found = hidden * k + wrong * work * m
    hidden = hidden * (1.0 - k) + wrong * work * (1.0 - m)
    return np.maximum(todo + found - work, 0.0), good + q * work, hidden, work, found


def reported(todo: Floats, scope: Floats) -> Floats:
    """Progress that can be reported, 0..1: all that is not known to be open."""
    return 1.0 - todo / np.maximum(scope, NOTHING)


def delivered(good: Floats, scope: Floats) -> Floats:
    """True progress, 0..1, and how far a shipped feature fulfils what it promised."""
    return good / np.maximum(scope, NOTHING)
