"""What of a scenario can never happen, proved: cards that never come, answers never given, endings never told.

`check` makes findings of it, and tests keep it apart from what was merely not reached. Weeks are walked through one by
one: a card can come in a week if its condition may hold then, given which cards can have come before. Proofs go one way
only: what is not listed here may still never happen.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final, Literal

from tpmsim.core.conditions import Expr, Not, refs
from tpmsim.core.rules import Card, Rules
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
    free = Moments.of(scenario, rules)
    return tuple(never(free, free.given(reach(free))))


def never(free: Moments, told: Moments) -> Iterator[Unreachable]:
    """The same.

    Args:
        free: the moments with nothing known of the cards.
        told: those with what `reach` found.
    """
    lost = [card for card in told.rules.cards if card.id not in told.cards.first]
    hope = Cards({**free.cards.first, **told.cards.first})
    weeks = [free.card(week, hope) for week in range(1, told.rules.weeks + 1)] if lost else []
    yield from (_lost_card(free, told.cards, card, weeks) for card in lost)
    for card in told.rules.cards:
        yield from (one for _, _, one in _lost_answers(free, told, card))
    yield from _endings(free, told)


def reach(free: Moments) -> Cards:
    """When each card can come first, and which answers can never be given."""
    lost: frozenset[tuple[str, str]] = frozenset()
    while True:
        cards = Cards(_first_weeks(free, lost), lost)
        told = free.given(cards)
        found = (_lost_answers(free, told, card) for card in free.rules.cards)
        now = lost | {(card, answer) for card, answer, _ in chain.from_iterable(found)}
        if now == lost:
            return cards
        lost = now


def _first_weeks(free: Moments, lost: frozenset[tuple[str, str]]) -> dict[str, int]:
    first: dict[str, int] = {}
    waiting = [card for card in free.rules.cards if card.chance > 0.0]
    for week in range(1, free.rules.weeks + 1):
        known = free.card(week, Cards(first, lost))
        comes = [card for card in waiting if can_hold(card.when, known)]
        first |= {card.id: week for card in comes}
        waiting = [card for card in waiting if card.id not in first]
    return first


def _lost_card(free: Moments, cards: Cards, card: Card, weeks: Sequence[Knowledge]) -> Unreachable:
    """Why a card never comes; `weeks` are those of a run in which the other lost cards could come at any time."""
    if card.chance <= 0.0:
        return Unreachable("card", card.id, "chance", "its chance is 0")
    known = free.every_card()
    if not can_hold(card.when, known):
        return Unreachable("card", card.id, "condition", why_never(card.when, known, free.names))
    if not any(can_hold(card.when, week) for week in weeks):
        return Unreachable("card", card.id, "weeks", "no week can meet all of its condition")
    return Unreachable("card", card.id, "waits", _waits(card.when, cards))


def _lost_answers(free: Moments, told: Moments, card: Card) -> Iterator[tuple[str, str, Unreachable]]:
    """The answers of a card that can never be given, with why."""
    known, most = told.answer(card.id), most_hours(told.scenario, but=card.id)
    for row in card.answers:
        move = told.rules.moves[row]
        answer = move.id.rpartition("/")[2]
        if card.id not in told.cards.first:
            reason = f"its card '{card.id}' never comes"
            yield card.id, answer, Unreachable("answer", f"{card.id}/{answer}", "card", reason)
        elif move.hours > most:
            reason = f"it takes {move.hours:g} hours, and a week has at most {most:g}"
            yield card.id, answer, Unreachable("answer", f"{card.id}/{answer}", "hours", reason)
        elif not can_hold(asked := every(check.holds for check in move.checks), known):
            yield card.id, answer, _refused(free, told, card, answer, asked)


def _refused(free: Moments, told: Moments, card: Card, answer: str, asked: Expr) -> Unreachable:
    """Why what an answer asks for is never there."""
    name, first = f"{card.id}/{answer}", told.cards.first[card.id]
    promise = told.scenario.cards[card.id].answers[answer].promise
    if promise is not None and promise.week <= first:
        reason = f"it promises week {promise.week}, and the card comes in week {first} at the earliest"
        return Unreachable("answer", name, "promise", reason)
    if can_hold(asked, free.answer(card.id)):
        return Unreachable("answer", name, "waits", _waits(asked, told.cards))
    return Unreachable("answer", name, "condition", why_never(asked, told.answer(card.id), told.names))


def _endings(free: Moments, told: Moments) -> Iterator[Unreachable]:
    """Endings that no run is told: the first that holds is, and the last stands for all else."""
    endings, known = told.rules.endings, told.ending()
    for place, one in enumerate(endings):
        before = endings[:place]
        own = () if place == len(endings) - 1 else (one.when,)
        if not can_hold(every(own), known):
            waits = can_hold(one.when, free.ending())
            reason = _waits(one.when, told.cards) if waits else why_never(one.when, known, told.names)
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
