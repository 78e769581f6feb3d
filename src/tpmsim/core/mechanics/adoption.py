"""Adoption: how a category spreads among its potential customers.

The Bass model (Bass 1969, Management Science 15:215-227) in the generalised form with price and advertising
(Bass, Krishnan & Jain 1994, Marketing Science 13:203-223), stepped by its exact map, so that the length of a
turn does not matter. Advertising acts by goodwill (Nerlove & Arrow 1962, Economica 29:129-142) with a
saturating response (Little 1970, Management Science 16:B466-B485). Two generations of a product: Norton & Bass (1987,
Management Science 33:1069-1086).

Rates are per year. Not for which product of the category people choose; that is `choice`.
"""

from dataclasses import replace

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Floats, Number
from tpmsim.core.flows import Flows
from tpmsim.core.ledger import Trace
from tpmsim.core.readings import WEEK, effort_of
from tpmsim.core.rolls import Luck
from tpmsim.core.rules import Function, Rules
from tpmsim.core.state import Known, State, evolve

INNOVATION = 0.03
"""pub (Sultan, Farley & Lehmann 1990): p a year, mean of 213 applications."""

IMITATION = 0.38
"""pub (Sultan, Farley & Lehmann 1990): q a year, mean of 213 applications."""

PRICE_RESPONSE = -1.5
"""assumption: years gained by a price e times as high (b1)."""

ADVERT_RESPONSE = 0.12
"""assumption: years gained by e times the advertising (b2); Sethuraman et al. 2011, read as yearly."""

GOODWILL_DECAY = 12.0 * 0.6931471805599453
"""assumption: a year; half of the goodwill is left after a month."""

DEMAND_NOISE = 0.05
"""assumption: standard deviation of a year's growth of time."""


def bass_step(adopted: Floats, p: Number, q: Number, gained: Number) -> Floats:
    """Share that has adopted after some effective time more, by the exact map of the Bass model.

    y = (1-F)/(p+qF) exp(-(p+q) dX), F' = (1-p y)/(1+q y); it never falls.

    Args:
        adopted: F, share of the potential, 0..1.
        p: innovation a year, above 0.
        q: imitation a year.
        gained: dX, effective years, 0 or more.
    """
    y = (1.0 - adopted) / (p + q * adopted) * exact.exp(-(p + q) * gained)
    grown: Floats = np.maximum(adopted, (1.0 - p * y) / (1.0 + q * y))
    return grown


def bass_closed(t: Floats, p: Number, q: Number) -> Floats:
    """Share adopted t effective years after the start, (1-e)/(1+(q/p) e), e = exp(-(p+q)t) (Bass 1969)."""
    e = exact.exp(-(p + q) * t)
    return (1.0 - e) / (1.0 + q / p * e)


def peak_time(p: Floats, q: Number) -> Floats:
    """Years until sales peak, ln(q/p)/(p+q); 0 where imitation is the weaker (Bass 1969)."""
    return np.maximum(exact.log(q / p) / (p + q), 0.0)


def two_generations(first: Floats, second: Floats, m1: Number, m2: Number) -> tuple[Floats, Floats]:
    """Users of two generations of a product, F1 m1 (1 - F2) and F2 (m2 + F1 m1) (Norton & Bass 1987).

    Who uses the first moves on to the second in time; together they are F1 m1 + F2 m2.

    Args:
        first: F1, share of its own potential that the first has reached, of `bass_closed`.
        second: F2 of the second, counted from its own start; 0 before.
        m1: potential of the first.
        m2: what the second adds to it.
    """
    return first * m1 * (1.0 - second), second * (m2 + first * m1)


def marketing_time(
    price_ratio: Floats, advert_ratio: Number, b1: Number = PRICE_RESPONSE, b2: Number = ADVERT_RESPONSE
) -> Floats:
    """Years gained by price and advertising, b1 ln(P/P0) + b2 ln(A/A0) (Bass, Krishnan & Jain 1994).

    Args:
        price_ratio: price over the reference price, above 0.
        advert_ratio: advertising over its reference, above 0.
        b1: years by the log of the price, below 0.
        b2: years by the log of advertising.
    """
    return b1 * exact.log(price_ratio) + b2 * exact.log(advert_ratio)


def effective_time(
    t: Floats,
    price_ratio: Floats,
    advert_ratio: Number,
    b1: Number = PRICE_RESPONSE,
    b2: Number = ADVERT_RESPONSE,
) -> Floats:
    """Effective years X(t) = t + `marketing_time`."""
    return t + marketing_time(price_ratio, advert_ratio, b1, b2)


def time_gained(furthest: Floats, x: Floats) -> tuple[Floats, Floats]:
    """The furthest effective time so far, and by how much x carries beyond the old one.

    A price rise makes people wait instead of un-adopting, and repeated pulses of advertising do not add up
    (our assumption in place of the one-sided form of 1994; both agree when prices do not rise nor advertising
    falls).
    """
    now: Floats = np.maximum(furthest, x)
    return now, now - furthest


def goodwill_step(goodwill: Floats, spend: Number, decay: Number = GOODWILL_DECAY, dt: float = WEEK) -> Floats:
    """Goodwill after a turn, G e + spend (1-e)/(decay dt), e = exp(-decay dt); Nerlove & Arrow 1962.

    Args:
        goodwill: stock, money.
        spend: money spent evenly over the turn.
        decay: share lost a year, continuous.
        dt: years of the turn.
    """
    e = exact.exp(-decay * dt)
    return goodwill * e + spend * (1.0 - e) / (decay * dt)


def advertising(goodwill: Floats, half: Number, amax: Number) -> Floats:
    """Advertising over none, 1 + amax G/(half + G) (Little 1970 with exponent 1).

    Args:
        goodwill: stock, money.
        half: goodwill at half of the largest effect, above 0.
        amax: largest effect.
    """
    return 1.0 + amax * goodwill / (half + goodwill)


def noise_variance(s: Number = DEMAND_NOISE, dt: float = WEEK) -> Floats:
    """Variance of the log of a turn's growth of time, ln(1 + s^2/dt); see `time_noise`."""
    return exact.log(1.0 + s * s / dt)


def time_noise(z: Floats, s: Number = DEMAND_NOISE, dt: float = WEEK) -> Floats:
    """Factor of a turn's growth of time: exp(sqrt(v) z - v/2), v = ln(1 + s^2/dt).

    Its mean is 1 and a year's growth has the same standard deviation at any length of a turn (assumption).

    Args:
        z: standard normal draw.
        s: standard deviation of a year's growth, years.
        dt: years of the turn.
    """
    v = noise_variance(s, dt)
    return exact.exp(np.sqrt(v) * z - v / 2.0)


def adoption(rules: Rules, state: State, flows: Flows, luck: Luck, trace: Trace) -> State:
    """The category spreads, faster or slower than published; our price and advertising move its clock."""
    known, market = state.known, rules.market
    running = known.week >= 1
    reach = known.spend * effort_of(rules, known, Function.MARKET)
    goodwill = np.where(running, goodwill_step(known.goodwill, reach), known.goodwill)
    advert = advertising(goodwill, market.advert_half, market.advert_most)
    pull = marketing_time(our_price(rules, known), advert, market.price_response, market.advert_response)
    offered = rules.sells[known.stage] & (known.wave > 0)
    passed = state.truth.pace * WEEK * time_noise(luck.normals("demand", rules.segments))
    reached, gained = time_gained(known.ahead, np.where(offered, pull, known.ahead))
    moved = bass_step(known.share, market.innovation[:, None], market.imitation[:, None], passed + gained)
    flows.adopters = np.where(running, (moved - known.share) * market.size[:, None], 0.0)
    weeks, read = known.pace_weeks, exact.log(passed / WEEK) + noise_variance() / 2.0
    pace = (known.pace_mean * weeks + read) / (weeks + 1.0)
    known = evolve(
        known,
        goodwill=goodwill,
        share=np.where(running, moved, known.share),
        ahead=np.where(running, reached, known.ahead),
        pace_weeks=np.where(running, weeks + 1.0, weeks),
        pace_mean=np.where(running, pace, known.pace_mean),
    )
    return replace(state, known=known)


def our_price(rules: Rules, known: Known) -> Floats:
    """(N,) our price over the reference price: what counts as the price of the category here (assumption)."""
    return known.price / rules.money.price


def pace_belief(rules: Rules, known: Known) -> tuple[Floats, Floats]:
    """(S, N) mean and sd of the log of the market's pace, after the weeks in which it was read."""
    prior = 1.0 / (rules.market.pace_sd * rules.market.pace_sd)[:, None]
    precision = prior + known.pace_weeks / noise_variance()
    read = known.pace_weeks / noise_variance()
    return known.pace_mean * read / precision, np.sqrt(1.0 / precision)
