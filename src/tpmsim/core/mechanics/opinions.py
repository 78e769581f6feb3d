"""Opinions: what people think of an open decision after they have talked.

Social influence with lasting own views (Friedkin & Johnsen 1999, Advances in Group Processes 16:1-29), one
round a week. Who hears whom is made of the ties and of salience, which is our assumption.

Opinions run from -1 (against) to 1 (for); a vote is yes above 0. Not for satisfaction; that is `appraisal`.
"""

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Floats, Number


def influence_matrix(edges: Floats, salience: Floats, stubbornness: Floats) -> Floats:
    """Row-stochastic W: each row divides what is not stubbornness by tie times salience of the other.

    W_ii is the stubbornness; it is 1 for somebody who hears nobody.

    Args:
        edges: (A, A, ...) how much the row hears the column, 0 or more; the diagonal is ignored.
        salience: (A, ...) weight of each.
        stubbornness: (A, ...) weight of each on their own opinion, 0..1.
    """
    people = edges.shape[0]
    rows = []
    for i in range(people):
        heard = np.stack([edges[i, j] * salience[j] * (1.0 if j != i else 0.0) for j in range(people)])
        loudness = exact.total(heard)
        hears = loudness > 0.0
        own = np.where(hears, stubbornness[i], 1.0)
        row = heard / np.where(hears, loudness, 1.0) * (1.0 - own)
        rows.append(np.stack([own if j == i else row[j] for j in range(people)]))
    return np.stack(rows)


def talk(x: Floats, view: Floats, weights: Floats) -> Floats:
    """Opinions after one round, L_i sum_j W_ij x_j + (1 - L_i) u_i with L_i = 1 - W_ii.

    Friedkin & Johnsen 1999.

    Args:
        x: (A, ...) opinions.
        view: (A, ...) own views u, on which people insist.
        weights: (A, A) or (A, A, ...) W, rows sum to 1.
    """
    people = x.shape[0]
    after = []
    for i in range(people):
        heard = exact.total(np.stack([weights[i, j] * x[j] for j in range(people)]))
        own = weights[i, i]
        after.append((1.0 - own) * heard + own * view[i])
    return np.stack(after)


def evidence_weight(sd_after: Floats, sd_before: Number) -> Floats:
    """Weight of what is known of a matter, 1 - posterior over prior variance (our assumption)."""
    return 1.0 - (sd_after * sd_after) / (sd_before * sd_before)


def share_evidence(view: Floats, trust: Number, weight: Number, evidence: Number) -> Floats:
    """Own view after the player has shown evidence, u + T w (e - u): only the trusted convince.

    Args:
        view: u, -1..1.
        trust: T in the player, 0..1.
        weight: w of the evidence, 0..1.
        evidence: e, what it speaks for, -1..1.
    """
    return view + trust * weight * (evidence - view)
