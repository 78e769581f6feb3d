"""Defects: what new code brings with it, and what gets past review and test.

COQUALMO (Chulani & Boehm 1999, USC-CSE-99-510; Boehm et al. 2000, ch. 5): each artifact brings in defects by its size,
and three activities at levels VL to XH each remove a share of what is there. In function points instead: potential
and removal by Jones (2007, 2008).

Not for work that is wrong and comes back before it ships (`rework`), nor for what defects do to customers
(`incidents`).
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Floats, Number
from tpmsim.core.flows import Flows
from tpmsim.core.ledger import Trace
from tpmsim.core.rolls import Luck
from tpmsim.core.rules import Rules
from tpmsim.core.state import State, evolve
from tpmsim.core.world import ARTIFACTS

INTRODUCED: Mapping[str, float] = MappingProxyType({"requirements": 10.0, "design": 20.0, "code": 30.0})
"""pub (Chulani & Boehm 1999): defects brought in by a thousand lines, nominal drivers."""

ACTIVITIES = ("automated_analysis", "peer_reviews", "execution_testing")
"""pub (Chulani & Boehm 1999): what removes defects."""

REMOVED: Mapping[str, tuple[tuple[float, ...], ...]] = MappingProxyType(
    {
        "requirements": (
            (0.0, 0.0, 0.10, 0.27, 0.34, 0.40),
            (0.0, 0.25, 0.40, 0.50, 0.58, 0.70),
            (0.0, 0.23, 0.40, 0.50, 0.57, 0.60),
        ),
        "design": (
            (0.0, 0.0, 0.13, 0.28, 0.44, 0.50),
            (0.0, 0.28, 0.40, 0.54, 0.70, 0.78),
            (0.0, 0.23, 0.43, 0.54, 0.65, 0.70),
        ),
        "code": (
            (0.0, 0.10, 0.20, 0.30, 0.48, 0.55),
            (0.0, 0.30, 0.48, 0.60, 0.73, 0.83),
            (0.0, 0.38, 0.58, 0.69, 0.78, 0.88),
        ),
    }
)
"""pub (Chulani & Boehm 1999): share removed, by activity and by level VL to XH."""

POTENTIAL: Mapping[str, float] = MappingProxyType(
    {"requirements": 1.0, "design": 1.25, "code": 1.75, "documents": 0.6, "bad fixes": 0.4}
)
"""pub (Jones 2007, 2008): defects brought in by a function point, averages of the United States."""

EFFICIENCY: Mapping[str, float] = MappingProxyType(
    {"requirements": 0.77, "design": 0.85, "code": 0.95, "documents": 0.80, "bad fixes": 0.70}
)
"""pub (Jones 2007, 2008): share of them removed before delivery."""


def removal(artifact: str, activity: int, level: Number) -> Floats:
    """Share of the defects of an artifact that an activity removes at a level 0 (VL) to 5 (XH), linear between."""
    return exact.interpolate(level, [0.0, 1.0, 2.0, 3.0, 4.0, 5.0], REMOVED[artifact][activity])


def escaped(artifact: str, ksloc: Number, automated: Number, reviews: Number, testing: Number) -> Floats:
    """Defects of an artifact left in so much code, DI ksloc prod_i (1 - DRF_i) (Chulani & Boehm 1999).

    Args:
        artifact: one of INTRODUCED.
        ksloc: thousand lines written.
        automated: level of automated analysis, 0 to 5.
        reviews: level of peer reviews.
        testing: level of execution testing.
    """
    left: Number = INTRODUCED[artifact] * ksloc
    for activity, level in enumerate((automated, reviews, testing)):
        left = left * (1.0 - removal(artifact, activity, level))
    return np.asarray(left)


def delivered(potential: Number, efficiency: Number) -> Number:
    """Defects of a function point that reach customers, potential (1 - efficiency) (Jones 2007)."""
    return potential * (1.0 - efficiency)


def defects(rules: Rules, state: State, flows: Flows, luck: Luck, trace: Trace) -> State:
    """What is written this week brings defects; those that pass review and test at the team's level stay in it.

    At the usual error rate: a feature's own rate is hidden and multiplies them (`incidents`).
    """
    if not flows.work.any():
        return state
    known = state.known
    level = rules.team.checks[known.profile]
    estimated = np.where(known.nominal > 0.0, known.nominal, 1.0)
    written = rules.backlog.ksloc[:, None] * flows.work / estimated
    new = np.stack([escaped(artifact, 1.0, level, level, level) for artifact in ARTIFACTS])
    return replace(state, known=evolve(known, latent=known.latent + new[:, None] * written))
