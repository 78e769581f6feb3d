"""Scenarios that begin in the middle: customers, shipped features, work begun. Imagined worlds fit, luck is fair."""

import numpy as np
import pytest

from laws.test_mean_luck import luck_of, zero, zero_in_each_week
from tpmsim.core.batch import arrays, take
from tpmsim.core.fingerprint import fingerprint
from tpmsim.core.imagine import imagine
from tpmsim.core.opening import initial
from tpmsim.core.rolls import fork_key
from tpmsim.core.rules import Rules
from tpmsim.core.week import advance
from tpmsim.scenario.library import folder
from tpmsim.scenario.loading import parse

SOURCE = (folder() / "first-product" / "scenario.yaml").read_text(encoding="utf-8")
CODE = """
debt: {stars: 2.4, rebuild: 400}
field: {full_load: 300}
support: {agents: 1, choices: [1, 2], pay: 500}
"""
LIVE = """
start:
  stage: live
  customers: {cafes: 240, clinics: 60}
  shipped: {swap_board: 0.1}
  brand: {cafes: 0.2}
"""
BEGUN = """
start:
  stage: build
  begun: {swap_board: {spent: 0.85, reported: 0.9, faulty: 0.2}}
"""


def started(section: str) -> Rules:
    return parse(f"{SOURCE}{CODE}{section}".encode()).rules


@pytest.fixture(scope="module", params=[LIVE, BEGUN], ids=["live", "begun"])
def rules(request: pytest.FixtureRequest) -> Rules:
    return started(request.param)


def seeds(count: int) -> np.ndarray:
    return np.arange(count, dtype=np.uint64)


def test_mean_luck_is_zero(rules: Rules) -> None:
    zero(luck_of(rules, "steady", 300))


@pytest.mark.soak
@pytest.mark.parametrize("player", ["steady", "naive", "random"])
def test_mean_luck_is_zero_in_each_week(rules: Rules, player: str) -> None:
    zero_in_each_week(luck_of(rules, player, 4000))


def test_one_run_equals_its_row_in_a_batch(rules: Rules) -> None:
    batch, alone = initial(rules, seeds(50)), initial(rules, seeds(50)[7:8])
    for _ in range(3):
        assert fingerprint(batch, 7) == fingerprint(alone)
        batch, alone = advance(rules, batch), advance(rules, alone)


def test_imagined_worlds_look_the_same(rules: Rules) -> None:
    state = initial(rules, seeds(200))
    world = imagine(rules, state.known, fork_key(state.future, 1))
    for (_, name, real), (_, _, imagined) in zip(arrays(state), arrays(world), strict=True):
        if name in ("good", "faulty"):
            assert np.isfinite(imagined).all()
        elif hasattr(state.known, name):
            assert np.array_equal(real, imagined), name
    assert np.allclose(world.hidden.good + world.hidden.faulty, state.known.worked)


def test_what_was_begun_is_not_complete_and_what_was_shipped_is() -> None:
    known = initial(started(BEGUN), seeds(300)).known
    assert (known.complete == 0.0).all()
    assert np.allclose(known.reported[known.committed > 0.0], 0.9)
    truth = initial(started(BEGUN), seeds(300))
    whole = truth.known.nominal * truth.truth.ratio
    at_work = truth.known.committed > 0.0
    assert (truth.known.worked[at_work] <= 0.98 * whole[at_work] + 1e-9).all(), "there is something left to do"
    live = initial(started(LIVE), seeds(300)).known
    assert (live.released == 1.0).all()
    assert np.allclose(live.customers, 300.0)
    assert (live.week == 0).all()


def test_customers_of_the_start_pay_from_week_one_and_may_leave() -> None:
    rules = started(LIVE)
    state = initial(rules, seeds(100))
    cash = state.known.cash
    state = advance(rules, state)
    assert np.array_equal(state.known.cash, cash), "the planning week is free"
    assert np.allclose(state.known.customers, 300.0)
    for _ in range(5):
        state = advance(rules, state)
    assert (state.known.revenue > 0.0).all()
    assert (take(state, slice(0, 100)).known.lost.sum(axis=0) > 0.0).all(), "contracts of the start have ended"


def test_what_customers_of_the_start_have_and_expect_is_imagined_as_it_is() -> None:
    """The work of then tells a feature's effort, though faults open it again; they expect what it delivered then."""
    rules = started(LIVE)
    state = advance(rules, initial(rules, seeds(1000)))
    row = int(np.argmax(rules.start.shipped))
    again = state.known.complete[row] <= 0.0
    assert again.any(), "opened again"
    for week in range(3):
        world = imagine(rules, state.known, fork_key(state.future, 1))
        times = world.truth.ratio[row] / state.truth.ratio[row]
        assert abs(times.mean() - 1.0) < 0.02
        assert week or (np.abs(times[again] - 1.0) < 0.02).all(), "nothing was mended yet"
        apart = (world.hidden.expectation - state.hidden.expectation)[:, 0]
        assert (np.abs(apart.mean(axis=-1)) < 0.01).all()
        state = advance(rules, state)
