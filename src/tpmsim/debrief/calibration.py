"""How far a player's stated confidence can be believed: promises as yes/no forecasts, ranges of numbers as intervals.

The word of a promise is a forecast with a probability about the week that it named (see `promised`). A word whose week
had not come when the run ended says nothing.
"""

from collections.abc import Sequence

import numpy as np

from tpmsim.core.arrays import Floats
from tpmsim.core.mechanics.forecasts import average, brier, interval_score, murphy
from tpmsim.debrief.analysis import Calibration, Range, Word
from tpmsim.debrief.promised import Promised
from tpmsim.game.records import Forecast
from tpmsim.game.replay import Replayed


def calibration(run: Replayed) -> Calibration:
    """Of one replayed run."""
    words, ranges = _words(run), _ranges(run)
    if not words:
        return Calibration((), None, 0.0, 0.0, 0.0, ranges, covered(ranges))
    reliability, resolution, uncertainty = (float(part) for part in murphy(*_stated_and_kept(words)))
    return Calibration(words, mean_brier(words), reliability, resolution, uncertainty, ranges, covered(ranges))


def mean_brier(words: Sequence[Word]) -> float | None:
    """Mean squared distance of stated confidence and what came (Brier 1950); None of no promises."""
    return float(average(brier(*_stated_and_kept(words)))) if words else None


def covered(ranges: Sequence[Range]) -> float | None:
    """Share of the ranges that tell something that held what came; None of none."""
    told = telling(ranges)
    return sum(map(holds, told)) / len(told) if told else None


def telling(ranges: Sequence[Range]) -> tuple[Range, ...]:
    """Ranges that tell whether their maker knows how much is unsure.

    One without a width that came true does not: a number that could not be otherwise is easily named. One that did not
    come true was too narrow.
    """
    return tuple(one for one in ranges if one.low < one.high or not holds(one))


def holds(one: Range) -> bool:
    """Whether a range held what came."""
    return one.low <= one.came <= one.high


def against(week: int, one: Forecast, came: int) -> Range:
    """A forecast against what came, scored in the quanta of its number (Gneiting & Raftery 2007)."""
    score = float(interval_score(np.array(float(one.low)), np.array(float(one.high)), float(came)))
    return Range(week, one.name, one.low, one.point, one.high, came, score)


def _stated_and_kept(words: Sequence[Word]) -> tuple[Floats, Floats]:
    return np.array([one.confidence for one in words]), np.array([float(one.kept) for one in words])


def _words(run: Replayed) -> tuple[Word, ...]:
    promised, here = Promised(run.loaded.rules.features, 1), np.zeros(1, dtype=np.int64)
    for before, after in run.weeks:
        promised.given(here, before.trail[0].state.known, before.state.known)
        promised.came(here, after.state.known, before.week)
    return promised.judged(0)


def _ranges(run: Replayed) -> tuple[Range, ...]:
    came = {before.week: after.observation.numbers for before, after in run.weeks}
    told = ((week, one) for week, one in run.forecasts if week in came and one.name in came[week])
    return tuple(against(week, one, came[week][one.name]) for week, one in told)
