"""Competencies: what decisions show of the one who takes them, and what an employer makes of it.

Bayesian knowledge tracing (Corbett & Anderson 1995, User Modeling and User-Adapted Interaction 4:253-278): each
decision with a known best answer is an observation. A certificate is a signal (Spence 1973, QJE 87:355-374): it adds
to the fit that some employers compute and to no skill.

Not for skills that act on the work; those are `skills`.
"""

from typing import Literal, get_args

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Bools, Floats, Number

Competency = Literal["communication", "analysis", "adaptability", "technical_depth", "leadership"]
"""What a run can give evidence of, by id."""

COMPETENCIES: tuple[Competency, ...] = get_args(Competency)
"""definition: the same in the order in which they are told."""

KNOWN_FIRST = 0.2
"""assumption: chance that a competency is there before anything was seen."""

LEARNED = 0.1
"""assumption: chance to learn it at a decision."""

SLIP = 0.1
"""assumption: chance to decide wrongly all the same."""

MASTERY = 0.95
"""pub (Corbett & Anderson 1995): chance from which a competency counts as mastered."""

CLOSE = 1.0
"""assumption: points of the score that a decision may cost and still count as the best answer."""


def right_chance(known: Floats, slip: Number = SLIP, guess: Number = 0.25) -> Floats:
    """Chance of a right decision, L (1 - s) + (1 - L) g.

    Args:
        known: L, chance that the competency is there.
        slip: s, below 1 - g.
        guess: g, one over the number of answers.
    """
    return known * (1.0 - slip) + (1.0 - known) * guess


def given_seen(known: Floats, right: Bools, slip: Number = SLIP, guess: Number = 0.25) -> Floats:
    """Chance that it is there given one decision: L (1-s)/(L (1-s) + (1-L) g), or L s/(L s + (1-L)(1-g)).

    Args:
        known: L before.
        right: whether the decision was right.
        slip: s.
        guess: g.
    """
    if_right = known * (1.0 - slip) / right_chance(known, slip, guess)
    if_wrong = known * slip / (1.0 - right_chance(known, slip, guess))
    return np.where(right, if_right, if_wrong)


def traced(known: Floats, right: Bools, slip: Number = SLIP, guess: Number = 0.25, learned: Number = LEARNED) -> Floats:
    """Chance that it is there after a decision, which may have taught it: c + (1 - c) t (Corbett & Anderson 1995)."""
    seen = given_seen(known, right, slip, guess)
    return seen + (1.0 - seen) * learned


def fit(weights: Floats, cards: Floats) -> Floats:
    """Fit of a résumé to a posting, sum over competencies of the hidden weight times the best card in it.

    Args:
        weights: (C, ...) of the posting.
        cards: (K, C, ...) what each of the chosen cards shows, 0..1.
    """
    best = cards[0]
    for card in cards[1:]:
        best = np.maximum(best, card)
    return exact.total(weights * best)
