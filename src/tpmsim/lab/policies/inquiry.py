"""What a question is worth: how many weeks of building its answer is likely to save, against its hours and its money.

A plan takes the features with the most gain a week, as many as there is time for. An answer moves such a rate by so
much and no more (preposterior analysis: Raiffa & Schlaifer 1961), and is worth something only where it may carry a
feature across the margin between those that are built and those that are not. All values are in weeks of building at
the best rate known, so that hours, money and delay can be set against them.

Not for what is true of the market: only what is believed counts.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Bools, Floats, Ints
from tpmsim.core.conditions import refs
from tpmsim.core.mechanics.discovery import hit_chance
from tpmsim.core.mechanics.instruments import bias_spread, effort_belief, evidence_precision, evpi, measured, sd_after
from tpmsim.core.rules import Rules
from tpmsim.core.state import Known
from tpmsim.lab.policies.planning import build_weeks, gains, room
from tpmsim.lab.policy import END, Book, Pick

PLAYER = 0.15
"""Weeks of building that a whole week of the player is worth: what else the hours could do for people."""

NEW_SOURCE = 1.0
"""assumption: weeks that a new source is worth beside its answers, where one is wanted: a gate that stays shut."""

ENOUGH = 2
"""assumption: sources that are wanted, as one alone has one bias."""


class Question(NamedTuple):
    """A way to ask.

    Attributes:
        row: of the move.
        tool: row of the instrument.
        about: row of the segment, or of the feature if the instrument asks for efforts.
    """

    row: int
    tool: int
    about: int


def questions(book: Book) -> tuple[Question, ...]:
    """Everything that can be asked about needs and efforts, by what the moves do."""
    found = []
    for i, tool in enumerate(book.rules.instruments):
        found += [Question(one.row, i, one.place[1]) for one in book.levers(tool.id, "queue")]
        found += [Question(one.row, i, one.place[0]) for one in book.levers(tool.id, "spiking")]
    return tuple(found)


def best_question(book: Book, asked: tuple[Question, ...]) -> Pick:
    """The question with the most value above its price that time and money allow; none where all cost more."""
    moves = [book.rules.moves[one.row] for one in asked]
    rows = np.array([one.row for one in asked] + [END])
    hours, money = np.array([[move.hours] for move in moves]), np.array([[move.cost] for move in moves])
    stages = np.array([move.stages for move in moves])

    def choose(rules: Rules, known: Known) -> Ints:
        possible = (known.hours >= hours) & (known.cash >= money) & stages[:, known.stage]
        worth = np.where(possible, net_values(rules, known, asked), 0.0)
        best = np.argmax(worth, axis=0)
        return np.asarray(rows[np.where(worth.max(axis=0) > 0.0, best, len(asked))])

    return Pick(tuple(one.row for one in asked), choose, dear=True)


def net_values(rules: Rules, known: Known, asked: tuple[Question, ...]) -> Floats:
    """(Q, N) value of each question less its price, weeks; where a new source is wanted, with what that is worth."""
    hours, money = prices(rules, known, asked)
    return values(rules, known, asked) + NEW_SOURCE * wanted(rules, known, asked) - hours - money


def values(rules: Rules, known: Known, asked: tuple[Question, ...]) -> Floats:
    """(Q, N) weeks of building that each question is likely to save."""
    plan = _Plan.of(rules, known)
    needs, efforts = _values_of_needs(rules, known, plan), _values_of_efforts(rules, known, plan)
    table = np.empty((len(asked), known.week.shape[0]))
    for q, one in enumerate(asked):
        effort = rules.instruments[one.tool].about == "effort"
        table[q] = efforts[one.about] if effort else needs[one.tool, one.about]
    return table


def wanted(rules: Rules, known: Known, asked: tuple[Question, ...]) -> Floats:
    """(Q, N) 1 where an instrument has told nothing of needs yet and a gate to come, or the score, counts sources."""
    heard = (known.asked > 0.0).any(axis=(1, 2)) | (known.queue > 0.0).any(axis=1)
    new = ~heard & (heard.sum(axis=0) < ENOUGH) & np.array(_counted(rules))[known.stage]
    tells = np.array([tool.about == "needs" for tool in rules.instruments])[:, None]
    return np.asarray((new & tells)[[one.tool for one in asked]], dtype=np.float64)


@lru_cache(maxsize=64)
def _counted(rules: Rules) -> tuple[bool, ...]:
    """For each stage whether its gate or a later one asks for sources, or the score counts them."""
    scored = any(one.value.field == "sources" for one in rules.objectives)
    asks = [any(value.ref.field == "sources" for item in gate for value in refs(item.holds)) for gate in rules.gates]
    return tuple(scored or any(asks[stage:]) for stage in range(len(asks)))


def prices(rules: Rules, known: Known, asked: tuple[Question, ...]) -> tuple[Floats, Floats]:
    """(Q, 1) what the hours of each question are worth, and (Q, N) its money, in weeks of building."""
    moves = [rules.moves[one.row] for one in asked]
    hours = np.array([PLAYER * move.hours / rules.focus_hours for move in moves])[:, None]
    purse = known.weeks_left / np.maximum(known.cash, 1e-9)
    return hours, np.array([move.cost for move in moves])[:, None] * purse


class _Plan(NamedTuple):
    """What would be built next, as believed.

    Attributes:
        weeks: (J, N) of building.
        rate: (J, N) gain a week of what can still be chosen; 0 of the rest.
        margin: (J, N) the rate that a feature must pass to come in, or fall below to go out.
        bar: (N,) the rate that something new must pass.
        best: (N,) the best rate.
        left: (N,) weeks that may go into building.
    """

    weeks: Floats
    rate: Floats
    margin: Floats
    bar: Floats
    best: Floats
    left: Floats

    @classmethod
    def of(cls, rules: Rules, known: Known) -> "_Plan":
        """By gain a week, best first, until the time is full."""
        weeks = np.maximum(build_weeks(rules, known), 1e-9)
        free = np.maximum(known.committed, known.complete) <= 0.0
        rate = np.where(free, gains(rules, known) / weeks, 0.0)
        left = np.maximum(room(rules, known), 0.0)
        inside = _inside(rate, weeks, left)
        spare = left - exact.total(np.where(inside, weeks, 0.0))
        worst = np.where(inside.any(axis=0), np.where(inside, rate, np.inf).min(axis=0), 0.0)
        outside = np.maximum(np.where(inside, 0.0, rate).max(axis=0), 0.0)
        margin = np.where(inside, outside, np.where(weeks <= spare, 0.0, worst))
        bar = np.where(exact.total(weeks) / len(weeks) <= spare, 0.0, worst)
        return cls(weeks, rate, margin, bar, np.maximum(rate.max(axis=0), 0.0), left)

    def saved(self, moved: Floats) -> Floats:
        """(..., N) weeks saved by choosing anew when rates move by these (J, ..., N); the best single change."""
        shape = (len(self.rate), *(1 for _ in moved.shape[1:-1]), -1)
        rate, margin, weeks = (part.reshape(shape) for part in (self.rate, self.margin, self.weeks))
        gain, where = np.zeros(moved.shape), np.nonzero(moved > 0.0)  # few move: no instrument tells of every need
        rates, margins = (np.broadcast_to(part, moved.shape)[where] for part in (rate, margin))
        gain[where] = evpi(rates, np.maximum(moved[where], 1e-9), margins)
        return self.in_weeks((gain * np.minimum(weeks, self.left)).max(axis=0))

    def in_weeks(self, gain: Floats) -> Floats:
        """A gain in weeks of building at the best rate, never more than there are left."""
        return np.minimum(gain / np.maximum(self.best, 1e-9), self.left)


def _inside(rate: Floats, weeks: Floats, left: Floats) -> Bools:
    """(J, N) features that would be built: the best ones that fit, and the first in any case."""
    order = np.argsort(-rate, axis=0, kind="stable")
    runs = np.arange(rate.shape[1])
    inside, spent = np.zeros(rate.shape, dtype=np.bool_), np.zeros(rate.shape[1])
    for place, j in enumerate(order):
        fits = (rate[j, runs] > 0.0) & ((spent + weeks[j, runs] <= left) | (place == 0))
        inside[j, runs] = fits
        spent = spent + np.where(fits, weeks[j, runs], 0.0)
    return inside


def _values_of_needs(rules: Rules, known: Known, plan: _Plan) -> Floats:
    """(I, S, N) weeks that one more use of each instrument in each segment is worth."""
    scale = (rules.worth.better - rules.worth.worse) * rules.market.size[:, None]
    told = _told(rules, known)
    moved = np.zeros((len(rules.features), *told.shape[:2], told.shape[-1]))
    for j, d in np.argwhere(rules.backlog.serves > 0.0).tolist():
        part = rules.backlog.serves[j, d] * scale[:, d]
        moved[j] += (part * part)[:, None] * told[:, :, d] * known.found[d]
    free = np.maximum(known.committed, known.complete) <= 0.0
    shift = np.where(free, 1.0 / plan.weeks, 0.0)[:, None, None] * np.sqrt(moved)
    return plan.saved(shift) + _something_new(rules, known, plan)


def _told(rules: Rules, known: Known) -> Floats:
    """(I, S, D, N) variance that one more use takes from each belief, after all that is under way has arrived."""
    precision = []
    for more in (None, 0.0, 1.0):
        uses = np.zeros(known.queue.shape) if more is None else known.queue + more
        precision.append(np.stack([_precision(rules, known, i, uses[i]) for i in range(len(rules.instruments))]))
    before, coming, after = precision
    sd = sd_after(known.sd, exact.total(coming - before))
    left = sd_after(sd, after - coming)
    return np.maximum(sd * sd - left * left, 0.0)


def _precision(rules: Rules, known: Known, i: int, uses: Floats) -> Floats:
    """(S, D, N) precision of all answers of an instrument after so many more uses (S, N)."""
    tool, shape = rules.instruments[i], known.sd.shape
    if tool.about != "needs":
        return np.zeros(shape)
    answers = known.asked[i] + tool.answers * uses[:, None]
    return evidence_precision(*_errors(rules, i), answers)


@lru_cache(maxsize=64)
def _errors(rules: Rules, i: int) -> tuple[Floats, Floats]:
    """(S, D, 1) lasting and (S, 1, 1) passing error of an instrument, as standard deviations."""
    tool, (segments, needs) = rules.instruments[i], rules.worth.mean.shape
    spread = [[bias_spread(rules, tool, s, d) for d in range(needs)] for s in range(segments)]
    error = [measured(tool, s).error for s in range(segments)]
    return np.array(spread)[:, :, None], np.array(error)[:, None, None]


def _something_new(rules: Rules, known: Known, plan: _Plan) -> Floats:
    """(I, S, N) weeks that needs may save which nobody thought of.

    One is supposed behind each feature of which nobody can say what it is good for, and each like those of the brief.
    """
    shape = (len(rules.instruments), len(rules.segments), known.week.shape[0])
    value, brief = np.zeros(shape), rules.worth.known > 0.0
    weeks = exact.total(plan.weeks) / len(rules.features)
    puzzling = np.stack([exact.total(row[:, None] * known.found) <= 0.0 for row in rules.backlog.serves]).sum(axis=0)
    for s in range(shape[1]):
        scale = (rules.worth.better - rules.worth.worse)[brief] * rules.market.size[s] / max(int(brief.sum()), 1)
        mean, sd = (exact.total(part[s][brief] * scale) / weeks for part in (rules.worth.mean, rules.worth.sd))
        gain = evpi(mean, np.maximum(sd, 1e-9), plan.bar) * np.minimum(weeks, plan.left) * puzzling
        for i, tool in enumerate(rules.instruments):
            if tool.discovers and brief.any():
                held = known.held[s] + known.queue[i, s] * tool.answers
                chance = hit_chance(
                    np.full(shape[2], float(tool.answers)), held, rules.worth.found_a, rules.worth.found_b
                )
                value[i, s] = chance * plan.in_weeks(gain)
    return value


def _values_of_efforts(rules: Rules, known: Known, plan: _Plan) -> Floats:
    """(J, N) weeks that a better estimate of each feature is worth."""
    if rules.effort_instrument < 0:
        return np.zeros(plan.rate.shape)
    tool = rules.instruments[rules.effort_instrument]
    _, sd = effort_belief(rules, known)
    before, coming, after = (
        evidence_precision(tool.bias_sd, tool.error, known.spiked + tool.answers * uses)
        for uses in (0.0, known.spiking, known.spiking + 1.0)
    )
    sd = sd_after(sd, coming - before)
    left = sd_after(sd, after - coming)
    moved = np.maximum(plan.rate, 0.0) * np.sqrt(np.maximum(sd * sd - left * left, 0.0))
    gain = np.where(moved > 0.0, evpi(plan.rate, np.maximum(moved, 1e-9), plan.margin), 0.0)
    return plan.in_weeks(gain * np.minimum(plan.weeks, plan.left))
