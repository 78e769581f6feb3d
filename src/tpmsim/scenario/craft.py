"""Craft: what works and is not good yet. Warnings only; each says what a player or an instructor would miss."""

from collections.abc import Iterator

from tpmsim.core.rules import Rules
from tpmsim.scenario.codes import Craft
from tpmsim.scenario.craft_choices import choices
from tpmsim.scenario.craft_texts import texts
from tpmsim.scenario.faults import Fault, fault
from tpmsim.scenario.schema import Scenario

GOOD_ENDINGS = 2


def findings(scenario: Scenario, rules: Rules | None) -> Iterator[Fault]:
    """Everything about the craft of a scenario.

    Args:
        scenario: completed by the defaults.
        rules: what was compiled of it; None where it has errors, and its choices cannot be weighed yet.
    """
    yield from texts(scenario)
    if rules is not None:
        yield from choices(scenario, rules)
    yield from _around(scenario)


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
