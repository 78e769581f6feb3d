"""What of a scenario can never happen, proved: cards that never come, answers never given, endings never told.

`check` makes findings of it, and tests keep it apart from what was merely not reached. Weeks are walked through one by
one: a card can come in a week if its condition may hold then, given which cards can have come before. Proofs go one way
only: what is not listed here may still never happen.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final, Literal

from tpmsim.core.conditions import Expr, Not, refs
from tpmsim.core.rules import Card, Move, Rules
from tpmsim.scenario.moments import Cards, Moments
from tpmsim.scenario.never import why_never
from tpmsim.scenario.ranges import most_hours
from tpmsim.scenario.satisfiable import Knowledge, can_hold, every, implies
from tpmsim.scenario.schema import Scenario

What = Literal["card", "answer", "ending"]
Because = Literal["chance", "condition", "waits", "weeks", "card", "hours", "promise", "others"]

NAMED_BY: Final = ("came", "open", "answered", "since")
"""First parts of names that speak of a card."""


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Something that never happens.

    Attributes:
        what: the kind of thing.
        id: of the card or ending; of an answer, card and answer with a slash between.
        because: the kind of reason. `waits` and `card` follow from something else that is unreachable.
        reason: one sentence, without a full stop.
    """

    what: What
    id: str
    because: Because
    reason: str


def unreachable(scenario: Scenario, rules: Rules) -> tuple[Unreachable, ...]:
    """Everything that is proved never to happen: cards first, then answers, then endings."""
    moments = Moments.of(scenario, rules)
    return tuple(never(moments, reach(moments)))


def never(moments: Moments, cards: Cards) -> Iterator[Unreachable]:
    """The same, with what `reach` found."""
    yield from (lost_card(moments, cards, card) for card in moments.rules.cards if card.id not in cards.first)
    for card in moments.rules.cards:
        yield from (one for _, _, one in lost_answers(moments, cards, card))
    yield from _endings(moments, cards)


def reach(moments: Moments) -> Cards:
    """When each card can come first, and which answers can never be given."""
    lost: frozenset[tuple[str, str]] = frozenset()
    while True:
        cards = Cards(_first_weeks(moments, lost), lost)
        found = (lost_answers(moments, cards, card) for card in moments.rules.cards)
        now = lost | {(card, answer) for card, answer, _ in chain.from_iterable(found)}
        if now == lost:
            return cards
        lost = now


def alive(rules: Rules) -> Cards:
    """As if every card could have come at any time."""
    return Cards(dict.fromkeys((card.id for card in rules.cards), 0))


def _first_weeks(moments: Moments, lost: frozenset[tuple[str, str]]) -> dict[str, int]:
    first: dict[str, int] = {}
    waiting = [card for card in moments.rules.cards if card.chance > 0.0]
    for week in range(1, moments.rules.weeks + 1):
        known = moments.card(week, Cards(first, lost))
        comes = [card for card in waiting if can_hold(card.when, known)]
        first |= {card.id: week for card in comes}
        waiting = [card for card in waiting if card.id not in first]
    return first


def lost_card(moments: Moments, cards: Cards, card: Card) -> Unreachable:
    """Why a card never comes."""
    if card.chance <= 0.0:
        return Unreachable("card", card.id, "chance", "its chance is 0")
    known = moments.every_card()
    if not can_hold(card.when, known):
        return Unreachable("card", card.id, "condition", why_never(card.when, known, moments.names))
    weeks = range(1, moments.rules.weeks + 1)
    if not any(can_hold(card.when, moments.card(week, alive(moments.rules))) for week in weeks):
        return Unreachable("card", card.id, "weeks", "no week can meet all of its condition")
    return Unreachable("card", card.id, "waits", _waits(card.when, cards))


def lost_answers(moments: Moments, cards: Cards, card: Card) -> Iterator[tuple[str, str, Unreachable]]:
    """The answers of a card that can never be given, with why."""
    known, most = moments.answer(card.id, cards), most_hours(moments.scenario, but=card.id)
    for row in card.answers:
        move = moments.rules.moves[row]
        answer = move.id.rpartition("/")[2]
        lost = _lost_answer(moments, cards, card, move, known, most)
        if lost is not None:
            yield card.id, answer, lost


def _lost_answer(
    moments: Moments, cards: Cards, card: Card, move: Move, known: Knowledge, most: float
) -> Unreachable | None:
    name = move.id.partition(":")[2]
    if card.id not in cards.first:
        return Unreachable("answer", name, "card", f"its card '{card.id}' never comes")
    if move.hours > most:
        reason = f"it takes {move.hours:g} hours, and a week has at most {most:g}"
        return Unreachable("answer", name, "hours", reason)
    asked = every(check.holds for check in move.checks)
    if can_hold(asked, known):
        return None
    promise = moments.scenario.cards[card.id].answers[name.partition("/")[2]].promise
    first = cards.first[card.id]
    if promise is not None and promise.week <= first:
        reason = f"it promises week {promise.week}, and the card comes in week {first} at the earliest"
        return Unreachable("answer", name, "promise", reason)
    if can_hold(asked, moments.answer(card.id, alive(moments.rules))):
        return Unreachable("answer", name, "waits", _waits(asked, cards))
    return Unreachable("answer", name, "condition", why_never(asked, known, moments.names))


def _endings(moments: Moments, cards: Cards) -> Iterator[Unreachable]:
    """Endings that no run is told: the first that holds is, and the last stands for all else."""
    endings, known = moments.rules.endings, moments.ending(cards)
    free = moments.ending(alive(moments.rules))
    for place, one in enumerate(endings):
        last, before = place == len(endings) - 1, endings[:place]
        own: tuple[Expr, ...] = () if last else (one.when,)
        if not can_hold(every(own), known):
            waits = can_hold(one.when, free)
            reason = _waits(one.when, cards) if waits else why_never(one.when, known, moments.names)
            yield Unreachable("ending", one.id, "waits" if waits else "condition", reason)
        elif not can_hold(every((*own, *(Not(other.when) for other in before))), known):
            first = next((other.id for other in before if implies(every(own), other.when, known)), None)
            reason = f"where it holds, '{first}' holds too and comes first" if first else "the others take every run"
            yield Unreachable("ending", one.id, "others", reason)


def answers_read(moments: Moments) -> frozenset[str]:
    """Cards of which some condition reads what was answered: such an answer has effects of its own."""
    rules = moments.rules
    conditions = [
        *(card.when for card in rules.cards),
        *(check.holds for move in rules.moves for check in move.checks),
        *(ending.when for ending in rules.endings),
    ]
    names = {value.name.partition(".") for one in conditions for value in refs(one)}
    return frozenset(card for first, _, card in names if first in ("answered", "since"))


def spoken_of(expr: Expr) -> tuple[str, ...]:
    """The cards that a condition reads of, in its order."""
    parts = (value.name.partition(".") for value in refs(expr))
    return tuple(dict.fromkeys(card for first, _, card in parts if first in NAMED_BY))


def _waits(expr: Expr, cards: Cards) -> str:
    dead = next((card for card in spoken_of(expr) if card not in cards.first), None)
    return f"it waits for '{dead}', which never comes" if dead else "it waits for an answer that is never given"
