"""Worlds that fit what is known: Known -> State. Whoever plans or judges by it cannot know more than the player.

For each hidden quantity docs/models.md says its prior, how it is observed, and how it is drawn here given what is
known: exactly where the model is conjugate, else by the approximation named there. Equal Known and equal keys give
equal worlds. That the whole is right is tested by its consequence: on average, luck is zero.
"""

from dataclasses import dataclass

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Floats, Keys
from tpmsim.core.lived import had_at_start, lived_through
from tpmsim.core.mechanics.adoption import pace_belief
from tpmsim.core.mechanics.choice import rival_wait, satisfied
from tpmsim.core.mechanics.instruments import (
    effort_belief,
    evidence_precision,
    leaning_bias,
    measured,
    need_belief,
    posterior,
    report_share,
    sd_after,
)
from tpmsim.core.mechanics.launch import (
    REVIEW_SD,
    expected,
    fulfilled,
)
from tpmsim.core.mechanics.opinions import settled
from tpmsim.core.mechanics.rework import NOTHING, quality
from tpmsim.core.opening import ALMOST, FAR, draw_arrivals, draw_error
from tpmsim.core.rolls import Luck, fork_key
from tpmsim.core.rules import Rules
from tpmsim.core.state import UNBOUNDED, Hidden, Known, State, Truth
from tpmsim.core.world import NOT_SHIPPED

CANDIDATES = 12
"""assumption: products imagined for each world with customers, of which the sign-ups and reviews pick one."""

APART = 1 << 41
"""definition: the forks of a key from which candidates are drawn: never those of rollouts."""

APPEAL_SD = 0.05
"""assumption: error with which an imagined product is held to explain the sign-ups, in utility."""

SWEEPS = 6
"""assumption: rounds of Gibbs sampling after which leanings fit the votes."""

ONE_LEFT = 1.0
"""assumption: defects of a feature below which none fails any more."""

NO_SHARE = 1e-3
"""assumption: share of a leaning in an opinion below which a vote tells nothing of it."""


def imagine(rules: Rules, known: Known, key: Keys) -> State:
    """A world for each run that its player cannot tell from the real one.

    Args:
        rules: the scenario, with the priors.
        known: what is known in N runs.
        key: (N,) keys of the draws; the imagined future is keyed by them too.
    """
    luck = Luck(key, int(known.week.max()))
    product = _product(rules, known, luck)
    truth = Truth(
        worth=product.worth,
        bias=_bias(rules, known, product.worth, luck),
        spike_bias=_spike_bias(rules, known, product.ratio, luck),
        ratio=product.ratio,
        error=product.error,
        pace=_pace(rules, known, luck),
        lean=_lean(rules, known, luck),
        arrives=draw_arrivals(rules, luck, "imagine:trend", known),
    )
    return State(truth, _hidden(rules, known, truth, product, luck), known, key)


@dataclass(frozen=True, slots=True)
class _Product:
    """What the product is and what it is worth, in N imagined worlds; rows as in `Truth` and `Hidden`."""

    worth: Floats
    error: Floats
    ratio: Floats
    good: Floats
    expectation: Floats
    mood: Floats


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What needs are worth given all answers.

    Attributes:
        mean, sd: (S, D, N) of each worth.
        follows: (S, D, N) by how much it moves with the worth in the loudest segment.
        alone: (S, D, N) its standard deviation when that is known.
    """

    mean: Floats
    sd: Floats
    follows: Floats
    alone: Floats


def _product(rules: Rules, known: Known, luck: Luck) -> _Product:
    """Drawn from what is believed; with customers one of several, by how well it fits what these did, said and met.

    Sampling by importance (Rubin 1988, Bayesian Statistics 3:395-402).
    """
    wanted = _wanted(rules, known)
    product, fit = _candidate(rules, known, wanted, luck)
    sold = known.customers > 0.0
    if not sold.any():
        return product
    for number in range(1, CANDIDATES):
        other, weight = _candidate(rules, known, wanted, Luck(fork_key(luck.key, APART + number), luck.week))
        fit = fit + weight
        taken = sold & (luck.uniform("imagine:candidate", str(number)) * fit < weight)
        product = _Product(
            *(np.where(taken, getattr(other, name), getattr(product, name)) for name in _Product.__slots__)
        )
    return product


def _candidate(rules: Rules, known: Known, wanted: _Wanted, luck: Luck) -> tuple[_Product, Floats]:
    """One draw, and (N,) how well it fits sign-ups, reviews and incidents."""
    error = np.maximum(draw_error(rules, luck), _least_error(known))
    ratio = _ratio(rules, known, error, luck)
    good = np.maximum(known.worked - error * known.exposed, 0.0)
    whole = np.maximum(known.nominal * ratio, 1e-9)
    works = known.shipped * np.where(known.nominal > 0.0, good / whole, 0.0)
    worth, fit = _sold(rules, known, wanted, _worth(rules, wanted, luck), works)
    expectation, mood, said = lived_through(rules, known, worth, works, had_at_start(rules, error))
    fit = fit + _met(known, error)
    for s in range(len(rules.segments)):
        miss = (known.sentiment[s] - said[s]) / REVIEW_SD
        fit = fit - np.where(known.segment_customers[s] > 0.0, 0.5 * (miss * miss), 0.0)
    return _Product(worth, error, ratio, good, expectation, mood), exact.exp(fit)


def _met(known: Known, error: Floats) -> Floats:
    """(N,) log of how likely the incidents so far were at these error rates, over the usual ones (Poisson).

    Each is taken to have met the defects that were there when half of the others had gone.
    """
    latent, half = exact.total(known.latent), 0.5 * known.met_in
    stock, usual = np.maximum(error * latent - half, ONE_LEFT), np.maximum(latent - half, ONE_LEFT)
    return exact.total(known.met_in * exact.log(stock / usual) - (error - 1.0) * known.tried)


def _least_error(known: Known) -> Floats:
    """(J, N) error rates below which a feature would have had fewer defects than have failed."""
    return known.met_in / np.maximum(exact.total(known.latent), NOTHING)


def _sold(rules: Rules, known: Known, wanted: _Wanted, worth: Floats, works: Floats) -> tuple[Floats, Floats]:
    """Worth that explains last week's sign-ups (Matheron's rule), and (N,) the log of how likely these were."""
    claim = known.cohort_claim[np.maximum(known.week - 1, 0), np.arange(known.week.shape[0])]
    felt = satisfied(rules, fulfilled(rules, known.shipped * expected(works, claim)))
    worth, fit = worth.copy(), np.zeros(claim.shape)
    for s in range(len(rules.segments)):
        pull = wanted.sd[s] * wanted.sd[s] * felt
        spread = exact.total(pull * felt) + APPEAL_SD * APPEAL_SD
        told = known.signing[s] > 0.0
        missing = known.appeal[s] - exact.total(worth[s] * felt)
        worth[s] = np.where(told, worth[s] + pull * missing / spread, worth[s])
        miss = known.appeal[s] - exact.total(wanted.mean[s] * felt)
        fit = fit - np.where(told, 0.5 * (miss * miss / spread + exact.log(spread)), 0.0)
    return worth, fit


def _wanted(rules: Rules, known: Known) -> _Wanted:
    """The belief, which is all there is to know, but that answers that lean tell of the loudest segment too."""
    row, none = rules.leaning_instrument, np.zeros(known.mean.shape)
    if row < 0:
        return _Wanted(known.mean, known.sd, none, known.sd)
    wanted = _Wanted(known.mean.copy(), known.sd.copy(), none, known.sd.copy())
    for d in range(len(rules.needs)):
        _lean_heard(rules, known, wanted, row, d)
    return wanted


def _lean_heard(rules: Rules, known: Known, wanted: _Wanted, row: int, d: int) -> None:
    """One joint normal of the worths of a need, exactly: the loudest segment's, and each other given that one."""
    loudest = rules.instruments[row].loudest
    prior = rules.worth.mean[loudest, d]
    others = {s: _apart(rules, known, row, s, d) for s in range(len(rules.segments)) if s != loudest}
    if not others:
        return
    hints = np.stack([prior + one.hint for one in others.values()])
    precisions = np.stack([one.precision for one in others.values()])
    mean, sd = posterior(known.mean[loudest, d], known.sd[loudest, d], hints, precisions)
    wanted.mean[loudest, d] = mean
    wanted.sd[loudest, d] = wanted.alone[loudest, d] = sd
    for s, one in others.items():
        wanted.mean[s, d] = one.mean + one.follows * (mean - prior)
        wanted.sd[s, d] = np.sqrt(one.sd * one.sd + one.follows * one.follows * (sd * sd))
        wanted.follows[s, d], wanted.alone[s, d] = one.follows, one.sd


@dataclass(frozen=True, slots=True)
class _Apart:
    """What a need is worth in a segment if the loudest one values it as its prior says, and what that tells of it.

    Attributes:
        mean, sd: (N,) of the worth.
        follows: (N,) by how much the mean moves with the worth in the loudest segment.
        hint: (N,) by how much that one seems to lie above its prior mean.
        precision: (N,) of the hint; 0 where nothing that leans was heard.
    """

    mean: Floats
    sd: Floats
    follows: Floats
    hint: Floats
    precision: Floats


def _apart(rules: Rules, known: Known, row: int, s: int, d: int) -> _Apart:
    """From what the other instruments say, and then from what the leaning one adds as a measurement of both worths."""
    told = measured(rules.instruments[row], s)
    ratio = told.lean / (1.0 - told.lean)
    others = np.where(np.arange(len(rules.instruments))[:, None] == row, 0.0, known.asked[:, s, d])
    mean, sd = need_belief(rules, others, known.heard[:, s, d], s, d)
    precision = evidence_precision(told.bias_sd, told.error, known.asked[row, s, d])
    surprise, after = known.heard[row, s, d] - mean, sd_after(sd, precision)
    share = precision * after * after
    return _Apart(
        mean=mean + share * surprise,
        sd=after,
        follows=-share * ratio,
        hint=surprise / ratio,
        precision=ratio * ratio * precision / (1.0 + sd * sd * precision),
    )


def _worth(rules: Rules, wanted: _Wanted, luck: Luck) -> Floats:
    """The posterior of the normal model, exactly."""
    lanes = tuple(f"{segment}/{need}" for segment in rules.segments for need in rules.needs)
    z = luck.normals("imagine:worth", lanes).reshape(wanted.mean.shape)
    worth, row = wanted.mean + wanted.alone * z, rules.leaning_instrument
    if row < 0:
        return worth
    loudest = rules.instruments[row].loudest
    drawn: Floats = worth + wanted.follows * (worth[loudest] - wanted.mean[loudest])
    return drawn


def _bias(rules: Rules, known: Known, worth: Floats, luck: Luck) -> Floats:
    """An instrument's own error given the worths and what it said, exactly: it explains part of the difference."""
    bias = np.zeros(known.asked.shape)
    for i, tool in enumerate(rules.instruments):
        loud = worth[tool.loudest] - rules.worth.mean[tool.loudest][:, None]
        for s, segment in enumerate(rules.segments):
            told = measured(tool, s)
            due = leaning_bias(told.lean, loud, 0.0)
            bias[i, s] = due
            if told.bias_sd > 0.0:
                surprise = known.heard[i, s] - worth[s] - due
                z = luck.normals("imagine:bias", tuple(f"{tool.id}/{segment}/{need}" for need in rules.needs))
                bias[i, s] += _explained(surprise, known.asked[i, s], told.bias_sd, told.error, z)
    return bias


def _explained(surprise: Floats, count: Floats, bias_sd: float, error: float, z: Floats) -> Floats:
    """A draw of N(0, bias_sd^2) given that it plus an error of error/sqrt(count) gave the surprise."""
    if bias_sd <= 0.0:
        return np.zeros(surprise.shape)
    asked = np.where(count > 0.0, count, 1.0)
    part = np.where(count > 0.0, bias_sd * bias_sd / (bias_sd * bias_sd + error * error / asked), 0.0)
    return part * surprise + bias_sd * np.sqrt(1.0 - part) * z


def _ratio(rules: Rules, known: Known, error: Floats, luck: Luck) -> Floats:
    """Efforts from the belief, cut off where what is done says more; of a complete feature just what was done.

    Of a feature complete after a cut only the most is known, and of one that customers have but whose faults opened it
    again: it took no more than all the work so far. Of one that they had at the start all but the mending tells it. One
    in work at the start was not complete then, whatever surfaced since. Reports were read at the usual error rate; here
    they are read again at the one imagined.
    """
    mean, sd = effort_belief(rules, known)
    done = np.maximum(known.worked - error * known.surfaced, 1e-9)
    usual = np.maximum(known.worked - known.surfaced, 1e-9)
    mean = mean + report_share(rules, known, sd) * exact.log(done / usual)
    planned = np.maximum(known.nominal * known.kept, 1e-9)
    whole, begun = exact.log(done / planned), exact.log(np.maximum(rules.start.spent, 1e-9))[:, None]
    complete, had = known.complete > 0.0, known.shipped > 0.0
    old = rules.start.shipped[:, None] > NOT_SHIPPED
    first = np.where(old, known.worked - np.minimum(_mended(rules, known), known.worked - done), known.worked)
    least = np.where((known.worked > 0.0) & ~complete, np.maximum(whole, begun) - ALMOST, -FAR)
    most = np.where(had, exact.log(np.maximum(first, 1e-9) / planned), FAR) - np.where(old, 0.0, ALMOST)
    most = np.where(complete, whole - ALMOST, most)
    drawn = exact.normal_within(mean, sd, least, most, luck.uniforms("imagine:effort", rules.features))
    drawn = np.where(old & ~complete, np.maximum(least, most), drawn)
    return exact.exp(np.where(complete & (known.kept >= 1.0), whole, drawn))


def _mended(rules: Rules, known: Known) -> Floats:
    """(J, N) work since the start on what customers had then, told by its expected faults: mending makes more of them.

    Where it makes no more than there were, none is taken to be done.
    """
    share = np.maximum(rules.start.shipped, 0.0)[:, None]
    more = 1.0 - quality(known.technology, 0.0, known.stars) - share
    return np.maximum(known.exposed - share * known.worked, 0.0) / np.where(more > 0.0, more, FAR)


def _lean(rules: Rules, known: Known, luck: Luck) -> Floats:
    """Private leanings from the prior; where votes were cast, between the bounds these set (Gibbs sampling)."""
    people, names = rules.people, rules.stakeholders
    lean = people.lean_sd[:, None] * luck.normals("imagine:lean", names)
    low, high = known.leaning
    told = exact.total(np.where((low > -UNBOUNDED) | (high < UNBOUNDED), 1.0, 0.0)) > 0.0
    for sweep in range(SWEEPS if told.any() else 0):
        for a, name in enumerate(names):
            if people.lean_sd[a] <= 0.0 or people.settled[a, a] <= NO_SHARE:
                continue
            least, most = _left(rules, a, lean, low, high)
            u = luck.uniform("imagine:vote", f"{name}/{sweep}")
            drawn = exact.normal_within(np.zeros(u.shape), float(people.lean_sd[a]), least, most, u)
            lean[a] = np.where(told, drawn, lean[a])
    return lean


def _left(rules: Rules, a: int, lean: Floats, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """(N,) bounds of one leaning that keep every opinion within its own, the other leanings given.

    Where these leave nothing, as they may at the start, those of the stakeholder alone count.
    """
    share = rules.people.settled[:, a]
    others = settled(rules, lean) - share[:, None] * lean[a]
    least, most = own = (low[a] - others[a]) / share[a], (high[a] - others[a]) / share[a]
    for b, part in enumerate(share):
        if part > NO_SHARE:
            least = np.maximum(least, (low[b] - others[b]) / part)
            most = np.minimum(most, (high[b] - others[b]) / part)
    fits = least <= most
    return np.where(fits, least, own[0]), np.where(fits, most, own[1])


def _spike_bias(rules: Rules, known: Known, ratio: Floats, luck: Luck) -> Floats:
    row = rules.effort_instrument
    if row < 0:
        return np.zeros(ratio.shape)
    tool = rules.instruments[row]
    said, z = known.spike_mean - exact.log(ratio), luck.normals("imagine:spike", rules.features)
    return _explained(said, known.spiked, tool.bias_sd, tool.error, z)


def _pace(rules: Rules, known: Known, luck: Luck) -> Floats:
    mean, sd = pace_belief(rules, known)
    return exact.exp(mean + sd * luck.normals("imagine:pace", rules.segments))


def _hidden(rules: Rules, known: Known, truth: Truth, product: _Product, luck: Luck) -> Hidden:
    dice = luck.uniforms("imagine:intent", rules.stakeholders)
    return Hidden(
        good=product.good,
        faulty=truth.error * (known.exposed - known.surfaced),
        expectation=product.expectation,
        mood=product.mood,
        opinion=known.talked + settled(rules, truth.lean),
        die=known.intent_cell[0] + (known.intent_cell[1] - known.intent_cell[0]) * dice,
        rival_due=_rivals(rules, known, luck),
    )


def _rivals(rules: Rules, known: Known, luck: Luck) -> Floats:
    """What a teardown saw is so; else the wait is drawn anew, as it has no memory."""
    if not rules.rivals:
        return np.zeros((0, known.week.shape[0]))
    rows = []
    for r in range(len(rules.rivals)):
        fresh = known.week - 1 + rival_wait(rules, luck, r, "imagine:rival")
        rows.append(np.where(known.rival_seen[r] > 0.0, known.rival_seen[r], np.maximum(fresh, known.week)))
    return np.stack(rows)
