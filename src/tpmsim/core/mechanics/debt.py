"""Technical debt: code that is harder to change costs upkeep first and building second.

The maintainability rating of one to five stars and what it makes upkeep cost (Nugroho, Visser & Kuipers 2011, MTD'11:
1-8). Debt is what it would take to reach the target; interest is the upkeep above that of the target.

Not for defects (`defects`) nor for how much a team can do (`staffing`).
"""

from dataclasses import replace

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Floats, Number
from tpmsim.core.flows import Flows
from tpmsim.core.ledger import Trace
from tpmsim.core.readings import PERSON_DAY, WEEK
from tpmsim.core.rolls import Luck
from tpmsim.core.rules import Rules
from tpmsim.core.state import State, evolve

MAINTENANCE = 0.15
"""pub (Nugroho, Visser & Kuipers 2011): share of the rebuild value that a year's upkeep takes at three stars."""

LN2 = 0.6931471805599453
"""definition: natural logarithm of 2."""

REWORK_FRACTION = (0.60, 0.40, 0.35, 0.40)
"""pub (Nugroho, Visser & Kuipers 2011): share of the rebuild value to be reworked for a star more, from 1, 2, 3, 4."""

TARGET = 4.0
"""assumption: stars at which code is held to be free of debt."""

LEAST, MOST = 1.0, 5.0
"""pub (Nugroho, Visser & Kuipers 2011): bounds of the rating."""

WORK_DAYS = 5.0
"""definition: working days of a week."""


def quality_factor(stars: Number) -> Floats:
    """QF = 2^((stars - 3)/2): what is easier to change by two stars takes half the upkeep."""
    return exact.exp((np.asarray(stars) - 3.0) * (0.5 * LN2))


def upkeep(rebuild: Number, stars: Number) -> Floats:
    """ME = 0.15 RV/QF, person-days a year (Nugroho, Visser & Kuipers 2011).

    Args:
        rebuild: RV, person-days that it would take to build the code anew.
        stars: maintainability, 1 to 5.
    """
    return MAINTENANCE * rebuild / quality_factor(stars)


def interest(rebuild: Number, stars: Number, target: Number = TARGET) -> Floats:
    """Upkeep above that of the target, person-days a year; 0 at the target or better."""
    return np.maximum(upkeep(rebuild, stars) - upkeep(rebuild, target), 0.0)


def upkeep_share(rebuild: Number, stars: Number, people: Number, weeks: float = 1.0) -> Floats:
    """Share of the team's time that upkeep takes first, at most all of it: dt ME / (h n).

    Args:
        rebuild: RV, person-days.
        stars: maintainability.
        people: in the team, above 0.
        weeks: length of the turn.
    """
    days = WORK_DAYS * weeks * np.maximum(people, 1e-9)
    return np.minimum(WEEK * weeks * upkeep(rebuild, stars) / days, 1.0)


def diluted(rebuild: Floats, stars: Floats, added: Number, new_stars: Number) -> tuple[Floats, Floats]:
    """Rebuild value and stars after new work: the mean of old and new, weighted by size (assumption).

    Args:
        rebuild: RV, person-days.
        stars: of the old code.
        added: person-days of new work.
        new_stars: of the new code.
    """
    whole = rebuild + added
    mixed = stars + (new_stars - stars) * (added / np.maximum(whole, 1e-9))
    return whole, exact.clip(mixed, LEAST, MOST)


def paid_down(stars: Floats, days: Number, rebuild: Number) -> Floats:
    """Stars after so many person-days of rework, stars + w/(rf RV), a star at a time, at most 5.

    Args:
        stars: before.
        days: person-days of rework.
        rebuild: RV, person-days; nothing can be paid down where there is no code.
    """
    left = np.where(np.asarray(rebuild) > 0.0, days, 0.0) / np.maximum(rebuild, 1e-9)
    for bound, share in zip((2.0, 3.0, 4.0, 5.0), REWORK_FRACTION, strict=True):
        step = np.minimum(np.maximum(bound - stars, 0.0), left / share)
        stars, left = stars + step, left - step * share
    return stars


def keep_up(rules: Rules, state: State, flows: Flows, luck: Luck, trace: Trace) -> State:
    """Upkeep comes first: what is left of the week's capacity is for building."""
    known = state.known
    share = np.where(known.week >= 1, upkeep_share(known.rebuild, known.stars, known.headcount), 0.0)
    flows.capacity = flows.capacity * (1.0 - share)
    return replace(state, known=evolve(known, upkeep=share))


def debt(rules: Rules, state: State, flows: Flows, luck: Luck, trace: Trace) -> State:
    """New work mixes into the old, as carefully written as the profile has it; rework pays debt down."""
    known, profile = state.known, state.known.profile
    if not (flows.work.any() or known.rebuild.any()):
        return state
    added = exact.total(flows.work) / PERSON_DAY
    rebuild, mixed = diluted(known.rebuild, known.stars, added, rules.team.new_stars[profile])
    trace.mark("stars", "new work", mixed)
    days = flows.capacity * rules.team.debt_share[profile] / PERSON_DAY
    stars = paid_down(mixed, days, rebuild)
    trace.mark("stars", "pay-down", stars)
    return replace(state, known=evolve(known, rebuild=rebuild, stars=stars))
