"""The week: everything that happens when the player lets go, in its one fixed order. Start reading here.

Each mechanic is a function of (rules, state, flows, luck, trace) that returns the next state. The order is the same
in every scenario; what differs is numbers. All chance of the game is in here.
"""

import numpy as np

from tpmsim.core.batch import merge
from tpmsim.core.flows import Flows
from tpmsim.core.ledger import Silent, Trace
from tpmsim.core.mechanics.adoption import adoption
from tpmsim.core.mechanics.appraisal import appraisal
from tpmsim.core.mechanics.cards import cards, silence
from tpmsim.core.mechanics.chasing import chasing
from tpmsim.core.mechanics.choice import choice
from tpmsim.core.mechanics.clock import clock
from tpmsim.core.mechanics.debt import debt, keep_up
from tpmsim.core.mechanics.defects import defects
from tpmsim.core.mechanics.discovery import discovery
from tpmsim.core.mechanics.estimates import estimates, remaining
from tpmsim.core.mechanics.finance import finance
from tpmsim.core.mechanics.gates import gates
from tpmsim.core.mechanics.incidents import incidents
from tpmsim.core.mechanics.instruments import instruments
from tpmsim.core.mechanics.launch import experience, launch
from tpmsim.core.mechanics.opinions import opinions
from tpmsim.core.mechanics.promises import promises
from tpmsim.core.mechanics.responses import responses
from tpmsim.core.mechanics.retention import retention
from tpmsim.core.mechanics.rework import rework
from tpmsim.core.mechanics.skills import skills
from tpmsim.core.mechanics.staffing import staffing
from tpmsim.core.mechanics.support import support
from tpmsim.core.mechanics.trends import trends
from tpmsim.core.rolls import Luck
from tpmsim.core.rules import Rules
from tpmsim.core.state import State

SILENT = Silent()

ORDER = (
    silence,
    trends,
    discovery,
    instruments,
    skills,
    staffing,
    keep_up,
    estimates,
    rework,
    remaining,
    defects,
    debt,
    launch,
    adoption,
    choice,
    experience,
    incidents,
    support,
    retention,
    finance,
    promises,
    appraisal,
    opinions,
    responses,
    gates,
    clock,
    chasing,
    cards,
)
"""The mechanics of a week, first to last."""


def advance(rules: Rules, state: State, trace: Trace = SILENT, luck: Luck | None = None) -> State:
    """The batch one week on; runs that are over stay as they are.

    Args:
        rules: the scenario.
        state: a batch whose live runs stand in the same week, their moves made.
        trace: told the causes of every change of a visible number.
        luck: in place of the batch's own, for who asks what other draws would have brought.
    """
    live = state.live
    if not live.any():
        return state
    luck = luck or Luck(state.future, state.week)
    flows = Flows.none(rules, state.size)
    after = state
    for mechanic in ORDER:
        after = mechanic(rules, after, flows, luck, trace)
    return after if np.all(live) else merge(live, after, state)
