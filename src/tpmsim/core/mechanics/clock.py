"""The clock: the calendar turns, hours are new, and what was under way has arrived."""

from dataclasses import replace

import numpy as np

from tpmsim.core.flows import Flows
from tpmsim.core.ledger import Trace
from tpmsim.core.rolls import Luck
from tpmsim.core.rules import Rules, Trigger
from tpmsim.core.state import State, evolve

STAYS_FRESH = 0.5
"""assumption: how much of the weight of shared evidence is left after a week."""


def clock(rules: Rules, state: State, flows: Flows, luck: Luck, trace: Trace) -> State:
    """The next week begins for all runs that go on; the others keep the week in which they ended."""
    known = state.known
    nothing = np.zeros(known.queue.shape)
    known = evolve(
        known,
        week=np.where(state.live, known.week + 1, known.week),
        hours=np.where(state.live, rules.focus_hours, 0.0),
        trigger=np.full(state.size, Trigger.NONE, dtype=np.int64),
        queue=nothing,
        spiking=np.zeros(known.spiking.shape),
        looking=np.zeros(known.looking.shape),
        met=np.zeros(known.met.shape),
        unheard=np.where(state.live & (known.week >= 1), known.unheard + 1.0, known.unheard),
        evidence=known.evidence * STAYS_FRESH,
    )
    return replace(state, known=known)
