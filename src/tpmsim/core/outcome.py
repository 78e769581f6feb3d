"""How a run has gone: its score W, 0 to 100, the parts of it, and the ending that is told.

W is a weighted sum of the scenario's objectives, each mapped from its own unit to 0..1 between two anchors. Only what
is known counts. Par, luck and calibration are measured elsewhere and never mixed in.
"""

import numpy as np

from tpmsim.core.arrays import Floats, Ints
from tpmsim.core.conditions import holds, rows
from tpmsim.core.mechanics.forecasts import objective, weighted_score
from tpmsim.core.rules import Rules
from tpmsim.core.state import Known

SCORE_UNIT = 1 << 20
"""definition: scores are recorded and summed as whole counts of 1/2**20 point, so that no sum depends on an order."""


def parts(rules: Rules, known: Known) -> Floats:
    """(O, N) how far each objective is met, 0..1."""
    return np.stack([objective(rows(known, one.value), one.worst, one.best) for one in rules.objectives])


def score(rules: Rules, known: Known) -> Floats:
    """(N,) W, 0..100."""
    weights = np.array([one.weight for one in rules.objectives])[:, None]
    return weighted_score(weights, parts(rules, known))


def score_units(rules: Rules, known: Known) -> Ints:
    """(N,) W in whole counts of 1/SCORE_UNIT point, as it is recorded and summed."""
    return np.rint(score(rules, known) * SCORE_UNIT).astype(np.int64)


def ending(rules: Rules, known: Known) -> Ints:
    """(N,) row of the first ending whose condition holds; the last one stands for all else."""
    chosen = np.full(known.week.shape, len(rules.endings) - 1, dtype=np.int64)
    for row in range(len(rules.endings) - 1, -1, -1):
        chosen = np.where(holds(rules.endings[row].when, known), row, chosen)
    return chosen
