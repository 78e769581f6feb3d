"""Skills: what the player learns by study, and what fades.

Each hour of study closes the same share of what is still lacking (assumption; form after the power and exponential
laws of practice, Heathcote, Brown & Mewhort 2000, Psychonomic Bulletin & Review 7:185-207). What is not used drifts
back to where the player began.
"""

from dataclasses import replace

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Floats, Number
from tpmsim.core.flows import Flows
from tpmsim.core.ledger import Trace
from tpmsim.core.rolls import Luck
from tpmsim.core.rules import Rules
from tpmsim.core.state import State, evolve

STUDY_HOURS = 60.0
"""assumption: hours after which all but a share of 1/e of what was lacking is learned."""

FADES_WEEKS = 104.0
"""assumption: time constant with which a skill returns to its start."""


def studied(skill: Number, hours: Number) -> Floats:
    """Skill after study, 1 - (1 - skill) exp(-hours/60), written so that no hours change no bit of it."""
    before = np.asarray(skill)
    return before + (1.0 - before) * (1.0 - exact.exp(-np.asarray(hours) / STUDY_HOURS))


def faded(skill: Floats, start: Number, weeks: float = 1.0) -> Floats:
    """Skill after so many weeks without study; it drifts to its start."""
    return exact.lag(skill, start, FADES_WEEKS, weeks)


def skills(rules: Rules, state: State, flows: Flows, luck: Luck, trace: Trace) -> State:
    """The week's study is learned, after what time has taken."""
    known, team = state.known, rules.team
    away = (known.technology != team.skill) | (known.leadership != team.leadership)
    if not known.studying.any() and not away.any():
        return state
    technology = studied(faded(known.technology, team.skill), known.studying[0])
    leadership = studied(faded(known.leadership, team.leadership), known.studying[1])
    nothing = np.zeros(known.studying.shape)
    return replace(state, known=evolve(known, technology=technology, leadership=leadership, studying=nothing))
