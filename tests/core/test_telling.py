import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tpmsim.core import telling
from tpmsim.core.opening import initial
from tpmsim.core.rules import Function
from tpmsim.core.state import evolve
from tpmsim.scenario.library import open_scenario

quick = settings(max_examples=60, deadline=None)
share = st.floats(0.0, 1.0)


@quick
@given(share, share, share, share, share)
def test_padding_and_spread_fall_with_trust_and_with_skill(trust, more_trust, skill, more_skill, most):
    low, high = sorted((trust, more_trust))
    dull, keen = sorted((skill, more_skill))
    assert 0.0 <= telling.lack(high, dull) <= telling.lack(low, dull) <= 1.0
    assert telling.lack(low, keen) <= telling.lack(low, dull)
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


def test_nothing_but_trust_in_engineering_makes_a_plan_longer():
    """The padding of the plan is that of whoever builds, and of nobody else."""
    rules = open_scenario("first-product").rules
    known = initial(rules, np.zeros(1, dtype=np.uint64)).known
    usual = telling.plan_padding(rules, known)[0]
    assert usual == pytest.approx(telling.PLAN_PADDING * 0.5 * 0.75), "trust and technology of a half"
    for a, function in enumerate(rules.people.function):
        wary = known.broken_weight.copy()
        wary[a] += 5.0
        padded = telling.plan_padding(rules, evolve(known, broken_weight=wary))[0]
        assert padded > usual if function == Function.BUILD else padded == usual
