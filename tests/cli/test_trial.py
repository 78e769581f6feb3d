"""`tpmsim test` as authors type it: what it prints, what it leaves behind, and with which exit code."""

import json
from pathlib import Path

import pytest

from small_trial import SMALL, written
from tpmsim.cli import trial
from tpmsim.cli.main import main

Result = tuple[int, str, str]

BROKEN = """\
format: 1
paths:
  way:
    steps:
      - end: 1
      - expect: trust.boss > 0.9
"""
ALWAYS = "format: 1\nalways:\n  one_way: {when: sources < 2}\n"


def typed(capsys: pytest.CaptureFixture[str], *words: str | Path) -> Result:
    with pytest.raises(SystemExit) as left:
        main(["test", *map(str, words)])
    shown = capsys.readouterr()
    return int(left.value.code or 0), shown.out, shown.err


def test_a_broken_expectation_is_named_and_leaves_a_run_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    place = written(tmp_path / "small", BROKEN)
    code, out, _ = typed(capsys, place, "--random", "0", "--save", tmp_path / "saves")
    assert code == 1
    assert "paths.yaml:6:17: path 'way': expected trust.boss > 0.9; trust.boss is 0.5" in out
    (file,) = (tmp_path / "saves").glob("*.tpmrun")
    assert f"tpmsim replay {file}" in out
    with pytest.raises(SystemExit):
        main(["replay", str(file)])
    assert "The run goes on in week 1." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("steps", "code"), [("play: naive\n      - end: 1", "TPM717"), ("play: naive\n    ending: other", "TPM716")]
)
def test_the_run_file_of_a_path_that_went_on_too_long_is_over_too(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, steps: str, code: str
) -> None:
    place = written(tmp_path / "small", f"format: 1\npaths:\n  way:\n    steps:\n      - {steps}\n")
    _, out, _ = typed(capsys, place, "--random", "0", "--save", tmp_path / "saves")
    assert f"error[{code}]" in out
    (file,) = (tmp_path / "saves").glob("*.tpmrun")
    with pytest.raises(SystemExit):
        main(["replay", str(file)])
    shown = capsys.readouterr().out
    assert "The run goes on" not in shown
    assert shown.splitlines()[-1].startswith("Launched. Score ")
    with pytest.raises(SystemExit) as left:
        main(["verify", str(file)])
    assert left.value.code == 0


def test_the_page_says_in_which_folder_failures_are(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "saves_folder", lambda option=None: Path(option or tmp_path / "runs"))
    place = written(tmp_path / "small", BROKEN)
    _, out, _ = typed(capsys, place, "--random", "0")
    assert f"Run files of failures are in {tmp_path / 'runs' / 'failures'}; --save names" in out
    assert len(list((tmp_path / "runs" / "failures").glob("*.tpmrun"))) == 1
    assert f"Run files of failures are in {tmp_path / 'x'};" in typed(capsys, place, "--save", tmp_path / "x")[1]
    sound = written(tmp_path / "sound", "format: 1\n")
    assert "Run files" not in typed(capsys, sound, "--random", "0")[1]


def test_the_last_line_speaks_of_what_must_be_reached_and_of_nothing_else(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Ways and moves that nobody came to are listed above it."""
    place = written(tmp_path / "small", "format: 1\n")
    _, out, _ = typed(capsys, place, "--random", "40")
    assert "not reached, ways between stages" in out
    assert "not reached, cards" not in out
    assert out.splitlines()[-1].endswith("nothing failed, all its cards, answers and endings were reached")
    place = written(tmp_path / "other", "format: 1\n", SMALL.replace(" and week > 100", ""))
    _, out, _ = typed(capsys, place, "--random", "40")
    assert out.splitlines()[-1].endswith("2 of its cards, answers and endings not reached")


def test_play_that_breaks_what_must_always_hold(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    place = written(tmp_path / "small", ALWAYS)
    code, out, err = typed(capsys, place, "--random", "60", "--save", tmp_path / "saves")
    assert code == 1
    assert "error[TPM721]" in out
    assert "60 of 60 runs" in err
    moves = [line for line in out.splitlines() if line.startswith("    week ")]
    assert sum(line.count(":shops") for line in moves) == 2
    (file,) = (tmp_path / "saves").glob("*.tpmrun")
    with pytest.raises(SystemExit) as left:
        main(["verify", str(file)])
    assert left.value.code == 0


def test_what_was_not_reached_fails_in_strict_mode_only(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    place = written(tmp_path / "small", "format: 1\n", SMALL.replace(" and week > 100", ""))
    code, out, _ = typed(capsys, place / "scenario.yaml", "--random", "40")
    assert code == 0
    assert "not reached, cards: never" in out
    assert all(len(line) <= 80 for line in out.splitlines())
    assert typed(capsys, place, "--random", "40", "--strict")[0] == 1


def test_what_is_proved_unreachable_is_told_apart_and_is_no_failure(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    place = written(tmp_path / "small", "format: 1\n")
    code, out, _ = typed(capsys, place, "--random", "40", "--strict")
    assert code == 0
    assert "cards/never: 'week > 100' never holds there: week is 1 to 8" in " ".join(out.split())


def test_the_whole_coverage_with_counts_and_first_seeds(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    place = written(tmp_path / "small", "format: 1\n")
    _, out, _ = typed(capsys, place, "--random", "40", "--coverage", "--seed", "K7Q2-MX4D")
    rows = {line.split()[0]: line.split()[1:] for line in out.splitlines() if line.startswith("    ")}
    assert rows["never"] == ["0"]
    assert int(rows["hello"][0]) > 0
    assert len(rows["hello"][1]) == 9


def test_one_json_object_for_one_scenario_and_a_list_for_several(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    one, other = written(tmp_path / "a", BROKEN), written(tmp_path / "b", "format: 1\n")
    options = ("--random", "20", "--json", "--save", tmp_path / "saves")
    code, out, _ = typed(capsys, one, *options)
    page = json.loads(out)
    assert code == 1
    assert out == json.dumps(page, ensure_ascii=True, indent=1, sort_keys=True) + "\n"
    assert page["hits"]["cards"]["never"] == {"count": 0, "first_seed": None}
    assert page["hits"]["answers"]["hello/aye"]["count"] > 0
    assert page["hits"]["stages"]["research>roadmap by leap"]["count"] > 0
    (problem,) = page["problems"]
    assert (problem["code"], problem["line"], problem["column"], problem["path"]) == ("TPM711", 6, 17, "way")
    assert Path(problem["run"]).is_file()
    pages = json.loads(typed(capsys, one, other, *options)[1])["scenarios"]
    assert [len(each["problems"]) for each in pages] == [1, 0]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("firs-product",), 3, "did you mean 'first-product'?"),
        (("first-product", "--seed", "hello!"), 2, "seed"),
        (("first-product", "--random", "-1"), 2, "not in the range"),
    ],
)
def test_mistakes_are_one_line(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, said: str
) -> None:
    got, _, err = typed(capsys, *words)
    assert got == code
    assert said in err
    assert err.count("\n") == 1


def test_a_file_of_tests_that_is_not_sound_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    place = written(tmp_path / "small", "format: 1\npaths:\n  way: {steps: [{move: fly}]}\n")
    code, _, err = typed(capsys, place)
    assert code == 3
    assert "paths.yaml:3:24: no move 'fly'" in err
