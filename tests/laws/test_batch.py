"""A run is a column: what becomes of it does not depend on the runs beside it."""

import numpy as np
import pytest

from laws.players import steps, weeks
from tpmsim.core.batch import arrays, join, take
from tpmsim.core.imagine import imagine
from tpmsim.core.moves import apply
from tpmsim.core.opening import initial
from tpmsim.core.state import State
from tpmsim.core.week import advance
from tpmsim.lab.golden import golden_scenario


def same(one: State, other: State, what: str) -> None:
    for (_, name, first), (_, _, second) in zip(arrays(one), arrays(other), strict=True):
        assert first.dtype == second.dtype
        assert first.tobytes() == second.tobytes(), f"{what}: {name} differs"


@pytest.mark.parametrize("n", [1, 3, 64])
def test_the_opening_of_a_run_does_not_depend_on_the_batch(rules, n):
    seeds = np.arange(n, dtype=np.uint64)
    batch = initial(rules, seeds)
    for i in {0, n // 2, n - 1}:
        same(take(batch, [i]), initial(rules, seeds[[i]]), f"run {i}")


@pytest.mark.parametrize("n", [1, 3, 64])
def test_each_step_of_a_run_is_the_same_alone_and_in_a_batch(rules, n):
    """Moves and weeks, run by run, for runs that take very different ways."""
    for played in steps(rules, initial(rules, np.arange(n, dtype=np.uint64))):
        for i in sorted({0, n // 2, n - 1}):
            alone = take(played.before, [i])
            chosen = None if played.chosen is None else played.chosen[[i]]
            after = advance(rules, alone) if chosen is None else apply(rules, alone, chosen)
            same(take(played.after, [i]), after, f"run {i} in week {played.before.known.week[i]}")


def test_each_run_of_a_batch_is_the_same_alone_in_every_week(rules):
    for played in weeks(rules, 16, first=500):
        for i in range(16):
            after = advance(rules, take(played.before, [i]))
            same(take(played.after, [i]), after, f"run {i} in week {played.before.known.week[i]}")


def test_what_a_run_remembers_does_not_depend_on_the_batch():
    """In a scenario whose cards ask what was answered, when, and what its numbers are."""
    rules, n = golden_scenario().rules, 12
    *_, last = weeks(rules, n, first=20)
    known = last.after.known
    assert np.ptp(known.memory, axis=-1).all()
    assert (np.ptp(known.answered, axis=-1) > 0).all()
    for played in weeks(rules, n, first=20):
        for i in range(n):
            same(take(played.after, [i]), advance(rules, take(played.before, [i])), f"run {i}")


def test_the_order_of_the_runs_does_not_matter(rules):
    order = np.argsort((np.arange(64) * 37) % 64, kind="stable")
    for played in weeks(rules, 64, first=300):
        same(advance(rules, take(played.before, order)), take(played.after, order), "permuted")


def test_runs_that_are_over_stay_as_they_are(rules):
    for played in weeks(rules, 64, first=300):
        over = ~played.before.live
        same(take(played.after, over), take(played.before, over), "ended")


def test_ended_runs_beside_it_change_nothing(rules):
    """The week of a batch is that of its live runs, wherever the ended ones stand."""
    *_, last = weeks(rules, 8)
    for played in weeks(rules, 8, first=40):
        if not played.before.live.any():
            continue
        mixed = advance(rules, join([last.after, played.before]))
        same(take(mixed, slice(8, 16)), played.after, "beside ended runs")


def test_imagined_worlds_do_not_depend_on_the_batch(rules):
    for played in weeks(rules, 16, first=500):
        live = take(played.after, played.after.live)
        if not live.size:
            break
        batch = imagine(rules, live.known, live.future)
        for i in sorted({0, live.size // 2, live.size - 1}):
            alone = imagine(rules, take(live, [i]).known, live.future[[i]])
            same(take(batch, [i]), alone, f"imagined {i}")


def test_nothing_is_minus_zero_or_not_finite(rules):
    for played in weeks(rules, 64, first=300):
        for _, name, array in arrays(played.after):
            if array.dtype.kind == "f":
                assert np.isfinite(array).all(), name
                assert not (np.signbit(array) & (array == 0.0)).any(), f"{name} holds -0.0"
