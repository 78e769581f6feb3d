"""What must hold in every week of every run, whatever is played; a breach is where it does not.

Not here: what to do about a breach (`minimise`, `keeping`) and how it is told (`telling`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tpmsim.core.arrays import Bools
from tpmsim.core.batch import arrays
from tpmsim.core.conditions import Names, holds, rows
from tpmsim.core.moves import allowed
from tpmsim.core.outcome import score
from tpmsim.core.rules import Rules
from tpmsim.core.state import Known, State
from tpmsim.scenario.path_steps import AlwaysHolds

Kind = Literal["always", "blocked", "crash", "finite", "range", "score", "twin"]

SLACK = 1e-9
"""By which a number may leave its range: sums of rounded parts do not end on the last bit."""


@dataclass(frozen=True, slots=True, order=True)
class Breach:
    """Something that did not hold: what kind of thing, and the name, card or field it is about."""

    kind: Kind
    about: str


Found = tuple[Breach, Bools]
"""A breach, and (N,) the runs that have it."""


@dataclass(frozen=True, slots=True, eq=False)
class Checks:
    """What is looked at after each week.

    Attributes:
        rules: the scenario.
        names: what its conditions can read, with the ranges that are promised.
        always: the conditions of its author.
    """

    rules: Rules
    names: Names
    always: tuple[AlwaysHolds, ...] = ()

    def after_week(self, state: State) -> Iterator[Found]:
        """Faults of a week that has ended."""
        yield from _some(self._unreal(state))
        yield from _some(self._outside(state.known))
        points = score(self.rules, state.known)
        yield from _some([(Breach("score", "score"), ~((points >= -SLACK) & (points <= 100.0 + SLACK)))])
        yield from _some((Breach("always", one.id), ~holds(one.when, state.known)) for one in self.always)

    def blocked(self, known: Known) -> Iterator[Found]:
        """Cards that hold up the week although none of their answers can be given."""
        for number, card in enumerate(self.rules.cards):
            stuck = known.live & (known.open[number] > 0.0) if card.silence < 0 else np.zeros(1, dtype=np.bool_)
            for row in card.answers if stuck.any() else ():
                stuck = stuck & ~allowed(self.rules, known, row)
            yield from _some([(Breach("blocked", card.id), stuck)])

    def _unreal(self, state: State) -> Iterator[Found]:
        for _, name, array in arrays(state):
            if array.dtype.kind == "f" and not np.isfinite(array).all():
                yield Breach("finite", name), ~np.isfinite(array.reshape(-1, array.shape[-1])).all(axis=0)

    def _outside(self, known: Known) -> Iterator[Found]:
        for name, meaning in self.names.items():
            value = rows(known, meaning.ref)
            slack = SLACK * max(1.0, abs(meaning.highest))
            yield Breach("range", name), (value < meaning.lowest - slack) | (value > meaning.highest + slack)


def unanswered(rules: Rules, known: Known) -> Bools:
    """(N,) runs whose week cannot end, because a card waits that silence does not answer."""
    waits = np.zeros(known.week.shape, dtype=np.bool_)
    for number, card in enumerate(rules.cards):
        if card.silence < 0:
            waits |= known.live & (known.open[number] > 0.0)
    return waits


def _some(found: Iterable[Found]) -> Iterator[Found]:
    return ((breach, mask) for breach, mask in found if mask.any())
