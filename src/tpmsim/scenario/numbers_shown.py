"""The visible numbers: what the ledger explains and screens show, each with its quantum and its polarity.

The one polarity table: colour, arrow and word of a number all come from here.
"""

from tpmsim.core.conditions import Names
from tpmsim.core.rules import Number
from tpmsim.scenario.names import Ids

PLAIN = {
    "cash": (0.01, True),
    "progress": (0.01, True),
    "customers": (0.01, True),
    "sentiment": (0.0001, True),
    "health": (0.01, True),
}
"""Quantum, and whether up is good."""


def shown_numbers(names: Names, ids: Ids) -> tuple[Number, ...]:
    """The visible numbers of a scenario with these ids."""
    plain = [Number(name, names[name].ref, quantum, up) for name, (quantum, up) in PLAIN.items()]
    people = [
        Number(f"{what}.{one}", names[f"{what}.{one}"].ref, 0.0001, True)
        for what in ("trust", "satisfaction")
        for one in ids.stakeholders
    ]
    return (*plain, *people)
