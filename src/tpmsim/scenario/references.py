"""References: every id and name that a scenario uses must lead somewhere; what does not is found with its place.

Not here: names inside conditions, which their parser looks up, and what is misspelt where it is declared (`misspelt`).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from tpmsim.core.conditions import Names
from tpmsim.scenario.codes import References as Codes
from tpmsim.scenario.diagnostics import allowed_words, nearest
from tpmsim.scenario.faults import Fault, fault
from tpmsim.scenario.levers import Lever
from tpmsim.scenario.names import Ids
from tpmsim.scenario.positions import Path, Positions
from tpmsim.scenario.schema import Card, Scenario
from tpmsim.text import quoted


@dataclass(frozen=True, slots=True)
class Use:
    """An id or a name that is used somewhere.

    Attributes:
        what: the kind of thing, in a word.
        id: as it is used.
        path: where.
        options: what there is.
        at_value: whether it is a value, and not a key.
    """

    what: str
    id: str
    path: Path
    options: Collection[str]
    at_value: bool

    @property
    def leads_on(self) -> bool:
        """Whether there is such a thing."""
        return self.id in self.options


@dataclass(frozen=True, slots=True)
class References:
    """What a scenario uses.

    Attributes:
        scenario: completed by the defaults.
        ids, names, levers: what there is.
        shown: ids of the visible numbers.
        positions: where its parts stand.
    """

    scenario: Scenario
    ids: Ids
    names: Names
    levers: Mapping[str, Lever]
    shown: tuple[str, ...]
    positions: Positions
    _countable: Collection[str] = field(init=False)

    def __post_init__(self) -> None:
        numbers = dict.fromkeys(name for name, meaning in self.names.items() if meaning.words is None)
        object.__setattr__(self, "_countable", numbers)

    def uses(self) -> Iterator[Use]:
        """Everything that is used, in the order of the scenario."""
        yield from self._market()
        yield from self._backlog()
        yield from self._people()
        for name, card in self.scenario.cards.items():
            yield from self._card(name, card)
        for name, objective in self.scenario.objectives.items():
            yield from self._used("name", [objective.value], self._countable, "objectives", name, "value")
        yield from self._used("name", self.scenario.numbers, self.shown, "numbers")

    def _market(self) -> Iterator[Use]:
        segments = self.ids.segments
        for need, one in self.scenario.needs.items():
            yield from self._used("segment", one.worth, segments, "needs", need, "worth")
        for name, tool in self.scenario.instruments.items():
            yield from self._used("segment", tool.segments, segments, "instruments", name, "segments")
            yield from self._used("segment", _one(tool.loudest), segments, "instruments", name, "loudest")
            yield from self._used(
                "stakeholder", _one(tool.told_by), self.ids.stakeholders, "instruments", name, "told_by"
            )
        for name, trend in self.scenario.trends.items():
            yield from self._used("lever", trend.then, self.levers, "trends", name, "then")
        start = self.scenario.start
        yield from self._used("segment", start.customers, segments, "start", "customers")
        yield from self._used("segment", start.brand, segments, "start", "brand")
        yield from self._used("feature", start.shipped, self.ids.features, "start", "shipped")
        yield from self._used("feature", start.begun, self.ids.features, "start", "begun")
        yield from self._used("stage", _one(start.stage), self.ids.stages, "start", "stage")
        for name, rival in self.scenario.market.rivals.items():
            yield from self._used("segment", rival.strengths, segments, "market", "rivals", name, "strengths")

    def _backlog(self) -> Iterator[Use]:
        for name, feature in self.scenario.features.items():
            path = ("features", name)
            yield from self._used("need", feature.serves, self.ids.needs, *path, "serves")
            yield from self._used("feature", feature.depends, self.ids.features, *path, "depends")
            yield from self._used("stakeholder", _one(feature.sponsor), self.ids.stakeholders, *path, "sponsor")

    def _people(self) -> Iterator[Use]:
        asked = [item for gate in self.scenario.gates.values() for item in gate.requires]
        for name, person in self.scenario.stakeholders.items():
            path = ("stakeholders", name)
            yield from self._used("stakeholder", person.influences, self.ids.stakeholders, *path, "influences")
            yield from self._used("requirement", person.cares, asked, *path, "cares")
            yield from self._used("name", person.goals, self._countable, *path, "goals")

    def _card(self, name: str, card: Card) -> Iterator[Use]:
        yield from self._used("stakeholder", [card.speaker], self.ids.stakeholders, "cards", name, "from")
        yield from self._used("answer", _one(card.silence), card.answers, "cards", name, "silence")
        for answer_id, answer in card.answers.items():
            path = ("cards", name, "answers", answer_id)
            yield from self._used("lever", answer.then, self.levers, *path, "then")
            if answer.promise is not None:
                feature = [answer.promise.feature]
                yield from self._used("feature", feature, self.ids.features, *path, "promise", "feature")

    def _used(self, what: str, used: Iterable[str], options: Collection[str], *path: str) -> Iterator[Use]:
        for number, one in enumerate(used):
            if (*path, one) in self.positions.keys:
                yield Use(what, one, (*path, one), options, at_value=False)
            else:
                item: Path = (*path, number)
                yield Use(what, one, item if item in self.positions.values else path, options, at_value=True)


def left_out(scenario: Scenario) -> Iterator[Fault]:
    """Needs of which nothing is said for some segment; a misspelt segment is found as such, and not again here."""
    for need, one in scenario.needs.items():
        segments = scenario.market.segments
        unknown = sum(segment not in segments for segment in one.worth)
        for segment in [name for name in segments if name not in one.worth][unknown:]:
            yield fault(Codes.SEGMENT_LEFT_OUT, "needs", need, "worth", segment=segment)


def unknown_policies(scenario: Scenario, policies: Collection[str]) -> Iterator[Fault]:
    """Clauses of the contract about policies that do not exist; which do is only known above this layer."""
    named_by = {"scores": scenario.balance.scores, "win_rate": scenario.balance.win_rate}
    for key, named in named_by.items():
        for policy in named:
            if policy not in policies:
                yield unknown(Use("policy", policy, ("balance", key, policy), policies, at_value=False))


def unknown(use: Use) -> Fault:
    """A use that leads nowhere."""
    help = allowed_words(use.options, "There are")
    meant = nearest(use.id, use.options)
    said = {"what": use.what, "id": quoted(use.id)}
    return fault(Codes.UNKNOWN_ID, *use.path, help=help, meant=meant, at_value=use.at_value, **said)


def _one(value: str | None) -> list[str]:
    return [] if value is None else [value]
