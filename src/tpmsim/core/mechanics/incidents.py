"""Incidents: defects that customers meet, one at a time, each with a name.

Failures of a stock of defects in use (Goel & Okumoto 1979, IEEE Trans. Reliability 28:206-211): each fails sooner or
later, the more it is used; what has failed is mended and gone. How fast a team recovers is compared with the industry
by the DORA Quick Check (DORA 2024, 2025).

Not for how defects come about (`defects`) nor for the tickets they bring (`support`).
"""

from dataclasses import replace

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Floats, Number
from tpmsim.core.flows import Flows
from tpmsim.core.ledger import Trace
from tpmsim.core.readings import WEEK
from tpmsim.core.rolls import Luck
from tpmsim.core.rules import Rules
from tpmsim.core.state import State, evolve
from tpmsim.core.world import RECENT

MOST = 99
"""assumption: incidents of one feature in one week that are counted."""

LEVELS = (0.0, 1.0, 2.0, 3.0, 4.0)
"""definition: levels VL to VH of review and test."""


def failure_share(rate: Number, use: Number, weeks: float = 1.0) -> Floats:
    """Share of the defects that fail in a turn, 1 - exp(-b use dt) (Goel & Okumoto 1979).

    Args:
        rate: b, failures of a defect and year at full use.
        use: share of full use, 0..1.
        weeks: length of the turn.
    """
    return 1.0 - exact.exp(-np.asarray(rate) * use * (WEEK * weeks))


def usage(customers: Floats, full_load: Number) -> Floats:
    """Share of full use, at most 1."""
    return np.minimum(customers / full_load, 1.0)


def recovery_hours(level: Number, hours: tuple[float, ...]) -> Floats:
    """Person-hours that an incident takes at a level of review and test, linear between levels."""
    return exact.interpolate(level, LEVELS, hours)


def percentile(score: Number, mean: Number, sd: Number) -> Floats:
    """Share of teams that do worse, Phi((x - mean)/sd), by the means and deviations of DORA."""
    return exact.normal_cdf((score - mean) / sd)


def made_in(stock: Floats, count: Floats, u: Floats) -> Floats:
    """Failures by where the defects were made, (3, ...) whole numbers that sum to the count.

    One draw places them all, each artifact as near to its share as whole numbers can be (systematic sampling): of one
    failure the chance is the share, and an artifact without defects never has any.

    Args:
        stock: (3, ...) defects left by artifact, some where the count is not 0.
        count: failures, whole.
        u: uniform draw.
    """
    whole = np.maximum(exact.total(stock), 1e-9)
    first = np.floor(stock[0] / whole * count + u)
    second = np.floor((stock[0] + stock[1]) / whole * count + u)
    return np.stack([first, second - first, count - second])


def incidents(rules: Rules, state: State, flows: Flows, luck: Luck, trace: Trace) -> State:
    """Some defects of what customers have come to light; each is traced to a feature and to what was wrong in it."""
    known = state.known
    if not (known.cohort.any() or known.incidents.any() or known.fires.any()):
        return state
    share = failure_share(rules.field.failures, usage(known.customers, rules.field.full_load))
    share = np.where(known.week >= 1, share, 0.0)
    met, removed, history = known.met_in.copy(), known.removed.copy(), known.incident_weeks.copy()
    tried = known.tried + np.where(known.shipped > 0.0, exact.total(known.latent) * share, 0.0)
    week = np.zeros(state.size)
    before = exact.total(history[max(state.week - RECENT + 1, 0) : state.week])
    trace.mark("incidents", "time", before)
    for j, feature in enumerate(rules.features):
        there = state.truth.error[j] * known.latent[:, j] - removed[:, j]
        stock = known.shipped[j] * np.maximum(exact.total(there), 0.0)
        if not stock.any():
            continue
        count = luck.poisson(stock * share, "incident", feature, MOST).astype(np.float64)
        count = np.minimum(count, np.floor(stock))
        if count.any():
            u = luck.uniform("incident:where", feature)
            removed[:, j] = removed[:, j] + made_in(np.maximum(there, 0.0), count, u)
            met[j], week = met[j] + count, week + count
            trace.mark("incidents", f"incident:{feature}", before + week)
    history[state.week] = week
    hours = week * recovery_hours(rules.team.checks[known.profile], rules.field.recovery)
    known = evolve(known, met_in=met, removed=removed, tried=tried, incident_weeks=history)
    return replace(state, known=evolve(known, incidents_week=week, incidents=before + week, fires=hours))
