"""Launch: claims make expectations, and expectations judge what is delivered.

Expectation and disconfirmation (Oliver 1980, JMR 17:460-469) with losses that weigh more (Anderson & Sullivan
1993, Marketing Science 12:125-143); expectations drift to experience (Boulding et al. 1993, JMR 30:7-27); a
claim trades trial for repeat (Kopalle & Lehmann 2006, Marketing Science 25:8-24). The directions are theirs,
the sizes ours.

Not for who signs up (`choice`) nor for who stays (`retention`).
"""

from dataclasses import replace

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Floats, Number
from tpmsim.core.flows import Flows
from tpmsim.core.ledger import Trace
from tpmsim.core.rolls import Luck
from tpmsim.core.rules import Rules
from tpmsim.core.state import NO_CRITERIA, Hidden, Known, State, evolve

BELIEVED = 0.7
"""assumption: share of the distance from fulfilment to claim that customers come to expect."""

GAIN = 1.0
"""assumption: satisfaction by what exceeds the expectation."""

LOSS = 2.0
"""assumption (direction pub, Anderson & Sullivan 1993): satisfaction lost by what falls short of it."""

EXPECTATION_WEEKS = 26.0
"""assumption: time constant with which expectations follow experience."""

BRAND_WEEKS = 26.0
"""assumption: time constant with which the brand follows satisfaction."""

BRAND = 0.5
"""assumption: utility of the brand when all customers are fully satisfied."""

REVIEW_SD = 0.1
"""assumption: error of what customers are heard to say."""

WAVES = (0.0, 0.01, 0.10, 1.0)
"""assumption: share of the sign-ups that each wave lets in."""


def expected(x: Floats, claim: Number) -> Floats:
    """What people expect of a feature: x + 0.7 (claim - x).

    Args:
        x: delivered fulfilment, 0..1.
        claim: what we say it is, 0..1.5; beyond 1 it is more than any feature can be.
    """
    return x + BELIEVED * (claim - x)


def weighted(worth: Floats, values: Floats) -> Floats:
    """Mean of values over axis 0, weighted by the size of the worth; 0 where nothing is worth anything."""
    size = abs(worth)
    whole = exact.total(size)
    some = whole > 0.0
    mean: Floats = np.where(some, exact.total(size * values) / np.where(some, whole, 1.0), 0.0)
    return mean


def gap(delivered: Floats, expectation: Floats) -> Floats:
    """Disconfirmation, delivered less expected; below 0 people are let down (Oliver 1980)."""
    return delivered - expectation


def satisfaction(delivered: Floats, expectation: Floats) -> Floats:
    """Satisfaction of a cohort, -1..1: clip(2 Q - 1 + max(0, gap) - 2 max(0, -gap)).

    Args:
        delivered: Q, 0..1.
        expectation: E, 0..1.5.
    """
    apart = gap(delivered, expectation)
    felt = GAIN * np.maximum(apart, 0.0) - LOSS * np.maximum(-apart, 0.0)
    return exact.clip(2.0 * delivered - 1.0 + felt, -1.0, 1.0)


def expectation_step(expectation: Floats, delivered: Number, weeks: float = 1.0) -> Floats:
    """Expectation after the turn: it follows what is delivered (Boulding et al. 1993)."""
    return exact.lag(expectation, delivered, EXPECTATION_WEEKS, weeks)


def brand_step(brand: Floats, mean_satisfaction: Number, weeks: float = 1.0) -> Floats:
    """Utility of our name after the turn: it follows half the mean satisfaction of our customers."""
    return exact.lag(brand, BRAND * mean_satisfaction, BRAND_WEEKS, weeks)


def launch(rules: Rules, state: State, flows: Flows, luck: Luck, trace: Trace) -> State:
    """Finished features reach customers; what they deliver and what was claimed of them is worked out."""
    known = state.known
    selling = rules.sells[known.stage]
    shipped = np.where(selling & (known.complete * known.committed > 0.0), 1.0, known.shipped)
    flows.delivered = fulfilled(rules, shipped * delivery(rules, state))
    told = fulfilled(rules, shipped * expected(delivery(rules, state), known.claim), most_of(known.claim))
    flows.expected = np.minimum(told, 1.0)
    flows.quality = weighed(state.truth.worth, flows.delivered)
    flows.expectation = weighed(state.truth.worth, told)
    shipped_in = np.where(shipped > known.shipped, known.week, known.shipped_in)
    return replace(state, known=evolve(known, shipped=shipped, shipped_in=shipped_in))


def delivery(rules: Rules, state: State) -> Floats:
    """(J, N) share of each feature that works: work done right over its whole scope, cuts included."""
    whole = state.known.nominal * state.truth.ratio
    return np.where(whole > 0.0, state.hidden.good / np.maximum(whole, 1e-9), 0.0)


def most_of(claim: Floats) -> Floats:
    """How far people may expect a need to be met: nobody wants more than wholly, but more can be claimed."""
    return np.maximum(claim, 1.0)


def fulfilled(rules: Rules, features: Floats, most: Number = 1.0) -> Floats:
    """(D, N) how far each need is met by the (J, N) fulfilment of the features that serve it, at most so far."""
    met = np.zeros((len(rules.needs), *features.shape[1:]))
    for serves, feature in zip(rules.backlog.serves, features, strict=True):
        needs = np.flatnonzero(serves)
        met[needs] += serves[needs, None] * feature
    return np.minimum(met, most)


def weighed(worth: Floats, fulfilment: Floats) -> Floats:
    """(S, N) fulfilment over all needs in the weights |w| of each segment."""
    return weighted(np.moveaxis(worth, 1, 0), fulfilment[:, None])


def experience(rules: Rules, state: State, flows: Flows, luck: Luck, trace: Trace) -> State:
    """Cohorts feel what they got against what they were told; reviews tell part of it."""
    known, hidden, week = state.known, state.hidden, state.week
    if trace.on:
        trace.mark("sentiment", "sign-ups", known.mean_sentiment)
        trace.mark("sentiment", "claim", known.mean_sentiment + _claimed(known, hidden, flows, week))
    expectation, mood = hidden.expectation.copy(), hidden.mood.copy()
    felt = np.zeros(known.lost.shape)
    for c in np.flatnonzero(known.cohort.any(axis=(0, 2))).tolist():
        there = known.cohort[:, c] > 0.0
        now = np.where(there, satisfaction(flows.quality, expectation[:, c]), 0.0)
        felt = felt + known.cohort[:, c] * now
        if c < week:
            mood[:, c] = mood[:, c] + now
        step = expectation_step(expectation[:, c], flows.quality)
        expectation[:, c] = np.where(there, step, expectation[:, c])
    sentiment = _reviews(rules, known, felt, luck)
    known = evolve(known, sentiment=sentiment, brand=brand_step(known.brand, sentiment))
    if trace.on:
        trace.mark("sentiment", "reviews", known.mean_sentiment)
    return replace(state, known=_tripped(known), hidden=evolve(hidden, expectation=expectation, mood=mood))


def _claimed(known: Known, hidden: Hidden, flows: Flows, week: int) -> Floats:
    """(N,) by how much this week's newcomers move what customers say, as they expected more or less than they get."""
    let_down = satisfaction(flows.quality, hidden.expectation[:, week]) - satisfaction(flows.quality, flows.quality)
    return exact.total(known.cohort[:, week] * let_down) / np.maximum(known.customers, 1e-9)


def _reviews(rules: Rules, known: Known, felt: Floats, luck: Luck) -> Floats:
    """(S, N) what customers are heard to say: their mean satisfaction with the error of the few who speak."""
    customers = known.segment_customers
    if not customers.any():
        return known.sentiment
    mean = felt / np.maximum(customers, 1e-9)
    noisy = mean + REVIEW_SD * luck.normals("reviews", rules.segments)
    return np.where(customers > 0.0, exact.clip(noisy, -1.0, 1.0), known.sentiment)


def _tripped(known: Known) -> Known:
    """Kill criteria written down before a wave are held against what customers say."""
    below = (known.criteria > NO_CRITERIA) & (known.customers > 0.0) & (known.mean_sentiment < known.criteria)
    return evolve(known, tripped=np.where(below, 1.0, known.tripped))
