"""Random play: any legal move, and now and then the end of the week. The floor under every policy."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tpmsim.core.arrays import Bools, Ints
from tpmsim.core.rolls import Luck
from tpmsim.core.rules import Rules
from tpmsim.core.state import Known
from tpmsim.lab.legality import Legality
from tpmsim.lab.policy import END, source_digest

ENOUGH = 0.15
"""Chance, before each move, that the week is left as it is."""


@dataclass(frozen=True, slots=True)
class Dice:
    """Random play in one scenario.

    Attributes:
        legality: what the moves of the scenario ask.
        open_in: (M, stages) where each move may be made.
    """

    legality: Legality
    open_in: Bools

    def choose(self, known: Known, luck: Luck, step: int) -> Ints:
        """Each legal move with the same chance; the draw belongs to the run, the week and the step."""
        rows = np.flatnonzero(self.open_in[:, np.unique(known.stage)].any(axis=1))
        may = self.legality.table(known, rows)
        u = luck.uniform("policy:random", f"{luck.week}-{step}")
        number = np.cumsum(may, axis=0)
        count = number[-1]
        place = np.floor((u - ENOUGH) / (1.0 - ENOUGH) * count) + 1.0
        chosen = rows[np.argmax(may & (number == place), axis=0)]
        return np.where((u < ENOUGH) | (count == 0), END, chosen)


@dataclass(frozen=True)
class Random:
    """The policy `random`."""

    id: str = "random"

    def bind(self, rules: Rules) -> Dice:
        """Random play, with what may be done in which stage."""
        return Dice(Legality.of(rules), np.array([move.stages for move in rules.moves]))

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the id and the source."""
        return source_digest(self.id, __name__)


RANDOM = Random()
