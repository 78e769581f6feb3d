"""Ids that are misspelt where they are declared: used nowhere, while one much like them is used and not there.

Such a slip makes every use of the id look wrong, though each is right. It is one finding, at the declaration.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tpmsim.scenario.codes import References
from tpmsim.scenario.diagnostics import nearest
from tpmsim.scenario.faults import Fault, fault
from tpmsim.scenario.positions import Path
from tpmsim.scenario.schema import Scenario
from tpmsim.text import quoted

FEWEST = 2
"""Uses that must be explained; a single one is as likely to be the slip itself."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Something used that is not there: an id, or a name with ids in it, and what there is instead."""

    text: str
    options: Collection[str]


def declared(scenario: Scenario) -> Iterator[tuple[str, str, Path]]:
    """Every id that an author declares and may use elsewhere: what it is, the id, and its path."""
    game = scenario
    for what, ids, path in (
        ("segment", game.market.segments, ("market", "segments")),
        ("rival", game.market.rivals, ("market", "rivals")),
        ("need", game.needs, ("needs",)),
        ("feature", game.features, ("features",)),
        ("stakeholder", game.stakeholders, ("stakeholders",)),
        ("instrument", game.instruments, ("instruments",)),
        ("profile", game.profiles, ("profiles",)),
        ("card", game.cards, ("cards",)),
    ):
        for one in ids:
            yield what, one, (*path, one)
    for stage, gate in game.gates.items():
        for item in gate.requires:
            yield "requirement", item, ("gates", stage, "requires", item)


def misspelt(scenario: Scenario, used: Collection[str], missing: Sequence[Missing]) -> Iterator[tuple[Fault, set[int]]]:
    """Declarations that explain why several uses lead nowhere.

    Args:
        scenario: completed by the defaults.
        used: ids that are used and there.
        missing: what is used and not there.

    Yields:
        The fault, and the places in `missing` that it explains.
    """
    unused = {one: (what, path) for what, one, path in declared(scenario) if one not in used}
    explained: dict[tuple[str, str], set[int]] = {}
    for number, use in enumerate(missing):
        found = _meant(use, unused)
        if found is not None:
            explained.setdefault(found, set()).add(number)
    for (one, part), places in explained.items():
        if len(places) >= FEWEST:
            what, path = unused[one]
            said: dict[str, Any] = {"what": what, "id": quoted(one), "used": quoted(part), "times": len(places)}
            yield fault(References.MISSPELT_ID, *path, meant=part, **said), places


def _meant(use: Missing, unused: Collection[str]) -> tuple[str, str] | None:
    """The unused id that would mend what is missing, and the part of it that stands in its place."""
    parts = use.text.split(".")
    for place, part in enumerate(parts):
        fitting = [one for one in unused if ".".join([*parts[:place], one, *parts[place + 1 :]]) in use.options]
        one = nearest(part, fitting)
        if one is not None:
            return one, part
    return None
