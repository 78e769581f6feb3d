"""A class in words: what decisions, answers, endings and numbers are called, for every page about it."""

from tpmsim.debrief.cohort import Cohort
from tpmsim.debrief.forks import Fork
from tpmsim.debrief.steps import SILENCE
from tpmsim.debrief.wording.decisions import MATTERS
from tpmsim.game.view import View
from tpmsim.game.wording.prose import line_of, shortened, spoken

QUESTION = 90
"""Characters of a question, with who asks it."""

NONE_COUNTS = "No run here counts"
"""In place of a title, where every run is left out."""

KINDS = {
    "gate": "Gate at the end of {}",
    "promise": "Promise: {}",
    "word": "After promising: {}",
    "scope": "Scope of {}",
    "team": "Team: {}",
}


class ClassWords:
    """Words for one class; ids where its scenario could not be read.

    Args:
        one: the class.
    """

    def __init__(self, one: Cohort) -> None:
        self._view = View(one.loaded) if one.loaded is not None else None
        self._scenario = one.loaded.scenario if one.loaded is not None else None
        self.title = self._scenario.title.plain() if self._scenario else one.scenario or NONE_COUNTS

    def question(self, fork: Fork) -> str:
        """What was to be decided."""
        if self._scenario is None or self._view is None:
            return spoken(f"{fork.kind} {fork.about}")
        if fork.kind == "card":
            if fork.about not in self._scenario.cards:
                return spoken(f"{fork.kind} {fork.about}")
            asked = f"{self._view.speaker(fork.about)}: {line_of(self._scenario.cards[fork.about].says)}"
            return shortened(asked, QUESTION)
        titles = self._view.titles
        about = titles.stage(fork.about) if fork.kind == "gate" else fork.about
        if fork.kind in ("promise", "word", "scope"):
            about = titles.feature(fork.about)
        return KINDS[fork.kind].format(about) if fork.kind in KINDS else MATTERS.get(fork.kind) or spoken(fork.kind)

    def answer(self, move: str) -> str:
        """What somebody chose."""
        if move == SILENCE:
            return "no answer"
        return self._view.label(move) if self._view is not None else spoken(move)

    def ending(self, name: str) -> str:
        """How a run is told to have ended."""
        known = self._scenario is not None and name in self._scenario.endings
        return self._scenario.endings[name].title.plain() if known and self._scenario is not None else spoken(name)

    def number(self, name: str) -> str:
        """What a visible number is called."""
        return self._view.figures.title(name) if self._view is not None else spoken(name)

    def objective(self, name: str) -> str:
        """What an objective asks for."""
        return line_of(self._scenario.objectives[name].says) if self._scenario is not None else spoken(name)
