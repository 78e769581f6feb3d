import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from table_reader import read_table
from tpmsim.core import exact
from tpmsim.core.mechanics import forecasts

quick = settings(max_examples=50, deadline=None)
probability = st.sampled_from([0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0])
RAIN = np.array([0.7, 0.9, 0.8, 0.4, 0.2, 0.0, 0.0, 0.0, 0.0, 0.1])
RAINED = np.array([0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0])


def test_rules_give_table_28():
    rows = {row["item"]: row["value"] for row in read_table("T28")}
    brier = forecasts.average(forecasts.brier(RAIN, RAINED))
    reliability, resolution, uncertainty = forecasts.murphy(RAIN, RAINED)
    interval = (forecasts.interval_score(8.0, 14.0, x) for x in (10.0, 17.0, 7.0))
    ours = {
        "Brier (1950) 10 rain forecasts: two-class score": 2 * brier,
        "same, one-class (half) Brier score": brier,
        "Murphy reliability": reliability,
        "Murphy resolution": resolution,
        "Murphy uncertainty": uncertainty,
        "Brier skill score vs base rate": 1 - brier / uncertainty,
        "mean log score (clip 0.01)": forecasts.average(forecasts.log_score(RAIN, RAINED)),
        "CRPS of N(0,1) at 0": forecasts.crps_normal(0.0, 1.0, 0.0),
        "CRPS of N(10,2) at 13": forecasts.crps_normal(10.0, 2.0, 13.0),
        "interval score, 80 % interval [8,14], outcome 10": next(interval),
        "interval score, 80 % interval [8,14], outcome 17": next(interval),
        "interval score, 80 % interval [8,14], outcome 7": next(interval),
    }
    assert ours.keys() == rows.keys()
    for item, value in rows.items():
        assert ours[item] == pytest.approx(value, abs=1e-6), item


def test_eighty_forecasts_give_table_43():
    (row,) = read_table("T43")
    stated, happened = [], []
    for f, n, hits in ((0.1, 20, 3), (0.3, 15, 4), (0.5, 10, 6), (0.7, 15, 9), (0.9, 20, 19)):
        stated += [f] * n
        happened += [1.0] * hits + [0.0] * (n - hits)
    p, outcome = np.array(stated), np.array(happened)
    reliability, resolution, uncertainty = forecasts.murphy(p, outcome)
    assert forecasts.average(forecasts.brier(p, outcome)) == pytest.approx(row["brier_oneclass"], abs=1e-9)
    assert reliability == pytest.approx(row["reliability"], abs=1e-9)
    assert resolution == pytest.approx(row["resolution"], abs=1e-9)
    assert uncertainty == pytest.approx(row["uncertainty"], abs=1e-9)
    assert forecasts.average(outcome) == pytest.approx(row["base_rate"], abs=1e-9)


@quick
@given(st.lists(st.tuples(probability, st.integers(0, 1)), min_size=1, max_size=30))
def test_brier_is_reliability_less_resolution_plus_uncertainty(pairs):
    p, outcome = (np.array(column, dtype=float) for column in zip(*pairs, strict=True))
    reliability, resolution, uncertainty = forecasts.murphy(p, outcome)
    brier = forecasts.average(forecasts.brier(p, outcome))
    assert brier == pytest.approx(reliability - resolution + uncertainty, abs=1e-12)
    assert min(reliability, resolution, uncertainty) >= 0.0


@quick
@given(st.floats(0.02, 0.98), st.floats(0.0, 1.0))
def test_saying_what_one_believes_is_best(belief, other):
    for rule in (forecasts.brier, forecasts.log_score):

        def expected(p, rule=rule):
            return belief * rule(p, 1.0) + (1 - belief) * rule(p, 0.0)

        assert expected(belief) <= expected(other) + 1e-12


LEVELS = exact.normal_quantile((np.arange(2000) + 0.5) / 2000)


@quick
@given(st.floats(-1.0, 1.0), st.floats(-0.7, 1.5))
def test_the_true_distribution_has_the_best_crps_and_interval_score(shift, wider):
    """Means over equally likely outcomes of a standard normal."""
    honest = forecasts.crps_normal(0.0, 1.0, LEVELS).mean()
    assert honest <= forecasts.crps_normal(shift, 1.0 + wider, LEVELS).mean() + 1e-5
    z = 1.2815515655446004
    told = forecasts.interval_score(-z, z, LEVELS).mean()
    low, high = shift - z * (1.0 + wider), shift + z * (1.0 + wider)
    assert told <= forecasts.interval_score(low, high, LEVELS).mean() + 1e-3


def test_certainty_scores_the_plain_miss_and_one_mistake_is_bounded():
    assert forecasts.crps_normal(np.array([3.0, 3.0]), np.zeros(2), 5.0).tolist() == [2.0, 2.0]
    assert forecasts.log_score(1.0, 0.0) == pytest.approx(-np.log(0.01))
    assert forecasts.log_score(0.0, 1.0) == pytest.approx(-np.log(0.01))


@quick
@given(st.floats(-1e4, 1e4), st.floats(-1e4, 1e4), st.floats(-100.0, 100.0), st.floats(0.1, 100.0), st.booleans())
def test_an_objective_rises_in_its_good_direction(one, other, worst, distance, more_is_better):
    best = worst + distance if more_is_better else worst - distance
    bad, good = (min(one, other), max(one, other)) if more_is_better else (max(one, other), min(one, other))
    assert 0.0 <= forecasts.objective(bad, worst, best) <= forecasts.objective(good, worst, best) <= 1.0
    assert forecasts.objective(worst, worst, best) == 0.0
    assert forecasts.objective(best, worst, best) == 1.0
    assert forecasts.objective((worst + best) / 2, worst, best) == pytest.approx(0.5)


@quick
@given(st.lists(st.tuples(st.floats(0.01, 1.0), st.floats(0.0, 1.0)), min_size=1, max_size=6))
def test_the_score_adds_its_parts_and_stays_within_hundred(pairs):
    weights, parts = (np.array(column) for column in zip(*pairs, strict=True))
    weights = weights / weights.sum()
    score = forecasts.weighted_score(weights, parts)
    assert 0.0 <= score <= 100.0
    assert score == pytest.approx(100.0 * sum(weights * parts), abs=1e-9)
    assert forecasts.weighted_score(weights, np.ones(len(pairs))) == pytest.approx(100.0)
