"""What a run may be after: a card, an answer or an ending; and which moves lead there or away from it.

Read off the scenario alone: the names in a condition, the direction in which each has to go, and what the effects of
the moves do to those. It is a leaning and no plan: luck and the other styles do the rest.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from tpmsim.core.arrays import Floats
from tpmsim.core.conditions import And, Compare, Const, Expr, Not, Or, Ref, Truthy, Value
from tpmsim.core.rules import Effect, EndedBy, Function, Move, Op, Rules, Trigger

TOWARDS: Final = 100.0
AWAY: Final = 0.01

DEAR: Final = 0.002
"""Share of the cash at the start from which the price of a move counts as something that it does."""

ONWARD: Final = ("shipped", "wave", "customers", "segment_customers", "revenue")
"""What only comes to those who go on to the next stage."""

DEEPEST: Final = 4
"""How far conditions are followed through the cards that they name."""

MADE_OF: Final[Mapping[str, tuple[tuple[str, float], ...]]] = {
    "trust": (("kept_weight", 1.0), ("broken_weight", -1.0)),
    "mean_trust": (("kept_weight", 1.0), ("broken_weight", -1.0)),
    "planned": (("committed", 1.0),),
    "completed": (("kept", -1.0),),
    "complete": (("committed", 1.0), ("rank", -1.0), ("kept", -1.0)),
    "shipped": (("committed", 1.0), ("rank", -1.0), ("kept", -1.0)),
    "open_promises": (("due", 1.0), ("moved", -1.0)),
    "promises_broken": (("due", 1.0), ("overtime", -1.0)),
    "due": (("moved", -1.0),),
    "widest": (("queue", -1.0),),
    "held": (("queue", 1.0),),
    "sources": (("queue", 1.0),),
    "found": (("queue", 1.0),),
    "health": (("overtime", -1.0), ("fatigue", -1.0)),
    "headcount": (("hiring", 1.0), ("experienced", 1.0)),
    "customers": (("wave", 1.0), ("spend", 1.0), ("price", -1.0)),
    "segment_customers": (("wave", 1.0), ("spend", 1.0), ("price", -1.0)),
    "revenue": (("wave", 1.0), ("spend", 1.0)),
    "mean_sentiment": (("claim", -1.0),),
    "runway": (("hiring", -1.0), ("spend", -1.0)),
    "cash": (("hiring", -1.0), ("spend", -1.0), ("experienced", -1.0)),
    "acted": (("satisfaction", 1.0),),
    "intent": (("satisfaction", 1.0),),
    "chased": (("satisfaction", -1.0),),
}
"""Names of conditions that no effect touches directly: by what they move, and which way. `acted` by its best word."""

WORSE: Final = ("neglect", "exit", "voice")
"""Responses of those who are not content."""

ENDING: Final[Mapping[int, Trigger]] = {EndedBy.KILL: Trigger.KILL, EndedBy.SUNSET: Trigger.SUNSET}


@dataclass(frozen=True, slots=True)
class Goal:
    """Something to be reached: `group` and `id` are those of the coverage."""

    group: str
    id: str


@dataclass(frozen=True, slots=True)
class Want:
    """A row of what is known, and which way it is to go: up, down, either (0), or to a value."""

    ref: Ref
    way: float
    value: float | None = None
    word: str = ""


def leanings(rules: Rules, goal: Goal) -> Floats:
    """(M,) for each move a weight: above 1 leads towards the goal, below 1 away from it."""
    weights = np.ones(len(rules.moves))
    for want in _wanted(rules, goal):
        for row, move in enumerate(rules.moves):
            signs = [sign for effect in _effects(rules, move) for sign in _signs(want, effect, move.stages)]
            if signs:
                weights[row] *= TOWARDS if max(signs) > 0.0 else AWAY if min(signs) < 0.0 else 1.0
    weights *= _onward(rules, weights)
    if goal.group == "answers":
        weights[rules.move(f"answer:{goal.id}")] = TOWARDS**2
    return np.minimum(np.maximum(weights, AWAY**2), TOWARDS**2)


def _onward(rules: Rules, weights: Floats) -> Floats:
    """(M,) above 1 for gates out of a stage in which something cannot be done that leads to the goal."""
    towards = [move for move, weight in zip(rules.moves, weights, strict=True) if weight > 1.0 and move.kind != "gate"]
    more = np.ones(len(rules.moves))
    for row, move in enumerate(rules.moves):
        if _asks_for(move) in (Trigger.GO, Trigger.LEAP):
            here = move.stages.index(True)
            later = [one for one in towards if not one.stages[here] and any(one.stages[here:])]
            more[row] = TOWARDS**0.5 if later else 1.0
    return more


def _asks_for(move: Move) -> Trigger:
    """What a gate move asks for."""
    asked = [int(effect.value) for effect in move.effects if effect.ref.field == "trigger"]
    return Trigger(asked[0]) if asked else Trigger.NONE


def _effects(rules: Rules, move: Move) -> tuple[Effect, ...]:
    """The effects of a move, its price among them."""
    price = Effect(Ref("cash"), Op.ADD, -move.cost)
    return (*move.effects, price) if move.cost > DEAR * rules.money.cash else move.effects


def _wanted(rules: Rules, goal: Goal) -> Iterator[Want]:
    if goal.group == "endings":
        (row,) = (row for row, one in enumerate(rules.endings) if one.id == goal.id)
        yield from _followed(rules, wants(rules.endings[row].when), 0)
    elif goal.group == "cards":
        yield from _to_card(rules, goal.id, 0)
    elif goal.group == "answers":
        yield from _to_card(rules, goal.id.partition("/")[0], 0)
        for check in rules.moves[rules.move(f"answer:{goal.id}")].checks[1:]:
            yield from _followed(rules, wants(check.holds), 0)


def _to_card(rules: Rules, name: str, depth: int) -> Iterator[Want]:
    for card in rules.cards:
        if card.id == name:
            yield from _followed(rules, wants(card.when), depth)


def _followed(rules: Rules, found: Iterable[Want], depth: int) -> Iterator[Want]:
    """The wants, and those of the cards that they ask for."""
    for want in found:
        yield want
        if want.ref.field == "ended" and want.value is not None:
            yield from _by_itself(rules, EndedBy(int(want.value)))
        if want.ref.field in ("came", "open") and want.way >= 0.0 and want.value != 0.0 and depth < DEEPEST:
            yield from _to_card(rules, rules.cards[want.ref.row[0]].id, depth + 1)


def _by_itself(rules: Rules, end: EndedBy) -> Iterator[Want]:
    """What brings about an end that nobody can ask for."""
    if end is EndedBy.MONEY:
        yield Want(Ref("cash"), -1.0)
    elif end is EndedBy.FIRED:
        for a in np.flatnonzero(rules.people.function == Function.SPONSOR).tolist():
            yield Want(Ref("satisfaction", (a,)), -1.0)
            yield Want(Ref("trust", (a,)), -1.0)


def wants(expr: Expr, holds: bool = True) -> tuple[Want, ...]:
    """What would make a condition hold (or not hold), name by name."""
    match expr:
        case Compare(op, Value(ref, _), Const(value, word)):
            return (_want(ref, op if holds else OPPOSITE[op], value, word),)
        case Compare(op, Const(value, word), Value(ref, _)):
            return (_want(ref, _MIRRORED[op if holds else OPPOSITE[op]], value, word),)
        case Compare(_, Value(left, _), Value(right, _)):
            return (Want(left, 0.0), Want(right, 0.0))
        case Truthy(Value(ref, _)):
            return (Want(ref, 1.0) if holds else Want(ref, 0.0, 0.0),)
        case Not(part):
            return wants(part, not holds)
        case And(parts) | Or(parts):
            return tuple(want for part in parts for want in wants(part, holds))
    return ()


OPPOSITE: Final = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
_MIRRORED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


def _want(ref: Ref, op: str, value: float, word: str) -> Want:
    if op == "==":
        return Want(ref, 0.0, value * ref.scale, word)
    if op == "!=":
        return Want(ref, 0.0 if word or value else 1.0)
    return Want(ref, 1.0 if op in (">", ">=") else -1.0)


def _signs(want: Want, effect: Effect, stages: tuple[bool, ...]) -> Iterator[float]:
    """Which way an effect moves what is wanted: 1 towards it, -1 away from it; nothing if it does not."""
    ref, field = want.ref, effect.ref.field
    if field == "rank" and effect.op is Op.ADD:
        return  # the others of the list make room
    if field == "trigger":
        yield from _by_gate(want, Trigger(int(effect.value)), stages)
    elif field == ref.field and effect.ref.row == ref.row:
        if want.value is not None:
            yield 1.0 if effect.value == want.value else -1.0
        elif want.way:
            yield want.way * _sign(effect, field)
        else:
            yield 1.0
    else:
        for made_of, factor in MADE_OF.get(ref.field, ()):
            if made_of == field and _same_row(ref, effect.ref):
                yield _way(want) * factor * _sign(effect, field)


def _by_gate(want: Want, trigger: Trigger, stages: tuple[bool, ...]) -> Iterator[float]:
    """Gates lead to a stage that is wanted, and out of it; some end the run as wanted."""
    here = stages.index(True) if True in stages else 0
    if want.ref.field == "ended" and want.value is not None and trigger in ENDING.values():
        yield 1.0 if ENDING.get(int(want.value)) is trigger else -1.0
    elif want.ref.field == "stage" and want.value is not None and trigger in (Trigger.GO, Trigger.LEAP):
        yield 1.0 if here < want.value else -1.0
    elif want.ref.field in ONWARD and _way(want) > 0.0 and trigger in (Trigger.GO, Trigger.LEAP):
        yield 1.0


def _way(want: Want) -> float:
    if want.word:
        return -1.0 if want.word in WORSE else 1.0
    if want.value is not None:
        return 1.0 if want.value > 0.0 else -1.0
    return want.way


def _sign(effect: Effect, field: str) -> float:
    """Whether an effect raises or lowers its row."""
    if effect.op is Op.WEEK or effect.value > 0.0:
        return -1.0 if field == "kept" and effect.value >= 1.0 else 1.0
    return -1.0


def _same_row(ref: Ref, other: Ref) -> bool:
    """Whether two rows speak of the same entity; an axis that one of them does not have does not matter."""
    return not ref.row or not other.row or ref.row[-1] == other.row[-1] or len(ref.row) != len(other.row)
