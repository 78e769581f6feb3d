"""Trends: a feed that carries true signals, false ones, and some that are early.

Each trend is real or not, and if it is, arrives in a week of its window. A look reports it with one chance if it is
real and with another if it is not; the odds follow Bayes, and a week of the window that passes without it speaks
against it. The chances are the scenario's.

It comes before the answers of the week are heard, so that an instrument which it brings is heard with them.

Not for rivals (`choice`) nor for what needs are worth (`instruments`).
"""

from dataclasses import replace

import numpy as np

from tpmsim.core.arrays import Floats, Number
from tpmsim.core.flows import Flows
from tpmsim.core.ledger import Trace
from tpmsim.core.moves import changed, explain
from tpmsim.core.readings import odds_update
from tpmsim.core.rolls import Luck
from tpmsim.core.rules import Rules, Trend
from tpmsim.core.state import State, evolve

NEVER = 1e6
"""definition: the week in which a trend arrives that is not real."""


def arrival(u: Floats, first: Number, last: Number) -> Floats:
    """The week in which a real trend arrives, each week from first to last with equal chance.

    Args:
        u: uniform draw.
        first: week.
        last: week, not before the first.
    """
    return first + np.floor(u * (last - first + 1.0))


def still_ahead(week: Number, first: int, last: int) -> Floats:
    """Share of the window's weeks that are not over when this week begins, 0..1."""
    left = last - np.maximum(week, float(first)) + 1.0
    return np.maximum(left, 0.0) / (last - first + 1.0)


def believed(odds: Floats, ahead: Floats) -> Floats:
    """Chance that a trend is real and still to come, given the reports and that it has not come yet."""
    weight = odds * ahead
    return weight / (1.0 + weight)


def trends(rules: Rules, state: State, flows: Flows, luck: Luck, trace: Trace) -> State:
    """What was read is weighed; what is real and due arrives."""
    for row, trend in enumerate(rules.trends):
        state = _arrived(rules, _read(state, row, trend, luck), row, trend, trace)
    known = state.known
    return replace(state, known=evolve(known, reading=np.zeros(state.size))) if rules.trends else state


def _read(state: State, row: int, trend: Trend, luck: Luck) -> State:
    known = state.known
    odds, seen = known.trend_odds.copy(), np.zeros(state.size)
    most = int(known.reading.max()) if known.reading.any() else 0
    real = state.truth.arrives[row] < NEVER
    for look in range(most):
        looks = (known.reading > look) & (known.arrived[row] <= 0.0)
        chance = np.where(real, trend.hit, trend.false_alarm)
        reported = luck.uniform("trend", f"{trend.id}/{look}") < chance
        odds[row] = np.where(looks, odds_update(odds[row], trend.hit, trend.false_alarm, reported), odds[row])
        seen = seen + np.where(looks & reported, 1.0, 0.0)
    told = known.trend_told.copy()
    told[row] = seen
    return replace(state, known=evolve(known, trend_odds=odds, trend_told=told))


def _arrived(rules: Rules, state: State, row: int, trend: Trend, trace: Trace) -> State:
    known = state.known
    comes = (state.truth.arrives[row] == known.week) & (known.arrived[row] <= 0.0) & state.live
    if comes.any():
        known = changed(known, trend.effects, comes)
        explain(rules, known, f"trend:{trend.id}", trace)
    arrived, chance = known.arrived.copy(), known.trend.copy()
    arrived[row] = np.where(comes, 1.0, arrived[row])
    ahead = still_ahead(np.asarray(known.week + 1, dtype=np.float64), trend.first, trend.last)
    chance[row] = np.where(arrived[row] > 0.0, 0.0, believed(known.trend_odds[row], ahead))
    return replace(state, known=evolve(known, arrived=arrived, trend=chance))
