"""Choice: ours, a rival's, or none, and what a fulfilled need does to the wish to buy.

Multinomial logit (McFadden 1974; Train 2009, Discrete Choice Methods with Simulation) over satisfaction
curves of the Kano model (Kano et al. 1984; Berger et al. 1993; curves of Wang & Ji 2010, IJQRM 27:173-184).
Rivals move at random times with a constant hazard, which is our assumption.

Alternatives of equal standing only: a rival that copies us would need a nested logit. Not for when people
enter the category; that is `adoption`.
"""

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Floats, Ints, Number

PRICE_ELASTICITY = -2.62
"""pub (Bijmolt, van Heerde & Pieters 2005, JMR 42:141-156): mean of 1,851 price elasticities."""

KANO = ("attractive", "one_dimensional", "must_be")
"""Kinds of need, in the order in which arrays number them."""

ATTRACTIVE, ONE_DIMENSIONAL, MUST_BE = 0, 1, 2

ANSWERS = ("like", "must-be", "neutral", "live-with", "dislike")
"""pub (Kano et al. 1984): answers to the functional and to the dysfunctional question."""

KANO_CLASSES = ("A", "O", "M", "I", "R", "Q")
"""pub (Kano et al. 1984): attractive, one-dimensional, must-be, indifferent, reverse, questionable."""

KANO_TABLE = (
    (5, 0, 0, 0, 1),
    (4, 3, 3, 3, 2),
    (4, 3, 3, 3, 2),
    (4, 3, 3, 3, 2),
    (4, 4, 4, 4, 5),
)
"""pub (Kano et al. 1984; Berger et al. 1993): class by functional (row) and dysfunctional answer (column)."""

WEEKS_A_YEAR = 52.0
"""Weeks of a year."""

NEVER = 1_000_000
"""Weeks that no run lasts."""


def kano_curve(kind: Ints | int, x: Floats, cs: Number, ds: Number) -> Floats:
    """Satisfaction with a need fulfilled to x, from ds at 0 to cs at 1 (Kano et al. 1984; Wang & Ji 2010).

    One-dimensional: ds + (cs-ds) x; attractive: ds + (cs-ds)(e^x - 1)/(e - 1), late; must-be:
    ds + (cs-ds) e (1 - e^-x)/(e - 1), early.

    Args:
        kind: number of the kind in KANO.
        x: fulfilment, 0..1.
        cs: satisfaction when fully met ("better").
        ds: satisfaction when not met at all ("worse").
    """
    kind = np.asarray(kind)
    e = exact.exp(1.0)
    late = (exact.exp(x) - 1.0) / (e - 1.0)
    early = e * (1.0 - exact.exp(-x)) / (e - 1.0)
    rise = np.where(kind == ATTRACTIVE, late, np.where(kind == MUST_BE, early, x))
    return ds + (cs - ds) * rise


def kano_class(functional: Ints, dysfunctional: Ints) -> Ints:
    """Number in KANO_CLASSES of a pair of answers, each a number in ANSWERS (Kano et al. 1984)."""
    table: Ints = np.asarray(KANO_TABLE)[functional, dysfunctional]
    return table


def better_worse(counts: Floats) -> tuple[Floats, Floats]:
    """Satisfaction when met and when not met, from counts of classes: (A+O)/(A+O+M+I), -(O+M)/(A+O+M+I).

    Berger et al. 1993. Both 0 where nobody gave a usable answer.

    Args:
        counts: (6, ...) answers by class, in the order of KANO_CLASSES.
    """
    attractive, one, must, indifferent = counts[0], counts[1], counts[2], counts[3]
    usable = np.maximum(attractive + one + must + indifferent, 1.0)
    return (attractive + one) / usable, -(one + must) / usable


def utility(worth: Floats, satisfied: Floats, price: Number, slope: Number, pull: Number) -> Floats:
    """Utility of an alternative, sum_j w_j Sat_j + slope price + constant (Train 2009).

    Args:
        worth: (J, ...) worth of the needs.
        satisfied: (J, ...) `kano_curve` of each.
        price: in money.
        slope: utility of one unit of money, below 0; `price_slope`.
        pull: what else speaks for the alternative.
    """
    return exact.total(worth * satisfied) + slope * price + pull


def shares(v: Floats) -> Floats:
    """Shares of the alternatives, exp(V_k)/sum exp(V), with the largest V taken out first (McFadden 1974).

    Args:
        v: (K, ...) utilities.
    """
    top = v[0]
    for row in v[1:]:
        top = np.maximum(top, row)
    weight = exact.exp(v - top)
    return weight / exact.total(weight)


def price_slope(eps: Number, price0: Floats, share0: Number) -> Floats:
    """Utility of one unit of price: the own elasticity, slope price (1-share), is eps at the base point.

    Args:
        eps: own price elasticity, below 0.
        price0: base price.
        share0: share at the base price, below 1.
    """
    return eps / (price0 * (1.0 - share0))


def rival_due(u: Floats, hazard: Number) -> Ints:
    """Whole weeks until the next move of a rival, from 1, by inversion: each week has 1 - exp(-hazard/52).

    Args:
        u: uniform draw, above 0.
        hazard: moves a year; 0 never.
    """
    moves = np.asarray(hazard) > 0.0
    weeks = np.floor(-exact.log(u) * WEEKS_A_YEAR / np.where(moves, hazard, 1.0)) + 1.0
    due: Ints = np.where(moves, np.minimum(weeks, NEVER), NEVER).astype(np.int64)
    return due
