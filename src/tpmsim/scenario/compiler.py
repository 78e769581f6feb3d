"""From a scenario as written to `Rules`: ids become rows, words become numbers, conditions become trees.

References are resolved here, and every one that leads nowhere is reported with its place. Nothing is computed but
tables that stay constant over a run.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Floats
from tpmsim.core.conditions import Compare, Const, Expr, Names, Value
from tpmsim.core.mechanics.appraisal import salience
from tpmsim.core.mechanics.choice import ATTRACTIVE, MUST_BE, ONE_DIMENSIONAL, price_slope
from tpmsim.core.mechanics.opinions import influence_matrix
from tpmsim.core.rules import (
    Card,
    Ending,
    Features,
    Function,
    Instrument,
    Market,
    Money,
    Needs,
    Number,
    Objective,
    People,
    Requirement,
    Rules,
    Team,
)
from tpmsim.scenario.condition_parser import parse_condition
from tpmsim.scenario.diagnostics import Diagnostic, allowed_words, did_you_mean, finding, nearest
from tpmsim.scenario.levers import Lever, levers
from tpmsim.scenario.lifecycle import Lifecycle, LifecycleError, StageSpec
from tpmsim.scenario.names import Ids, names
from tpmsim.scenario.nodes import Scalar
from tpmsim.scenario.numbers_shown import shown_numbers
from tpmsim.scenario.positions import Path, Positions
from tpmsim.scenario.repertoire import MOST_MOVES, Repertoire
from tpmsim.scenario.schema import Parameter, Scenario, Sourced
from tpmsim.text import quoted

KANO = {"attractive": ATTRACTIVE, "one_dimensional": ONE_DIMENSIONAL, "must_be": MUST_BE}
TALKS = 60
"""Rounds after which opinions have settled for good."""


@dataclass(slots=True)
class Compiler:
    """One compilation: the scenario with its defaults, where it stands in its file, and what was found wrong.

    Attributes:
        scenario: completed by the defaults.
        positions: of its parts.
        file: as it may be shown.
        findings: what leads nowhere.
    """

    scenario: Scenario
    positions: Positions
    file: str
    findings: list[Diagnostic] = field(default_factory=list)
    ids: Ids = field(init=False)
    names: Names = field(init=False)

    def __post_init__(self) -> None:
        game = self.scenario
        self.ids = Ids(
            segments=tuple(game.market.segments),
            needs=tuple(game.needs),
            features=tuple(game.features),
            stakeholders=tuple(game.stakeholders),
            rivals=tuple(game.market.rivals),
            stages=(*game.lifecycle, "ended"),
            profiles=tuple(game.profiles),
            cards=tuple(game.cards),
        )
        self.names = names(self.ids)

    def rules(self) -> Rules | None:
        """The rules, or None if anything was found wrong."""
        lifecycle = self._lifecycle()
        self._references()
        guards = {
            (card_id, answer_id): self._condition(answer.when, "cards", card_id, "answers", answer_id, "when")
            for card_id, card in self.scenario.cards.items()
            for answer_id, answer in card.answers.items()
            if answer.when is not None
        }
        required: dict[tuple[str, str], Expr] = {
            (stage, item): self._condition(one.when, "gates", stage, "requires", item, "when")
            for stage, gate in self.scenario.gates.items()
            for item, one in gate.requires.items()
        }
        cards = {
            card_id: self._condition(card.when, "cards", card_id, "when")
            for card_id, card in self.scenario.cards.items()
        }
        endings = tuple(
            Ending(name, self._condition(one.when, "endings", name, "when"), one.good)
            for name, one in self.scenario.endings.items()
        )
        for name, hint in self.scenario.guide.items():
            self._condition(hint.when, "guide", name, "when")
        if self.findings or lifecycle is None:
            return None
        return self._assembled(lifecycle, guards, required, cards, endings)

    def _assembled(
        self,
        lifecycle: Lifecycle,
        guards: dict[tuple[str, str], Expr],
        required: dict[tuple[str, str], Expr],
        cards: dict[str, Expr],
        endings: tuple[Ending, ...],
    ) -> Rules | None:
        game, table = self.scenario, levers(self.scenario, self.ids)
        moves = Repertoire(
            game, lifecycle.stages, self._own, lambda name: self._lever(name, table), guards, required
        ).moves()
        if len(moves) > MOST_MOVES:
            message = f"the scenario has {len(moves)} moves; at most {MOST_MOVES} can be offered"
            self._report("TPM403", message, (), "Leave out features, segments or horizons.")
            return None
        row = {move.id: place for place, move in enumerate(moves)}
        gates = tuple(
            tuple(
                Requirement(item, required[stage, item])
                for item in (game.gates[stage].requires if stage in game.gates else ())
            )
            for stage in game.lifecycle
        )
        return Rules(
            id=game.id,
            weeks=game.weeks,
            focus_hours=game.player.focus_hours,
            segments=tuple(self.ids.segments),
            needs=tuple(self.ids.needs),
            features=tuple(self.ids.features),
            stakeholders=tuple(self.ids.stakeholders),
            rivals=tuple(self.ids.rivals),
            stages=lifecycle.stages,
            profiles=tuple(self.ids.profiles),
            market=self._market(),
            worth=self._needs(),
            instruments=self._instruments(),
            backlog=self._features(),
            team=self._team(),
            people=self._people(gates),
            money=self._money(),
            works=_frozen([*(stage.works for stage in game.lifecycle.values()), False]).astype(np.bool_),
            sells=_frozen([*(stage.sells for stage in game.lifecycle.values()), False]).astype(np.bool_),
            next_stage=lifecycle.table(),
            gates=(*gates, ()),
            moves=moves,
            cards=tuple(
                Card(
                    id=card_id,
                    when=cards[card_id],
                    chance=card.chance,
                    once=card.once,
                    answers=tuple(row[f"answer:{card_id}/{answer}"] for answer in card.answers),
                    silence=-1 if card.silence is None else row[f"answer:{card_id}/{card.silence}"],
                )
                for card_id, card in game.cards.items()
            ),
            objectives=self._objectives(),
            endings=endings,
            numbers=self._numbers(),
        )

    # Tables

    def _market(self) -> Market:
        market, money = self.scenario.market, self.scenario.money
        places = list(market.segments.values())
        slopes = [price_slope(one.price_sensitivity, np.asarray(money.price), one.share) for one in places]
        rivals = list(market.rivals.values())
        return Market(
            size=_frozen([one.size for one in places]),
            innovation=_frozen([_value(market.p) for _ in places]),
            imitation=_frozen([_value(market.q) for _ in places]),
            begun=_frozen([one.begun for one in places]),
            pace_sd=_frozen([one.pace for one in places]),
            price_slope=_frozen(slopes),
            rival_pull=_frozen(
                [[one.strengths.get(s, one.strength) for s in self.ids.segments] for one in rivals]
            ).reshape(len(rivals), len(places)),
            rival_hazard=_frozen([one.hazard for one in rivals]),
            rival_step=_frozen([one.step for one in rivals]),
            price_response=market.price_response,
            advert_response=market.advert_response,
            advert_most=market.advert_most,
            advert_half=market.advert_half,
            waves=tuple(market.waves),
        )

    def _needs(self) -> Needs:
        game = self.scenario
        needs = list(game.needs.values())
        return Needs(
            mean=_frozen([[need.worth[s].mean for need in needs] for s in self.ids.segments]),
            sd=_frozen([[need.worth[s].sd for need in needs] for s in self.ids.segments]),
            kano=np.array([KANO[need.kano] for need in needs], dtype=np.int64),
            better=_frozen([need.better for need in needs]),
            worse=_frozen([need.worse for need in needs]),
            known=_frozen([1.0 if need.known else 0.0 for need in needs]),
            found_a=game.discovery.a,
            found_b=game.discovery.b,
        )

    def _instruments(self) -> tuple[Instrument, ...]:
        return tuple(
            Instrument(
                id=name,
                about=tool.about,
                answers=tool.answers,
                error=tool.error,
                bias_sd=tool.bias,
                tilt=tool.tilt,
                discovers=tool.discovers,
                hit=tool.hit,
                false_alarm=tool.false_alarm,
            )
            for name, tool in self.scenario.instruments.items()
        )

    def _features(self) -> Features:
        game = self.scenario
        features = list(game.features.values())
        people = list(self.ids.stakeholders)
        sponsor = next((a for a, one in enumerate(game.stakeholders.values()) if one.function == "sponsor"), 0)
        return Features(
            ksloc=_frozen([one.size for one in features]),
            serves=_frozen([[one.serves.get(need, 0.0) for need in self.ids.needs] for one in features]),
            depends=_frozen(
                [[1.0 if other in one.depends else 0.0 for other in self.ids.features] for one in features]
            ),
            sponsor=np.array(
                [sponsor if one.sponsor is None else people.index(one.sponsor) for one in features],
                dtype=np.int64,
            ),
            effort_sd=_frozen([one.doubt for one in features]),
            error_sd=game.build.error_spread,
            report_sd=game.build.report_error,
            cut=game.build.cut,
        )

    def _team(self) -> Team:
        game = self.scenario
        profiles = list(game.profiles.values())
        return Team(
            experienced=game.team.experienced,
            new=game.team.new,
            pay=game.team.pay,
            skill=game.player.technology,
            leadership=game.player.leadership,
            feature_share=_frozen([one.features for one in profiles]),
            delay=_frozen([one.delay for one in profiles]),
            talks=_frozen([one.talks for one in profiles]),
        )

    def _money(self) -> Money:
        money = self.scenario.money
        return Money(
            cash=money.cash,
            price=money.price,
            hosting=money.hosting,
            contract=money.contract,
            churn_a=money.churn.a,
            churn_b=money.churn.b,
            margin=money.margin,
            discount=money.discount,
            recycle=money.recycle,
        )

    def _people(self, gates: Sequence[Sequence[Requirement]]) -> People:
        people = list(self.scenario.stakeholders.values())
        outcomes = list(dict.fromkeys(name for one in people for name in one.goals)) or ["cash"]
        asked = [item.id for gate in gates for item in gate]
        _, weight = salience(
            np.array([one.power for one in people]),
            np.array([one.legitimacy for one in people]),
            np.array([one.urgency for one in people]),
        )
        edges = _frozen(
            [
                [1.0 if b == a else other.influences.get(a, 0.3) for b, other in self.scenario.stakeholders.items()]
                for a in self.ids.stakeholders
            ]
        )
        influence = influence_matrix(edges, weight.astype(np.float64), _frozen([one.stubborn for one in people]))
        return People(
            base=_frozen([one.satisfaction for one in people]),
            kept=_frozen([one.trust * (one.evidence + 2.0) - 1.0 for one in people]),
            broken=_frozen([(1.0 - one.trust) * (one.evidence + 2.0) - 1.0 for one in people]),
            goals=_frozen([[one.goals.get(name, 0.0) for name in outcomes] for one in people]),
            outcomes=tuple(self.names[name].ref for name in outcomes),
            scale=_frozen([self._scale(name) for name in outcomes]),
            influence=influence,
            settled=_settled(influence),
            weight=weight.astype(np.float64),
            cares=_frozen(
                [[1.0 if not one.cares or item in one.cares else 0.0 for item in asked] for one in people]
            ).reshape(len(people), len(asked)),
            investment=_frozen([one.investment for one in people]),
            alternatives=_frozen([one.alternatives for one in people]),
            lean_sd=_frozen([one.leaning for one in people]),
            function=np.array([Function[one.function.upper()] for one in people], dtype=np.int64),
        )

    def _scale(self, name: str) -> float:
        """Change of an outcome that counts as 1: the span of the objective on it, else of the name."""
        for one in self.scenario.objectives.values():
            if one.value == name:
                return abs(one.best - one.worst)
        meaning = self.names[name]
        return meaning.highest - meaning.lowest if meaning.highest - meaning.lowest < 1e6 else 1e5

    def _objectives(self) -> tuple[Objective, ...]:
        objectives = self.scenario.objectives
        whole = sum(one.weight for one in objectives.values())
        return tuple(
            Objective(name, self.names[one.value].ref, one.weight / whole, one.worst, one.best)
            for name, one in objectives.items()
        )

    def _numbers(self) -> tuple[Number, ...]:
        return shown_numbers(self.names, self.ids)

    def _lever(self, name: str, table: "dict[str, Lever] | object") -> Lever:
        assert isinstance(table, dict)
        lever: Lever = table[name]
        return lever

    # Conditions and references

    def _own(self, text: str) -> Expr:
        """A condition of our own, which cannot be wrong."""
        parsed = parse_condition(Scalar(text, True, 1, 1), self.names)
        if parsed.expr is None:
            raise ValueError(f"{text}: {parsed.findings}")
        return parsed.expr

    def _condition(self, scalar: Scalar, *path: str) -> Expr:
        """The tree of an author's condition; what is wrong with it is reported."""
        text = scalar.text.replace("{last}", str(len(self.scenario.market.waves)))
        if path not in self.positions.values:
            return self._own(text)
        parsed = parse_condition(scalar, self.names, self.file)
        self.findings.extend(parsed.findings)
        return parsed.expr if parsed.expr is not None else Compare("==", Value(self.names["week"].ref), Const(0.0))

    def _references(self) -> None:
        game = self.scenario
        for need, one in game.needs.items():
            self._each_segment(one.worth, "needs", need, "worth")
        for name, feature in game.features.items():
            self._known("need", feature.serves, self.ids.needs, "features", name, "serves")
            self._known("feature", feature.depends, self.ids.features, "features", name, "depends")
            if feature.sponsor is not None:
                self._known("stakeholder", [feature.sponsor], self.ids.stakeholders, "features", name, "sponsor")
        for name, rival in game.market.rivals.items():
            self._known("segment", rival.strengths, self.ids.segments, "market", "rivals", name, "strengths")
        requirements = [item for gate in game.gates.values() for item in gate.requires]
        for name, person in game.stakeholders.items():
            self._known("stakeholder", person.influences, self.ids.stakeholders, "stakeholders", name, "influences")
            self._known("requirement", person.cares, requirements, "stakeholders", name, "cares")
            self._known("name", person.goals, self._countable(), "stakeholders", name, "goals")
        for name, objective in game.objectives.items():
            self._known("name", [objective.value], self._countable(), "objectives", name, "value")
            if objective.worst == objective.best:
                self._report("TPM402", "worst and best are the same", ("objectives", name, "best"), "Let them differ.")
        self._known("name", game.numbers, [one.id for one in shown_numbers(self.names, self.ids)], "numbers")
        self._card_references()

    def _card_references(self) -> None:
        table = levers(self.scenario, self.ids)
        for name, card in self.scenario.cards.items():
            self._known("stakeholder", [card.speaker], self.ids.stakeholders, "cards", name, "speaker")
            if card.silence is not None:
                self._known("answer", [card.silence], card.answers, "cards", name, "silence")
            for answer_id, answer in card.answers.items():
                path = ("cards", name, "answers", answer_id)
                self._known("lever", answer.then, table, *path, "then")
                if answer.promise is not None:
                    self._known("feature", [answer.promise.feature], self.ids.features, *path, "promise", "feature")

    def _countable(self) -> list[str]:
        return [name for name, meaning in self.names.items() if meaning.words is None]

    def _known(self, what: str, used: Iterable[str], allowed: Iterable[str], *path: str) -> None:
        options = list(allowed)
        for place, one in enumerate(used):
            if one not in options:
                close = nearest(one, options)
                message = f"no {what} {quoted(one)}{did_you_mean(close)}"
                candidates: tuple[Path, ...] = ((*path, one), (*path, place), path)
                where = next(
                    (p for p in candidates if p in self.positions.keys or p in self.positions.values),
                    path,
                )
                self._report("TPM303", message, where, allowed_words(options, "There are"), close or "")

    def _each_segment(self, given: Iterable[str], *path: str) -> None:
        present = list(given)
        self._known("segment", present, self.ids.segments, *path)
        for segment in self.ids.segments:
            if segment not in present:
                self._report(
                    "TPM304",
                    f"no worth for segment '{segment}'",
                    path,
                    f"Add '{segment}: {{mean: 0, sd: 0.3}}'.",
                )

    def _lifecycle(self) -> Lifecycle | None:
        specs: dict[str, StageSpec] = {
            name: StageSpec(stage.go, stage.recycle, stage.sunset) for name, stage in self.scenario.lifecycle.items()
        }
        try:
            return Lifecycle.build(specs)
        except LifecycleError as error:
            self._report("TPM401", str(error), ("lifecycle", error.stage), "See docs/scenario-format.md, lifecycle.")
            return None

    def _report(self, code: str, message: str, path: Path, help: str, suggestion: str = "") -> None:
        line, column = self.positions.key(*path)
        self.findings.append(finding(code, message, self.file, line, column, help=help, suggestion=suggestion))


def _frozen(values: object) -> Floats:
    array = np.array(values, dtype=np.float64)
    array.setflags(write=False)
    return array


def _value(parameter: Parameter) -> float:
    return parameter.value if isinstance(parameter, Sourced) else parameter


def _settled(influence: Floats) -> Floats:
    """(A, A) what private leanings come to after long talk: rounds of Friedkin-Johnsen until they stand still."""
    count = influence.shape[0]
    eye = np.where(np.arange(count)[:, None] == np.arange(count), 1.0, 0.0)
    opinion = eye
    for _ in range(TALKS):
        rows = []
        for a in range(count):
            heard = exact.total(influence[a][:, None] * opinion)
            open_mind = 1.0 - influence[a, a]
            rows.append(open_mind * heard + (1.0 - open_mind) * eye[a])
        opinion = np.stack(rows)
    return opinion
