"""What customers lived through, week by week, and what they came to expect and feel.

Imagined worlds need it, since nobody sees what customers expect.
"""

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Floats
from tpmsim.core.mechanics.launch import (
    expectation_step,
    expected,
    fulfilled,
    most_of,
    satisfaction,
    weighed,
)
from tpmsim.core.rules import Rules
from tpmsim.core.state import Known
from tpmsim.core.world import NOT_SHIPPED


def first_sale(known: Known) -> int:
    """The week of the first customers of all runs; a week that no run has while there are none."""
    signed = (known.cohort > 0.0).any(axis=(0, 2))
    return int(np.argmax(signed)) if signed.any() else signed.shape[0]


def had_in(known: Known, week: int) -> Floats:
    """(J, N) 1 where customers had the feature at the end of the week."""
    return np.where(known.shipped_in <= week, known.shipped, 0.0)


def had_at_start(rules: Rules, error: Floats) -> Floats:
    """(J, N) what the features of the start delivered then, before any of their faults were mended."""
    faulty = rules.start.shipped[:, None]
    return np.where(faulty > NOT_SHIPPED, 1.0 - error * faulty, 0.0)


def lived_through(
    rules: Rules, known: Known, worth: Floats, works: Floats, at_start: Floats
) -> tuple[Floats, Floats, Floats]:
    """What cohorts expect, how they felt in the contract now running, and (S, N) the mean of what they felt last.

    Lived through again, week by week, as `experience` has it, with what shipped features deliver today; who was there
    at the start had come to expect what they delivered then.
    """
    expectation, mood = np.zeros(known.cohort.shape), np.zeros(known.cohort.shape)
    felt, last = np.zeros(known.lost.shape), int(known.week.max()) - 1
    first = first_sale(known)
    there = known.cohort > 0.0
    if last < 0:
        quality_now = weighed(worth, fulfilled(rules, known.shipped * works))
        expectation[:, 0] = quality_now
        return np.where(there, expectation, 0.0), mood, satisfaction(quality_now, quality_now)
    for week in range(first, last + 1):
        claim, had = known.cohort_claim[week], had_in(known, week)
        told = weighed(worth, fulfilled(rules, had * expected(works, claim), most_of(claim)))
        quality_then = weighed(worth, fulfilled(rules, had * works))[:, None]
        expectation[:, week] = told if week > 0 else weighed(worth, fulfilled(rules, at_start))
        rows, signed = slice(first, week + 1), np.arange(first, week + 1)[:, None]
        if last - week < rules.money.contract - 1 or week == last:
            now = np.where(there[:, rows], satisfaction(quality_then, expectation[:, rows]), 0.0)
            running = (signed < week) & ((last - signed) % rules.money.contract > last - week)
            mood[:, rows] += np.where(running, now, 0.0)
            felt = exact.total(np.moveaxis(known.cohort[:, rows] * now, 1, 0))
        expectation[:, rows] = expectation_step(expectation[:, rows], quality_then)
    return np.where(there, expectation, 0.0), mood, felt / np.maximum(known.segment_customers, 1e-9)
