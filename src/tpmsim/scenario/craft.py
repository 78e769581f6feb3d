"""Craft: what works and is not good yet. Warnings only; each says what a player or an instructor would miss."""

from collections.abc import Iterator

from tpmsim.core.rules import Rules
from tpmsim.scenario.craft_choices import choices
from tpmsim.scenario.craft_texts import texts
from tpmsim.scenario.logic import Nonsense
from tpmsim.scenario.schema import Scenario

GOOD_ENDINGS = 2


def findings(scenario: Scenario, rules: Rules) -> Iterator[Nonsense]:
    """Everything about the craft of a scenario.

    Args:
        scenario: completed by the defaults.
        rules: what was compiled of it.
    """
    yield from texts(scenario)
    yield from choices(scenario, rules)
    yield from _around(scenario)


def _around(scenario: Scenario) -> Iterator[Nonsense]:
    """What frames a run: where it can end, what it teaches, what is talked about afterwards."""
    good = sum(one.good for one in scenario.endings.values())
    if good < GOOD_ENDINGS:
        message = "only one ending counts as good" if good else "no ending counts as good"
        yield Nonsense("TPM510", message, ("endings",), "Let more than one way to play end well: 'good: true'.")
    if not scenario.debrief.questions:
        help = "Ask about decisions: 'debrief: {questions: [...]}'."
        yield Nonsense("TPM511", "nothing to talk about afterwards", ("debrief",), help)
    if not scenario.teaches:
        yield Nonsense("TPM512", "not said what it teaches", ("teaches",), "Add 'teaches:' with a line for each.")
    if scenario.todo is not None and scenario.todo.plain().strip():
        yield Nonsense("TPM513", "there is a 'todo:' left", ("todo",), "Do it, and take the note out.")
