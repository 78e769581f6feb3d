"""Craft of choices: answers that are no choice, seen from what the file says alone.

Whether a choice is a decision in play is measured by bots elsewhere. Here stands only what no run can mend: an answer
that another beats in everything, two answers that do the same, a card on which nobody pays for anything.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations, permutations
from typing import Final

from tpmsim.core.rules import Rules
from tpmsim.scenario.codes import Craft
from tpmsim.scenario.condition_parser import parse_condition
from tpmsim.scenario.faults import Fault, fault
from tpmsim.scenario.moments import Moments
from tpmsim.scenario.positions import Path
from tpmsim.scenario.satisfiable import implies
from tpmsim.scenario.schema import Answer, Scenario
from tpmsim.scenario.unreachable import answers_read

COMPARED: Final = 16
"""Answers of a card that are compared with each other; no screen shows as many."""

WEIGHED: Final = frozenset(("says", "reply", "hours", "cost", "when", "promise", "then"))
"""Keys of an answer that are told or compared here; answers that differ in another one are not compared."""

UP_IS_GOOD: Final[Mapping[str, bool]] = {
    "hours": True,
    "fatigue": False,
    "brand": True,
    "found": True,
    "rival": False,
}
"""Levers that change no shown number. Those that are neither here nor there are a matter of taste."""


def choices(scenario: Scenario, rules: Rules) -> Iterator[Fault]:
    """Everything about the answers of cards that makes no choice."""
    moments = Moments.of(scenario, rules)
    good = _polarity(scenario, rules)
    read = answers_read(moments)
    for name, card in scenario.cards.items():
        path: Path = ("cards", name, "answers")
        if len(card.answers) == 1:
            yield fault(Craft.ONE_ANSWER, *path, card=name)
        if not any(_costs_somebody(one) for one in card.answers.values()):
            yield fault(Craft.NOBODY_PAYS, "cards", name, card=name)
        if name not in read:
            yield from _effects(path, card.answers)
            yield from _beaten(moments, name, good)


def _effects(path: Path, answers: Mapping[str, Answer]) -> Iterator[Fault]:
    """Answers that do nothing, or the same as another."""
    for name, one in answers.items():
        if not one.then and one.promise is None and not _else(one):
            yield fault(Craft.NO_EFFECT, *path, name, answer=name)
    for (first, one), (second, other) in combinations(list(answers.items())[:COMPARED], 2):
        if _does(one) == _does(other) and (one.then or one.promise):
            yield fault(Craft.SAME_EFFECT, *path, second, first=first, second=second)


def _beaten(moments: Moments, card: str, good: Mapping[str, bool]) -> Iterator[Fault]:
    answers = moments.scenario.cards[card].answers
    told: set[str] = set()
    for (name, one), (better, other) in permutations(list(answers.items())[:COMPARED], 2):
        if name not in told and _dominates(other, one, good) and _asks_no_more(moments, card, other, one):
            told.add(name)
            yield fault(Craft.BEATEN, "cards", card, "answers", name, better=better, answer=name)


def _dominates(one: Answer, other: Answer, good: Mapping[str, bool]) -> bool:
    """Whether an answer is as good as another in all that can be compared, and better in something."""
    if one.promise != other.promise or _else(one) != _else(other):
        return False
    gains = [other.hours - one.hours, other.cost - one.cost]
    for lever in {**one.then, **other.then}:
        mine, theirs = _amount(one, lever), _amount(other, lever)
        if lever not in good:
            if one.then.get(lever) != other.then.get(lever):
                return False
            continue
        gains.append(mine - theirs if good[lever] else theirs - mine)
    return min(gains) >= 0.0 and max(gains) > 0.0


def _asks_no_more(moments: Moments, card: str, one: Answer, other: Answer) -> bool:
    """Whether an answer can be given wherever the other can."""
    if one.when is None:
        return True
    mine = parse_condition(one.when, moments.names).expr
    theirs = parse_condition(other.when, moments.names).expr if other.when is not None else None
    if mine is None or theirs is None:
        return False
    return implies(theirs, mine, moments.answer(card))


def _polarity(scenario: Scenario, rules: Rules) -> Mapping[str, bool]:
    """For each lever that is not a matter of taste, whether more of it is better: of the shown numbers as shown."""
    shown = {number.id: number.up_is_good for number in rules.numbers}
    used = {lever for card in scenario.cards.values() for one in card.answers.values() for lever in one.then}
    kinds = {**UP_IS_GOOD, **dict.fromkeys(scenario.instruments, True)}
    return {
        lever: shown.get(lever, kinds.get(lever.partition(".")[0], True))
        for lever in used
        if lever in shown or lever.partition(".")[0] in kinds
    }


def _amount(one: Answer, lever: str) -> float:
    """What an answer does to a lever; to be told of a need counts for it, to be kept from it against it."""
    amount = one.then.get(lever, 0.0)
    return amount if not lever.startswith("found.") or lever not in one.then else 2.0 * amount - 1.0


def _costs_somebody(one: Answer) -> bool:
    return any(
        amount < 0.0 and lever.partition(".")[0] in ("trust", "satisfaction") for lever, amount in one.then.items()
    )


def _does(one: Answer) -> tuple[object, ...]:
    when = " ".join(one.when.text.split()) if one.when is not None else ""
    return one.then, one.promise, one.hours, one.cost, when, _else(one)


def _else(one: Answer) -> dict[str, object]:
    """What an answer has beside what is weighed here, where it was written."""
    keys = type(one).model_fields.keys() - WEIGHED
    return {key: getattr(one, key) for key in keys if getattr(one, key) != type(one).model_fields[key].default}
