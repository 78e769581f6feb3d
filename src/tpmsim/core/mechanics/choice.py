"""Choice: ours, a rival's, or none, and what a fulfilled need does to the wish to buy.

Multinomial logit (McFadden 1974; Train 2009, Discrete Choice Methods with Simulation) over satisfaction
curves of the Kano model (Kano et al. 1984; Berger et al. 1993; curves of Wang & Ji 2010, IJQRM 27:173-184).
Rivals move at random times with a constant hazard, which is our assumption.

Alternatives of equal standing only: a rival that copies us would need a nested logit. Not for when people
enter the category; that is `adoption`.
"""

from dataclasses import replace

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Floats, Ints, Number
from tpmsim.core.flows import Flows
from tpmsim.core.ledger import Trace
from tpmsim.core.readings import effort_of
from tpmsim.core.rolls import Luck
from tpmsim.core.rules import Function, RivalMove, Rules
from tpmsim.core.state import Known, State, evolve

PRICE_ELASTICITY = -2.62
"""pub (Bijmolt, van Heerde & Pieters 2005, JMR 42:141-156): mean of 1,851 price elasticities."""

KANO = ("attractive", "one_dimensional", "must_be")
"""definition: kinds of need, in the order in which arrays number them."""

ATTRACTIVE, ONE_DIMENSIONAL, MUST_BE = 0, 1, 2
"""definition: their numbers."""

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

SPILL = 0.25
"""assumption: share of the newcomers of a segment that we do not aim at who hear of us all the same."""

PRICE_STEP = 0.7
"""assumption: appeal that a lower price of a rival adds, over that of a new feature."""

CLAIM_STEP = 1.5
"""assumption: appeal that a claim of a rival adds at first, over that of a new feature."""

CLAIM_FADES = 0.125
"""assumption: share of that lost a week."""

WEEKS_A_YEAR = 52.0
"""definition: weeks of a year."""

NEVER = 1_000_000
"""definition: weeks that no run lasts."""


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
    late, early, rise = kind == ATTRACTIVE, kind == MUST_BE, x
    e = exact.exp(1.0)
    if early.any():
        rise = np.where(early, e * (1.0 - exact.exp(-x)) / (e - 1.0), rise)
    if late.any():
        rise = np.where(late, (exact.exp(x) - 1.0) / (e - 1.0), rise)
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


def rival_kind(u: Floats, shares: Floats) -> Ints:
    """A RivalMove by the shares of its kinds.

    Args:
        u: uniform draw.
        shares: (3,) of feature, price and claim; they sum to 1.
    """
    later = np.where(u >= shares[0] + shares[1], RivalMove.CLAIM, RivalMove.PRICE)
    kind: Ints = np.where(u < shares[0], RivalMove.FEATURE, later).astype(np.int64)
    return kind


def choice(rules: Rules, state: State, flows: Flows, luck: Luck, trace: Trace) -> State:
    """Newcomers choose between us, the rivals and nothing; those who choose us sign up as this week's cohort."""
    state = _rivals_move(rules, state, luck)
    known, week = state.known, state.week
    opened = wave_share(rules, known) * effort_of(rules, known, Function.SELL)
    cohort, claims, prices = known.cohort.copy(), known.cohort_claim.copy(), known.cohort_price.copy()
    expectation, appeal = state.hidden.expectation.copy(), np.zeros(known.lost.shape)
    signed = np.zeros(known.lost.shape)
    if opened.any():
        felt = satisfied(rules, flows.expected)
        for s in range(len(rules.segments)):
            ours = shares(utilities(rules, state, flows.expected, s, felt))[0]
            signed[s] = flows.adopters[s] * ours * opened * reach(known, s)
            cohort[s, week] = cohort[s, week] + signed[s]
            expectation[s, week] = np.where(signed[s] > 0.0, flows.expectation[s], expectation[s, week])
            appeal[s] = np.where(signed[s] > 0.0, exact.total(state.truth.worth[s] * felt), 0.0)
    claims[week], prices[week] = known.claim, known.price
    signing = np.where(signed > 0.0, 1.0, 0.0)
    known = evolve(known, cohort=cohort, cohort_claim=claims, cohort_price=prices)
    known = evolve(known, appeal=appeal, signing=signing)
    if trace.on:
        trace.mark("customers", "sign-ups", known.customers)
    return replace(state, known=known, hidden=evolve(state.hidden, expectation=expectation))


def reach(known: Known, s: int) -> Floats:
    """(N,) share of a segment's newcomers who hear of us: all where it is the target, else some (assumption)."""
    return np.where(known.target == s, 1.0, SPILL)


def utilities(rules: Rules, state: State, fulfilment: Floats, s: int, felt: Floats | None = None) -> Floats:
    """(K, N) utility of us, each rival and no product at all, in segment s; `felt` is `satisfied` if it is at hand."""
    felt = satisfied(rules, fulfilment) if felt is None else felt
    known, market = state.known, rules.market
    dearer = known.price - rules.money.price
    ours = utility(state.truth.worth[s], felt, dearer, market.price_slope[s], known.brand[s])
    gains = known.rival_gain + known.rival_claim
    rivals = [market.rival_pull[r, s] + gains[r] for r in range(len(rules.rivals))]
    return np.stack([ours, *rivals, np.zeros(state.size)])


def satisfied(rules: Rules, fulfilment: Floats) -> Floats:
    """(D, N) `kano_curve` of every need at the (D, N) fulfilment of each."""
    worth, felt = rules.worth, np.empty(fulfilment.shape)
    for kind in range(len(KANO)):
        rows = np.flatnonzero(worth.kano == kind)
        if rows.shape[0]:
            felt[rows] = kano_curve(kind, fulfilment[rows], worth.better[rows, None], worth.worse[rows, None])
    return felt


def wave_share(rules: Rules, known: Known) -> Floats:
    """(N,) share of the sign-ups that the last opened wave lets in."""
    ladder = np.array((0.0, *rules.market.waves))
    return np.where(rules.sells[known.stage], ladder[known.wave], 0.0)


def rival_wait(rules: Rules, luck: Luck, row: int, stream: str = "rival:wait") -> Floats:
    """(N,) whole weeks until a rival's next move; it has no memory."""
    u = luck.uniform(stream, rules.rivals[row])
    return rival_due(u, float(rules.market.rival_hazard[row])).astype(np.float64)


def _rivals_move(rules: Rules, state: State, luck: Luck) -> State:
    """A rival whose week has come gains appeal: for good by a feature or a price, for a while by a claim.

    Then its next move is drawn.
    """
    known, hidden = state.known, state.hidden
    gain, due, seen = known.rival_gain.copy(), hidden.rival_due.copy(), known.rival_seen.copy()
    claim, did = known.rival_claim * (1.0 - CLAIM_FADES), np.zeros(known.rival_did.shape, dtype=np.int64)
    for r, rival in enumerate(rules.rivals):
        moved = due[r] <= known.week
        if not moved.any():
            continue
        kind = rival_kind(luck.uniform("rival:kind", rival), rules.market.rival_kinds[:, r])
        step = float(rules.market.rival_step[r])
        lasting = np.where(kind == RivalMove.FEATURE, step, np.where(kind == RivalMove.PRICE, PRICE_STEP * step, 0.0))
        gain[r] = np.where(moved, gain[r] + lasting, gain[r])
        claim[r] = np.where(moved & (kind == RivalMove.CLAIM), claim[r] + CLAIM_STEP * step, claim[r])
        did[r] = np.where(moved, kind, RivalMove.NONE)
        due[r] = np.where(moved, known.week + rival_wait(rules, luck, r), due[r])
        seen[r] = np.where(moved, 0.0, seen[r])
    known = evolve(known, rival_gain=gain, rival_seen=seen, rival_claim=claim, rival_did=did)
    return replace(state, known=known, hidden=evolve(hidden, rival_due=due))
