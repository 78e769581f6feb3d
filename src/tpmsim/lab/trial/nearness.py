"""How far a run is from a goal: 0 where it is reached, else the sum of what is missing from its conditions.

The distance of a comparison grows with the difference of its sides, as is usual in search-based testing (Korel 1990,
IEEE TSE 16(8):870-879); a card that was to come first counts as one, and as far as its own condition. Runs that came
near are taken up again by `explore`.
"""

from typing import Final

import numpy as np

from tpmsim.core.arrays import Floats
from tpmsim.core.conditions import And, Compare, Const, Expr, Not, Operand, Or, Value, holds, rows
from tpmsim.core.rules import EndedBy, Function, Rules
from tpmsim.core.state import Known
from tpmsim.lab.trial.goals import OPPOSITE, Goal
from tpmsim.lab.trial.playing import Week

FAR: Final = 1e9
"""Distance of a run that cannot be judged now."""

DEEPEST: Final = 4

LEAST: Final = 0.01
"""Of a comparison whose sides are equal and that does not hold."""


def distance(rules: Rules, goal: Goal, week: Week) -> Floats:
    """(N,) how far each run of a week was from a goal at its end; endings can be judged in runs that are over only."""
    before, after = week.before.known, week.after.known
    if goal.group == "endings":
        (row,) = (row for row, one in enumerate(rules.endings) if one.id == goal.id)
        first = sum(
            (_missing(rules, one.when, after, 0, False) for one in rules.endings[:row]), np.zeros(after.live.shape)
        )
        return np.where(after.live, FAR, first + _missing(rules, rules.endings[row].when, after, 0))
    number, card = next((e, card) for e, card in enumerate(rules.cards) if card.id == goal.id.partition("/")[0])
    to_card = 1.0 + _missing(rules, card.when, after, 0)
    if goal.group == "cards":
        return np.where(after.live, to_card, FAR)
    checks = rules.moves[rules.move(f"answer:{goal.id}")].checks[1:]
    to_answer = sum((_missing(rules, check.holds, before, 0) for check in checks), np.zeros(before.week.shape))
    waits = (after.open[number] > 0.0) | (before.open[number] > 0.0)
    return np.where(after.live | waits, np.where(waits, to_answer, 1.0 + to_card), FAR)


def _missing(rules: Rules, expr: Expr, known: Known, depth: int, wanted: bool = True) -> Floats:
    """(N,) what is missing until a condition holds, or until it does not."""
    match expr:
        case Compare(op, left, right):
            return _compared(rules, op if wanted else OPPOSITE[op], left, right, known, depth)
        case Not(part):
            return _missing(rules, part, known, depth, not wanted)
        case And(parts) | Or(parts):
            each = np.stack([_missing(rules, part, known, depth, wanted) for part in parts])
            every = isinstance(expr, And) is wanted
            return np.asarray(each.sum(axis=0) if every else each.min(axis=0))
    return np.where(holds(expr, known) == wanted, 0.0, 1.0)


def _compared(rules: Rules, op: str, left: Operand, right: Operand, known: Known, depth: int) -> Floats:
    met = holds(Compare(op, left, right), known)
    if isinstance(left, Value) and left.ref.field == "ended" and isinstance(right, Const):
        return np.where(met, 0.0, 1.0 + _lasting(rules, int(right.value), known))
    a, b = _value(left, known), _value(right, known)
    gap = np.abs(a - b) / (np.abs(a - b) + np.where(b == 0.0, 1.0, np.abs(b)))
    return np.where(met, 0.0, np.maximum(gap, LEAST) + _behind(rules, left, known, depth))


def _behind(rules: Rules, left: Operand, known: Known, depth: int) -> Floats | float:
    """A card that was to come first: one, and as far as it is itself."""
    if isinstance(left, Value) and left.ref.field == "came" and depth < DEEPEST:
        return 1.0 + _missing(rules, rules.cards[left.ref.row[0]].when, known, depth + 1)
    return 0.0


def _lasting(rules: Rules, end: int, known: Known) -> Floats:
    """How much is left of what has to go before a run ends in a way that nobody can ask for, 0 to 1."""
    if end == EndedBy.MONEY:
        cash = np.maximum(known.cash, 0.0)
        return np.asarray(cash / (cash + max(rules.money.cash, 1.0)))
    if end == EndedBy.FIRED:
        sponsors = rules.people.function == Function.SPONSOR
        return np.asarray(0.5 + 0.5 * known.satisfaction[sponsors].min(axis=0, initial=1.0))
    return np.zeros(known.week.shape)


def _value(operand: Operand, known: Known) -> Floats:
    value = operand.value if isinstance(operand, Const) else rows(known, operand.ref)
    return np.asarray(value, dtype=np.float64)
