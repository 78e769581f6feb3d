"""The judgement of one decision, from scores alone: what it says is right as often as it claims to be."""

import math

import numpy as np
import pytest

from tpmsim.debrief.judging import gambles, judged, t_95

SEEDS = 1000


def scores(seed: int, *means: float, sd: float = 8.0, worlds: int = 64) -> list[np.ndarray]:
    """Options in the same worlds: what these have in common is larger than what sets the options apart."""
    dice = np.random.default_rng(seed)
    common = dice.normal(50.0, 15.0, worlds)
    return [common + mean + dice.normal(0.0, sd, worlds) for mean in means]


@pytest.mark.parametrize("worlds", [16, 64, 256])
def test_equal_options_get_no_mark(worlds):
    marked = sum(judged(scores(seed, 0.0, 0.0, 0.0, 0.0, worlds=worlds)).mark != "" for seed in range(SEEDS))
    print(f"equal options, {worlds} worlds: {marked / SEEDS:.1%} marked")
    assert marked <= 0.03 * SEEDS


@pytest.mark.parametrize("worlds", [16, 64, 256])
def test_intervals_cover_what_they_claim(worlds):
    """The loss is of the option that looked best, whichever it was; its interval holds the true one 95 times in 100."""
    true, held, of = (0.0, -3.0, 2.0, 4.0), 0, 0
    for seed in range(SEEDS):
        dice = np.random.default_rng(seed)
        common = dice.normal(50.0, 15.0, worlds)
        options = [common + mean + dice.normal(0.0, 8.0, worlds) for mean in true]
        options.append(options[0] + 6.0 + dice.normal(0.0, 8.0, worlds))
        one = judged(options)
        gap = (*true, 6.0)[one.best]
        if one.best:
            half = t_95(worlds // 2 - 1) * one.error
            held, of = held + (abs(_raw(options, one.best) - gap) <= half), of + 1
    print(f"{worlds} worlds: {held / of:.1%} covered")
    assert 0.93 <= held / of <= 0.97


def _raw(options: list[np.ndarray], best: int) -> float:
    return float((options[best] - options[0])[1::2].mean())


@pytest.mark.parametrize(
    ("gap", "mark"), [(20.0, "blunder"), (12.0, "mistake"), (7.0, "inaccuracy"), (3.0, ""), (0.0, "")]
)
def test_a_loss_has_the_name_of_its_size(gap, mark):
    one = judged(scores(1, 0.0, gap, sd=1.0))
    assert one.mark == mark
    assert one.best == (1 if gap > 0.5 else one.best)


def test_what_is_not_sure_gets_no_mark():
    wild = judged(scores(3, 0.0, 8.0, sd=60.0, worlds=16))
    assert wild.mark == ""


def test_the_only_move_is_far_better_than_all_others():
    assert judged(scores(1, 20.0, 0.0, 5.0, sd=2.0)).mark == "only move"
    assert judged(scores(1, 20.0, 0.0, 15.0, sd=2.0)).mark == ""


def test_a_single_option_is_neither_good_nor_bad():
    one = judged(scores(1, 0.0))
    assert (one.loss, one.mark, one.only) == (0.0, "", False)


def test_close_is_what_cannot_be_told_apart():
    assert judged(scores(1, 0.0, 0.1, sd=8.0)).close
    assert not judged(scores(1, 0.0, 9.0, sd=1.0)).close
    assert judged(scores(1, 0.0, 0.1, sd=0.001)).close, "a tenth of a point makes no difference, however sure"


def test_options_with_fewer_worlds_are_compared_in_those_that_both_met():
    chosen, other = scores(1, 0.0, 10.0, sd=1.0)
    assert judged([chosen, other[:16]]).loss == pytest.approx(10.0, abs=1.5)


def test_gambles_are_the_tenth_that_adds_most_risk():
    risks = {place: float(place) for place in range(20)}
    assert gambles(risks) == {18, 19}
    assert gambles(dict.fromkeys(range(20), 0.1)) == frozenset()
    assert gambles({1: 9.0}) == frozenset(), "of one decision there is no tenth"


@pytest.mark.parametrize(("freedom", "width"), [(5, 2.5706), (7, 2.3646), (31, 2.0395), (127, 1.9788)])
def test_t_is_that_of_the_tables(freedom, width):
    """Student's t, 97.5 % quantile (NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2)."""
    assert math.isclose(t_95(freedom), width, abs_tol=3e-3)
