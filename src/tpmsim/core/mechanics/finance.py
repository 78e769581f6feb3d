"""Finance: pay, cash, what a plan is worth today, and in which order to work.

Net present value; expected commercial value at a gate (Cooper, Edgett & Kleinschmidt 2001, Portfolio
Management for New Products); order by cost of delay over duration (Smith 1956, Naval Research Logistics
Quarterly 3:59-66; Reinertsen 2009). RICE (McBride 2016) is an aid offered to the player, never the truth.

Not for what customers pay; that follows from `choice` and `retention`.
"""

from dataclasses import replace

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Floats, Ints, Number
from tpmsim.core.flows import Flows
from tpmsim.core.ledger import Trace
from tpmsim.core.readings import WEEK
from tpmsim.core.rolls import Luck
from tpmsim.core.rules import Rules
from tpmsim.core.state import State, evolve

OVERTIME_PAY = 1.5
"""assumption: pay of an hour of overtime over that of a normal hour."""

RICE_IMPACT = (("massive", 3.0), ("high", 2.0), ("medium", 1.0), ("low", 0.5), ("minimal", 0.25))
"""pub (McBride 2016): scale of impact."""

RICE_CONFIDENCE = (("high", 1.0), ("medium", 0.8), ("low", 0.5))
"""pub (McBride 2016): scale of confidence."""


def pay(new: Floats, exp: Number, fresh: Number, weekly_rate: Number, overtime: Number) -> Floats:
    """Pay of a week: everybody the same rate, overtime at one and a half.

    Args:
        new: persons still learning.
        exp: experienced persons.
        fresh: persons in their first weeks.
        weekly_rate: money a person and week.
        overtime: share above the normal week.
    """
    return (new + exp + fresh) * weekly_rate * (1.0 + OVERTIME_PAY * overtime)


def npv(flows: Floats, i: Number, weeks: float = 1.0) -> Floats:
    """Net present value, the sum over k of flow_k exp(-k dt ln(1+i)).

    Args:
        flows: (T, ...) money at the end of turn 1, 2, ... T.
        i: discount rate a year, above -1.
        weeks: length of a turn.
    """
    rate = exact.log(1.0 + np.asarray(i)) * (WEEK * weeks)
    worth = np.zeros(flows.shape[1:])
    for k in range(flows.shape[0]):
        worth = worth + flows[k] * exact.exp(-(k + 1.0) * rate)
    return worth


def expected_commercial_value(
    pv: Floats, p_market: Number, launch_cost: Number, p_tech: Number, development_cost: Number
) -> Floats:
    """ECV = (PV P_market - C) P_tech - D, money (Cooper, Edgett & Kleinschmidt 2001).

    Args:
        pv: present value of the earnings if all goes well.
        p_market: chance of success in the market once launched.
        launch_cost: C, paid if the technology works.
        p_tech: chance that the technology works.
        development_cost: D, paid in any case.
    """
    return (pv * p_market - launch_cost) * p_tech - development_cost


def wsjf(cost_of_delay: Floats, duration: Number) -> Floats:
    """Cost of delay over duration: what goes first has the most of it (Smith 1956)."""
    return cost_of_delay / duration


def wsjf_order(cost_of_delay: Floats, duration: Floats) -> Ints:
    """Jobs in the order that costs the least delay, ties in the order given (Smith 1956).

    Args:
        cost_of_delay: (J, ...) money a period.
        duration: (J, ...) periods, above 0.
    """
    return np.argsort(-wsjf(cost_of_delay, duration), axis=0, kind="stable")


def delay_cost(cost_of_delay: Floats, duration: Floats) -> Floats:
    """Total cost of delay of jobs done one after the other in the order of axis 0.

    Args:
        cost_of_delay: (J, ...) money a period until the job is done.
        duration: (J, ...) periods.
    """
    clock = np.zeros(duration.shape[1:])
    cost = np.zeros(duration.shape[1:])
    for each, time in zip(cost_of_delay, duration, strict=True):
        clock = clock + time
        cost = cost + each * clock
    return cost


def rice(reach: Floats, impact: Number, confidence: Number, effort: Number) -> Floats:
    """RICE score, reach impact confidence / effort (McBride 2016).

    Args:
        reach: people a period.
        impact: on the scale RICE_IMPACT.
        confidence: on the scale RICE_CONFIDENCE.
        effort: person-months, above 0.
    """
    return reach * impact * confidence / effort


def finance(rules: Rules, state: State, flows: Flows, luck: Luck, trace: Trace) -> State:
    """The week is paid for: salaries, marketing, hosting, support; contracts bring revenue. The planning week is free.

    Who was hired this week starts, and is paid, from the next one on.
    """
    known, money = state.known, rules.money
    running = known.week >= 1
    earned = exact.total(exact.total(known.cohort) * known.cohort_price) / money.contract
    costs = (
        ("revenue", -earned),
        ("pay", pay(known.new, known.experienced, known.fresh[1], rules.team.pay, known.overtime)),
        ("marketing", known.spend),
        ("hosting", known.customers * money.hosting),
        ("amends", known.incidents_week * rules.field.amends),
        ("support", np.where(rules.sells[known.stage], known.agents * rules.support.pay, 0.0)),
    )
    cash = known.cash
    for cause, cost in costs:
        cash = np.where(running, cash - cost, cash)
        trace.mark("cash", cause, cash)
    return replace(
        state, known=evolve(known, cash=cash, revenue=np.where(running, earned, 0.0), burn=known.cash - cash)
    )
