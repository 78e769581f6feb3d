"""Ranges: what each name of a scenario can be at any moment of any run.

A name comes with a range. A scenario draws many closer: its weeks, the prices that can be chosen, the claims that moves
and answers make. Everything here must be true of every run, since what is proved unreachable rests on it. A name
without an entry here keeps the range it was declared with.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import chain

from tpmsim.core.arrays import Ints
from tpmsim.core.conditions import Compare, Const, Expr, Name, Names, Or, Ref, Value
from tpmsim.core.opening import USUAL_CLAIM, USUAL_PROFILE
from tpmsim.core.rules import Effect, EndedBy, Op, Rules
from tpmsim.core.state import NO_CRITERIA, NOBODY, Known
from tpmsim.scenario.schema import Scenario
from tpmsim.scenario.values import Values

ANY = float("inf")

WHOLE = frozenset(
    (
        *("weeks_left", "came", "open", "shipped", "complete", "gone", "met", "tripped", "changed"),
        *("promises_kept", "released", "sources", "open_promises"),
        *(one.name for one in fields(Known) if one.type == Ints),
    )
)
"""Rows that hold whole numbers only."""

FLAGGED = frozenset(("found", "committed", "planned", "completed"))
"""Rows that do as long as no answer or trend sets a share of one."""


@dataclass(frozen=True, slots=True)
class _Scope:
    """What the ranges of all names are drawn from.

    Attributes:
        bounds: rows that are narrower or wider than the ranges of their names.
        starts: rows that only moves and trends change, with what they are at the start.
        effects: of all moves and trends, by the row they act on.
        whole: rows that hold whole numbers.
    """

    bounds: Mapping[str, tuple[float, float]]
    starts: Mapping[str, float]
    effects: Mapping[Ref, list[Effect]]
    whole: frozenset[str]


def ranges(scenario: Scenario, rules: Rules, names: Names) -> dict[Ref, Values]:
    """What each row that has a name can be."""
    effects: dict[Ref, list[Effect]] = {}
    acting = [move.effects for move in rules.moves if any(move.stages)]
    for effect in chain.from_iterable([*acting, *(trend.effects for trend in rules.trends)]):
        effects.setdefault(effect.ref, []).append(effect)
    shares = any(
        effect.value not in (0.0, 1.0)
        for ref, on_row in effects.items()
        for effect in on_row
        if ref.field in ("found", "committed")
    )
    scope = _Scope(_bounds(scenario, rules), _starts(rules), effects, WHOLE if shares else WHOLE | FLAGGED)
    found = {one.ref: _range(one, scope) for one in names.values()}
    for card in rules.cards:
        times = 1.0 if card.once else float(rules.weeks)
        found[names[f"came.{card.id}"].ref] = Values.between(0.0, times, whole=True)
    return found


def facts(names: Names, rules: Rules) -> Iterator[Expr]:
    """Conditions between names that hold at any moment."""

    def value(name: str) -> Value:
        return Value(names[name].ref, name)

    yield Compare("<=", value("completed"), value("planned"))
    yield Compare("<=", value("people.experienced"), value("people"))
    early = Compare("!=", value("ended"), Const(float(EndedBy.TIME), "time"))
    yield Or((early, Compare("==", value("week"), Const(float(rules.weeks)))))
    for card in rules.cards:
        yield Compare("<=", value(f"open.{card.id}"), value(f"came.{card.id}"))


def most_hours(scenario: Scenario, but: str = "") -> float:
    """The focus hours of a week with all that answers can add to it, those of one card left aside."""
    added = (
        max((one.then.get("hours", 0.0) for one in card.answers.values()), default=0.0)
        for name, card in scenario.cards.items()
        if name != but
    )
    return scenario.player.focus_hours + sum(max(hours, 0.0) for hours in added)


def _range(one: Name, scope: _Scope) -> Values:
    chosen = _chosen(one.ref, scope) or (one.words or {}).values()
    listed = Values.listed(chosen)
    if listed is not None:
        return listed
    low, high = scope.bounds.get(one.ref.field, (one.lowest, one.highest))
    return Values.between(low, high, one.ref.field in scope.whole)


def _chosen(ref: Ref, scope: _Scope) -> set[float]:
    """All that a row can be which moves and trends alone change, and only by setting it; else nothing."""
    acting = scope.effects.get(ref, [])
    if ref.field not in scope.starts or any(effect.op is not Op.SET for effect in acting):
        return set()
    return {scope.starts[ref.field], *(min(max(one.value, one.low), one.high) for one in acting)}


def _bounds(scenario: Scenario, rules: Rules) -> dict[str, tuple[float, float]]:
    """Beliefs and the runway can go further than the ranges of their names say; all else goes less far."""
    weeks, features = float(rules.weeks), float(len(rules.features))
    tools = float(sum(tool.about == "needs" for tool in rules.instruments))
    return {
        "week": (0.0, weeks),
        "weeks_left": (1.0, weeks + 1.0),
        "stage_weeks": (0.0, weeks),
        "wave": (0.0, float(len(rules.market.waves))),
        "wave_week": (0.0, weeks),
        "due": (0.0, weeks),
        "planned": (0.0, features),
        "completed": (0.0, features),
        "released": (0.0, features),
        "open_promises": (0.0, features),
        "sources": (0.0, tools),
        "hours": (0.0, most_hours(scenario)),
        "mean": (-ANY, ANY),
        "promising": (-ANY, ANY),
        "runway": (-ANY, 99.0),
    }


def _starts(rules: Rules) -> dict[str, float]:
    usual = rules.profiles.index(USUAL_PROFILE) if USUAL_PROFILE in rules.profiles else 0
    return {
        "price": rules.money.price,
        "spend": 0.0,
        "claim": USUAL_CLAIM,
        "overtime": 0.0,
        "criteria": NO_CRITERIA,
        "profile": float(usual),
        "target": float(NOBODY),
        "problem": float(NOBODY),
        "committed": 0.0,
        "kept": 1.0,
        "moved": 0.0,
    }
