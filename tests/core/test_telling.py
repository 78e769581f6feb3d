import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tpmsim.core import telling
from tpmsim.core.rolls import Luck, future_key

quick = settings(max_examples=60, deadline=None)
share = st.floats(0.0, 1.0)


@quick
@given(share, share, share, share)
def test_padding_and_spread_fall_with_trust_and_with_skill(trust, more_trust, skill, more_skill):
    low, high = sorted((trust, more_trust))
    dull, keen = sorted((skill, more_skill))
    assert 0.0 <= telling.lack(high, dull) <= telling.lack(low, dull) <= 1.0
    assert telling.lack(low, keen) <= telling.lack(low, dull)
    for most in telling.PADDED.values():
        calm = telling.padding(most, telling.lack(low, dull))
        assert telling.padding(most, telling.lack(high, dull)) <= calm
        assert telling.padding(most, telling.lack(low, dull), 1.0) == pytest.approx(2.0 * calm), "neglect doubles it"
    assert telling.spread(0.3, telling.lack(high, dull)) <= telling.spread(0.3, telling.lack(low, dull))
    assert telling.weight(telling.lack(high, dull)) >= telling.weight(telling.lack(low, dull))


def test_full_trust_buys_the_truth():
    missing = telling.lack(1.0, 0.0)
    assert telling.padding(0.4, missing) == 0.0
    assert telling.spread(0.3, missing) == 0.15
    assert telling.weight(telling.lack(0.5, 0.5)) == 1.0, "at usual trust an answer is one answer"


def test_what_is_told_is_on_average_the_truth_and_the_padding():
    z = Luck(future_key(np.arange(40_000, dtype=np.uint64)), 1).normal("test")
    said = telling.told(np.full(40_000, 10.0), 0.15, 0.2, z)
    assert (said > 0.0).all()
    assert said.mean() == pytest.approx(11.5, abs=4 * said.std() / 200)
