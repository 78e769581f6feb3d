"""What a careful player works out from what is known: which feature next, how long it will take, which word is honest.

Point beliefs only, no looking ahead; policies that simulate stand elsewhere.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Bools, Floats, Ints
from tpmsim.core.conditions import holds
from tpmsim.core.mechanics.estimates import plan_work, usual_capacity
from tpmsim.core.mechanics.instruments import effort_belief
from tpmsim.core.rules import Rules
from tpmsim.core.state import NOBODY, Known, evolve
from tpmsim.lab.noted import for_all, once
from tpmsim.lab.policy import END, Book, Pick, per_entity

REWORK = 1.25
"""Work done for work that stays: a fifth is wrong at first."""

DOUBT = 0.35
"""Standard deviation of the log of a date, everything that may go wrong included."""

LIKELY = 0.8
"""Chance with which a promise is meant to be kept."""

SHORT = 0.2
"""Most by which the chance of a promise may fall short of its word."""

BUILDING = 0.5
"""Share of the weeks before the launch that a plan may fill."""


@for_all
def appeal(rules: Rules, known: Known) -> Floats:
    """(S, D, N) believed gain from a need met in a segment, in customers: worth by what it moves by size."""
    scale = (rules.worth.better - rules.worth.worse) * rules.market.size[:, None]
    return known.mean * scale[:, :, None] * known.found


@for_all
def served(rules: Rules, known: Known) -> Floats:
    """(S, D, N) appeal of the needs that are known and that some feature could meet."""
    some = rules.backlog.serves.max(axis=0)[:, None] > 0.0
    return np.where(some & (known.found > 0.0), appeal(rules, known), -1e9)


def best_of_segment(rules: Rules, known: Known) -> Floats:
    """(S, N) the best that each segment offers."""
    return np.asarray(served(rules, known).max(axis=1))


def need_in_target(rules: Rules, known: Known) -> Floats:
    """(D, N) what each need offers in the target segment."""
    return served(rules, known)[np.maximum(known.target, 0), :, np.arange(known.week.shape[0])].T


@for_all
def gains(rules: Rules, known: Known) -> Floats:
    """(J, N) believed gain of each feature, over all segments and the needs it serves."""
    needs = exact.total(appeal(rules, known))
    return np.stack([exact.total(row[:, None] * needs) for row in rules.backlog.serves])


@once
def build_weeks(rules: Rules, known: Known) -> Floats:
    """(J, N) weeks that the present team is likely to need for each feature, rework included."""
    return _weeks(rules, known, np.where(known.nominal > 0.0, known.nominal, plan_work(rules, known)))


def _weeks(rules: Rules, known: Known, estimate: Floats) -> Floats:
    """(J, N) the same from the work that each was estimated at."""
    left = estimate * _underrated(rules, known) * known.kept * (1.0 - known.reported)
    return left * _weeks_a_unit(rules, known)


@for_all
def _underrated(rules: Rules, known: Known) -> Floats:
    """(J, N) what the work is believed to be over what it was estimated at."""
    ratio, _ = effort_belief(rules, known)
    return exact.exp(ratio)


@for_all
def _weeks_a_unit(rules: Rules, known: Known) -> Floats:
    """(N,) weeks that a unit of work takes the present team."""
    pace = usual_capacity(rules, known) * rules.team.feature_share[known.profile]
    return REWORK / np.maximum(pace, 1e-9)


@once
def ahead(rules: Rules, known: Known) -> Floats:
    """(N,) weeks of work in the plan."""
    return exact.total(_planned_weeks(rules, known))


@once
def turns(rules: Rules, known: Known) -> Floats:
    """(J, N) weeks until each feature of the plan is there, as they are worked on one after the other."""
    weeks = _planned_weeks(rules, known)
    return np.stack([exact.total(np.where(known.rank <= turn, weeks, 0.0)) for turn in known.rank])


@once
def _planned_weeks(rules: Rules, known: Known) -> Floats:
    """(J, N) weeks of work in each feature of the plan."""
    new = (known.committed > 0.0) & (known.nominal <= 0.0)
    weeks = build_weeks(rules, known) if new.any() else _weeks(rules, known, known.nominal)
    return weeks * known.committed


def room(rules: Rules, known: Known) -> Floats:
    """(N,) weeks that may go into building: part of what is left before the launch, and once live all of it."""
    left = known.weeks_left - 1.0
    return np.where(rules.sells[known.stage], left, BUILDING * (left - len(rules.market.waves)))


@once
def next_feature(rules: Rules, known: Known) -> Floats:
    """(N,) the feature with the most gain a week that fits beside the plan, as a number; NOBODY if none does.

    The first feature need not fit: half a product late is better than none.
    """
    gain, weeks = gains(rules, known), build_weeks(rules, known)
    fits = ahead(rules, known) + weeks <= np.maximum(room(rules, known), 1.0)
    may = _free(rules, known) & (fits | _first(known))
    best = np.argmax(np.where(may, gain / np.maximum(weeks, 1e-9), -1.0), axis=0)
    fine = may.any(axis=0) & ~_shuts_the_gate(rules, known, best)
    return np.where(fine, best, NOBODY).astype(np.float64)


def may_fit(rules: Rules, known: Known) -> Bools:
    """(N,) where the plan is not full: elsewhere there is no next feature, whatever each would take."""
    free = _free(rules, known).any(axis=0)
    return free & ((ahead(rules, known) <= np.maximum(room(rules, known), 1.0)) | _first(known))


def _free(rules: Rules, known: Known) -> Bools:
    """(J, N) what is neither planned nor there, waits for nothing and promises something."""
    free = np.maximum(known.committed, known.complete) <= 0.0
    blocked = np.stack([exact.total((1.0 - known.committed) * waits[:, None]) for waits in rules.backlog.depends])
    return np.asarray(free & (blocked <= 0.0) & (gains(rules, known) > 0.0))


def _first(known: Known) -> Bools:
    """(N,) where nothing is planned yet and there is still time for it."""
    return np.asarray((known.planned < 1.0) & (known.weeks_left > 2))


def _shuts_the_gate(rules: Rules, known: Known, feature: Ints) -> Bools:
    """(N,) where something that the next gate asks is so now and would not be with one more feature in the plan."""
    more = np.where(feature == np.arange(len(rules.features))[:, None], 1.0, known.committed)
    after = evolve(known, committed=more)
    shut = np.zeros(feature.shape, dtype=np.bool_)
    for stage, gate in enumerate(rules.gates):
        for item in gate if (known.stage == stage).any() else ():
            shut |= (known.stage == stage) & holds(item.holds, known) & ~holds(item.holds, after)
    return shut


class Offer(NamedTuple):
    """A word and a horizon, with the row of the move for each feature."""

    word: float
    weeks: float
    rows: Ints


def offers(book: Book) -> list[Offer]:
    """The ways in which a feature can be committed."""
    table: dict[tuple[float, float], Ints] = {}
    for lever in book.levers("commit", "committed"):
        word = book.value(lever.row, "word", lever.place) or 0.0
        weeks = book.value(lever.row, "due", lever.place) or 0.0
        rows = table.setdefault((word, weeks), np.full(len(book.rules.features), END, dtype=np.int64))
        rows[lever.place] = lever.row
    return [Offer(word, weeks, rows) for (word, weeks), rows in table.items()]


def honest(ways: Iterable[Offer]) -> Pick:
    """Commit the next feature for the week that is likely, with the word that its chance deserves.

    Behind others that are planned only where some word is no more than SHORT too much: what comes much later than any
    week that can be named is promised when its turn comes near.
    """
    choices = sorted(ways, key=lambda offer: (offer.weeks, offer.word))
    rows = tuple(int(row) for offer in choices for row in offer.rows if row >= 0)

    def choose(rules: Rules, known: Known) -> Ints:
        feature = next_feature(rules, known).astype(np.int64)
        runs = np.flatnonzero(feature >= 0)
        chosen = np.full(feature.shape, END, dtype=np.int64)
        if runs.shape[0]:
            need = ahead(rules, known)[runs] + build_weeks(rules, known)[feature[runs], runs]
            short = np.where(known.planned[runs] > 0.0, SHORT, 1.0)
            chosen[runs] = _best_offer(choices, feature[runs], need, short, known.weeks_left[runs])
        return chosen

    return Pick(rows, choose, dear=True)


def _best_offer(choices: Iterable[Offer], feature: Ints, need: Floats, short: Floats, left: Ints) -> Ints:
    """(K,) the offer nearest to honest for features that need so many weeks; END where none fits the run.

    No chance may fall shorter of the word than `short`.
    """
    best, row = np.full(feature.shape, -9.0), np.full(feature.shape, END, dtype=np.int64)
    pace, chances = exact.log(np.maximum(need, 1e-9)), dict[float, Floats]()
    for offer in choices:
        if offer.weeks not in chances:
            chances[offer.weeks] = exact.normal_cdf((exact.log(offer.weeks) - pace) / DOUBT)
        chance = chances[offer.weeks]
        merit = -abs(chance - LIKELY) - abs(chance - offer.word)
        fits = (offer.weeks <= left) & (chance >= offer.word - short)
        better = fits & (merit > best) & (offer.rows[feature] >= 0)
        best, row = np.where(better, merit, best), np.where(better, offer.rows[feature], row)
    return row


def as_promised(book: Book) -> Pick:
    """Plan the next feature as it was promised before."""
    levers = book.levers("plan", "committed")
    table = per_entity(levers, len(book.rules.features))

    def choose(rules: Rules, known: Known) -> Ints:
        feature = next_feature(rules, known).astype(np.int64)
        return np.where(feature >= 0, table[np.maximum(feature, 0)], END)

    return Pick(tuple(lever.row for lever in levers), choose, dear=True)
