"""Chasing: whoever lets things slide, and has nothing to slow down thereby, costs the player hours.

Neglect (Rusbult, Farrell, Rogers & Mainous 1988) is less effort, and somebody has to make up for it. Where a function
has work, its work is slower (`readings.effort_of`). Where it has none, answers are all that is wanted of it, and the
player has to go after them. It is settled when the week begins, and holds for that week.

Sizes are ours. Not for who lets things slide; that is `responses`.
"""

from dataclasses import replace

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Bools, Floats
from tpmsim.core.flows import Flows
from tpmsim.core.ledger import Trace
from tpmsim.core.readings import unblocked
from tpmsim.core.rolls import Luck
from tpmsim.core.rules import Function, Response, Rules
from tpmsim.core.state import Known, State, evolve

CHASE_HOURS = 1.0
"""assumption: focus hours a week for the answers of one person: as much as a talk, which would have spared them."""

CHASE_MOST = 0.5
"""assumption: share of the week's focus hours that all of it takes at most, so that every week can be played."""


def chasing(rules: Rules, state: State, flows: Flows, luck: Luck, trace: Trace) -> State:
    """The new week begins with fewer hours where somebody's answers have to be chased."""
    known = state.known
    chased = np.where(state.live & (known.acted == Response.NEGLECT) & idle(rules, known), 1.0, 0.0)
    hours = np.where(state.live, known.hours - hours_taken(rules, chased), known.hours)
    return replace(state, known=evolve(known, chased=chased, hours=hours))


def hours_taken(rules: Rules, chased: Floats) -> Floats:
    """(N,) focus hours that chasing takes, an hour each and at most half of the week.

    Args:
        rules: the scenario.
        chased: (A, N) 1 for those whose answers are chased.
    """
    return np.minimum(CHASE_HOURS * exact.total(chased), CHASE_MOST * rules.focus_hours)


def idle(rules: Rules, known: Known) -> Bools:
    """(A, N) whose function has nothing that neglect could slow down.

    Building and drawing have work in a stage that builds, while the plan holds a feature that can be worked on; selling
    while customers are let in, marketing if money is spent on it besides; a sponsor and those of no function never.
    """
    waiting = (known.committed > 0.0) & (known.complete <= 0.0) & unblocked(rules, known)
    building = rules.works[known.stage] & waiting.any(axis=0)
    selling = rules.sells[known.stage] & (known.wave > 0)
    works = {
        Function.BUILD: building,
        Function.DESIGN: building,
        Function.MARKET: selling & (known.spend > 0.0),
        Function.SELL: selling,
    }
    nothing = np.zeros(known.week.shape, dtype=np.bool_)
    return ~np.stack([works.get(Function(int(one)), nothing) for one in rules.people.function])
