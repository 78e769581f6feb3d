"""From a scenario as written to `Rules`: ids become rows, words become numbers, conditions become trees.

References are resolved here, and every one that leads nowhere is reported with its place. Nothing is computed but
tables that stay constant over a run.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from tpmsim.core.conditions import NEVER, Expr, Names, refs, words
from tpmsim.core.rules import (
    Card,
    Ending,
    Memory,
    Move,
    Requirement,
    Rules,
    Trend,
)
from tpmsim.scenario import tables
from tpmsim.scenario.codes import Logic
from tpmsim.scenario.condition_parser import parse_condition
from tpmsim.scenario.diagnostics import Diagnostic
from tpmsim.scenario.faults import Fault, fault, located
from tpmsim.scenario.levers import Lever, levers
from tpmsim.scenario.lifecycle import Lifecycle, LifecycleError, StageSpec
from tpmsim.scenario.logic import nonsense
from tpmsim.scenario.misspelt import Missing, misspelt
from tpmsim.scenario.names import Ids, names
from tpmsim.scenario.nodes import Scalar
from tpmsim.scenario.numbers_shown import shown_numbers
from tpmsim.scenario.positions import Path, Positions
from tpmsim.scenario.references import References, left_out, unknown
from tpmsim.scenario.repertoire import MOST_MOVES, Repertoire
from tpmsim.scenario.schema import Scenario


@dataclass(frozen=True, slots=True)
class Conditions:
    """The conditions of a scenario as trees: of answers and requirements by two ids, of the others by one."""

    answers: Mapping[tuple[str, str], Expr]
    gates: Mapping[tuple[str, str], Expr]
    cards: Mapping[str, Expr]
    endings: Mapping[str, Expr]
    guide: Mapping[str, Expr]


@dataclass(slots=True)
class Compiler:
    """One compilation: the scenario with its defaults, where it stands in its file, and what was found wrong.

    Attributes:
        scenario: completed by the defaults.
        positions: of its parts.
        file: as it may be shown.
        broken: paths of parts that have a fault already; what follows from those is not told again.
        ids, names, levers: what there is.
        conditions: every condition as a tree; one with a fault never holds.
        findings: what leads nowhere, and what makes no game.
    """

    scenario: Scenario
    positions: Positions
    file: str
    broken: frozenset[Path] = frozenset()
    findings: list[Diagnostic] = field(default_factory=list)
    ids: Ids = field(init=False)
    names: Names = field(init=False)
    levers: Mapping[str, Lever] = field(init=False)
    conditions: Conditions = field(init=False)
    _read: set[str] = field(default_factory=set)
    _own_ones: dict[str, Expr] = field(default_factory=dict)
    _missing: list[tuple[Missing, Diagnostic]] = field(default_factory=list)
    _lifecycle: Lifecycle | None = None

    def __post_init__(self) -> None:
        self.ids = Ids.of(self.scenario)
        self.names = names(self.ids)
        self.levers = levers(self.scenario, self.ids)
        self.conditions = self._conditions()
        self._lifecycle = self._stages()
        self._references()
        self._report(nonsense(self.scenario))

    def rules(self) -> Rules | None:
        """The rules, or None if anything was found wrong."""
        if self.findings or self.broken or self._lifecycle is None:
            return None
        moves = self._moves(self._lifecycle, self.conditions)
        if len(moves) > MOST_MOVES:
            self._report([fault(Logic.TOO_MANY_MOVES, found=len(moves), limit=MOST_MOVES)])
            return None
        return self._assembled(self._lifecycle, self.conditions, moves)

    def _references(self) -> None:
        """Report what leads nowhere; what is misspelt where it is declared is one finding."""
        shown = tuple(one.id for one in shown_numbers(self.scenario, self.names, self.ids))
        look = References(self.scenario, self.ids, self.names, self.levers, shown, self.positions)
        for use in look.uses():
            if use.leads_on:
                self._read.update(use.id.split("."))
            elif not any(use.path[: len(path)] == path for path in self.broken):
                self._missing.append((Missing(use.id, use.options), self._located(unknown(use))))
        explained: set[int] = set()
        for found, places in misspelt(self.scenario, self._read, [one for one, _ in self._missing]):
            if found.path in self.positions.keys:
                self._report([found])
                explained |= places
        self.findings.extend(one for number, (_, one) in enumerate(self._missing) if number not in explained)
        if not explained:
            self._report(left_out(self.scenario))

    def _conditions(self) -> Conditions:
        """Every condition of the scenario as a tree."""
        game = self.scenario
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
            guide={name: self._condition(hint.when, "guide", name, "when") for name, hint in game.guide.items()},
        )

    def _moves(self, lifecycle: Lifecycle, conditions: Conditions) -> tuple[Move, ...]:
        lever = self.levers.__getitem__
        return Repertoire(
            self.scenario, lifecycle.stages, self._own, lever, conditions.answers, conditions.gates
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
            field=tables.in_use(game),
            support=tables.support(game),
            start=tables.start(game, self.ids),
            works=np.array([*(stage.works for stage in stages), False]),
            sells=np.array([*(stage.sells for stage in stages), False]),
            next_stage=lifecycle.table(),
            gates=(*gates, ()),
            trends=self._trends(),
            memory=tuple(Memory(name, one.start) for name, one in game.memory.items()),
            moves=moves,
            cards=self._cards(conditions, moves),
            objectives=tables.objectives(game, self.names),
            endings=tuple(Ending(name, conditions.endings[name], one.good) for name, one in game.endings.items()),
            numbers=shown_numbers(self.scenario, self.names, self.ids),
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

    def _trends(self) -> tuple[Trend, ...]:
        return tuple(
            Trend(
                id=name,
                chance=one.chance,
                first=one.first,
                last=one.last,
                hit=one.hit,
                false_alarm=one.false_alarm,
                effects=tuple(self.levers[lever].effect(amount) for lever, amount in one.then.items()),
            )
            for name, one in self.scenario.trends.items()
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
        """A condition of our own, which cannot be wrong; most stand at several moves, and each is read once."""
        known = self._own_ones.get(text)
        if known is not None:
            return known
        parsed = parse_condition(Scalar(text, True, 1, 1), self.names)
        if parsed.expr is None:
            raise ValueError(f"{text}: {parsed.findings}")
        return self._own_ones.setdefault(text, parsed.expr)

    def _condition(self, scalar: Scalar, *path: str) -> Expr:
        """The tree of an author's condition; what is wrong with it is reported."""
        if path not in self.positions.values:
            text = scalar.text.replace("{last}", str(len(self.scenario.market.waves)))
            return self._own(text)
        parsed = parse_condition(scalar, self.names, self.file)
        lost = [found for _, _, found in parsed.missing]
        self.findings.extend(found for found in parsed.findings if found not in lost)
        self._missing.extend((Missing(text, options), found) for text, options, found in parsed.missing)
        if parsed.expr is None:
            return NEVER
        for value in refs(parsed.expr):
            self._read.update(value.name.split("."))
        self._read.update(words(parsed.expr))
        return parsed.expr

    def _stages(self) -> Lifecycle | None:
        specs: dict[str, StageSpec] = {
            name: StageSpec(stage.go, stage.recycle, stage.sunset) for name, stage in self.scenario.lifecycle.items()
        }
        try:
            return Lifecycle.build(specs)
        except LifecycleError as error:
            # A slip in one stage leaves others unreached, which is no fault of theirs.
            if not any(path[:1] == ("lifecycle",) for path in self.broken):
                self._report([fault(Logic.LIFECYCLE, "lifecycle", error.stage, problem=error)])
            return None

    def _report(self, faults: Iterable[Fault]) -> None:
        """Take in faults, but for those that follow from a part that has one already."""
        for one in faults:
            if not any(one.follows(path) for path in self.broken):
                self.findings.append(self._located(one))

    def _located(self, found: Fault) -> Diagnostic:
        return located(found, self.positions, self.file)
