"""What customers lived through: what they had in each week, as far as known, and what they came to expect and feel.

Imagined worlds need it, since nobody sees when a feature was complete or what customers expect.
"""

from dataclasses import dataclass

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Floats
from tpmsim.core.mechanics.estimates import usual_capacity
from tpmsim.core.mechanics.launch import (
    expectation_step,
    expected,
    fulfilled,
    most_of,
    satisfaction,
    weighed,
)
from tpmsim.core.mechanics.rework import NOTHING, quality, surfacing
from tpmsim.core.rules import Rules
from tpmsim.core.state import Known
from tpmsim.core.world import NOT_SHIPPED


@dataclass(frozen=True, slots=True)
class Past:
    """What customers had, week by week.

    Attributes:
        shipped: (C, J, N) 1 where they had the feature.
        first: the week of the first cohort of all runs.
    """

    shipped: Floats
    first: int


def past_of(rules: Rules, known: Known) -> Past:
    """Features are taken to have shipped when they were complete; what was so before the first sale was there at it."""
    weeks = known.cohort.shape[1]
    if not known.cohort.any():
        return Past(np.zeros((0, *known.shipped.shape)), weeks)
    signed = (known.cohort > 0.0).any(axis=0)
    first = np.where(signed.any(axis=0), np.argmax(signed, axis=0), weeks)
    since = np.minimum(np.maximum(_done_in(rules, known), first), known.week - 1.0)
    there = np.stack([np.where(since <= week, known.shipped, 0.0) for week in range(weeks)])
    return Past(there, int(first.min()))


@dataclass(frozen=True, slots=True)
class _Built:
    """(J, N) work units and expected faults, all and surfaced ones, without what the start had in work."""

    worked: Floats
    exposed: Floats
    surfaced: Floats


def _since_start(rules: Rules, known: Known) -> _Built:
    """Without what was in work at the start and its faults: as many of these surfaced as of whatever has aged most."""
    before = known.nominal * rules.start.spent[:, None]
    faults = before * rules.start.faulty[:, None]
    aged = (known.surfaced / np.maximum(known.exposed, NOTHING)).max(axis=0)
    return _Built(known.worked - before, known.exposed - faults, known.surfaced - faults * aged)


def _done_in(rules: Rules, known: Known) -> Floats:
    """(J, N) week in which each shipped feature was complete, told by the share of its expected faults still open.

    Built in as many weeks as it was reported unfinished, and no earlier than these allow, it left a share of them open.
    Since then these surface, and mending them makes some new ones, all of it taken to go at the pace of today's
    profile.
    """
    now, within_week = surfacing(rules.team.delay[known.profile])
    wrong = 1.0 - quality(known.technology, 0.0, known.stars)
    old = np.maximum(1.0 - now, NOTHING)
    built = _since_start(rules, known)
    fade = exact.log(old + wrong * now * (1.0 - within_week) / (1.0 - wrong * within_week))
    weeks = known.reports + 1.0
    left = (1.0 - within_week) * (1.0 - exact.exp(weeks * exact.log(old))) / (now * weeks)
    still = (built.exposed - built.surfaced) / np.maximum(built.exposed, NOTHING)
    age = exact.log(np.maximum(still, NOTHING) / np.maximum(left, NOTHING)) / fade
    done = np.maximum(_one_by_one(rules, known, built, np.ceil(known.week - 1.0 - age)), known.reports)
    return np.where(rules.start.shipped[:, None] > NOT_SHIPPED, 0.0, done)


def _one_by_one(rules: Rules, known: Known, built: _Built, done: Floats) -> Floats:
    """The weeks moved back as far as it takes to build what was complete later, one feature after the other."""
    pace = usual_capacity(rules, known) * rules.team.feature_share[known.profile]
    took = (built.worked - built.surfaced) / np.maximum(pace, NOTHING)
    unfinished = (known.committed > 0.0) & (known.complete <= 0.0) & (known.shipped <= 0.0)
    latest = known.week - 1.0 - exact.total(np.where(unfinished, took, 0.0))
    done, runs = done.copy(), np.arange(known.week.shape[0])
    for j in np.argsort(-done, axis=0, kind="stable"):
        row = (j, runs)
        done[row] = np.minimum(done[row], np.ceil(latest))
        latest = np.where(known.shipped[row] > 0.0, done[row] - took[row], latest)
    return done


def had_at_start(rules: Rules, error: Floats) -> Floats:
    """(J, N) what the features of the start delivered then, before any of their faults were mended."""
    faulty = rules.start.shipped[:, None]
    return np.where(faulty > NOT_SHIPPED, 1.0 - error * faulty, 0.0)


def lived_through(
    rules: Rules, known: Known, past: Past, worth: Floats, works: Floats, had: Floats
) -> tuple[Floats, Floats, Floats]:
    """What cohorts expect, how they felt in the contract now running, and (S, N) the mean of what they felt last.

    Lived through again, week by week, as `experience` has it, with what shipped features deliver today; who was there
    at the start had come to expect what they delivered then.
    """
    expectation, mood = np.zeros(known.cohort.shape), np.zeros(known.cohort.shape)
    felt, last = np.zeros(known.lost.shape), int(known.week.max()) - 1
    there = known.cohort > 0.0
    if last < 0:
        quality_now = weighed(worth, fulfilled(rules, known.shipped * works))
        expectation[:, 0] = quality_now
        return np.where(there, expectation, 0.0), mood, satisfaction(quality_now, quality_now)
    for week in range(past.first, last + 1):
        claim = known.cohort_claim[week]
        told = weighed(worth, fulfilled(rules, past.shipped[week] * expected(works, claim), most_of(claim)))
        quality_then = weighed(worth, fulfilled(rules, past.shipped[week] * works))[:, None]
        expectation[:, week] = told if week > 0 else weighed(worth, fulfilled(rules, had))
        rows, signed = slice(past.first, week + 1), np.arange(past.first, week + 1)[:, None]
        if last - week < rules.money.contract - 1 or week == last:
            now = np.where(there[:, rows], satisfaction(quality_then, expectation[:, rows]), 0.0)
            running = (signed < week) & ((last - signed) % rules.money.contract > last - week)
            mood[:, rows] += np.where(running, now, 0.0)
            felt = exact.total(np.moveaxis(known.cohort[:, rows] * now, 1, 0))
        expectation[:, rows] = expectation_step(expectation[:, rows], quality_then)
    return np.where(there, expectation, 0.0), mood, felt / np.maximum(known.segment_customers, 1e-9)
