"""How far a player's stated confidence can be believed: promises as yes/no forecasts, ranges of numbers as intervals.

The word of a promise is a forecast with a probability. Promises that were withdrawn, or had not come due when the run
ended, say nothing.
"""

import numpy as np

from tpmsim.core.mechanics.forecasts import average, brier, interval_score, murphy
from tpmsim.debrief.analysis import Calibration, Range, Word
from tpmsim.game.events import events
from tpmsim.game.replay import Replayed

CAME_DUE = ("promise-kept", "promise-broken")


def calibration(run: Replayed) -> Calibration:
    """Of one replayed run."""
    words, ranges = _words(run), _ranges(run)
    covered = sum(one.low <= one.came <= one.high for one in ranges) / len(ranges) if ranges else None
    if not words:
        return Calibration((), None, 0.0, 0.0, 0.0, ranges, covered)
    stated, kept = np.array([one.confidence for one in words]), np.array([float(one.kept) for one in words])
    score, parts = average(brier(stated, kept)), murphy(stated, kept)
    reliability, resolution, uncertainty = (float(part) for part in parts)
    return Calibration(words, float(score), reliability, resolution, uncertainty, ranges, covered)


def _words(run: Replayed) -> tuple[Word, ...]:
    found = []
    rules = run.loaded.rules
    for before, after in run.weeks:
        known = before.state.known
        for event in events(before.observation, after.observation):
            if event.kind in CAME_DUE:
                j = rules.features.index(event.subject)
                word, due = round(float(known.word[j, 0]), 6), int(known.due[j, 0])
                found.append(Word(before.week, event.subject, due, word, event.kind == CAME_DUE[0]))
    return tuple(found)


def _ranges(run: Replayed) -> tuple[Range, ...]:
    """Forecasts against what came, scored in the quanta of their number (Gneiting & Raftery 2007)."""
    came = {before.week: after.observation.numbers for before, after in run.weeks}
    found = []
    for week, one in run.forecasts:
        if week in came and one.name in came[week]:
            value = came[week][one.name]
            score = float(interval_score(np.array(one.low), np.array(one.high), value))
            found.append(Range(week, one.name, one.low, one.point, one.high, value, score))
    return tuple(found)
