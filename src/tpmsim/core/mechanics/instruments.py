"""Instruments: what an answer tells, what is then believed, and what one more answer would be worth.

Normal updating with a bias for each instrument, so that asking the same way again cannot remove the bias
(Raiffa & Schlaifer 1961, Applied Statistical Decision Theory); odds for yes-or-no reports (Bayes).

Evidence is given as precision, one over a variance; no evidence is precision 0. A belief knows the published
tilt, the spread of the bias and the standard error of an instrument, never the bias of this run. Not for
finding needs nobody thought of; that is `discovery`.
"""

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Floats, Number
from tpmsim.core.flows import Flows
from tpmsim.core.ledger import Trace
from tpmsim.core.rolls import Luck
from tpmsim.core.rules import Rules
from tpmsim.core.state import Known, State, evolve
from tpmsim.core.telling import build_weight, person_weight
from tpmsim.core.world import Instrument

TEST_FACTOR = 16.0
"""pub (van Belle 2008): units a variant for 80 % power at 5 %, times p (1-p)/delta^2."""


TEARDOWN_SIGHT = 4
"""assumption: weeks ahead that a teardown of a rival can see."""


def answer(truth: Floats, tilt: Number, bias: Number, se: Number, k: Number, z: Number) -> Floats:
    """Mean of k answers: truth + tilt + bias + se/sqrt(k) z. k = 0 reads as one answer; give it no weight.

    Args:
        truth: what is asked about, in its own unit.
        tilt: published mean error of the instrument, same unit.
        bias: the run's own lasting error of it, same unit.
        se: standard deviation of one answer, same unit.
        k: answers; of somebody who tells little they may be less than one.
        z: standard normal draw.
    """
    return truth + tilt + bias + se / np.sqrt(np.where(np.asarray(k) > 0.0, k, 1.0)) * z


def pooled(mean: Floats, n: Floats, fresh: Floats, k: Number) -> Floats:
    """Mean of n earlier answers with this mean and k fresh ones with that mean; the old mean if k is 0."""
    whole = n + k
    return mean + (fresh - mean) * (k / np.where(whole > 0.0, whole, 1.0))


def evidence_variance(bias_sd: Number, se: Number, n: Floats) -> Floats:
    """Error variance of the mean of n > 0 answers, b^2 + se^2/n: it never falls below the bias."""
    return bias_sd * bias_sd + se * se / n


def evidence_precision(bias_sd: Number, se: Number, n: Floats) -> Floats:
    """One over `evidence_variance`, and 0 without answers: n/(n b^2 + se^2)."""
    return n / (n * bias_sd * bias_sd + se * se)


def leaning_bias(lean: float, loud: Floats, bias: Number) -> Floats:
    """Lasting error of an instrument that leans, as a measurement of the worth where it asks: (l dL + bias)/(1 - l).

    It tells (1 - l) w + l w_L. The published tilt l (mu0_L - mu0) is subtracted, and what is left divided by 1 - l.

    Args:
        lean: l, share of an answer that is of the loudest segment, below 1.
        loud: dL, by how much the worth there is above its prior mean.
        bias: the run's own lasting error of an answer.
    """
    return (lean * loud + bias) / (1.0 - lean)


def leaning_spread(lean: float, s0: Floats, bias_sd: float) -> Floats:
    """Standard deviation of `leaning_bias`, sqrt(l^2 s0^2 + b^2)/(1 - l): no number of answers gets below it.

    Args:
        lean: l, share of an answer that is of the loudest segment, below 1.
        s0: prior standard deviation of the worth there.
        bias_sd: b, sd of the run's own bias.
    """
    return np.sqrt(lean * lean * (s0 * s0) + bias_sd * bias_sd) / (1.0 - lean)


def posterior(mu0: Floats, s0: Floats, means: Floats, precisions: Floats) -> tuple[Floats, Floats]:
    """Belief after the evidence of all instruments: mean and standard deviation.

    1/s^2 = 1/s0^2 + sum_i 1/v_i; mu = s^2 (mu0/s0^2 + sum_i x_i/v_i); Raiffa & Schlaifer 1961.

    Args:
        mu0: prior mean.
        s0: prior standard deviation, above 0.
        means: (I, ...) mean answer of each instrument less its tilt; any finite number where there is none.
        precisions: (I, ...) one over the error variance of each; 0 where there is no evidence.
    """
    precision0 = 1.0 / (s0 * s0)
    precision = precision0 + exact.total(precisions)
    mu = (mu0 * precision0 + exact.total(means * precisions)) / precision
    return mu, np.sqrt(1.0 / precision)


def sd_after(s: Floats, precision: Number) -> Floats:
    """Standard deviation that evidence of this precision would leave of s."""
    return np.sqrt(1.0 / (1.0 / (s * s) + precision))


def interval80(mu: Floats, sd: Floats) -> tuple[Floats, Floats]:
    """Lower and upper end of the 80 % interval of a normal belief."""
    return mu - exact.Z_80 * sd, mu + exact.Z_80 * sd


def unit_normal_loss(d: Floats) -> Floats:
    """L(d) = phi(d) - d (1 - Phi(d)): mean amount by which a standard normal exceeds d (Schlaifer 1959)."""
    density, below = exact.normal_pdf_and_cdf(d)
    loss: Floats = np.maximum(density - d * (1.0 - below), 0.0)
    return loss


def evsi(mu: Floats, s: Floats, s_after: Number, threshold: Number) -> Floats:
    """Expected value of sample information for a decision that turns at a threshold, per unit at stake.

    sr L(|mu - g|/sr) with sr = sqrt(s^2 - s'^2); Raiffa & Schlaifer 1961.

    Args:
        mu: present mean.
        s: present standard deviation.
        s_after: the standard deviation that the evidence would leave.
        threshold: g, where the better choice changes.
    """
    shift = np.sqrt(np.maximum(s * s - s_after * s_after, 0.0))
    moves = shift > 0.0
    value: Floats = np.where(moves, shift * unit_normal_loss(abs(mu - threshold) / np.where(moves, shift, 1.0)), 0.0)
    return value


def evpi(mu: Floats, s: Floats, threshold: Number) -> Floats:
    """Expected value of perfect information: the `evsi` of evidence that leaves no doubt."""
    return evsi(mu, s, 0.0, threshold)


def share_error(p: Floats, n: Number) -> Floats:
    """Standard error of a share p among n answers, sqrt(p (1-p)/n)."""
    return np.sqrt(p * (1.0 - p) / n)


def net_promoter(p: Floats, d: Floats, n: Number) -> tuple[Floats, Floats]:
    """Net promoter score and its standard error, points (Reichheld 2003; Rocks 2016).

    Args:
        p: share of promoters.
        d: share of detractors.
        n: answers.
    """
    net = p - d
    return 100.0 * net, 100.0 * np.sqrt((p + d - net * net) / n)


def test_size(p: Floats, delta: Number) -> Floats:
    """Units that each variant of a test needs to see a change of delta in a share p (van Belle 2008)."""
    return TEST_FACTOR * p * (1.0 - p) / (delta * delta)


def instruments(rules: Rules, state: State, flows: Flows, luck: Luck, trace: Trace) -> State:
    """Answers arrive, and beliefs move as far as they deserve."""
    state = _needs_heard(rules, state, flows, luck)
    state = _effort_heard(rules, state, luck)
    return _rivals_seen(rules, state, luck)


def _needs_heard(rules: Rules, state: State, flows: Flows, luck: Luck) -> State:
    known = state.known
    if not flows.answers.any():
        return state
    asked, heard = known.asked.copy(), known.heard.copy()
    mean, sd = known.mean.copy(), known.sd.copy()
    for s, segment in enumerate(rules.segments):
        if not flows.answers[:, s].any():
            continue
        news = np.zeros(mean[s].shape)
        for i, tool in enumerate(rules.instruments):
            if tool.about != "needs" or not flows.answers[i, s].any():
                continue
            count = np.where(known.found > 0.0, flows.answers[i, s], 0.0)
            if tool.told_by >= 0:
                count = count * person_weight(rules, known, tool.told_by)
            z = luck.normals("answer", tuple(f"{tool.id}/{segment}/{need}" for need in rules.needs))
            said = answer(state.truth.worth[s], 0.0, state.truth.bias[i, s], measured(tool, s).error, count, z)
            heard[i, s] = pooled(heard[i, s], asked[i, s], said, count)
            asked[i, s] = asked[i, s] + count
            news = news + count
        middle, spread = need_beliefs(rules, asked[:, s], heard[:, s], s)
        mean[s] = np.where(news > 0.0, middle, mean[s])
        sd[s] = np.where(news > 0.0, spread, sd[s])
    return replace(state, known=evolve(known, asked=asked, heard=heard, mean=mean, sd=sd))


class Measured(NamedTuple):
    """What answers of an instrument are as measurements of the worth in the segment that gives them.

    Attributes:
        lean: share of them that is of the loudest segment.
        bias_sd: sd of the run's own bias, what is due to the loudest segment left out.
        error: sd of one answer.
    """

    lean: float
    bias_sd: float
    error: float


def measured(tool: Instrument, s: int) -> Measured:
    """Of the instrument asked in a segment; the loudest one itself is asked as by any other."""
    lean = 0.0 if tool.loudest in (-1, s) else tool.lean
    return Measured(lean, tool.bias_sd / (1.0 - lean), tool.error / (1.0 - lean))


def bias_spread(rules: Rules, tool: Instrument, s: int, d: int) -> float:
    """Sd of all that is lasting in the error of an instrument, asked about a need in a segment."""
    lean = measured(tool, s).lean
    return float(leaning_spread(lean, rules.worth.sd[tool.loudest, d], tool.bias_sd)) if lean else tool.bias_sd


def need_belief(rules: Rules, asked: Floats, heard: Floats, s: int, d: int) -> tuple[Floats, Floats]:
    """(N,) mean and sd of the worth of a need, from (I, N) answer counts and their mean less the tilt."""
    precisions = np.stack(
        [
            evidence_precision(bias_spread(rules, tool, s, d), measured(tool, s).error, asked[i])
            for i, tool in enumerate(rules.instruments)
        ]
    )
    return posterior(rules.worth.mean[s, d], rules.worth.sd[s, d], heard, precisions)


def need_beliefs(rules: Rules, asked: Floats, heard: Floats, s: int) -> tuple[Floats, Floats]:
    """(D, N) the same for every need, from (I, D, N) counts and means."""
    needs = range(len(rules.needs))
    precisions = np.stack(
        [
            evidence_precision(
                np.array([bias_spread(rules, tool, s, d) for d in needs])[:, None], measured(tool, s).error, count
            )
            for tool, count in zip(rules.instruments, asked, strict=True)
        ]
    )
    return posterior(rules.worth.mean[s][:, None], rules.worth.sd[s][:, None], heard, precisions)


def effort_belief(rules: Rules, known: Known) -> tuple[Floats, Floats]:
    """(J, N) mean and sd of the log of true over estimated effort, from spikes and progress reports."""
    row = rules.effort_instrument
    spread, error = (rules.instruments[row].bias_sd, rules.instruments[row].error) if row >= 0 else (0.0, 1.0)
    reports = known.report_weight / (rules.backlog.report_sd * rules.backlog.report_sd)
    precisions = np.stack([evidence_precision(spread, error, known.spiked), reports])
    heard = np.stack([known.spike_mean, known.report_mean])
    return posterior(np.zeros(known.week.shape), rules.backlog.effort_sd[:, None], heard, precisions)


def report_share(rules: Rules, known: Known, sd: Floats) -> Floats:
    """(J, N) weight of the progress reports in a belief of effort with this standard deviation."""
    return known.report_weight * (sd * sd) / (rules.backlog.report_sd * rules.backlog.report_sd)


def _effort_heard(rules: Rules, state: State, luck: Luck) -> State:
    known, row = state.known, rules.effort_instrument
    if row < 0 or not known.spiking.any():
        return state
    tool = rules.instruments[row]
    worth = person_weight(rules, known, tool.told_by) if tool.told_by >= 0 else build_weight(rules, known)
    spiked, spike_mean = known.spiked.copy(), known.spike_mean.copy()
    for j, feature in enumerate(rules.features):
        count = known.spiking[j] * float(tool.answers) * worth
        if not count.any():
            continue
        log_ratio = exact.log(state.truth.ratio[j])
        z = luck.normal("spike", feature)
        said = answer(log_ratio, 0.0, state.truth.spike_bias[j], tool.error, count, z)
        spike_mean[j] = pooled(spike_mean[j], spiked[j], said, count)
        spiked[j] = spiked[j] + count
    return replace(state, known=evolve(known, spiked=spiked, spike_mean=spike_mean))


def _rivals_seen(rules: Rules, state: State, luck: Luck) -> State:
    known = state.known
    if not known.looking.any():
        return state
    tool = next(tool for tool in rules.instruments if tool.about == "rivals")
    seen = known.rival_seen.copy()
    for r, rival in enumerate(rules.rivals):
        near = state.hidden.rival_due[r] <= known.week + TEARDOWN_SIGHT
        hit = luck.bernoulli(np.where(near, tool.hit, 0.0), "teardown", rival)
        seen[r] = np.where((known.looking[r] > 0.0) & hit, state.hidden.rival_due[r], seen[r])
    return replace(state, known=evolve(known, rival_seen=seen))
