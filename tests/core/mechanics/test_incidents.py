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


def test_percentiles_stand_on_table_34():
    rows = read_table("T34")
    assert {row["edition"] for row in rows} == {2024.0, 2025.0}
    for row in rows:
        assert incidents.percentile(row["mean"], row["mean"], row["sd"]) == pytest.approx(0.5, abs=1e-7)
        better = incidents.percentile(row["mean"] + row["sd"], row["mean"], row["sd"])
        assert better == pytest.approx(0.841345, abs=1e-6)


def test_counts_have_their_mean_and_stay_within_the_stock():
    luck = Luck(future_key(np.arange(20_000, dtype=np.uint64)), 3)
    count = luck.poisson(np.full(20_000, 0.4), "incident", "board", incidents.MOST)
    assert count.mean() == pytest.approx(0.4, abs=3 * np.sqrt(0.4 / 20_000))
    assert count.max() <= incidents.MOST
