"""From scores in the same worlds to a judgement: which option looked best, what the other one cost, and how sure.

The worlds with even numbers choose the best option; those with odd numbers, which know nothing of that choice, say by
how much it is better. So the loss is not inflated by having picked the luckiest of many (Thaler 1988, Journal of
Economic Perspectives 2:191-202, the winner's curse). Differences are paired, world by world.

Not here: playing (`futures`), and which worlds to play (`evaluate`).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tpmsim.core.arrays import Floats
from tpmsim.debrief.analysis import Mark
from tpmsim.lab.balance.statistics import Z_95, Mean, mean

MARKS: tuple[tuple[Mark, float], ...] = (("blunder", 15.0), ("mistake", 10.0), ("inaccuracy", 5.0))
"""assumption: points of W from which a loss has a name."""

BAD_MARKS: tuple[Mark, ...] = tuple(mark for mark, _ in MARKS)
"""Those of a loss."""

ONLY_MOVE = 10.0
"""assumption: points by which the second best must be worse for the best to be an only move."""

CLOSE = 2.0
"""assumption: standard errors within which two options are not told apart."""

NOTHING = 0.25
"""assumption: points that make no difference, however sure they are."""

TOP_SHARE = 0.1
"""definition: a good gamble adds more risk than nine in ten decisions of the run."""

SLIGHT_RISK = 1.0
"""assumption: points of standard deviation that are no gamble."""


UNSEEN = 6.0
"""assumption: points by which two options may differ in a world of a kind that did not come up."""


def careful(differences: Floats) -> Mean:
    """The mean of paired differences with an error that allows for what no world showed.

    Options often differ in few worlds only, and then by much: a sample without such a world would claim to be sure. Two
    differences of UNSEEN, one each way, are taken to have been seen beside the rest, as Agresti & Coull (1998, The
    American Statistician 52:119-126) do for shares. The mean is left alone.
    """
    plain = mean(differences)
    if plain.of < 2:
        return plain
    squares = float(((differences - plain.value) ** 2).sum()) + 2.0 * UNSEEN * UNSEEN
    return Mean(plain.value, math.sqrt(squares / (plain.of + 1) / plain.of), plain.of)


def t_95(freedom: int) -> float:
    """Half-width of a 95 % interval in standard errors: Student's t, by its expansion about the normal.

    Abramowitz & Stegun 1964, Handbook of Mathematical Functions, 26.7.5; within 0.003 from five degrees on.

    Args:
        freedom: values less one.
    """
    z, v = Z_95, float(max(freedom, 1))
    first = (z**3 + z) / 4.0
    second = (5.0 * z**5 + 16.0 * z**3 + 3.0 * z) / 96.0
    third = (3.0 * z**7 + 19.0 * z**5 + 17.0 * z**3 - 15.0 * z) / 384.0
    return z + first / v + second / v**2 + third / v**3


def half(error: float, of: int) -> float:
    """Half-width of the 95 % interval of a mean of so many values with this error, printed and judged alike."""
    return t_95(of - 1) * error if error > 0.0 else 0.0


@dataclass(frozen=True, slots=True)
class Judged:
    """What the scores say of the option that was chosen.

    Attributes:
        best: place of the option that looked best.
        loss: see `analysis.Decision`; with its standard error and the lower end of its interval.
        error, low: of the loss.
        close: no option can be told from the chosen one.
        only: all others are much worse.
    """

    best: int
    loss: float
    error: float
    low: float
    close: bool
    only: bool

    @property
    def mark(self) -> Mark:
        """The name of the loss, where the evidence supports one."""
        if self.only:
            return "only move"
        for name, points in MARKS:
            if not self.close and self.loss >= points and self.low > 0.0 and self.low >= points / 2.0:
                return name
        return ""


def judged(scores: Sequence[Floats]) -> Judged:
    """Judge the first of some options.

    Args:
        scores: of each option, (n,) points in worlds 0, 1, ...; the chosen one first. Options may have fewer worlds.
    """
    leads = [paired(one, scores[0]) for one in scores]
    best = max(range(len(scores)), key=lambda one: leads[one][0::2].mean() if one else 0.0)
    lost = careful(leads[best][1::2]) if best else Mean(0.0, 0.0, len(scores[0]))
    apart = [careful(lead) for lead in leads[1:]]
    close = all(abs(one.value) <= max(NOTHING, CLOSE * one.error) for one in apart)
    only = best == 0 and bool(apart) and all(_much_worse(careful(lead[1::2])) for lead in leads[1:])
    low = lost.value - half(lost.error, lost.of)
    return Judged(best, max(lost.value, 0.0), lost.error, low, close, only)


def _much_worse(lead: Mean) -> bool:
    """Whether an option trails by much, beyond doubt."""
    return lead.value <= -ONLY_MOVE and lead.value + half(lead.error, lead.of) <= -ONLY_MOVE / 2.0


def paired(one: Floats, other: Floats) -> Floats:
    """(n,) differences in the worlds that both met."""
    count = min(one.shape[0], other.shape[0])
    return one[:count] - other[:count]


def choosing_error(one: Floats, chosen: Floats) -> Mean:
    """How an option compares with the chosen one, by the half that chooses; what is still to be played rests on it."""
    return careful(paired(one, chosen)[0::2])


def gain(after: Floats, before: Floats) -> Mean:
    """Value after less value before, in the worlds that both met."""
    return careful(paired(after, before))


def spread(scores: Floats) -> float:
    """Standard deviation of W over worlds."""
    return float(scores.std(ddof=1)) if scores.shape[0] > 1 else 0.0


def gambles(risks: Mapping[int, float]) -> frozenset[int]:
    """Of decisions with what each added to the spread of W, those in the top tenth."""
    many = math.floor(TOP_SHARE * len(risks))
    highest = sorted(risks, key=lambda one: (-risks[one], one))[:many]
    return frozenset(one for one in highest if risks[one] >= SLIGHT_RISK)


def value(scores: Floats) -> Mean:
    """Mean W with its standard error."""
    return mean(np.asarray(scores))
