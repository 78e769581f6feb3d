"""Opinions: what people think of an open decision after they have talked.

Social influence with lasting own views (Friedkin & Johnsen 1999, Advances in Group Processes 16:1-29), one
round a week. Who hears whom is made of the ties and of salience, which is our assumption.

Opinions run from -1 (against) to 1 (for); a vote is yes above 0. Not for satisfaction; that is `appraisal`.
"""

from dataclasses import replace

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Floats, Number
from tpmsim.core.conditions import holds
from tpmsim.core.flows import Flows
from tpmsim.core.ledger import Trace
from tpmsim.core.rolls import Luck
from tpmsim.core.rules import Rules
from tpmsim.core.state import NOBODY, Known, State, evolve

VIEW_MET, VIEW_TRUST, VIEW_MOOD = 0.6, 0.4, 0.3
"""assumption: what an own view of a gate rests on: requirements met, trust in the player, satisfaction."""


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
    weights = weights.reshape(*weights.shape, *(1,) * (x.ndim + 1 - weights.ndim))
    heard = exact.total(np.moveaxis(weights, 1, 0) * x[:, None])
    own = np.stack([weights[i, i] for i in range(x.shape[0])])
    after: Floats = (1.0 - own) * heard + own * view
    return after


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


def opinions(rules: Rules, state: State, flows: Flows, luck: Luck, trace: Trace) -> State:
    """Stakeholders talk about the coming gate: one round along the edges of influence."""
    view = views(rules, state.known)
    talked = talk(state.known.talked, view, rules.people.influence)
    opinion = talk(state.hidden.opinion, view + state.truth.lean, rules.people.influence)
    return replace(
        state,
        known=evolve(state.known, talked=talked),
        hidden=evolve(state.hidden, opinion=opinion),
    )


def views(rules: Rules, known: Known) -> Floats:
    """(A, N) own view of the coming gate, private leanings aside: what is met, trust, satisfaction, evidence."""
    met = requirements_met(rules, known)
    asked = requirements_asked(rules, known)
    evidence = np.where(known.promising > 0.0, 1.0, -1.0)
    weighty = evidence_weight(known.doubt, prior_doubt(rules, known))
    weight, kept = np.zeros(known.trust.shape), np.zeros(known.trust.shape)
    for cares, here, holding in zip(rules.people.cares.T, asked, met, strict=False):
        if here.any():
            minded = cares[:, None] * here
            weight, kept = weight + minded, kept + minded * holding
    share = np.where(weight > 0.0, kept / np.maximum(weight, 1e-9), 1.0)
    view = VIEW_MET * (2.0 * share - 1.0) + VIEW_TRUST * (2.0 * known.trust - 1.0)
    view = view + VIEW_MOOD * known.satisfaction
    return share_evidence(view, known.trust, known.evidence * weighty, evidence)


def requirements_met(rules: Rules, known: Known) -> Floats:
    """(G, N) 1 where a requirement holds, gates in the order of the stages."""
    every = [holds(item.holds, known) for gate in rules.gates for item in gate]
    return np.where(np.stack(every), 1.0, 0.0) if every else np.zeros((1, known.week.shape[0]))


def requirements_asked(rules: Rules, known: Known) -> Floats:
    """(G, N) 1 where the requirement belongs to the present stage's gate."""
    stages = [stage for stage, gate in enumerate(rules.gates) for _ in gate]
    return np.where(np.array(stages or [NOBODY])[:, None] == known.stage, 1.0, 0.0)


def prior_doubt(rules: Rules, known: Known) -> Floats:
    """(N,) standard deviation of the worth of the chosen problem before anybody was asked; 1 without one."""
    before = rules.worth.sd[np.maximum(known.target, 0), np.maximum(known.problem, 0)]
    return np.where((known.target >= 0) & (known.problem >= 0), before, 1.0)


def settled(rules: Rules, lean: Floats) -> Floats:
    """(A, N) what private leanings add to everybody's opinion once all have talked for long."""
    return exact.total(rules.people.settled.T[:, :, None] * lean[:, None])
