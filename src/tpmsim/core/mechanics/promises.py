"""Promises: a word kept earns trust slowly, a word broken spends it quickly.

Beta reputation (Josang & Ismail 2002, 15th Bled Electronic Commerce Conference) with forgetting. That loss
outweighs gain is Slovic 1993 (Risk Analysis 13:675-682); its size is borrowed from the loss aversion of
Tversky & Kahneman (1992). The weights of the words form a quadratic score, so the most honest word is the
best one in expectation (our construction).

Not for what is told to the player because of trust, nor for opinions on a decision; that is `opinions`.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Bools, Floats, Ints, Number
from tpmsim.core.flows import Flows
from tpmsim.core.ledger import Trace
from tpmsim.core.rolls import Luck
from tpmsim.core.rules import Rules
from tpmsim.core.state import PROMISES_PART, Known, State, evolve

WORDS: Mapping[str, float] = MappingProxyType({"aim": 0.5, "plan": 0.7, "commit": 0.9})
"""assumption: the confidence that each word of a promise means."""

HALF_LIFE = 26.0
"""assumption: weeks after which half of the evidence is forgotten."""

LOSS_WEIGHT = 2.25
"""assumption: weight of a broken promise, borrowed from Tversky & Kahneman 1992."""

GAIN_FLOOR = 0.25
"""assumption: evidence that the weakest word, kept, earns."""

WARNING_SAVES = 0.75
"""assumption: share of the loss that an early warning saves at most."""

WARNING_WEEKS = 4.0
"""assumption: weeks ahead from which a warning counts in full."""

PLEASES = 0.08
"""assumption: satisfaction that a promise kept adds, by the confidence of its word."""

DISAPPOINTS = 0.20
"""assumption: satisfaction that a promise broken takes, by the confidence of its word; less with a warning."""

TRADED = 0.10
"""assumption: satisfaction of who gets something in a trade."""

TRADED_ELSEWHERE = -0.04
"""assumption: satisfaction that everybody else loses by it."""

WITHDRAWN = 0.5
"""assumption: what a withdrawn promise counts in the share of promises kept, a broken one being 1."""

ONE_TO_ONE = 0.15
"""assumption: evidence of a talk in private."""

CREDIT = 0.20
"""assumption: evidence of credit given in public."""

CREDIT_ELSEWHERE = -0.05
"""assumption: satisfaction that others lose by it."""

EVIDENCE_GIVEN = 0.10
"""assumption: evidence of findings that are made known."""

ESCALATED = 0.50
"""assumption: evidence against, of an escalation over somebody's head."""


def forget(weeks: float = 1.0) -> Floats:
    """Share of the evidence that is remembered after so many weeks, half after 26."""
    return exact.pow(0.5, weeks / HALF_LIFE)


def trust(r: Floats, s: Number) -> Floats:
    """Expected reliability, 0..1: (r+1)/(r+s+2) (Josang & Ismail 2002).

    Args:
        r: evidence of kept promises.
        s: evidence of broken ones.
    """
    return (r + 1.0) / (r + s + 2.0)


def promise_gain(c: Floats, kp: Number = LOSS_WEIGHT) -> Floats:
    """Evidence that a kept promise earns, kp (2c - c^2) - 0.75 kp + 0.25.

    Args:
        c: confidence of the word, WORDS.
        kp: weight of a broken promise.
    """
    return kp * (2.0 * c - c * c) - 0.75 * kp + GAIN_FLOOR


def promise_cost(c: Floats, kp: Number = LOSS_WEIGHT) -> Floats:
    """Evidence against that a broken promise costs, kp c^2; times `softened` with a warning.

    Args:
        c: confidence of the word, WORDS.
        kp: weight of a broken promise.
    """
    return kp * (c * c)


def softened(weeks_ahead: Floats) -> Floats:
    """Share of the cost of a promise withdrawn so many weeks before it is due, 1 - 0.75 min(1, weeks/4)."""
    return 1.0 - WARNING_SAVES * np.minimum(1.0, weeks_ahead / WARNING_WEEKS)


def reputation_step(r: Floats, s: Floats, kept: Number, broken: Number, lam: Number) -> tuple[Floats, Floats]:
    """Evidence for and against after a week, r = lam r + kept, s = lam s + broken (Josang & Ismail 2002).

    Args:
        r: evidence of kept promises.
        s: evidence of broken ones.
        kept: evidence earned in the week, sum of `promise_gain`.
        broken: evidence against, sum of `promise_cost` times `softened`.
        lam: what is remembered of the old, `forget`.
    """
    return lam * r + kept, lam * s + broken


def promises(rules: Rules, state: State, flows: Flows, luck: Luck, trace: Trace) -> State:
    """Old evidence fades; those warned are told; promises that come due are kept or broken."""
    known = state.known
    fades = np.where(known.week >= 1, forget(), 1.0)
    kept, broken = reputation_step(known.kept_weight, known.broken_weight, 0.0, 0.0, fades)
    known = evolve(known, kept_weight=kept, broken_weight=broken)
    _explain(rules, known, "time", trace)
    for j, feature in enumerate(rules.features):
        warned = known.moved[j] != 0.0
        if warned.any():
            known = _warned(rules, known, j, warned)
            _explain(rules, known, f"warning:{feature}", trace)
        due = (known.due[j] > 0) & (known.due[j] <= known.week)
        done = known.complete[j] > 0.0
        for fate, settled in (("promise-kept", due & done), ("promise-broken", due & ~done)):
            if settled.any():
                known = _settled(rules, known, j, settled)
                _explain(rules, known, f"{fate}:{feature}", trace)
    return replace(state, known=known)


def _settled(rules: Rules, known: Known, j: int, due: Bools) -> Known:
    """A promise whose week has come: kept if the feature is complete."""
    done = known.complete[j] > 0.0
    known = _remembered(rules, known, j, due & done, due & ~done)
    gain = np.where(due & done, promise_gain(known.word[j]), 0.0)
    loss = np.where(due & ~done, promise_cost(known.word[j]), 0.0)
    return evolve(
        _weighed(rules, known, j, gain, loss),
        due=_row(known.due, j, np.where(due, 0, known.due[j])),
        promises_kept=np.where(due & done, known.promises_kept + 1.0, known.promises_kept),
        promises_broken=np.where(due & ~done, known.promises_broken + 1.0, known.promises_broken),
    )


def _warned(rules: Rules, known: Known, j: int, warned: Bools) -> Known:
    """A promise put off or withdrawn before its week: the earlier, the cheaper. Withdrawn counts as half broken."""
    ahead = known.due[j] - known.week
    loss = np.where(warned, promise_cost(known.word[j]) * softened(ahead), 0.0)
    later = np.where(known.moved[j] > 0.0, known.due[j] + known.moved[j].astype(np.int64), 0)
    withdrawn = warned & (known.moved[j] < 0.0)
    felt = np.where(warned, DISAPPOINTS * known.word[j] * softened(ahead), 0.0)
    known = _unbound(rules, _minded(rules, known, j, -felt), j, withdrawn)
    return evolve(
        _weighed(rules, known, j, np.zeros(loss.shape), loss),
        due=_row(known.due, j, np.where(warned, later, known.due[j])),
        moved=_row(known.moved, j, np.zeros(loss.shape)),
        promises_broken=np.where(withdrawn, known.promises_broken + WITHDRAWN, known.promises_broken),
    )


def _remembered(rules: Rules, known: Known, j: int, kept: Bools, broken: Bools) -> Known:
    """Whoever was promised something does not forget what became of it."""
    theirs = known.promised_to[j] == np.arange(len(rules.stakeholders))[:, None]
    word = known.word[j]
    known = _minded(rules, known, j, np.where(kept, PLEASES * word, 0.0) - np.where(broken, DISAPPOINTS * word, 0.0))
    return evolve(
        _unbound(rules, known, j, broken),
        word_kept=known.word_kept + np.where(theirs & kept, 1.0, 0.0),
        word_broken=known.word_broken + np.where(theirs & broken, 1.0, 0.0),
        broken_feature=np.where(theirs & broken, j, known.broken_feature),
        broken_week=np.where(theirs & broken, known.week, known.broken_week),
    )


def _unbound(rules: Rules, known: Known, j: int, taken: Bools) -> Known:
    """Who does not get what feature j was promised for owes no yes for it any more."""
    theirs = known.promised_to[j] == np.arange(len(rules.stakeholders))[:, None]
    return evolve(known, backing=np.where(theirs & taken, 0.0, known.backing))


def _minded(rules: Rules, known: Known, j: int, change: Floats) -> Known:
    """Satisfaction of the stakeholder to whom feature j was promised."""
    change = np.where(known.promised_to[j] == np.arange(len(rules.stakeholders))[:, None], change, 0.0)
    felt = known.felt.copy()
    felt[:, PROMISES_PART] += change
    return evolve(known, felt=felt, satisfaction=exact.clip(known.satisfaction + change, -1.0, 1.0))


def _weighed(rules: Rules, known: Known, j: int, gain: Floats, loss: Floats) -> Known:
    """Evidence with the stakeholder to whom feature j was promised."""
    theirs = known.promised_to[j] == np.arange(len(rules.stakeholders))[:, None]
    return evolve(
        known,
        kept_weight=known.kept_weight + np.where(theirs, gain, 0.0),
        broken_weight=known.broken_weight + np.where(theirs, loss, 0.0),
    )


def _row(array: Floats | Ints, j: int, row: Floats | Ints) -> Floats | Ints:
    copy = array.copy()
    copy[j] = row
    return copy


def _explain(rules: Rules, known: Known, cause: str, trace: Trace) -> None:
    if trace.on:
        for name, trusted, mood in zip(rules.stakeholders, known.trust, known.satisfaction, strict=True):
            trace.mark(f"trust.{name}", cause, trusted)
            trace.mark(f"satisfaction.{name}", cause, mood)
