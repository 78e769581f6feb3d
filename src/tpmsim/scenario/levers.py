"""Levers: what the answer to a card may change, by name. Each is one row of what is known, with a bound.

The docs print this table. Effects are data; a lever never computes.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tpmsim.core.conditions import Ref
from tpmsim.core.rules import Effect, Op
from tpmsim.scenario.names import Ids
from tpmsim.scenario.schema import Scenario


@dataclass(frozen=True, slots=True)
class Lever:
    """A named row and how an amount acts on it.

    Attributes:
        ref: the row.
        op: add the amount, or set it.
        low, high: bounds of the row.
        unit: of the amount.
        doc: one sentence for the docs.
        against: for trust, the row that a negative amount adds to.
    """

    ref: Ref
    op: Op
    low: float
    high: float
    unit: str
    doc: str
    against: Ref | None = None

    def effect(self, amount: float) -> Effect:
        """The effect of this amount."""
        if self.against is not None and amount < 0.0:
            return Effect(self.against, self.op, -amount, self.low, self.high)
        return Effect(self.ref, self.op, amount, self.low, self.high)


def levers(scenario: Scenario, ids: Ids) -> Mapping[str, Lever]:
    """Every lever of a scenario."""
    return {**_plain(), **_people(ids), **_learning(scenario, ids), **_plan(ids), **_market(ids), **_memory(ids)}


def _plain() -> Mapping[str, Lever]:
    return {
        "cash": Lever(Ref("cash"), Op.ADD, -1e12, 1e12, "money", "Money in or out at once."),
        "hours": Lever(Ref("hours"), Op.ADD, 0.0, 168.0, "hours", "Focus hours of this week."),
        "people": Lever(Ref("experienced"), Op.ADD, 0.0, 100.0, "persons", "Experienced people join or leave."),
        "fatigue": Lever(Ref("fatigue"), Op.ADD, 0.0, 0.5, "0 to 0.5", "Fatigue of the team; half is the end of it."),
        "spend": Lever(Ref("spend"), Op.SET, 0.0, 1e9, "money a week", "Marketing spend from now on."),
        "claim": Lever(Ref("claim"), Op.SET, 0.0, 1.5, "share", "How much is claimed of each feature."),
        "skill.technology": Lever(Ref("technology"), Op.ADD, 0.0, 1.0, "0 to 1", "Your technical skill."),
        "skill.leadership": Lever(Ref("leadership"), Op.ADD, 0.0, 1.0, "0 to 1", "Your skill in leading."),
        "stars": Lever(Ref("stars"), Op.ADD, 1.0, 5.0, "stars", "Maintainability of the code."),
        "overtime": Lever(Ref("overtime"), Op.SET, 0.0, 0.5, "share", "Overtime from now on."),
    }


def _people(ids: Ids) -> Mapping[str, Lever]:
    table: dict[str, Lever] = {}
    for a, name in enumerate(ids.stakeholders):
        table[f"trust.{name}"] = Lever(
            Ref("kept_weight", (a,)),
            Op.ADD,
            0.0,
            50.0,
            "evidence",
            "Evidence for (or, negative, against) your word; a kept promise is worth 0.25 to 0.79.",
            Ref("broken_weight", (a,)),
        )
        table[f"satisfaction.{name}"] = Lever(
            Ref("satisfaction", (a,)), Op.ADD, -1.0, 1.0, "-1 to 1", "How they feel about the product."
        )
    return table


def _learning(scenario: Scenario, ids: Ids) -> Mapping[str, Lever]:
    table: dict[str, Lever] = {}
    for i, (name, tool) in enumerate(scenario.instruments.items()):
        targets, field = {
            "needs": (ids.segments, "queue"),
            "effort": (ids.features, "spiking"),
            "rivals": (ids.rivals, "looking"),
        }[tool.about]
        # An instrument that asks a segment which is not there has a fault already; its levers are not to have more.
        unknown = any(one not in ids.segments for one in tool.segments)
        for row, target in enumerate(targets):
            if not (tool.asks(target) or unknown):
                continue
            place = (i, row) if tool.about == "needs" else (row,)
            table[f"{name}.{target}"] = Lever(
                Ref(field, place),
                Op.ADD,
                0.0,
                20.0,
                "uses",
                f"{tool.title.plain()} at no hours, heard next week.",
            )
    for d, need in enumerate(ids.needs):
        table[f"found.{need}"] = Lever(
            Ref("found", (d,)), Op.SET, 0.0, 1.0, "0 or 1", "Somebody tells you of the need."
        )
    return table


def _plan(ids: Ids) -> Mapping[str, Lever]:
    table: dict[str, Lever] = {}
    for j, name in enumerate(ids.features):
        table[f"committed.{name}"] = Lever(Ref("committed", (j,)), Op.SET, 0.0, 1.0, "0 or 1", "In the plan or not.")
        table[f"kept.{name}"] = Lever(Ref("kept", (j,)), Op.SET, 0.3, 1.0, "share", "Scope kept after a cut.")
    return table


def _market(ids: Ids) -> Mapping[str, Lever]:
    table: dict[str, Lever] = {}
    for s, name in enumerate(ids.segments):
        table[f"brand.{name}"] = Lever(Ref("brand", (s,)), Op.ADD, -2.0, 2.0, "utility", "Standing of our name there.")
    for r, name in enumerate(ids.rivals):
        table[f"rival.{name}"] = Lever(Ref("rival_gain", (r,)), Op.ADD, -2.0, 5.0, "utility", "Appeal of the rival.")
    return table


def _memory(ids: Ids) -> Mapping[str, Lever]:
    doc = "A number of the author's own; conditions read it."
    return {
        f"memory.{name}": Lever(Ref("memory", (v,)), Op.ADD, one.low, one.high, "number", doc)
        for v, (name, one) in enumerate(ids.memory.items())
    }
