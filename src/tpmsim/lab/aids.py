"""Aids of the trade, worked out from beliefs: what a question is worth, what waiting costs, in which order to work.

Value of information (Raiffa & Schlaifer 1961), cost of delay over duration (Smith 1956; Reinertsen 2009), RICE (McBride
2016). Aids, never the truth: they know what the player may know, and each leaves out what the others see.
"""

from dataclasses import dataclass

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Floats
from tpmsim.core.mechanics.estimates import plan_work
from tpmsim.core.mechanics.finance import RICE_CONFIDENCE, RICE_IMPACT, rice, wsjf
from tpmsim.core.mechanics.instruments import effort_belief
from tpmsim.core.observe import PERSON_WEEK
from tpmsim.core.rules import Rules
from tpmsim.core.state import Known
from tpmsim.game.wording.beliefs import SURE
from tpmsim.lab.policies.evidence import cost_of_delay
from tpmsim.lab.policies.inquiry import prices, questions, values, wanted
from tpmsim.lab.policies.planning import build_weeks
from tpmsim.lab.policy import Book

MONTH_WEEKS = 52.0 / 12.0
"""definition: weeks of a month."""

SHORTEST = 0.1
"""assumption: weeks below which no feature is taken to be built; else what is nearly done would count without end."""

IMPACT_FROM = ((0.95, "massive"), (0.55, "high"), (0.2, "medium"), (0.1, "low"), (0.0, "minimal"))
"""assumption: worth from which each impact of RICE is read; a worth of 0 or less has none."""

CONFIDENCE_BELOW = tuple(zip((width for width, _ in SURE), ("high", "medium"), strict=True))
"""assumption: half-widths of an 80 % interval below which a confidence of RICE is read; see `SURE`."""

NO_IMPACT = ("none", 0.0)
"""assumption: impact of what nobody is known to want."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that belongs to the present stage.

    Attributes:
        move: id of its move.
        value: weeks of building that one more use is likely to save.
        price: what its hours and its money are worth, in the same unit.
        wanted: whether it is a new source where a gate to come, or the score, counts sources.
    """

    move: str
    value: float
    price: float
    wanted: bool

    @property
    def weeks(self) -> float:
        """Value less price."""
        return self.value - self.price


@dataclass(frozen=True, slots=True)
class Rice:
    """A RICE score and what it is made of.

    Attributes:
        reach: people who may still choose, or have chosen us, in segments that are believed to want it.
        impact, confidence: word and value on the published scales.
        effort: person-months that are left.
        score: reach x impact x confidence / effort.
    """

    reach: float
    impact: tuple[str, float]
    confidence: tuple[str, float]
    effort: float
    score: float


@dataclass(frozen=True, slots=True)
class Job:
    """A feature that is not complete.

    Attributes:
        feature: its id.
        planned: whether it is in the plan.
        weeks: of building, as believed.
        delay: what a week's delay costs, as a share of the dearest one.
        urgency: cost of delay over duration, as a share of the most urgent one.
        rice: its RICE.
        best: its RICE score as a share of the highest one.
    """

    feature: str
    planned: bool
    weeks: float
    delay: float
    urgency: float
    rice: Rice
    best: float


def asked(rules: Rules, known: Known) -> tuple[Asked, ...]:
    """What each question is worth in one run, the most gainful first; those of other stages are left out."""
    found = questions(Book(rules))
    stage = int(known.stage[0])
    here = tuple(one for one in found if rules.moves[one.row].stages[stage])
    if not here:
        return ()
    value = values(rules, known, here)[:, 0]
    hours, money = prices(rules, known, here)
    price = (hours + money)[:, 0]
    new = wanted(rules, known, here)[:, 0] > 0.0
    told = [
        Asked(rules.moves[one.row].id, float(value[q]), float(price[q]), bool(new[q])) for q, one in enumerate(here)
    ]
    return tuple(sorted(told, key=lambda one: -one.weeks))


def jobs(rules: Rules, known: Known) -> tuple[Job, ...]:
    """What is not built yet in one run, most urgent first."""
    rows = [j for j in range(len(rules.features)) if known.complete[j, 0] <= 0.0]
    if not rows:
        return ()
    weeks = np.maximum(build_weeks(rules, known)[:, 0], SHORTEST)
    delay = cost_of_delay(rules, known)[:, 0]
    urgency, scores = wsjf(delay, weeks), _rice(rules, known)
    most = [float(part[rows].max()) for part in (delay, urgency)]
    best = max(scores[j].score for j in rows)
    made = [
        Job(
            rules.features[j],
            bool(known.committed[j, 0] > 0.0),
            float(weeks[j]),
            _of(float(delay[j]), most[0]),
            _of(float(urgency[j]), most[1]),
            scores[j],
            _of(scores[j].score, best),
        )
        for j in rows
    ]
    return tuple(sorted(made, key=lambda one: -one.urgency))


def _rice(rules: Rules, known: Known) -> list[Rice]:
    """Of every feature. What it is worth is averaged over the people whom it reaches; so is the doubt about it."""
    served, found = rules.backlog.serves[:, None], known.found[:, 0]
    worth = exact.total(np.moveaxis(served * (known.mean[..., 0] * found), 2, 0))
    spread = served * (known.sd[..., 0] * found)
    width = exact.Z_80 * np.sqrt(exact.total(np.moveaxis(spread * spread, 2, 0)))
    people = rules.market.size * (1.0 - known.share[:, 0]) + known.segment_customers[:, 0]
    reached = np.where(worth > 0.0, people, 0.0)
    reach = exact.total(reached.T)
    per = np.maximum(reach, 1e-9)
    impact, doubt = (exact.total((reached * part).T) / per for part in (worth, width))
    return [
        _scored(float(reach[j]), float(impact[j]), float(doubt[j]), effort)
        for j, effort in enumerate(_months(rules, known).tolist())
    ]


def _scored(reach: float, worth: float, width: float, effort: float) -> Rice:
    impacts, confidences = dict(RICE_IMPACT), dict(RICE_CONFIDENCE)
    word = next(word for least, word in IMPACT_FROM if worth >= least)
    impact = (word, impacts[word]) if reach > 0.0 else NO_IMPACT
    sure = next((word for most, word in CONFIDENCE_BELOW if width < most), "low")
    confidence = (sure, confidences[sure])
    score = float(rice(np.asarray(reach), impact[1], confidence[1], effort))
    return Rice(reach, impact, confidence, effort, score)


def _months(rules: Rules, known: Known) -> Floats:
    """(J,) person-months that are left of each feature, as believed."""
    ratio, _ = effort_belief(rules, known)
    guess = np.where(known.nominal > 0.0, known.nominal, plan_work(rules, known)) * exact.exp(ratio)
    weeks = guess * known.kept * (1.0 - known.reported) / PERSON_WEEK
    months: Floats = np.maximum(weeks[:, 0], SHORTEST) / MONTH_WEEKS
    return months


def _of(value: float, most: float) -> float:
    return max(value, 0.0) / most if most > 0.0 else 0.0
