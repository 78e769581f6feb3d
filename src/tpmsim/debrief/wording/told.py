"""What the words of a debrief are made of: a run at its end, its analysis, and how the one who judged is called."""

from dataclasses import dataclass

from tpmsim.debrief.analysis import Analysis
from tpmsim.game.past import Past
from tpmsim.game.replay import Replayed
from tpmsim.game.view import View
from tpmsim.lab.policies import reference
from tpmsim.text import shown

DIGEST = 8
"""Characters of a short digest."""


@dataclass(frozen=True, slots=True)
class Told:
    """A run and what is said of it.

    Attributes:
        run: replayed.
        past: the same as it lay before its player, at its end.
        analysis: of the run.
    """

    run: Replayed
    past: Past
    analysis: Analysis

    @classmethod
    def of(cls, run: Replayed, analysis: Analysis) -> "Told":
        """What the words of this debrief are made of."""
        past = Past(run)
        past.go(past.stops - 1)
        return cls(run, past, analysis)

    @property
    def view(self) -> View:
        """Words of the scenario."""
        return self.past.view

    @property
    def judge(self) -> str:
        """The evaluator within a sentence."""
        name = self.analysis.evaluator.id
        return "the reference policy" if name == reference().id else f"the policy {shown(name)}"

    @property
    def evaluator(self) -> str:
        """The evaluator with everything by which it can be found again."""
        one = self.analysis.evaluator
        named = shown(one.id) if one.id != reference().id else f"{one.id} (the reference policy)"
        return f"{named}, digest {shown(one.digest[:DIGEST])}, rules {one.rules}, up to {one.n} futures an option"
