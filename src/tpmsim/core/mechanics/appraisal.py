"""Appraisal: how satisfied a stakeholder is, and how much a stakeholder counts.

Satisfaction as value discrepancy (Locke 1969, OBHP 4:309-336): what changes for the better or worse is felt
in proportion to the goal it touches, and the feeling wears off. Salience by power, legitimacy and urgency
(Mitchell, Agle & Wood 1997, Academy of Management Review 22:853-886).

Not for opinions about a decision (`opinions`) nor for what follows from being dissatisfied (`responses`).
"""

from dataclasses import replace

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Bools, Floats, Ints, Number
from tpmsim.core.conditions import rows
from tpmsim.core.flows import Flows
from tpmsim.core.ledger import Trace
from tpmsim.core.rolls import Luck
from tpmsim.core.rules import Rules
from tpmsim.core.state import UNHEARD_PART, Known, State, evolve

WEARS_OFF_WEEKS = 13.0
"""assumption: time constant with which satisfaction returns to its base."""

UNHEARD = 0.03
"""assumption (direction pub, Lind & Tyler 1988, The Social Psychology of Procedural Justice): satisfaction lost a week
by who is not listened to for longer than they bear."""

CLASSES = (
    "non-stakeholder",
    "dormant",
    "discretionary",
    "dominant",
    "demanding",
    "dangerous",
    "dependent",
    "definitive",
)
"""pub (Mitchell, Agle & Wood 1997): by power + 2 legitimacy + 4 urgency."""


def appraise(sat: Floats, base: Number, goals: Floats, changes: Floats, weeks: float = 1.0) -> Floats:
    """Satisfaction after the turn, clip(lag to the base + sum_o goal_o change_o, -1, 1) (after Locke 1969).

    Args:
        sat: -1..1.
        base: to which it returns, -1..1.
        goals: (O, ...) weight and sign of each outcome; their sizes add up to 1.
        changes: (O, ...) change of each outcome in this turn, in units that count as 1.
        weeks: length of the turn.
    """
    felt = exact.total(goals * changes)
    return exact.clip(exact.lag(sat, base, WEARS_OFF_WEEKS, weeks) + felt, -1.0, 1.0)


def salience(power: Bools, legitimacy: Bools, urgency: Bools) -> tuple[Ints, Ints]:
    """Number of the class in CLASSES, and the salience 0..3 (Mitchell, Agle & Wood 1997)."""
    has_power, has_legitimacy, has_urgency = power * 1, legitimacy * 1, urgency * 1
    return has_power + 2 * has_legitimacy + 4 * has_urgency, has_power + has_legitimacy + has_urgency


def appraisal(rules: Rules, state: State, flows: Flows, luck: Luck, trace: Trace) -> State:
    """Stakeholders weigh what changed since last week against their goals."""
    known, people = state.known, rules.people
    now = np.stack([rows(known, ref) for ref in people.outcomes])
    if state.week == 0:
        return replace(state, known=evolve(known, outcomes=now))
    felt = exact.lag(known.felt, 0.0, WEARS_OFF_WEEKS)
    changes = exact.clip((now - known.outcomes) / people.scale[:, None], -1.0, 1.0)
    goals = people.goals.T[:, :, None]
    moods = appraise(known.satisfaction, people.base[:, None], goals, changes[:, None])
    felt[:, : len(people.outcomes)] += people.goals[:, :, None] * changes
    known = evolve(known, outcomes=now, satisfaction=moods, felt=felt)
    _explain(rules, known, "appraisal", trace)
    known = _unheard(rules, known)
    _explain(rules, known, "not heard", trace)
    return replace(state, known=known)


def unheard(weeks: Floats, patience: Number) -> Floats:
    """Change of satisfaction in a week in which somebody has waited so long to be heard."""
    return np.where(weeks >= patience, -UNHEARD, 0.0)


def _unheard(rules: Rules, known: Known) -> Known:
    """Who is not listened to for longer than they bear minds it, whatever comes of the product."""
    change = np.where(known.gone > 0.0, 0.0, unheard(known.unheard, rules.people.patience[:, None]))
    felt = known.felt.copy()
    felt[:, UNHEARD_PART] += change
    return evolve(known, felt=felt, satisfaction=np.maximum(known.satisfaction + change, -1.0))


def _explain(rules: Rules, known: Known, cause: str, trace: Trace) -> None:
    if trace.on:
        for name, mood in zip(rules.stakeholders, known.satisfaction, strict=True):
            trace.mark(f"satisfaction.{name}", cause, mood)
