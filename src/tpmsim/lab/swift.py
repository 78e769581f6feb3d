"""The same list of rules, asked faster: lines that cannot speak anywhere in the batch are passed over unasked.

What is chosen is what `policy.Listed` chooses, line by line; it stands apart because the source of that module is part
of the digest of the reference policy, and how fast a list is gone through is none of its business.
"""

from dataclasses import dataclass, field

import numpy as np

from tpmsim.core.arrays import Bools, Ints
from tpmsim.core.rolls import Luck
from tpmsim.core.rules import Rules
from tpmsim.core.state import Known
from tpmsim.lab.policy import END, Bound, Listed, Rule, _made, always

NO_CARD = -1
"""In place of the row of a card: the move of a line answers none."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that may speak in one of the stages in which the batch stands.

    Attributes:
        rule: the line.
        open_in: (stages,) where one of its moves may be made; None where that is so in all stages of the batch.
        card: row of the card that its move answers, or NO_CARD: while it waits nowhere, the move is legal nowhere.
    """

    rule: Rule
    open_in: Bools | None
    card: int


@dataclass(frozen=True, slots=True, eq=False)
class Swift:
    """A `Listed` with what it works out for a set of stages kept.

    Attributes:
        listed: the list.
        cards: row of the card of each answer, by the row of the move.
    """

    listed: Listed
    cards: dict[int, int]
    _by_stages: dict[tuple[int, ...], tuple[Line, ...]] = field(default_factory=dict)

    def choose(self, known: Known, luck: Luck, step: int, barred: Bools | None = None) -> Ints:
        """The first legal move of the list, run by run; END where there is none.

        Args:
            known: as in `Bound`.
            luck: as in `Bound`.
            step: as in `Bound`.
            barred: (M, N) moves that a line may not propose, as if they were not legal.
        """
        rules, chosen = self.listed.rules, np.full(known.week.shape, END, dtype=np.int64)
        free, waits = known.live, np.asarray(known.open.any(axis=1))
        for line in self._lines(tuple(np.flatnonzero(np.bincount(known.stage)).tolist())):
            if line.card != NO_CARD and not waits[line.card]:
                continue
            wanted = free if line.open_in is None else free & line.open_in[known.stage]
            if line.rule.when is not always:
                wanted = wanted & line.rule.when(rules, known)
            if not np.count_nonzero(wanted):
                continue
            made = _made(rules, known, wanted, line.rule.move)
            spoken = made >= 0
            if barred is not None:
                spoken = spoken & ~barred[made, np.arange(made.shape[0])]
            if np.count_nonzero(spoken):
                chosen = np.where(spoken, made, chosen)
                free = free & ~spoken
                if not np.count_nonzero(free):
                    break
        return chosen

    def _lines(self, stages: tuple[int, ...]) -> tuple[Line, ...]:
        """Those with a move in one of these stages, in order."""
        if stages not in self._by_stages:
            here, pairs = list(stages), zip(self.listed.lines, self.listed.open_in, strict=True)
            self._by_stages[stages] = tuple(
                Line(rule, None if open_in[here].all() else open_in, self._card(rule))
                for rule, open_in in pairs
                if open_in[here].any()
            )
        return self._by_stages[stages]

    def _card(self, rule: Rule) -> int:
        return self.cards.get(rule.move, NO_CARD) if isinstance(rule.move, int) else NO_CARD


def swift(rules: Rules, bound: Bound) -> Bound:
    """The policy, asked faster where it is a list; any other as it is."""
    if not isinstance(bound, Listed):
        return bound
    return Swift(bound, {row: number for number, card in enumerate(rules.cards) for row in card.answers})
