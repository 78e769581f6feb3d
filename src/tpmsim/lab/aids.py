"""Aids of the trade, worked out from beliefs: what a question is worth, what waiting costs, in which order to work.

Value of information (Raiffa & Schlaifer 1961), cost of delay over duration (Smith 1956; Reinertsen 2009), RICE (McBride
2016). Aids, never the truth: they know what the player may know, and each leaves out what the others see.
"""

from dataclasses import dataclass

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Floats
from tpmsim.core.mechanics.finance import rice, wsjf
from tpmsim.core.rules import Rules
from tpmsim.core.state import Known
from tpmsim.lab.policies.evidence import cost_of_delay
from tpmsim.lab.policies.inquiry import net_values, questions
from tpmsim.lab.policies.planning import build_weeks, gains
from tpmsim.lab.policy import Book

MONTH_WEEKS = 52.0 / 12.0
"""definition: weeks of a month."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that can be asked: the id of its move, and its value less its price in weeks of building."""

    move: str
    weeks: float


@dataclass(frozen=True, slots=True)
class Job:
    """A feature that is not built yet.

    Attributes:
        feature: its id.
        weeks: of building, as believed.
        delay: what a week's delay costs, as a share of the dearest one.
        urgency: cost of delay over duration, as a share of the most urgent one.
        rice: RICE score, as a share of the highest one; 0 where it is thought to do harm.
    """

    feature: str
    weeks: float
    delay: float
    urgency: float
    rice: float


def asked(rules: Rules, known: Known) -> tuple[Asked, ...]:
    """What each question is worth in one run, dearest first; those of other stages are left out."""
    found = questions(Book(rules))
    stage = int(known.stage[0])
    here = tuple(one for one in found if rules.moves[one.row].stages[stage])
    if not here:
        return ()
    values = net_values(rules, known, here)[:, 0]
    told = [Asked(rules.moves[one.row].id, float(value)) for one, value in zip(here, values, strict=True)]
    return tuple(sorted(told, key=lambda one: -one.weeks))


def jobs(rules: Rules, known: Known) -> tuple[Job, ...]:
    """What is not built yet in one run, most urgent first."""
    weeks = np.maximum(build_weeks(rules, known)[:, 0], 0.1)
    gain, delay = gains(rules, known)[:, 0], cost_of_delay(rules, known)[:, 0]
    urgency = wsjf(delay, weeks)
    reach = np.full(weeks.shape, float(exact.total(rules.market.size)))
    impact = np.maximum(gain, 0.0) / reach
    score = rice(reach, impact, _confidence(rules, known), weeks / MONTH_WEEKS)
    rows = [j for j in range(len(rules.features)) if known.complete[j, 0] <= 0.0]
    made = [
        Job(
            rules.features[j],
            float(weeks[j]),
            _of(float(delay[j]), float(delay[rows].max())),
            _of(float(urgency[j]), float(urgency[rows].max())),
            _of(float(score[j]), float(score[rows].max())),
        )
        for j in rows
    ]
    return tuple(sorted(made, key=lambda one: -one.urgency))


def _confidence(rules: Rules, known: Known) -> Floats:
    """(J,) one less the mean share of the prior doubt that is left about the needs that a feature serves."""
    left = (known.sd[..., 0] / rules.worth.sd).mean(axis=0)
    served = rules.backlog.serves
    doubt = (served * left).sum(axis=1) / np.maximum(served.sum(axis=1), 1e-9)
    sure: Floats = np.maximum(1.0 - doubt, 0.1)
    return sure


def _of(value: float, most: float) -> float:
    return value / most if most > 0.0 else 0.0
