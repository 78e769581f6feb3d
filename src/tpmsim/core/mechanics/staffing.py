"""Staffing: what a team of so many people, new and experienced, rested and tired, gets done in a week.

Brooks's law as a system of flows (Madachy 2008, Software Process Dynamics) on the overhead table of
Abdel-Hamid & Madnick (1991, Software Project Dynamics); first-order fatigue (Oliva & Sterman 2001, Management
Science 47:894-914) with diminishing output of long weeks (Pencavel 2015, Economic Journal 125:2052-2076);
practice (Wright 1936).

A work unit is what a team of Madachy's base case counts: an experienced person does 0.12 of it a day. Not for
what the work is worth or whether it is right; that is `rework`.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Floats, Number
from tpmsim.core.flows import Flows
from tpmsim.core.ledger import Trace
from tpmsim.core.readings import HOURS, effort_of, overhead
from tpmsim.core.rolls import Luck
from tpmsim.core.rules import Function, Rules
from tpmsim.core.state import State, evolve

LEARNING_DAYS = 20.0
"""pub (Madachy 2008): mean working days from new to experienced."""

UNITS_A_DAY = 0.1
"""pub (Madachy 2008): work units of a person and day at productivity 1."""

NEW_YIELD = 0.8
"""pub (Madachy 2008): productivity of a new person."""

EXPERIENCED_YIELD = 1.2
"""pub (Madachy 2008): productivity of an experienced one."""

TRAINING = 0.25
"""pub (Madachy 2008): experienced persons that training one new person takes."""

FRESH_YIELD = 0.2
"""assumption: productivity of a fresh person."""

FRESH_TRAINING = 0.5
"""assumption: experienced persons that one fresh person takes."""

FATIGUE_WEEKS = 2.0
"""assumption: time constant of tiring and of recovery."""

FATIGUE_LOSS = 1.25
"""assumption: capacity lost at fatigue 1; overtime 0.25 then gives 1.17, 1.05, 0.97, 0.93 of normal."""

PRACTICE = 0.85
"""assumption (form pub, Wright 1936): cost of a unit when its number has doubled."""

PROFILES: Mapping[str, tuple[float, float, float, float]] = MappingProxyType(
    {
        "ship": (0.90, 0.05, 0.00, 0.05),
        "balanced": (0.70, 0.15, 0.10, 0.05),
        "harden": (0.40, 0.50, 0.05, 0.05),
        "paydown": (0.35, 0.10, 0.50, 0.05),
        "discover": (0.55, 0.10, 0.05, 0.30),
    }
)
"""assumption: shares of the capacity for features, test and review, debt, discovery."""


def learn(new: Floats, days: float = 5.0) -> tuple[Floats, Floats]:
    """New people still new after the turn, and their mean over the turn, exact for any turn (Madachy 2008).

    The others, new minus still new, have become experienced.

    Args:
        new: persons at the start of the turn.
        days: working days of the turn.
    """
    stay = exact.exp(-days / LEARNING_DAYS)
    return new * stay, new * (LEARNING_DAYS / days) * (1.0 - stay)


def settle(fresh: Floats, hires: Floats) -> tuple[Floats, Floats]:
    """Fresh people a week later, (2, ...) by weeks since joining, and those who now join the new.

    Args:
        fresh: (2, ...) persons in their first and in their second week.
        hires: persons who start.
    """
    return np.stack([hires, fresh[0]]), fresh[1]


def capacity(
    new: Floats,
    experienced: Floats,
    fresh: Number,
    overtime: Number,
    fatigue_mean: Number,
    leadership: Number = 0.0,
    days: float = 5.0,
) -> Floats:
    """Work units that a team does in a turn.

    days 0.1 (1-c(n)) (0.8 new + 0.2 fresh + 1.2 (exp - 0.25 new - 0.5 fresh)) (1+o) (1-1.25 fatigue), with
    the means of new and experienced people over the turn (Madachy 2008; Oliva & Sterman 2001).

    Args:
        new: persons still learning at the start of the turn.
        experienced: persons at the start of the turn.
        fresh: persons in their first two weeks.
        overtime: share above the normal week; 0.25 is 50 hours.
        fatigue_mean: mean fatigue over the turn, `fatigue_mean`.
        leadership: skill of the player, 0..1.
        days: working days of the turn.
    """
    _, new_mean = learn(new, days)
    experienced_mean = new + experienced - new_mean
    free = np.maximum(experienced_mean - TRAINING * new_mean - FRESH_TRAINING * fresh, 0.0)
    hands = NEW_YIELD * new_mean + FRESH_YIELD * fresh + EXPERIENCED_YIELD * free
    team = 1.0 - overhead(new + experienced + fresh, leadership)
    effort = (1.0 + overtime) * np.maximum(1.0 - FATIGUE_LOSS * fatigue_mean, 0.0)
    return days * UNITS_A_DAY * team * hands * effort


def fatigue(f: Floats, overtime: Number, weeks: float = 1.0) -> Floats:
    """Fatigue after the turn: it follows overtime with a lag of two weeks (Oliva & Sterman 2001)."""
    return exact.lag(f, overtime, FATIGUE_WEEKS, weeks)


def fatigue_mean(f: Floats, overtime: Number, weeks: float = 1.0) -> Floats:
    """Mean fatigue over the turn."""
    return exact.lag_mean(f, overtime, FATIGUE_WEEKS, weeks)


def learning_curve(n: Floats, s: Number = PRACTICE) -> Floats:
    """Cost of the n-th unit as a share of the first, n^(log2 s) (Wright 1936).

    Args:
        n: number of the unit, from 1.
        s: cost when the number has doubled, 0..1.
    """
    return exact.pow(n, exact.log(s) / exact.log(2.0))


def staffing(rules: Rules, state: State, flows: Flows, luck: Luck, trace: Trace) -> State:
    """What the team can build this week; then newcomers learn, fatigue follows overtime, hires arrive."""
    known = state.known
    works = known.week >= 1
    flows.fatigue = fatigue_mean(known.fatigue, known.overtime)
    stay, _ = learn(known.new)
    fresh, joins = settle(known.fresh, known.hiring)
    made = capacity(
        known.new,
        known.experienced,
        exact.total(known.fresh),
        known.overtime,
        flows.fatigue,
        known.leadership,
    )
    free = np.maximum(1.0 - known.fires / (HOURS * np.maximum(known.headcount, 1e-9)), 0.0)
    flows.capacity = np.where(works, made * free * effort_of(rules, known, Function.BUILD), 0.0)
    rested = evolve(
        known,
        experienced=np.where(works, known.experienced + (known.new - stay), known.experienced),
        new=np.where(works, stay + joins, known.new),
        fresh=np.where(works, fresh, known.fresh),
        hiring=np.where(works, 0.0, known.hiring),
        fatigue=np.where(works, fatigue(known.fatigue, known.overtime), known.fatigue),
    )
    if trace.on:
        trace.mark("health", "overtime" if float(known.overtime[0]) > 0.0 else "rest", rested.health)
    return replace(state, known=rested)
