import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tpmsim.core.mechanics import trends
from tpmsim.core.readings import odds_update

quick = settings(max_examples=60, deadline=None)
inside = st.floats(0.05, 0.95)


@quick
@given(inside, inside, inside, st.lists(st.booleans(), max_size=5), st.integers(1, 20), st.integers(0, 12))
def test_what_is_believed_is_bayes_by_hand(chance, hit, false_alarm, reports, first, span):
    last, week = first + span, first + span // 2
    real, unreal = chance, 1.0 - chance
    odds = np.array(chance / (1.0 - chance))
    for reported in reports:
        real *= hit if reported else 1.0 - hit
        unreal *= false_alarm if reported else 1.0 - false_alarm
        odds = odds_update(odds, hit, false_alarm, np.array(reported))
    ahead = trends.still_ahead(np.array(float(week)), first, last)
    assert ahead == pytest.approx((last - week + 1) / (span + 1)), "weeks of the window that are still to come"
    by_hand = real * float(ahead) / (real * float(ahead) + unreal)
    assert trends.believed(odds, ahead) == pytest.approx(by_hand)


@quick
@given(st.floats(1e-6, 1.0 - 1e-6), st.integers(1, 30), st.integers(0, 20))
def test_it_arrives_within_its_window(u, first, span):
    week = trends.arrival(np.array(u), first, first + span)
    assert first <= week <= first + span
    assert week == np.floor(week)


def test_nothing_is_left_after_the_window():
    assert trends.still_ahead(np.array(9.0), 4, 8) == 0.0
    assert trends.still_ahead(np.array(1.0), 4, 8) == 1.0
    assert trends.believed(np.array(5.0), np.array(0.0)) == 0.0
