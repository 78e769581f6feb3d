"""Logic of conditions: what can never happen, what always holds, and where no way leads on; each with its place.

Only causes are told: a card that waits for another which never comes is silent, since mending that one mends both.
Not here: whether it is written well, which is `craft`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tpmsim.core.conditions import Expr, Value
from tpmsim.core.rules import Rules
from tpmsim.scenario.condition_parser import parse_condition
from tpmsim.scenario.logic import Nonsense
from tpmsim.scenario.moments import Moments
from tpmsim.scenario.never import plain_test, told_range, why_never, written
from tpmsim.scenario.positions import Path
from tpmsim.scenario.satisfiable import Knowledge, always_holds, can_hold, dead_parts, every
from tpmsim.scenario.schema import Scenario
from tpmsim.scenario.unreachable import Unreachable, never, reach, spoken_of

FOLLOWS = ("waits", "card")
"""Reasons that follow from something else that never happens."""


def findings(scenario: Scenario, rules: Rules) -> Iterator[Nonsense]:
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


@dataclass(frozen=True, slots=True)
class _Look:
    """One look; `free` are the moments with nothing known of the cards, `told` those with what was found."""

    scenario: Scenario
    rules: Rules
    free: Moments
    told: Moments

    def lost(self) -> Iterator[Nonsense]:
        """Cards, answers and endings that never happen, by their own fault."""
        lost = tuple(never(self.free, self.told))
        circles = self._circles({one.id for one in lost if one.what == "card" and one.because == "waits"})
        yield from (_told(one) for one in lost if one.because not in FOLLOWS or one.id in circles)

    def conditions(self) -> Iterator[Nonsense]:
        """Conditions that always hold, alternatives that never do, hints that are never shown."""
        now = self.free.every_card()
        for card in self.rules.cards:
            yield from _idle(card.when, now, ("cards", card.id, "when"), f"'{card.id}'")
        for name, one in self.scenario.cards.items():
            for answer_id, answer in one.answers.items():
                if answer.when is not None:
                    path = ("cards", name, "answers", answer_id, "when")
                    when = parse_condition(answer.when, self.free.names).expr
                    known = self.told.answer(name)
                    yield from _idle(when, known, path, f"'{answer_id}'", plain_too=True)
        for ending in self.rules.endings[:-1]:
            yield from _dead(ending.when, self.free.ending(), ("endings", ending.id, "when"))
        for name, hint in self.scenario.guide.items():
            when = parse_condition(hint.when, self.free.names).expr
            place, known = ("guide", name, "when"), self.free.anytime
            if when is not None and not can_hold(when, known):
                why = why_never(when, known, self.free.names)
                yield Nonsense("TPM420", f"the hint '{name}' is never shown: {why}", place, "Change its condition.")
            else:
                yield from _idle(when, known, place, f"'{name}'")

    def gates(self) -> Iterator[Nonsense]:
        """Gates that never open, and requirements that ask for nothing."""
        for stage, items in zip(self.scenario.lifecycle, self.rules.gates, strict=False):
            if self.scenario.lifecycle[stage].go is None:
                continue
            known, whole = self.free.gate(stage), every(item.holds for item in items)
            path: Path = ("gates", stage, "requires")
            for item in items:
                place = (*path, item.id, "when")
                if can_hold(item.holds, known):
                    yield from _idle(item.holds, known, place, f"'{item.id}'", plain_too=True)
                else:
                    why = why_never(item.holds, known, self.free.names)
                    yield _shut(stage, f"it asks for '{item.id}', and {why}", place)
            if all(can_hold(item.holds, known) for item in items) and not can_hold(whole, known):
                yield _shut(stage, why_never(whole, known, self.free.names), path)

    def stages(self) -> Iterator[Nonsense]:
        """Stages that the player can only leave by giving up."""
        for name, stage in self.scenario.lifecycle.items():
            if stage.go is None and stage.recycle is None and not stage.sunset:
                message = f"the only decision that leads out of '{name}' is to kill the product"
                help = "Add 'go:', 'recycle:' or 'sunset: true'."
                yield Nonsense("TPM418", message, ("lifecycle", name), help)

    def objectives(self) -> Iterator[Nonsense]:
        """Objectives whose ends lie where their number never comes."""
        known = self.free.ending()
        for name, one in self.scenario.objectives.items():
            value = Value(self.free.names[one.value].ref, one.value)
            values, path = known.of(value.ref), ("objectives", name)
            told = told_range(value, known, self.free.names)
            if values.single is not None:
                message = f"'{one.value}' is {told} at the end, so '{name}' scores the same in every run"
                yield Nonsense("TPM419", message, (*path, "value"), "Choose a number that play can change.")
                continue
            for key, anchor in (("worst", one.worst), ("best", one.best)):
                if not values.low <= anchor <= values.high:
                    message = f"{key} of '{name}' is {anchor:g}, and '{one.value}' is {told} at the end"
                    yield Nonsense("TPM419", message, (*path, key), "Choose a value that a run can come to.")

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


def _told(one: Unreachable) -> Nonsense:
    card, _, answer = one.id.partition("/")
    if one.what == "answer":
        path: Path = ("cards", card, "answers", answer)
        code, key = {"hours": ("TPM415", "hours"), "promise": ("TPM421", "promise")}.get(
            one.because, ("TPM415", "when")
        )
        return Nonsense(
            code, f"the answer '{answer}' can never be given: {one.reason}", (*path, key), HELP[one.because]
        )
    if one.what == "ending":
        return Nonsense(
            "TPM416",
            f"the ending '{one.id}' is never told: {one.reason}",
            ("endings", one.id, "when"),
            HELP[one.because],
        )
    code = {"chance": "TPM422", "condition": "TPM411"}.get(one.because, "TPM414")
    key = "chance" if one.because == "chance" else "when"
    return Nonsense(code, f"the card '{one.id}' never comes: {one.reason}", ("cards", one.id, key), HELP[one.because])


HELP = {
    "chance": "Raise the chance, or take the card out.",
    "condition": "Change or leave out one of the parts.",
    "weeks": "Give it more weeks, or an earlier stage.",
    "waits": "One of them must not wait for the other.",
    "hours": "Ask for fewer hours.",
    "promise": "Promise a later week, or let the card come earlier.",
    "others": "Put it further up, or ask for less in those above it.",
}


def _shut(stage: str, why: str, path: Path) -> Nonsense:
    message = f"the gate of '{stage}' never opens: {why}"
    return Nonsense("TPM417", message, path, "Ask for something that a run can come to.")


def _idle(when: Expr | None, known: Knowledge, path: Path, whose: str, plain_too: bool = False) -> Iterator[Nonsense]:
    """A condition that always holds, unless it is one plain test, by which authors say `always`."""
    if when is None:
        return
    if (plain_too or not plain_test(when)) and always_holds(when, known):
        message = f"the condition of {whose} always holds"
        yield Nonsense("TPM412", message, path, "Leave it out, or ask for what was meant.")
        return
    yield from _dead(when, known, path)


def _dead(when: Expr, known: Knowledge, path: Path) -> Iterator[Nonsense]:
    if can_hold(when, known):
        for part in dead_parts(when, known):
            message = f"the alternative '{written(part)}' never holds"
            yield Nonsense("TPM413", message, path, "Leave it out, or correct it.")
