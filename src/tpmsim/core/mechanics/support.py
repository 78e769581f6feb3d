"""Support: how long customers wait for help.

Erlang C (Erlang 1917): tickets come at random, so many agents answer them, who is not served at once waits. Loaded
teams in general: Kingman (1961, Proc. Cambridge Philosophical Soc. 57:902-904) and Little's law.

Not for why tickets come (`launch`, `incidents`) nor for what waiting does (`retention`).
"""

from dataclasses import replace

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Floats, Number
from tpmsim.core.flows import Flows
from tpmsim.core.ledger import Trace
from tpmsim.core.readings import HOURS
from tpmsim.core.rolls import Luck
from tpmsim.core.rules import Rules
from tpmsim.core.state import Known, State, evolve
from tpmsim.core.world import Support

BUSIEST = 0.98
"""assumption: load beyond which the formula is not asked; what exceeds it becomes backlog."""

LET_DOWN = 2.0
"""assumption: tickets of a customer fully let down, over the usual ones, that come on top."""

INCIDENT_TICKETS = 0.02
"""assumption: tickets of a customer that an incident brings."""


CAUSES = ("questions", "let down", "after incidents")
"""definition: why customers ask, in the order of `tickets_a_week`; causes of a wait in the ledger."""


def tickets_a_week(customers: Floats, rate: Number, let_down: Number, incidents: Number) -> Floats:
    """Tickets of a week by cause, (3, ...): customers times rate, 2 rate let down, 0.02 incidents (assumption).

    Args:
        customers: now.
        rate: tickets of a content customer and week.
        let_down: how far customers are let down, 0..1.
        incidents: of the week.
    """
    parts = (rate, LET_DOWN * rate * let_down, INCIDENT_TICKETS * incidents)
    return np.stack([customers * part for part in parts])


def blocking(load: Floats, agents: Number, most: int) -> Floats:
    """Erlang's B, the share of calls lost without a queue: B_0 = 1, B_k = A B_{k-1}/(k + A B_{k-1}).

    Args:
        load: A, erlangs.
        agents: c, whole numbers, at most `most`.
        most: the largest number of agents.
    """
    b = np.ones(np.shape(load))
    for k in range(1, most + 1):
        b = np.where(k <= np.asarray(agents), load * b / (k + load * b), b)
    return b


def waiting_chance(load: Floats, agents: Number, most: int) -> Floats:
    """Chance to wait, c B/(c - A (1 - B)) (Erlang C); the load must be below the agents."""
    b = blocking(load, agents, most)
    return agents * b / (agents - load * (1.0 - b))


def mean_wait(load: Floats, agents: Number, handling: Number, most: int) -> Floats:
    """Mean wait, Pw ht/(c - A), in the unit of the handling time."""
    return waiting_chance(load, agents, most) * handling / (agents - load)


def service_level(load: Floats, agents: Number, handling: Number, target: Number, most: int) -> Floats:
    """Share served within a target time, 1 - Pw exp(-(c - A) T/ht)."""
    return 1.0 - waiting_chance(load, agents, most) * exact.exp(-(agents - load) * target / handling)


def kingman(utilisation: Floats, ca2: Number, cs2: Number) -> Floats:
    """Wait over service time of a loaded team, (ca2 + cs2)/2 u/(1 - u), u at most 0.98 (Kingman 1961).

    Args:
        utilisation: u, share of the time that it is busy.
        ca2: squared coefficient of variation of the time between arrivals.
        cs2: the same of the service time.
    """
    u = np.minimum(utilisation, BUSIEST)
    return (ca2 + cs2) / 2.0 * u / (1.0 - u)


def queue(backlog: Floats, tickets: Number, agents: Number, handling: Number) -> tuple[Floats, Floats]:
    """Tickets served in a week, and those left: a week's work of the agents at most.

    Args:
        backlog: tickets left from before.
        tickets: new ones.
        agents: at work.
        handling: hours a ticket, above 0.
    """
    waiting = backlog + tickets
    served = np.minimum(waiting, agents * HOURS / handling)
    return served, waiting - served


def support(rules: Rules, state: State, flows: Flows, luck: Luck, trace: Trace) -> State:
    """Customers ask; agents answer; what cannot be answered this week waits.

    How far customers are let down is taken from what they say: the true gap would be told by the count of tickets.
    """
    known, desk = state.known, rules.support
    if not (known.cohort.any() or known.backlog.any() or known.wait.any()):
        return state
    let_down = np.maximum(-known.mean_sentiment, 0.0)
    asked = tickets_a_week(known.customers, desk.tickets, let_down, known.incidents_week)
    asked = np.where(known.week >= 1, asked, 0.0)
    if trace.on:
        _explain(desk, known, asked, trace)
    wait, left = waited(desk, exact.total(asked), known.backlog, known.agents)
    waits = known.waits.copy()
    waits[state.week] = wait
    return replace(state, known=evolve(known, asked_by=asked, backlog=left, wait=wait, waits=waits))


def waited(desk: Support, tickets: Floats, backlog: Floats, agents: Floats) -> tuple[Floats, Floats]:
    """(N,) hours that a customer waits, and (N,) tickets left at the end of the week."""
    _, left = queue(backlog, tickets, agents, desk.handling)
    load = np.minimum(tickets * desk.handling / HOURS, BUSIEST * agents)
    return mean_wait(load, agents, desk.handling, desk.most) + left * desk.handling / agents, left


def _explain(desk: Support, known: Known, asked: Floats, trace: Trace) -> None:
    """What moved the wait: first the desk and what was left to it, then the tickets of last week cause by cause."""
    parts = known.asked_by.copy()
    trace.mark("wait", "desk", waited(desk, exact.total(parts), known.backlog, known.agents)[0])
    for row, cause in enumerate(CAUSES):
        parts[row] = asked[row]
        trace.mark("wait", cause, waited(desk, exact.total(parts), known.backlog, known.agents)[0])
