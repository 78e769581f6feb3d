import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from table_reader import read_table
from tpmsim.core import readings
from tpmsim.core.mechanics import instruments
from tpmsim.core.world import Instrument

quick = settings(max_examples=50, deadline=None)
spread = st.floats(0.05, 20.0)
place = st.floats(-50.0, 50.0)
answers = st.integers(1, 200)


def test_unit_normal_loss_gives_table_29():
    rows = read_table("T29")
    loss = instruments.unit_normal_loss(np.array([row["d"] for row in rows]))
    assert loss == pytest.approx([row["L"] for row in rows], abs=1e-6)


def test_normal_update_and_value_of_interviews_give_table_30():
    for row in read_table("T30"):
        precision = instruments.evidence_precision(0.0, 20.0, row["n"])
        mu, sd = instruments.posterior(5.0, 10.0, np.array([105.0]), np.array([precision]))
        assert (mu - 5.0) / 100.0 == pytest.approx(row["kalman_weight"], abs=1e-6)
        assert sd == pytest.approx(row["posterior_sd"], abs=1e-6)
        assert instruments.sd_after(10.0, precision) == pytest.approx(row["posterior_sd"], abs=1e-6)
        assert np.sqrt(100.0 - sd * sd) == pytest.approx(row["preposterior_sd"], abs=1e-6)
        assert instruments.evsi(5.0, 10.0, sd, 0.0) == pytest.approx(row["EVSI"], abs=1e-6)


def test_net_promoter_gives_table_38():
    for row in read_table("T38"):
        nps, se = instruments.net_promoter(row["promoters"], row["detractors"], row["n"])
        assert nps == pytest.approx(row["nps"], abs=1e-4)
        assert se == pytest.approx(row["se"], abs=1e-4)
        assert 1.96 * se == pytest.approx(row["margin95"], abs=1e-4)


def test_size_of_a_test_gives_table_39():
    for row in read_table("T39"):
        size = instruments.test_size(row["base_rate"], row["base_rate"] * row["relative_change"])
        assert round(float(size)) == row["n_per_variant"]


@quick
@given(place, spread, st.lists(st.tuples(place, spread, spread, answers), min_size=1, max_size=5))
def test_evidence_never_widens_and_its_order_does_not_matter(mu0, s0, evidence):
    means = np.array([mean for mean, *_ in evidence])
    precisions = np.array([instruments.evidence_precision(b, se, n) for _, b, se, n in evidence])
    mu, sd = instruments.posterior(mu0, s0, means, precisions)
    back_mu, back_sd = instruments.posterior(mu0, s0, means[::-1], precisions[::-1])
    assert sd <= s0 * (1 + 1e-12)
    assert min(mu0, means.min()) - 1e-9 <= mu <= max(mu0, means.max()) + 1e-9
    assert (back_mu, back_sd) == (pytest.approx(mu, abs=1e-9), pytest.approx(sd, rel=1e-12))
    step_mu, step_sd = mu0, s0
    for mean, precision in zip(means, precisions, strict=True):
        step_mu, step_sd = instruments.posterior(step_mu, step_sd, np.array([mean]), np.array([precision]))
    assert (step_mu, step_sd) == (pytest.approx(mu, abs=1e-8), pytest.approx(sd, rel=1e-9))


@quick
@given(place, spread, place)
def test_no_answers_are_no_evidence(mu0, s0, mean):
    nothing = instruments.evidence_precision(0.3, 1.0, np.zeros(2))
    mu, sd = instruments.posterior(mu0, s0, np.full(2, mean), nothing)
    assert (nothing == 0.0).all()
    assert (mu, sd) == (pytest.approx(mu0, abs=1e-9), pytest.approx(s0, rel=1e-12))


@quick
@given(spread, spread, spread, spread, answers)
def test_one_instrument_cannot_pass_its_bias_but_a_second_can(s0, b, se, other, n):
    assert instruments.evidence_precision(b, se, n) == pytest.approx(
        1.0 / instruments.evidence_variance(b, se, n), rel=1e-12
    )
    alone = instruments.sd_after(s0, instruments.evidence_precision(b, se, n))
    floor = instruments.sd_after(s0, 1.0 / (b * b))
    both = instruments.sd_after(
        s0, instruments.evidence_precision(b, se, n) + instruments.evidence_precision(other, se, 1)
    )
    assert alone >= floor * (1 - 1e-12)
    assert both < alone


def test_the_interval_covers_80_percent_of_unbiased_worlds():
    runs, s0, b, se, tilt = 10_000, 2.0, 0.7, 3.0, 1.3
    luck = np.random.default_rng(1961)
    truth = 5.0 + s0 * luck.standard_normal(runs)
    bias = b * luck.standard_normal(runs)
    first = instruments.answer(truth, tilt, bias, se, 4, luck.standard_normal(runs))
    second = instruments.answer(truth, tilt, bias, se, 2, luck.standard_normal(runs))
    heard = instruments.pooled(first, 4.0, second, 2) - tilt
    precision = instruments.evidence_precision(b, se, np.full(runs, 6.0))
    low, high = instruments.interval80(*instruments.posterior(5.0, s0, heard[None], precision[None]))
    assert ((low < truth) & (truth < high)).mean() == pytest.approx(0.80, abs=0.015)


@quick
@given(place, place, answers, answers)
def test_pooled_answers_are_their_mean(old, new, n, k):
    assert instruments.pooled(old, n, new, k) == pytest.approx((n * old + k * new) / (n + k), abs=1e-9)
    assert instruments.pooled(old, n, new, 0) == old


@quick
@given(place, spread, place, spread)
def test_more_answers_are_worth_more_but_never_more_than_certainty(mu, s, threshold, se):
    after = instruments.sd_after(s, instruments.evidence_precision(0.0, se, np.arange(0.0, 30.0)))
    worth = instruments.evsi(mu, s, after, threshold)
    assert worth[0] == pytest.approx(0.0, abs=1e-6 * s)
    assert (worth >= 0.0).all()
    assert (np.diff(worth) >= -2e-7 * s).all()
    assert (worth <= instruments.evpi(mu, s, threshold) + 2e-7 * s).all()


def test_a_simulation_agrees_with_the_value_of_information():
    luck = np.random.default_rng(30)
    precision = instruments.evidence_precision(0.0, 20.0, 10.0)
    truth = 5.0 + 10.0 * luck.standard_normal(400_000)
    heard = instruments.answer(truth, 0.0, 0.0, 20.0, 10, luck.standard_normal(400_000))
    mu, sd = instruments.posterior(5.0, 10.0, heard[None], np.full((1, 1), precision))
    gain = np.maximum(mu, 0.0).mean() - 5.0
    assert gain == pytest.approx(float(instruments.evsi(5.0, 10.0, sd[0], 0.0)), rel=0.02)


@quick
@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_odds_follow_bayes(prior, hit, false_alarm):
    odds = prior / (1 - prior)
    for reported in (True, False):
        true, untrue = (hit, false_alarm) if reported else (1 - hit, 1 - false_alarm)
        after = prior * true / (prior * true + (1 - prior) * untrue)
        updated = readings.odds_update(odds, hit, false_alarm, np.array(reported))
        assert updated / (1 + updated) == pytest.approx(after, abs=1e-12)


def test_the_error_of_a_share_falls_with_the_root_of_the_answers():
    assert instruments.share_error(0.2, np.array([4.0, 16.0])) == pytest.approx([0.2, 0.1])


# Answers that lean to the loudest segment

lean = st.floats(0.01, 0.95)


@quick
@given(place, spread, place, spread, lean, spread, spread, answers, place)
def test_answers_that_lean_are_read_as_the_normal_of_both_worths_says(here, s0, there, s1, part, b, se, n, said):
    """Brute force: both worths jointly normal, one measurement of their mixture, the marginal where it was asked."""
    prior, cover = np.array([here, there]), np.diag([s0 * s0, s1 * s1])
    row = np.array([1.0 - part, part])
    gain = cover @ row / (row @ cover @ row + b * b + se * se / n)
    mean = prior + gain * (said - row @ prior)
    variance = (cover - np.outer(gain, row @ cover))[0, 0]
    heard = here + (said - row @ prior) / (1.0 - part)
    bias = instruments.leaning_spread(part, np.float64(s1), b)
    precision = instruments.evidence_precision(bias, se / (1.0 - part), np.array([float(n)]))
    mu, sd = instruments.posterior(here, s0, np.array([[heard]]), precision[None])
    assert mu[0] == pytest.approx(mean[0], rel=1e-6, abs=1e-6)
    assert sd[0] == pytest.approx(np.sqrt(variance), rel=1e-6)


@quick
@given(spread, lean, spread, spread, st.integers(1, 10**9))
def test_no_number_of_answers_that_lean_gets_below_their_floor(s0, part, b, se, n):
    bias = instruments.leaning_spread(part, np.float64(s0), b)
    assert bias >= max(part * s0, b) / (1.0 - part) * (1 - 1e-12)
    left = instruments.sd_after(s0, instruments.evidence_precision(bias, se / (1.0 - part), np.float64(n)))
    assert left >= instruments.sd_after(s0, 1.0 / (bias * bias)) * (1 - 1e-9)


@quick
@given(lean, place, place, place, place, spread)
def test_what_is_heard_is_the_answer_less_the_published_tilt(part, here, there, mu_here, mu_there, bias):
    told = here + part * (there - here) + bias
    tilt = part * (mu_there - mu_here)
    lasting = instruments.leaning_bias(part, np.float64(there - mu_there), bias)
    assert (1.0 - part) * (here + lasting) == pytest.approx(told - tilt - part * mu_here, abs=1e-9)


@quick
@given(spread, spread, st.integers(0, 3))
def test_what_does_not_lean_is_read_to_the_last_bit_as_it_was(b, se, s):
    tool = Instrument("x", "needs", 1, se, b, 0.0, 0.0, -1, False, 0.0)
    leaning = Instrument("x", "needs", 1, se, b, 0.0, 0.5, s, False, 0.0)
    assert instruments.measured(tool, s) == instruments.measured(leaning, s) == (0.0, b, se)
    assert float(instruments.leaning_spread(0.0, np.float64(1.0), b)) == b
