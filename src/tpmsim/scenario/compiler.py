"""From a scenario as written to `Rules`: ids become rows, words become numbers, conditions become trees.

References are resolved here, and every one that leads nowhere is reported with its place. Nothing is computed but
tables that stay constant over a run.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from tpmsim.core.conditions import Compare, Const, Expr, Names, Value
from tpmsim.core.rules import (
    Card,
    Ending,
    Move,
    Requirement,
    Rules,
)
from tpmsim.scenario import tables
from tpmsim.scenario.condition_parser import parse_condition
from tpmsim.scenario.diagnostics import Diagnostic, finding
from tpmsim.scenario.levers import levers
from tpmsim.scenario.lifecycle import Lifecycle, LifecycleError, StageSpec
from tpmsim.scenario.logic import nonsense
from tpmsim.scenario.names import Ids, names
from tpmsim.scenario.nodes import Scalar
from tpmsim.scenario.numbers_shown import shown_numbers
from tpmsim.scenario.positions import Path, Positions
from tpmsim.scenario.references import References
from tpmsim.scenario.repertoire import MOST_MOVES, Repertoire
from tpmsim.scenario.schema import Scenario


@dataclass(frozen=True, slots=True)
class Conditions:
    """The conditions of a scenario as trees: of answers and requirements by two ids, of cards and endings by one."""

    answers: Mapping[tuple[str, str], Expr]
    gates: Mapping[tuple[str, str], Expr]
    cards: Mapping[str, Expr]
    endings: Mapping[str, Expr]


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
        look = References(self.scenario, self.ids, self.names, self.positions, self.file)
        self.findings.extend(look.check())
        for one in nonsense(self.scenario):
            self._report(one.code, one.message, one.path, one.help)
        conditions = self._conditions()
        if self.findings or lifecycle is None:
            return None
        moves = self._moves(lifecycle, conditions)
        if len(moves) > MOST_MOVES:
            message = f"the scenario has {len(moves)} moves; at most {MOST_MOVES} can be offered"
            self._report("TPM403", message, (), "Leave out features, segments or horizons.")
            return None
        return self._assembled(lifecycle, conditions, moves)

    def _conditions(self) -> Conditions:
        """Every condition of the scenario as a tree."""
        game = self.scenario
        for name, hint in game.guide.items():
            self._condition(hint.when, "guide", name, "when")
        return Conditions(
            answers={
                (card_id, answer_id): self._condition(answer.when, "cards", card_id, "answers", answer_id, "when")
                for card_id, card in game.cards.items()
                for answer_id, answer in card.answers.items()
                if answer.when is not None
            },
            gates={
                (stage, item): self._condition(one.when, "gates", stage, "requires", item, "when")
                for stage, gate in game.gates.items()
                for item, one in gate.requires.items()
            },
            cards={name: self._condition(card.when, "cards", name, "when") for name, card in game.cards.items()},
            endings={name: self._condition(one.when, "endings", name, "when") for name, one in game.endings.items()},
        )

    def _moves(self, lifecycle: Lifecycle, conditions: Conditions) -> tuple[Move, ...]:
        table = levers(self.scenario, self.ids)
        return Repertoire(
            self.scenario, lifecycle.stages, self._own, table.__getitem__, conditions.answers, conditions.gates
        ).moves()

    def _assembled(self, lifecycle: Lifecycle, conditions: Conditions, moves: tuple[Move, ...]) -> Rules:
        game, stages = self.scenario, list(self.scenario.lifecycle.values())
        gates = self._gates(conditions)
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
            market=tables.market(game, self.ids),
            worth=tables.needs(game, self.ids),
            instruments=tables.instruments(game, self.ids),
            backlog=tables.features(game, self.ids),
            team=tables.team(game),
            people=tables.people(game, self.ids, self.names, gates),
            money=tables.money(game),
            works=np.array([*(stage.works for stage in stages), False]),
            sells=np.array([*(stage.sells for stage in stages), False]),
            next_stage=lifecycle.table(),
            gates=(*gates, ()),
            moves=moves,
            cards=self._cards(conditions, moves),
            objectives=tables.objectives(game, self.names),
            endings=tuple(Ending(name, conditions.endings[name], one.good) for name, one in game.endings.items()),
            numbers=shown_numbers(self.names, self.ids),
        )

    def _gates(self, conditions: Conditions) -> tuple[tuple[Requirement, ...], ...]:
        """What each stage's gate requires, in the order of the stages."""
        gates = self.scenario.gates
        return tuple(
            tuple(
                Requirement(item, conditions.gates[stage, item])
                for item in (gates[stage].requires if stage in gates else ())
            )
            for stage in self.scenario.lifecycle
        )

    def _cards(self, conditions: Conditions, moves: tuple[Move, ...]) -> tuple[Card, ...]:
        row = {move.id: place for place, move in enumerate(moves)}
        return tuple(
            Card(
                id=name,
                when=conditions.cards[name],
                chance=card.chance,
                once=card.once,
                answers=tuple(row[f"answer:{name}/{answer}"] for answer in card.answers),
                silence=-1 if card.silence is None else row[f"answer:{name}/{card.silence}"],
            )
            for name, card in self.scenario.cards.items()
        )

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
