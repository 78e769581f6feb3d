"""Kept analyses: they count for what they were made of, and for nothing else."""

import json

import pytest

from judged_runs import FEW, analysis_of, run_of
from tpmsim.debrief import cache
from tpmsim.lab.policies import get_policy, reference


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "run.tpmrun"
    cache.keep(path, analysis_of("naive"))
    return path


LEARNED = {"week": 0, "worth": 0.0, "error": 0.0, "hours": 1.0, "cost": 0.0}


def test_what_is_told_of_forecasts_is_not_taken_from_a_file(path):
    file = cache.place(path)
    data = json.loads(file.read_text())
    data["calibration"]["words"][0]["feature"] = "free text"
    file.write_text(json.dumps(data))
    assert kept(path) == analysis_of("naive")


def kept(path, run="naive", policy=None, n=FEW):
    return cache.kept(path, run_of(run), policy or reference(), n)


def test_what_was_kept_comes_back_to_the_last_bit(path):
    assert kept(path) == analysis_of("naive")


def test_it_counts_only_for_this_run_this_evaluator_and_enough_rollouts(path):
    assert kept(path, run="random") is None
    assert kept(path, policy=get_policy("naive")) is None
    assert kept(path, n=FEW + 1) is None
    assert kept(path, n=4) is not None


def test_it_can_be_deleted(path):
    cache.place(path).unlink()
    assert kept(path) is None


CHANGES = (
    "rules",
    "digest",
    "move",
    "about",
    "kind",
    "stage",
    "learned",
    "score",
    "luck",
    "nan",
    "weeks",
    "type",
    "json",
)


@pytest.mark.parametrize("change", [*CHANGES, "unknown"])
def test_what_was_tampered_with_does_not_count(path, change):
    file = cache.place(path)
    data = json.loads(file.read_text())
    match change:
        case "rules":
            data["evaluator"]["rules"] += 1
        case "digest":
            data["evaluator"]["digest"] = "0" * 32
        case "move":
            data["decisions"][0]["best"] = "[b]free text[/b]"
        case "about":
            data["decisions"][0]["about"] = "\x1b[2J"
        case "kind" | "stage":
            data["decisions"][0][change] = "free text"
        case "learned":
            data["learned"].append({**LEARNED, "move": "free text"})
        case "score" | "luck":
            data[change] += 30.0
        case "nan":
            data["par"] = float("nan")
        case "weeks":
            data["weeks"].pop()
        case "type":
            data["score"] = "97"
        case "unknown":
            del data["weeks"]
    file.write_text(json.dumps(data) if change != "json" else "{")
    assert kept(path) is None


def test_where_nothing_can_be_kept_nothing_happens(tmp_path):
    cache.keep(tmp_path / "no" / "such" / "folder" / "run.tpmrun", analysis_of("naive"))
