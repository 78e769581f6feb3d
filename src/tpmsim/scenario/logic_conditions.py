"""Logic of conditions: what can never happen, what always holds, and where no way leads on; each with its place.

Only causes are told: a card that waits for another which never comes is silent, since mending that one mends both.
Not here: whether it is written well, which is `craft`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tpmsim.core.conditions import Expr, Value
from tpmsim.core.rules import Op, Rules
from tpmsim.scenario.codes import Code, Never
from tpmsim.scenario.condition_parser import parse_condition
from tpmsim.scenario.faults import Fault, fault
from tpmsim.scenario.levers import levers
from tpmsim.scenario.moments import Moments
from tpmsim.scenario.names import Ids
from tpmsim.scenario.never import plain_test, told_range, why_never, written
from tpmsim.scenario.positions import Path
from tpmsim.scenario.satisfiable import Knowledge, always_holds, can_hold, dead_parts, every
from tpmsim.scenario.schema import Scenario
from tpmsim.scenario.unreachable import Unreachable, never, reach, spoken_of

MOST_EVIDENCE = 5.0
"""Evidence for or against somebody's word that one answer may be; six promises kept are not worth more."""

UNBOUNDED = 1e6
"""A lever with bounds as far apart has none that matter."""

FOLLOWS = ("waits", "card")
"""Reasons that follow from something else that never happens."""


def findings(scenario: Scenario, rules: Rules) -> Iterator[Fault]:
    """Everything about the conditions of a scenario that surely is a mistake.

    Args:
        scenario: completed by the defaults.
        rules: what was compiled of it.
    """
    free = Moments.of(scenario, rules)
    look = _Look(scenario, rules, free, free.given(reach(free)))
    yield from look.lost()
    yield from look.conditions()
    yield from look.gates()
    yield from look.stages()
    yield from look.objectives()
    yield from amounts(scenario)


def amounts(scenario: Scenario) -> Iterator[Fault]:
    """Amounts of answers and trends that no lever could take in full."""
    table = levers(scenario, Ids.of(scenario))
    for path, then in _changes(scenario):
        for lever, amount in then.items():
            if lever.startswith("memory."):
                continue  # a large amount is how an author sets a number back
            one = table[lever]
            low, high = (-MOST_EVIDENCE, MOST_EVIDENCE) if one.against is not None else (one.low, one.high)
            most = high - low if one.op is Op.ADD and one.against is None else max(abs(low), abs(high))
            if most < UNBOUNDED and abs(amount) > most:
                said = {"amount": f"{amount:g}", "lever": lever, "low": f"{low:g}", "high": f"{high:g}"}
                yield Fault(Never.BEYOND, (*path, lever), said)


def _changes(scenario: Scenario) -> Iterator[tuple[Path, Mapping[str, float]]]:
    """What answers and trends change, with where it stands."""
    for name, card in scenario.cards.items():
        for answer_id, answer in card.answers.items():
            yield ("cards", name, "answers", answer_id, "then"), answer.then
    for name, trend in scenario.trends.items():
        yield ("trends", name, "then"), trend.then


@dataclass(frozen=True, slots=True)
class _Look:
    """One look; `free` are the moments with nothing known of the cards, `told` those with what was found."""

    scenario: Scenario
    rules: Rules
    free: Moments
    told: Moments

    def lost(self) -> Iterator[Fault]:
        """Cards, answers and endings that never happen, by their own fault."""
        lost = tuple(never(self.free, self.told))
        circles = self._circles({one.id for one in lost if one.what == "card" and one.because == "waits"})
        yield from (_told(one) for one in lost if one.because not in FOLLOWS or one.id in circles)

    def conditions(self) -> Iterator[Fault]:
        """Conditions that always hold, alternatives that never do, hints that are never shown."""
        now = self.free.every_card()
        for card in self.rules.cards:
            yield from _idle(card.when, now, ("cards", card.id, "when"), card.id)
        for name, one in self.scenario.cards.items():
            for answer_id, answer in one.answers.items():
                if answer.when is not None:
                    path = ("cards", name, "answers", answer_id, "when")
                    when = parse_condition(answer.when, self.free.names).expr
                    known = self.told.answer(name)
                    yield from _idle(when, known, path, answer_id, plain_too=True)
        for ending in self.rules.endings[:-1]:
            yield from _dead(ending.when, self.free.ending(), ("endings", ending.id, "when"))
        for name, hint in self.scenario.guide.items():
            when = parse_condition(hint.when, self.free.names).expr
            place: Path = ("guide", name, "when")
            known = self.free.anytime
            if when is not None and not can_hold(when, known):
                why = why_never(when, known, self.free.names)
                yield fault(Never.NEVER_SHOWN, *place, hint=name, reason=why)
            else:
                yield from _idle(when, known, place, name)

    def gates(self) -> Iterator[Fault]:
        """Gates that never open, and requirements that ask for nothing."""
        for stage, items in zip(self.scenario.lifecycle, self.rules.gates, strict=False):
            if self.scenario.lifecycle[stage].go is None:
                continue
            known, whole = self.free.gate(stage), every(item.holds for item in items)
            path: Path = ("gates", stage, "requires")
            for item in items:
                place = (*path, item.id, "when")
                if can_hold(item.holds, known):
                    yield from _idle(item.holds, known, place, item.id, plain_too=True)
                else:
                    why = why_never(item.holds, known, self.free.names)
                    yield _shut(stage, f"it asks for '{item.id}', and {why}", place)
            if all(can_hold(item.holds, known) for item in items) and not can_hold(whole, known):
                yield _shut(stage, why_never(whole, known, self.free.names), path)

    def stages(self) -> Iterator[Fault]:
        """Stages that the player can only leave by giving up."""
        for name, stage in self.scenario.lifecycle.items():
            if stage.go is None and stage.recycle is None and not stage.sunset:
                yield fault(Never.NO_WAY_ON, "lifecycle", name, stage=name)

    def objectives(self) -> Iterator[Fault]:
        """Objectives whose ends lie where their number never comes."""
        known = self.free.ending()
        for name, one in self.scenario.objectives.items():
            value = Value(self.free.names[one.value].ref, one.value)
            values, path = known.of(value.ref), ("objectives", name)
            told = told_range(value, known, self.free.names)
            if values.single is not None:
                help = "Choose a number that play can change."
                problem = f"'{one.value}' is {told} at the end, so '{name}' scores the same in every run"
                yield fault(Never.OUT_OF_REACH, *path, "value", help=help, problem=problem)
                continue
            for key, anchor in (("worst", one.worst), ("best", one.best)):
                if not values.low <= anchor <= values.high:
                    help = "Choose a value that a run can come to."
                    problem = f"{key} of '{name}' is {anchor:g}, and '{one.value}' is {told} at the end"
                    yield fault(Never.OUT_OF_REACH, *path, key, help=help, problem=problem)

    def _circles(self, waiting: set[str]) -> set[str]:
        """The cards that wait for each other, and for nothing else that never happens."""
        given_up = {card for card, _ in self.told.cards.lost if card in self.told.cards.first}
        waits_for = {card.id: spoken_of(card.when) for card in self.rules.cards if card.id in waiting}
        excused = {
            card
            for card, others in waits_for.items()
            for other in others
            if other in given_up or (other not in self.told.cards.first and other not in waiting)
        }
        while more := {card for card in waiting - excused if excused & set(waits_for[card])}:
            excused |= more
        return waiting - excused


def _told(one: Unreachable) -> Fault:
    help, why = HELP[one.because], one.reason
    if one.what == "ending":
        return fault(Never.NEVER_TOLD, "endings", one.id, "when", help=help, ending=one.id, reason=why)
    if one.what == "card":
        code, key = CARDS.get(one.because, (Never.NEVER_COMES, "when"))
        return fault(code, "cards", one.id, key, help=help, card=one.id, reason=why)
    card, _, answer = one.id.partition("/")
    code, key = ANSWERS.get(one.because, (Never.NEVER_GIVEN, "when"))
    return fault(code, "cards", card, "answers", answer, key, help=help, answer=answer, reason=why)


CARDS: Mapping[str, tuple[Code, str]] = {
    "chance": (Never.SWITCHED_OFF, "chance"),
    "condition": (Never.CONTRADICTION, "when"),
}
ANSWERS: Mapping[str, tuple[Code, str]] = {
    "hours": (Never.NEVER_GIVEN, "hours"),
    "promise": (Never.PROMISE_TOO_LATE, "promise"),
}
"""The code for a reason, and the key that it is about, where those are not the usual ones."""


HELP = {
    "chance": "Raise the chance, or take the card out.",
    "condition": "Change or leave out one of the parts.",
    "weeks": "Give it more weeks, or an earlier stage.",
    "waits": "One of them must not wait for the other.",
    "hours": "Ask for fewer hours.",
    "promise": "Promise a later week, or let the card come earlier.",
    "others": "Put it further up, or ask for less in those above it.",
}


def _shut(stage: str, why: str, path: Path) -> Fault:
    return fault(Never.SHUT, *path, stage=stage, reason=why)


def _idle(when: Expr | None, known: Knowledge, path: Path, whose: str, plain_too: bool = False) -> Iterator[Fault]:
    """A condition that always holds, unless it is one plain test, by which authors say `always`."""
    if when is None:
        return
    if (plain_too or not plain_test(when)) and always_holds(when, known):
        yield fault(Never.ALWAYS, *path, whose=whose)
        return
    yield from _dead(when, known, path)


def _dead(when: Expr, known: Knowledge, path: Path) -> Iterator[Fault]:
    if can_hold(when, known):
        for part in dead_parts(when, known):
            yield fault(Never.DEAD_PART, *path, part=written(part))
