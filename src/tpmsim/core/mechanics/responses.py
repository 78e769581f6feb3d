"""Responses: leave, let things slide, speak up, or stand by us.

Exit, voice, loyalty (Hirschman 1970) and neglect (Rusbult, Farrell, Rogers & Mainous 1988, Academy of
Management Journal 31:599-627), as a logit over satisfaction, investment and alternatives. One uniform draw
decides, in the order exit, neglect, voice, loyalty: a shown intent happens unless its cause has changed,
since the same draw is used again.

The signs are theirs, the sizes ours. Not for how satisfaction comes about; that is `appraisal`.
"""

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Floats, Ints, Number

RESPONSES = ("exit", "neglect", "voice", "loyalty")
"""The responses, in the order of axis 0: more satisfaction only moves a draw towards the end."""

COEFFICIENTS = (
    (-4.0, -3.0, -0.5, 0.7),
    (-0.5, -3.0, -0.5, 0.0),
    (2.0, 3.0, 0.5, 0.7),
    (3.0, 3.0, 0.5, -0.7),
)
"""assumption (signs pub, Rusbult et al. 1988): constant, satisfaction, investment, alternatives, by response.

Steeper in satisfaction and with higher constants of voice and loyalty than the first sketch of the model:
there a sponsor of neutral satisfaction would leave by chance in about 5 % of the runs of 26 weeks, where
below 1 % is wanted. Now it is 0.6 % with investment 1 and no alternatives; with one half of both it is
1.6 %, and 0.9 % from satisfaction 0.1 on.
"""


def logits(sat: Floats, investment: Number, alternatives: Number) -> Floats:
    """(4, ...) inclination to each response, in the order of RESPONSES.

    Args:
        sat: satisfaction, -1..1.
        investment: what leaving would forfeit, 0..1.
        alternatives: how good the other options are, 0..1.
    """
    return np.stack([c + s * sat + v * investment + a * alternatives for c, s, v, a in COEFFICIENTS])


def probabilities(inclination: Floats) -> Floats:
    """(4, ...) probabilities of the responses, the logit of `logits`."""
    top = inclination[0]
    for row in inclination[1:]:
        top = np.maximum(top, row)
    weight = exact.exp(inclination - top)
    return weight / exact.total(weight)


def choose(u: Floats, chances: Floats) -> Ints:
    """Number in RESPONSES of the cell of the cumulated probabilities that holds u.

    Args:
        u: uniform draw, kept with the person until the intent is carried out.
        chances: (4, ...) of `probabilities`.
    """
    edge = chances[0]
    cell: Ints = (u >= edge) * 1
    for share in chances[1:-1]:
        edge = edge + share
        cell = cell + (u >= edge)
    return cell
