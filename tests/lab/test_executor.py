"""Jobs, processes and the report: the same bytes however the work was divided."""

import json
import os
import subprocess
import sys
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from functools import cache
from itertools import pairwise
from statistics import fmean, quantiles, stdev
from typing import Any

import pytest

from tpmsim.core.rolls import seed_text
from tpmsim.errors import UsageError
from tpmsim.game.session import Session
from tpmsim.lab.jobs import Job, batch_seeds, run, work
from tpmsim.lab.policies import get_policy
from tpmsim.lab.recorded import record
from tpmsim.lab.report import as_json
from tpmsim.lab.rollout import Results
from tpmsim.scenario.library import open_scenario

LOADED = open_scenario("first-product")
BATCH = 77
SEEDS = batch_seeds(BATCH, 60)


def text(**how: Any) -> str:
    return json.dumps(as_json(LOADED.rules, "first-product", "steady", run(LOADED, "steady", SEEDS, **how), BATCH))


@cache
def at_once() -> Results:
    """The work in one piece."""
    return run(LOADED, "steady", SEEDS)


@cache
def text_at_once() -> str:
    return json.dumps(as_json(LOADED.rules, "first-product", "steady", at_once(), BATCH))


def test_two_processes_give_the_bytes_of_one() -> None:
    assert text(jobs=2, block=13) == text_at_once()


def test_any_executor_will_do() -> None:
    with ThreadPoolExecutor(3) as pool:
        assert text(executor=pool, block=7) == text_at_once()


def test_progress_is_told_block_by_block() -> None:
    told: list[tuple[int, int]] = []
    text(block=25, progress=lambda done, runs: told.append((done, runs)))
    assert told == [(20, 60), (40, 60), (60, 60)]
    with ThreadPoolExecutor(2) as pool:
        told.clear()
        text(executor=pool, block=25, progress=lambda done, runs: told.append((done, runs)))
    assert told[-1] == (60, 60)
    assert all(one < other for (one, _), (other, _) in pairwise(told))


class Halted(Executor):
    """An executor that never starts anything."""

    def __init__(self) -> None:
        self.futures: list[Future[Any]] = []

    def submit(self, /, *call: Any, **named: Any) -> Future[Any]:
        self.futures.append(Future())
        if len(self.futures) == 4:
            self.futures[0].set_exception(KeyboardInterrupt())
        return self.futures[-1]


def test_an_interrupt_cancels_what_waits() -> None:
    halted = Halted()
    with pytest.raises(KeyboardInterrupt):
        run(LOADED, "steady", SEEDS, executor=halted, block=15)
    assert [future.cancelled() for future in halted.futures[1:]] == [True, True, True]


@pytest.mark.timeout(120)
def test_an_interrupt_in_the_middle_ends_the_pool() -> None:
    def stop(done: int, runs: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(LOADED, "steady", batch_seeds(1, 400), jobs=2, block=10, progress=stop)


def test_a_worker_needs_only_bytes_a_name_and_seeds() -> None:
    results = work(Job(LOADED.data, "steady", SEEDS[:3]))
    assert results.seeds == SEEDS[:3]
    assert results.scores.tolist() == at_once().scores.tolist()[:3]


def test_an_unknown_policy_is_refused_at_once() -> None:
    with pytest.raises(UsageError, match="no policy 'nobody'"):
        run(LOADED, "nobody", SEEDS)


# The report


def test_a_report_has_just_these_keys() -> None:
    report = as_json(LOADED.rules, "first-product", "steady", at_once(), BATCH)
    assert list(report) == ["scenario", "policy", "runs", "summary"]
    assert all(list(entry) == ["seed", "score", "ending", "weeks"] for entry in report["runs"])
    assert {entry["ending"] for entry in report["runs"]} <= set(LOADED.scenario.endings)
    assert len({entry["seed"] for entry in report["runs"]}) == 60


def test_an_entry_does_not_depend_on_the_others() -> None:
    whole = as_json(LOADED.rules, "first-product", "steady", at_once(), BATCH)["runs"]
    for i in (0, 31, 59):
        alone = as_json(LOADED.rules, "first-product", "steady", run(LOADED, "steady", SEEDS[i : i + 1]), BATCH)["runs"]
        assert json.dumps(alone[0]) == json.dumps(whole[i])


def test_the_summary_against_the_statistics_module() -> None:
    report = as_json(LOADED.rules, "first-product", "random", run(LOADED, "random", SEEDS), BATCH)
    scores = [entry["score"] for entry in report["runs"]]
    tenths = quantiles(scores, n=10, method="inclusive")
    summary = report["summary"]
    assert summary["runs"] == 60
    assert summary["mean"] == pytest.approx(fmean(scores), abs=2e-4)
    assert summary["sd"] == pytest.approx(stdev(scores), abs=2e-4)
    assert [summary[key] for key in ("p10", "p50", "p90")] == pytest.approx([tenths[0], tenths[4], tenths[8]], abs=2e-4)
    assert sum(summary["endings"].values()) == 60


def test_the_summary_of_one_run_and_of_none() -> None:
    one = as_json(LOADED.rules, "x", "steady", run(LOADED, "steady", SEEDS[:1]), BATCH)["summary"]
    assert one["sd"] is None
    assert one["mean"] == one["p10"] == one["p90"]
    none = as_json(LOADED.rules, "x", "steady", run(LOADED, "steady", ()), BATCH)
    assert none["runs"] == []
    assert none["summary"]["mean"] is None


FEATURES_OFF = "NPY_DISABLE_CPU_FEATURES"

CHILD = """
import sys
from test_executor import text
core = sys.modules.get("numpy._core._multiarray_umath") or sys.modules["numpy.core._multiarray_umath"]
print(text())
print(*(name for name in core.__cpu_dispatch__ if core.__cpu_features__.get(name)))
"""


def test_the_same_bytes_without_processor_features() -> None:
    core = sys.modules.get("numpy._core._multiarray_umath") or sys.modules["numpy.core._multiarray_umath"]
    optional = [name for name in core.__cpu_dispatch__ if core.__cpu_features__.get(name)]
    off = [os.environ.get(FEATURES_OFF, ""), *optional]
    done = subprocess.run(
        [sys.executable, "-c", CHILD],
        env={**os.environ, FEATURES_OFF: " ".join(off), "PYTHONPATH": os.path.dirname(__file__)},
        capture_output=True,
        text=True,
        check=True,
    )
    computed, still_on, *_ = [*done.stdout.split("\n"), ""]
    assert still_on == ""
    assert computed == text_at_once()


def test_the_numbers_of_a_report_are_those_of_the_runs() -> None:
    results = run(LOADED, "steady", SEEDS[:6])
    told = as_json(LOADED.rules, "first-product", "steady", results, BATCH)["summary"]["numbers"]
    assert list(told) == [number.id for number in LOADED.rules.numbers]
    for row, seed in enumerate(SEEDS[:6]):
        with Session.start(LOADED, seed_text(seed)) as session:
            record(session, get_policy("steady"))
        courses = [report.before.numbers for report in session.reports] + [session.observation.numbers]
        starts = [session.reports[0].before, *(report.after for report in session.reports)]
        for place, number in enumerate(LOADED.rules.numbers):
            seen = [one.numbers[number.id] for one in starts]
            assert results.numbers[place, row] == courses[-1][number.id]
            assert results.rose[place, row] == any(new > old for old, new in pairwise(seen))
            assert results.fell[place, row] == any(new < old for old, new in pairwise(seen))
    for place, number in enumerate(LOADED.rules.numbers):
        one = told[number.id]
        assert one["p10"] <= one["p50"] <= one["p90"]
        assert one["mean"] == pytest.approx(results.numbers[place].mean() * number.quantum, abs=1e-4)
        assert one["rose"] == pytest.approx(results.rose[place].mean(), abs=1e-4)
