from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from table_reader import read_table
from tpmsim.core.mechanics import finance
from tpmsim.core.opening import initial
from tpmsim.core.state import evolve
from tpmsim.scenario.library import open_scenario

quick = settings(max_examples=50, deadline=None)
money = st.floats(-1e5, 1e5)
jobs = st.lists(st.tuples(st.floats(0.1, 50.0), st.floats(0.1, 50.0)), min_size=1, max_size=5)


def test_orders_of_three_jobs_give_table_31():
    cost, duration = np.array([10.0, 3.0, 1.0]), np.array([1.0, 3.0, 10.0])
    for row in read_table("T31"):
        order = ["ABC".index(job) for job in row["order"]]
        assert finance.delay_cost(cost[order], duration[order]) == row["total_delay_cost"]
    assert finance.wsjf_order(cost, duration).tolist() == [0, 1, 2]


def test_rice_gives_table_32():
    rows = read_table("T32")
    for row in rows[:2]:
        score = finance.rice(row["reach"], row["impact"], row["confidence"], row["effort_pm"])
        assert round(float(score), 2) == row["rice"]
    scales = rows[2]["item"].split(), rows[3]["item"].split()
    printed_impact = dict(zip(scales[0][2::2], map(float, scales[0][3::2]), strict=True))
    printed_confidence = dict(zip(scales[1][2::2], map(float, scales[1][3::2]), strict=True))
    assert dict(finance.RICE_IMPACT) == printed_impact
    assert dict(finance.RICE_CONFIDENCE) == printed_confidence


@quick
@given(jobs)
def test_the_ratio_order_beats_every_permutation(pairs):
    cost, duration = (np.array(column) for column in zip(*pairs, strict=True))
    order = finance.wsjf_order(cost, duration)
    best = finance.delay_cost(cost[order], duration[order])
    for other in permutations(range(len(pairs))):
        assert best <= finance.delay_cost(cost[list(other)], duration[list(other)]) * (1 + 1e-12)


def test_equal_ratios_keep_their_order_in_every_run():
    cost = np.array([[2.0, 1.0], [4.0, 9.0], [1.0, 1.0]])
    duration = np.array([[2.0, 1.0], [4.0, 3.0], [1.0, 1.0]])
    assert finance.wsjf_order(cost, duration).tolist() == [[0, 1], [1, 0], [2, 2]]


@quick
@given(st.floats(0.0, 30.0), st.floats(0.0, 30.0), st.floats(0.0, 0.5))
def test_overtime_is_paid_one_and_a_half_times(new, experienced, overtime):
    normal = finance.pay(new, experienced, 1.0, 2000.0, 0.0)
    assert normal == pytest.approx((new + experienced + 1.0) * 2000.0)
    assert finance.pay(new, experienced, 1.0, 2000.0, overtime) == pytest.approx(normal * (1 + 1.5 * overtime))


@quick
@given(
    st.lists(st.tuples(money, money), min_size=1, max_size=60),
    st.floats(0.0, 0.5),
    st.floats(-3.0, 3.0),
)
def test_present_value_is_linear_in_the_flows(pairs, i, factor):
    one, other = (np.array(column) for column in zip(*pairs, strict=True))
    together = finance.npv(one + factor * other, i)
    assert together == pytest.approx(finance.npv(one, i) + factor * finance.npv(other, i), abs=1e-4)


@quick
@given(st.lists(st.floats(1.0, 1e4), min_size=1, max_size=60), st.floats(0.01, 0.4), st.floats(0.01, 0.4))
def test_later_money_is_worth_less(flows, i, more):
    flows = np.array(flows)
    worth = finance.npv(flows, i)
    assert finance.npv(flows, i + more) < worth < flows.sum()
    assert finance.npv(np.concatenate([[0.0], flows]), i) < worth
    assert finance.npv(flows, 0.0) == pytest.approx(flows.sum(), rel=1e-12)


def test_a_flow_after_a_year_is_discounted_once():
    flows = np.zeros((52, 2))
    flows[51] = [110.0, 55.0]
    assert finance.npv(flows, 0.10) == pytest.approx([100.0, 50.0], rel=1e-12)
    flows = np.zeros(13)
    flows[12] = 110.0
    assert finance.npv(flows, 0.10, weeks=4.0) == pytest.approx(100.0, rel=1e-12)


@quick
@given(
    st.floats(0.0, 1e6),
    st.floats(0.0, 1.0),
    st.floats(0.0, 1e5),
    st.floats(0.0, 1.0),
    st.floats(0.0, 1e5),
)
def test_commercial_value_is_the_mean_over_the_tree(pv, p_market, launch_cost, p_tech, development):
    tree = [
        (p_tech * p_market, pv - launch_cost - development),
        (p_tech * (1 - p_market), -launch_cost - development),
        (1 - p_tech, -development),
    ]
    mean = sum(chance * value for chance, value in tree)
    value = finance.expected_commercial_value(pv, p_market, launch_cost, p_tech, development)
    assert value == pytest.approx(mean, abs=1e-6 * (1 + pv + launch_cost + development))


def test_the_runway_of_a_run_in_debt_is_nothing():
    rules = open_scenario("first-product").rules
    known = initial(rules, np.arange(3, dtype=np.uint64)).known
    cash, burn = np.array([-500.0, 100.0, -500.0]), np.array([50.0, 50.0, 0.0])
    assert evolve(known, cash=cash, burn=burn).runway.tolist() == [0.0, 2.0, 99.0]
