"""Craft: what works and is not good yet. Warnings only; each says what a player or an instructor would miss."""

from collections.abc import Iterator

from tpmsim.core.conditions import Compare, Const, Not, Value
from tpmsim.core.rules import Rules
from tpmsim.scenario.codes import Craft
from tpmsim.scenario.craft_choices import choices
from tpmsim.scenario.craft_texts import texts
from tpmsim.scenario.faults import Fault, fault
from tpmsim.scenario.moments import Moments
from tpmsim.scenario.satisfiable import can_hold, every
from tpmsim.scenario.schema import Scenario

GOOD_ENDINGS = 2

FAILED = {"money": "out of money", "fired": "without its sponsor"}
"""Ways for a run to end that no ending should call good."""


def findings(scenario: Scenario, rules: Rules | None) -> Iterator[Fault]:
    """Everything about the craft of a scenario.

    Args:
        scenario: completed by the defaults.
        rules: what was compiled of it; None where it has errors, and its choices cannot be weighed yet.
    """
    yield from texts(scenario)
    if rules is not None:
        yield from choices(scenario, rules)
        yield from _undeserved(scenario, rules)
    yield from _around(scenario)


def _undeserved(scenario: Scenario, rules: Rules) -> Iterator[Fault]:
    """The first good ending that a run can come to whose money or sponsor is gone."""
    moments = Moments.of(scenario, rules)
    known, ended = moments.ending(), moments.names["ended"]
    for place, one in enumerate(rules.endings):
        before = [Not(other.when) for other in rules.endings[:place]]
        own = () if place == len(rules.endings) - 1 else (one.when,)
        so = {word: Compare("==", Value(ended.ref, "ended"), Const((ended.words or {})[word], word)) for word in FAILED}
        reached = [word for word, test in so.items() if one.good and can_hold(every((test, *own, *before)), known)]
        if reached:
            why = " or ".join(FAILED[word] for word in reached)
            asked = " and ".join(f"'ended == {word}'" for word in reached)
            yield fault(Craft.GOOD_AFTER_BAD, "endings", one.id, why=why, ending=one.id, asked=asked)
            return


def _around(scenario: Scenario) -> Iterator[Fault]:
    """What frames a run: where it can end, what it teaches, what is talked about afterwards."""
    good = sum(one.good for one in scenario.endings.values())
    if good < GOOD_ENDINGS:
        yield fault(Craft.FEW_GOOD_ENDINGS, "endings", count="only one ending" if good else "no ending")
    if not scenario.debrief.questions:
        yield fault(Craft.NO_QUESTIONS, "debrief")
    if not scenario.teaches:
        yield fault(Craft.TEACHES_NOTHING, "teaches")
    if scenario.todo is not None and scenario.todo.plain().strip():
        yield fault(Craft.TODO_LEFT, "todo")
