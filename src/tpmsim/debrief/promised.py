"""Words of promises on their way: each is a forecast about the week that it named, given once and judged once.

A promise that is put off, or taken back, does not take back what was said before: the word given first is still held
against whether the feature was complete in its week. Of a week only the last word counts: nobody acts before it ends.
"""

from collections.abc import Sequence

import numpy as np

from tpmsim.core.arrays import Ints
from tpmsim.core.state import Known
from tpmsim.debrief.analysis import Word


class Promised:
    """The words of many runs, week by week.

    Args:
        features: ids.
        runs: how many there are.
    """

    def __init__(self, features: Sequence[str], runs: int) -> None:
        self._features = features
        self._open: dict[int, list[tuple[int, int, float]]] = {}
        self._judged: list[list[Word]] = [[] for _ in range(runs)]

    def given(self, places: Ints, start: Known, said: Known) -> None:
        """What was said in a week, all its moves made: promises that are new, or are for another week than before.

        Args:
            places: (N,) numbers of the runs.
            start: when the week began; a run takes on what was promised before its first week.
            said: when its moves were made.
        """
        stood = np.where(start.week == 0, 0, start.due)
        later = said.due + np.maximum(said.moved, 0.0).astype(np.int64)
        named = np.where((said.due > 0) & (said.moved >= 0.0), later, 0)
        new = (named > 0) & ((named != stood) | (said.word != start.word))
        for j, column in np.argwhere(new).tolist():
            one = (int(places[column]), j, round(float(said.word[j, column]), 6))
            self._open.setdefault(int(named[j, column]), []).append(one)

    def came(self, places: Ints, after: Known, week: int) -> None:
        """What came in a week: words that named it are judged, those of runs that are no longer there left open.

        Args:
            places: (N,) numbers of the runs.
            after: when the week had ended.
            week: its number.
        """
        column = {int(place): at for at, place in enumerate(places)}
        for due in sorted(one for one in self._open if one <= week):
            for place, j, word in self._open.pop(due):
                if place in column:
                    kept = bool(after.complete[j, column[place]] > 0.0)
                    self._judged[place].append(Word(week, self._features[j], due, word, kept))

    def judged(self, place: int) -> tuple[Word, ...]:
        """The words of a run that have been judged so far."""
        return tuple(self._judged[place])
