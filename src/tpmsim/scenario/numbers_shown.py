"""The visible numbers: what the ledger explains and screens show, each with its quantum and its polarity.

The one polarity table: colour, arrow and word of a number all come from here.
"""

from tpmsim.core.conditions import Names
from tpmsim.core.rules import Number
from tpmsim.scenario.names import Ids
from tpmsim.scenario.schema import Scenario

PLAIN = {
    "cash": (0.01, True),
    "progress": (0.01, True),
    "customers": (0.01, True),
    "sentiment": (0.0001, True),
    "health": (0.01, True),
}
"""Quantum, and whether up is good."""

BY_SECTION = {
    "field": ("incidents", 1.0, False),
    "debt": ("stars", 0.001, True),
    "support": ("wait", 0.01, False),
}
"""Shown where the scenario writes the section: name, quantum, and whether up is good."""


def shown_numbers(scenario: Scenario, names: Names, ids: Ids) -> tuple[Number, ...]:
    """The visible numbers of a scenario with these ids."""
    written = [number for section, number in BY_SECTION.items() if getattr(scenario, section) is not None]
    seen = {**PLAIN, **{name: (quantum, up) for name, quantum, up in written}}
    plain = [Number(name, names[name].ref, quantum, up) for name, (quantum, up) in seen.items()]
    people = [
        Number(f"{what}.{one}", names[f"{what}.{one}"].ref, 0.0001, True)
        for what in ("trust", "satisfaction")
        for one in ids.stakeholders
    ]
    return (*plain, *people)
