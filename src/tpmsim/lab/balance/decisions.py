"""The decisions of a scenario, and states in which policies take them.

A decision is a card with its answers, or a stage with the moves of its gate. Its states are those in which a policy
was about to decide: what was known, just before the move. A bounded number is kept, chosen by draws that belong to the
run and the week, so that no choice depends on how runs were divided. Not here: which option is best (`audit`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields

import numpy as np

from tpmsim.core.arrays import Ints
from tpmsim.core.rolls import Luck
from tpmsim.core.rules import Rules
from tpmsim.core.state import Known, State
from tpmsim.lab.policy import END, of_runs

CARD, GATE = "card", "gate"


@dataclass(frozen=True, slots=True)
class Decision:
    """A question of the scenario.

    Attributes:
        kind: `CARD` or `GATE`.
        id: of the card, or of the stage.
        options: rows of the moves that answer it; for a gate END, too: the week ends without asking.
    """

    kind: str
    id: str
    options: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """A state in which a policy decided.

    Attributes:
        decision: its place among the decisions of the scenario.
        order: a draw by which samples are chosen, the lowest first.
        week: of the run.
        future: key of the luck still to come in it.
        chosen: row of the move that was made.
        known: what was known, in a batch of one run.
        policy: who decided.
    """

    decision: int
    order: float
    week: int
    future: int
    chosen: int
    known: Known
    policy: str


def decisions(rules: Rules) -> tuple[Decision, ...]:
    """Every card with at least two answers, then every stage with its gate."""
    cards = [Decision(CARD, card.id, card.answers) for card in rules.cards if len(card.answers) > 1]
    return (*cards, *_gates(rules))


def _gates(rules: Rules) -> Iterator[Decision]:
    for number, stage in enumerate(rules.stages):
        rows = tuple(row for row, move in enumerate(rules.moves) if move.kind == "gate" and move.stages[number])
        if rows:
            yield Decision(GATE, stage, (*rows, END))


def together(samples: Sequence[Sample]) -> Known:
    """What is known in the samples, as one batch."""
    parts = [one.known for one in samples]
    return Known(
        **{one.name: np.concatenate([getattr(part, one.name) for part in parts], axis=-1) for one in fields(Known)}
    )


def lowest(samples: Iterable[Sample], most: int) -> list[Sample]:
    """At most so many of each decision and policy, those with the lowest draws, in one order."""
    kept: dict[tuple[int, str], list[Sample]] = {}
    for one in sorted(samples, key=lambda one: (one.decision, one.policy, one.order, one.week, one.future)):
        group = kept.setdefault((one.decision, one.policy), [])
        if len(group) < most:
            group.append(one)
    return [one for group in kept.values() for one in group]


@dataclass(slots=True)
class Listener:
    """Looks at the moves of a policy and keeps states in which it decided; its `heed` goes to a rollout.

    Attributes:
        rules: the scenario.
        policy: whose moves they are.
        most: samples that are kept of each decision.
        samples: of each decision.
    """

    rules: Rules
    policy: str
    most: int
    samples: list[list[Sample]] = field(init=False)
    _asked: tuple[Decision, ...] = field(init=False)
    _about: Ints = field(init=False)

    def __post_init__(self) -> None:
        self._asked = decisions(self.rules)
        self.samples = [[] for _ in self._asked]
        self._about = np.full(len(self.rules.moves), END)
        for number, decision in enumerate(self._asked):
            self._about[[row for row in decision.options if row >= 0]] = number

    def heed(self, state: State, chosen: Ints) -> None:
        """Take in the moves that are about to be made; who makes none now decides nothing now."""
        about = np.where(chosen >= 0, self._about[chosen], END)
        for number in np.flatnonzero(np.bincount(about + 1)[1:]).tolist():
            self._keep(number, state, chosen, np.flatnonzero(about == number))

    def _keep(self, number: int, state: State, chosen: Ints, runs: Ints) -> None:
        """The runs whose draws are among the lowest so far."""
        drawn = Luck(state.future[runs], state.week).uniform("audit", self._asked[number].id)
        kept = self.samples[number]
        bar = kept[-1].order if len(kept) >= self.most else 1.0
        for place in np.argsort(drawn, kind="stable")[: self.most].tolist():
            if drawn[place] < bar:
                run = runs[place : place + 1]
                future, row = int(state.future[run[0]]), int(chosen[run[0]])
                kept.append(
                    Sample(number, float(drawn[place]), state.week, future, row, of_runs(state.known, run), self.policy)
                )
        kept.sort(key=lambda one: one.order)
        del kept[self.most :]
