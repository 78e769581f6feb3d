"""Retention: who renews, and what a customer is worth.

Shifted beta-geometric (Fader & Hardie 2007, J. Interactive Marketing 21:76-90): customers differ in how
likely they leave, so those who stay are ever more loyal. A cohort decides at a renewal and never between.
Value of a customer at constant retention: Gupta, Lehmann & Stuart 2004, JMR 41:7-18.

The shift of churn by experience is our assumption. Not for satisfaction itself; that is `launch`.
"""

from dataclasses import replace

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Floats, Ints, Number
from tpmsim.core.flows import Flows
from tpmsim.core.ledger import Trace
from tpmsim.core.rolls import Luck
from tpmsim.core.rules import Rules
from tpmsim.core.state import Known, State, evolve

YEARLY_A = 0.668
"""pub (Fader & Hardie 2007): yearly contracts, a."""

YEARLY_B = 3.806
"""pub (Fader & Hardie 2007): yearly contracts, b."""

MONTHLY_A = 0.5
"""assumption: monthly contracts, a."""

MONTHLY_B = 9.5
"""assumption: monthly contracts, b."""

CHURN_SATISFACTION = -1.0
"""assumption: shift of the log odds of leaving by mean satisfaction 1."""

CHURN_WAIT = 0.5
"""assumption: shift by waiting times on target."""

WAIT_MOST = 2.0
"""assumption: waiting beyond twice the target adds no more."""

CHURN_INCIDENT = 0.3
"""assumption: shift by one incident during the contract."""

CHURN_PRICE = 1.0
"""assumption: shift by a price doubled since the purchase."""

CHURN_MOST = 3.0
"""assumption: bound of the whole shift, either way."""


def shifted_params(a: Floats, b: Number, g: Number) -> tuple[Floats, Floats]:
    """The parameters after a shift of the log odds of the first chance to leave; a+b stays.

    a' = (a+b) logistic(logit(a/(a+b)) + g), b' = a+b-a'.

    Args:
        a: parameter of the beta distribution of the chance to leave.
        b: the other parameter.
        g: shift of the log odds, `churn_shift`.
    """
    whole = a + b
    moved = whole * exact.logistic(exact.logit(a / whole) + g)
    return moved, whole - moved


def renewal_share(r: Number, a: Floats, b: Number, g: Number = 0.0) -> Floats:
    """Share that renews at the r-th renewal, (b'+r-1)/(a+b+r-1) (Fader & Hardie 2007).

    Args:
        r: number of the renewal, from 1.
        a: see `shifted_params`.
        b: see `shifted_params`.
        g: shift of the log odds of leaving.
    """
    _, stay = shifted_params(a, b, g)
    return (stay + r - 1.0) / (a + b + r - 1.0)


CAUSES = ("felt", "waited", "broken", "price")
"""definition: what shifts churn, in the order of `churn_parts`; causes of it in the ledger."""


def churn_parts(satbar: Floats, wait_ratio: Number, incidents: Number, price_ratio: Number) -> Floats:
    """Shifts of the log odds of leaving by cause, (4, ...).

    -1.0 satisfaction, 0.5 min(2, wait), 0.3 incidents, 1.0 max(0, price - 1), each over the contract now ending.

    Args:
        satbar: mean satisfaction, -1..1.
        wait_ratio: mean wait for support over its target.
        incidents: incidents met.
        price_ratio: price now over the price bought at.
    """
    parts = (
        CHURN_SATISFACTION * satbar,
        CHURN_WAIT * np.minimum(WAIT_MOST, wait_ratio),
        CHURN_INCIDENT * np.asarray(incidents),
        CHURN_PRICE * np.maximum(0.0, price_ratio - 1.0),
    )
    return np.stack(np.broadcast_arrays(*parts))


def churn_shift(satbar: Floats, wait_ratio: Number, incidents: Number, price_ratio: Number) -> Floats:
    """Shift of the log odds of leaving, the sum of `churn_parts` clipped to -3..3."""
    return _bounded(churn_parts(satbar, wait_ratio, incidents, price_ratio))


def _bounded(parts: Floats) -> Floats:
    return exact.clip(exact.total(parts), -CHURN_MOST, CHURN_MOST)


def survival(t: Ints | Floats | int, a: Number, b: Number) -> Floats:
    """Share of a cohort left after t renewals, the product of (b+i-1)/(a+b+i-1) for i from 1 to t.

    Args:
        t: renewals, any shape, small.
        a: see `shifted_params`.
        b: see `shifted_params`.
    """
    left = np.ones(np.broadcast(t, a, b).shape)
    for i in range(int(np.max(t, initial=0))):
        left = np.where(i < np.asarray(t), left * (b + i) / (a + b + i), left)
    return left


def margin_multiple(r: Floats, i: Number) -> Floats:
    """Value of a customer over the margin of a period, r/(1+i-r) (Gupta, Lehmann & Stuart 2004).

    Args:
        r: retention a period.
        i: discount rate a period.
    """
    return r / (1.0 + i - r)


def customer_value(survivors: Floats, margin: Number, i: Number) -> Floats:
    """Value of a customer, margin sum over t of S(t)/(1+i)^t, t from 1.

    Args:
        survivors: (T, ...) share left after 1, 2, ... T periods.
        margin: money a customer and period.
        i: discount rate a period.
    """
    value = np.zeros(survivors.shape[1:])
    discount: Number = 1.0
    for share in survivors:
        discount = discount / (1.0 + i)
        value = value + share * discount
    return margin * value


def retention(rules: Rules, state: State, flows: Flows, luck: Luck, trace: Trace) -> State:
    """Cohorts whose contract ends this week decide whether to stay; who does pays the price of today."""
    known, hidden, week = state.known, state.hidden, state.week
    if not known.cohort.any():
        return state
    cohort, lost, mood = known.cohort.copy(), known.lost, hidden.mood.copy()
    prices, met = known.cohort_price.copy(), _met(rules, known, week)
    left = np.zeros((len(CAUSES) + 1, *known.week.shape))
    for c in range(week - rules.money.contract, -1, -rules.money.contract):
        if not cohort[:, c].any():
            mood[:, c] = 0.0
            continue
        number = (week - c) // rules.money.contract + (rules.start.renewals if c == 0 else 0)
        shifts = churn_parts(mood[:, c] / rules.money.contract, *met, known.price / np.maximum(prices[c], 1e-9))
        stay = _stay(rules, number, shifts)
        if trace.on:
            left = left + _left(rules, cohort[:, c], number, shifts)
        lost = lost + cohort[:, c] * (1.0 - stay)
        cohort[:, c], mood[:, c] = cohort[:, c] * stay, 0.0
        prices[c] = np.where(exact.total(cohort[:, c]) > 0.0, known.price, prices[c])
    after = evolve(known, cohort=cohort, lost=lost, cohort_price=prices)
    if trace.on:
        for cause, so_far in zip(("churn", *CAUSES[:-1]), left[:-1], strict=True):
            trace.mark("customers", cause, known.customers - so_far)
        trace.mark("customers", CAUSES[-1], after.customers)
        trace.mark("sentiment", "churn", after.mean_sentiment)
    return replace(state, known=after, hidden=evolve(hidden, mood=mood))


def _stay(rules: Rules, number: int, shifts: Floats) -> Floats:
    """(S, N) share of a cohort that renews for the so manieth time, with these (k, S, N) shifts of its odds."""
    return renewal_share(number, np.asarray(rules.money.churn_a), rules.money.churn_b, _bounded(shifts))


def _left(rules: Rules, cohort: Floats, number: int, shifts: Floats) -> Floats:
    """(1 + causes, N) who leave a cohort (S, N): by nothing that shifts churn, then by each cause with those before."""
    return np.stack([exact.total(cohort * (1.0 - _stay(rules, number, shifts[:k]))) for k in range(len(CAUSES) + 1)])


def _met(rules: Rules, known: Known, week: int) -> tuple[Floats, Floats]:
    """(N,) mean wait over its target, and (N,) incidents, of the contract that ends this week."""
    weeks = slice(max(week - rules.money.contract + 1, 0), week + 1)
    waited = exact.total(known.waits[weeks]) / (rules.money.contract * rules.support.target)
    return waited, exact.total(known.incident_weeks[weeks])
