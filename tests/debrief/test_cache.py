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


UNSEEN = {
    "matter": "effort",
    "about": "swap_board",
    "segment": "",
    "truth": 0.2,
    "mean": 0.0,
    "sd": 0.1,
    "told": True,
    "tool": "spike:swap_board",
}
LEARNED = {"week": 0, "worth": 0.0, "error": 0.0, "hours": 1.0, "cost": 0.0}


def test_what_is_told_of_forecasts_is_not_taken_from_a_file(path):
    file = cache.place(path)
    data = json.loads(file.read_text())
    data["analysis"]["calibration"]["words"][0]["feature"] = "free text"
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
    whole = json.loads(file.read_text())
    data = whole["analysis"]
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
    file.write_text(json.dumps(whole) if change != "json" else "{")
    assert kept(path) is None


def test_where_nothing_can_be_kept_nothing_happens(tmp_path):
    cache.keep(tmp_path / "no" / "such" / "folder" / "run.tpmrun", analysis_of("naive"))


def test_hidden_facts_come_back(path):
    file = cache.place(path)
    whole = json.loads(file.read_text())
    whole["analysis"]["weeks"][0]["unseen"] = [UNSEEN]
    file.write_text(json.dumps(whole))
    assert kept(path).weeks[0].unseen[0].surprise == pytest.approx(2.0)


@pytest.mark.parametrize(
    "change",
    [
        {"about": "free text"},
        {"segment": "free text"},
        {"tool": "free text"},
        {"matter": "x"},
        {"sd": 0.0},
        {"mean": 1e9},
    ],
)
def test_hidden_facts_of_what_is_not_there_do_not_count(path, change):
    file = cache.place(path)
    whole = json.loads(file.read_text())
    whole["analysis"]["weeks"][0]["unseen"] = [UNSEEN | change]
    file.write_text(json.dumps(whole))
    assert kept(path) is None


def test_what_was_kept_before_it_had_a_format_is_made_anew(path):
    """As the first programs wrote it: the analysis alone. Nor does one of another format count."""
    file = cache.place(path)
    whole = json.loads(file.read_text())
    file.write_text(json.dumps(whole["analysis"]))
    assert kept(path) is None
    file.write_text(json.dumps(whole | {"format": cache.FORMAT - 1}))
    assert kept(path) is None
