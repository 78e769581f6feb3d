from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from table_reader import read_table
from tpmsim.core.mechanics import incidents
from tpmsim.core.rolls import Luck, future_key

quick = settings(max_examples=60, deadline=None)


@quick
@given(st.floats(0.0, 5.0), st.floats(0.0, 1.0), st.floats(1.0, 500.0))
def test_expected_failures_do_not_depend_on_the_length_of_a_turn(rate, use, stock):
    left = stock
    for _ in range(4):
        left -= left * float(incidents.failure_share(rate, use))
    assert stock - left == pytest.approx(stock * float(incidents.failure_share(rate, use, 4.0)), abs=1e-9)
    assert 0.0 <= incidents.failure_share(rate, use) <= 1.0


@quick
@given(st.floats(0.0, 1e6), st.floats(1.0, 1e6))
def test_use_is_a_share(customers, full):
    assert 0.0 <= incidents.usage(np.array(customers), full) <= 1.0


def test_recovery_falls_with_the_level():
    hours = incidents.recovery_hours(np.array([0.0, 0.5, 1.0, 2.0, 3.0, 4.0]), (40.0, 24.0, 12.0, 6.0, 3.0))
    assert hours.tolist() == [40.0, 32.0, 24.0, 12.0, 6.0, 3.0]


ANSWERS = (0.0, 2.0, 4.0, 6.0, 8.0, 10.0)
"""The scores of the six answers of the questionnaire, 2 (answer - 1)."""


def test_percentiles_stand_on_table_34():
    """Each answer to each question in each industry, against the normal distribution of the standard library."""
    rows = read_table("T34")
    assert {row["edition"] for row in rows} == {2024.0, 2025.0}
    for row in rows:
        shares = [float(incidents.percentile(score, row["mean"], row["sd"])) for score in ANSWERS]
        assert shares == pytest.approx([NormalDist(row["mean"], row["sd"]).cdf(score) for score in ANSWERS], abs=1e-6)
        assert shares == sorted(shares)


@pytest.mark.parametrize(
    ("edition", "industry", "metric", "score", "share"),
    [
        (2024.0, "all", "leadtime", 10.0, 0.9702),  # (10 - 5.1)/2.6 = 1.885
        (2024.0, "government", "deployfreq", 0.0, 0.0453),  # (0 - 4.4)/2.6 = -1.692
        (2025.0, "technology", "failurerecovery", 8.0, 0.6125),  # (8 - 7.4)/2.1 = 0.286
    ],
)
def test_a_percentile_worked_out_by_hand(edition, industry, metric, score, share):
    row = next(
        one
        for one in read_table("T34")
        if (one["edition"], one["industry"], one["metric"]) == (edition, industry, metric)
    )
    assert incidents.percentile(score, row["mean"], row["sd"]) == pytest.approx(share, abs=1e-4)


def test_counts_have_their_mean_and_stay_within_the_stock():
    luck = Luck(future_key(np.arange(20_000, dtype=np.uint64)), 3)
    count = luck.poisson(np.full(20_000, 0.4), "incident", "board", incidents.MOST)
    assert count.mean() == pytest.approx(0.4, abs=3 * np.sqrt(0.4 / 20_000))
    assert count.max() <= incidents.MOST
