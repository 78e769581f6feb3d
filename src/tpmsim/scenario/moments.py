"""Moments: what is known of each name when a card may come, an answer is given, a gate is asked, a run has ended.

The order of a week (`core.week`) and the checks of moves say more than the range of a name: when cards come the hours
are new, but for those that chasing answers takes, nobody was met yet, and the run goes on. Everything here must be true
of every run, since what is proved unreachable rests on it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tpmsim.core.conditions import Names, Ref, refs
from tpmsim.core.mechanics.chasing import CHASE_MOST
from tpmsim.core.rules import EndedBy, Function, Response, Rules, Trigger
from tpmsim.scenario.compiler import Compiler
from tpmsim.scenario.positions import Positions
from tpmsim.scenario.ranges import ANY, facts, ranges
from tpmsim.scenario.satisfiable import Knowledge
from tpmsim.scenario.schema import Scenario
from tpmsim.scenario.values import Values

AT_REST = ("met", "moved")
"""Rows that are zero between the weeks."""


@dataclass(frozen=True, slots=True)
class Cards:
    """What has been found out about the cards.

    Attributes:
        first: for each card that can come, the first week in which it can.
        lost: answers that can never be given, by card and answer.
    """

    first: Mapping[str, int]
    lost: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Moments:
    """What is known at the moments of a run.

    Attributes:
        scenario, rules: of the run.
        names: of the scenario.
        distances: weeks that it takes at least to come to each stage.
        cards: when they come; at first as if each could have come at any time.
        anytime: what is known at any moment.
    """

    scenario: Scenario
    rules: Rules
    names: Names
    distances: Mapping[str, int]
    cards: Cards
    anytime: Knowledge

    @classmethod
    def of(cls, scenario: Scenario, rules: Rules) -> "Moments":
        """Those of a scenario that was compiled, with nothing known of its cards."""
        names = Compiler(scenario, Positions({}, {}), "").names
        mirrors = {names["weeks.left"].ref: (names["week"].ref, rules.weeks + 1.0)}
        told = [(fact, frozenset(one.ref for one in refs(fact))) for fact in facts(names, rules)]
        known = Knowledge(ranges(scenario, rules, names), tuple(told), mirrors)
        cards = Cards(dict.fromkeys((card.id for card in rules.cards), 0))
        return cls(scenario, rules, names, distances(scenario), cards, known)

    def given(self, cards: Cards) -> "Moments":
        """The same, with what has been found out about the cards."""
        return replace(self, cards=cards, anytime=self.anytime.but(self._come(cards)))

    def every_card(self) -> Knowledge:
        """When cards come, in any week, whatever may have come before."""
        return self.anytime.but(self._new_week(1, self.rules.weeks))

    def card(self, week: int, cards: Cards) -> Knowledge:
        """When the cards of a week come; those of one week do not know of each other."""
        return self.anytime.but(self._new_week(week, week) | self._come(cards, week))

    def answer(self, card: str) -> Knowledge:
        """While a card waits for an answer."""
        asked = self._row(f"open.{card}", [1.0])
        asked[self.names[f"came.{card}"].ref] = Values(1.0, float(self.rules.weeks))
        going = self._going_on(max(self.cards.first.get(card, 1), 1), self.rules.weeks)
        return self.anytime.but(going | asked)

    def gate(self, stage: str) -> Knowledge:
        """When the gate of a stage is asked to open, which is neither before its week has come nor in the last one."""
        first = self.distances[stage] + 1
        changes = {
            **self._going_on(first, max(first, self.rules.weeks - 1)),
            **self._row("stage", [self._words("stage")[stage]]),
            **self._row("gate.asked", [Trigger.NONE]),
        }
        return self.anytime.but(changes)

    def ending(self) -> Knowledge:
        """When a run has ended."""
        ways = set(EndedBy) - {EndedBy.NOTHING}
        if not any(stage.sunset for stage in self.scenario.lifecycle.values()):
            ways.discard(EndedBy.SUNSET)
        if not any(self.rules.people.function == Function.SPONSOR):
            ways.discard(EndedBy.FIRED)
        changes = {
            **self._row("ended", ways),
            **self._row("stage", [self._words("stage")["ended"]]),
            **self._row("hours", [0.0]),
            **self._at_rest(),
        }
        return self.anytime.but(changes)

    def _new_week(self, first: int, last: int) -> dict[Ref, Values]:
        """At the start of these weeks: only what going back cost can have brought the money below nothing."""
        near = [self._words("stage")[stage] for stage, far in self.distances.items() if far < last]
        return {
            **self._going_on(first, last),
            **self._row("stage", near),
            self.names["hours"].ref: Values((1.0 - CHASE_MOST) * self.rules.focus_hours, self.rules.focus_hours),
            **self._at_rest(),
            self.names["cash"].ref: Values(-self.rules.money.recycle, ANY),
            self.names["stage.weeks"].ref: Values.between(0.0, last, whole=True),
        }

    def _going_on(self, first: int, last: int) -> dict[Ref, Values]:
        """In these weeks while the run goes on. Those who build never leave; a run ends with its sponsor."""
        whole = self.rules.weeks + 1
        changes = {
            **self._row("ended", [EndedBy.NOTHING]),
            **self._row("stage", [self._words("stage")[stage] for stage in self.distances]),
            self.names["week"].ref: Values.between(first, last, whole=True),
            self.names["weeks.left"].ref: Values.between(whole - last, whole - first, whole=True),
        }
        for person, function in zip(self.rules.stakeholders, self.rules.people.function, strict=True):
            if function in (Function.BUILD, Function.SPONSOR):
                changes |= self._row(f"gone.{person}", [0.0])
            if function == Function.SPONSOR:
                stays = set(self._words(f"acted.{person}").values()) - {float(Response.EXIT)}
                changes |= self._row(f"acted.{person}", stays)
        return changes

    def _at_rest(self) -> dict[Ref, Values]:
        """Between the weeks: nobody is met, nothing is put off, no decision is asked for."""
        zero = Values(0.0, 0.0)
        rows = {one.ref: zero for one in self.names.values() if one.ref.field in AT_REST}
        return rows | self._row("gate.asked", [Trigger.NONE])

    def _come(self, cards: Cards, week: int | None = None) -> dict[Ref, Values]:
        """What is known of the cards: those that cannot have come yet are neither open nor answered."""
        changes: dict[Ref, Values] = {}
        for card in self.rules.cards:
            begins = cards.first.get(card.id)
            came = begins is not None and (week is None or begins < week)
            if not came:
                changes |= {**self._row(f"open.{card.id}", [0.0]), **self._row(f"came.{card.id}", [0.0])}
            words = self._words(f"answered.{card.id}")
            given = [x for word, x in words.items() if word == "none" or (came and (card.id, word) not in cards.lost)]
            changes |= self._row(f"answered.{card.id}", given)
        return changes

    def _words(self, name: str) -> Mapping[str, float]:
        return (self.names[name].words if name in self.names else None) or {}

    def _row(self, name: str, numbers: Iterable[float]) -> dict[Ref, Values]:
        values = Values.listed(map(float, numbers))
        return {self.names[name].ref: values} if values is not None else {}


def distances(scenario: Scenario) -> dict[str, int]:
    """Weeks that it takes at least to come from the first stage to each: a gate decides once a week."""
    ways = {stage: (spec.go, spec.recycle) for stage, spec in scenario.lifecycle.items()}
    found: dict[str, int] = dict.fromkeys(list(ways)[:1], 0)
    frontier = list(found)
    for stage in frontier:
        for target in ways[stage]:  # type: ignore[index]
            if target is not None and target not in found:
                found[target] = found[stage] + 1
                frontier.append(target)
    return found
