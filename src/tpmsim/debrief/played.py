"""What was played so far of an evaluation: the scores of each branch, and what they tell of the gains between them.

Not here: what is played next (`doubt`), and playing (`futures`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from tpmsim.core.arrays import Floats
from tpmsim.debrief.chain import Span
from tpmsim.debrief.futures import Branch, Piece
from tpmsim.debrief.judging import gain, paired


@dataclass(slots=True)
class Played:
    """What was played so far; it grows with every round.

    Attributes:
        scores: of each branch, (n,) points in the worlds 0, 1, ...
    """

    scores: dict[Branch, Floats] = field(default_factory=dict)

    def add(self, pieces: Sequence[Piece], points: Sequence[Floats]) -> None:
        """Put the points of some pieces behind those of earlier worlds."""
        for piece, more in zip(pieces, points, strict=True):
            self.scores[piece.branch] = np.concatenate([self.scores.get(piece.branch, np.zeros(0)), more])

    def count(self, branch: Branch) -> int:
        """Worlds in which it was played."""
        return self.scores[branch].shape[0] if branch in self.scores else 0

    def __contains__(self, branch: Branch) -> bool:
        return branch in self.scores

    def __getitem__(self, branch: Branch) -> Floats:
        return self.scores[branch]

    def gain(self, before: Branch, after: Branch) -> float:
        """Value after less value before."""
        return gain(self.scores[after], self.scores[before]).value

    def change(self, spans: Sequence[Span]) -> Floats:
        """(n,) what some spans change together, in the worlds that all of their ends met."""
        parts = [paired(self.scores[after], self.scores[before]) for before, after in spans]
        met = min(part.shape[0] for part in parts)
        changed: Floats = np.stack([part[:met] for part in parts]).sum(axis=0)
        return changed

    def together(self, one: Branch, other: Branch) -> tuple[Floats, Floats]:
        """The points of two branches in the worlds that both met."""
        met = min(self.count(one), self.count(other))
        return self.scores[one][:met], self.scores[other][:met]
