"""The commands as users type them: what they print, what they refuse, and with which exit code."""

import base64
import json
import os
import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from forging import edited, line_of
from tpmsim.cli.main import main
from tpmsim.core.rolls import seed_text
from tpmsim.game.session import Session
from tpmsim.lab.jobs import batch_seeds
from tpmsim.scenario.library import open_scenario

Result = tuple[int, str, str]
Command = Callable[..., Result]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("runs") / "steady.tpmrun"
    with pytest.raises(SystemExit):
        main(["run", "first-product", "--policy", "steady", "--seed", "K7Q2-MX4D", "--save", str(path)])
    return path


@pytest.mark.parametrize(
    "name",
    [
        *(
            "play",
            "run",
            "verify",
            "replay",
            "branch",
            "list",
            "rename",
            "delete",
            "new",
            "preview",
            "check",
            "explain",
            "test",
        ),
        *("explain", "test", "graph", "fmt", "docs", "schema", "publish", "upgrade", "doctor"),
    ],
)
def test_every_command_has_help_with_examples(command: Command, name: str) -> None:
    code, out, _ = command(name, "--help")
    assert code == 0
    assert "Examples:" in out
    assert f"tpmsim {name}" in out


def test_run_prints_the_promised_json_and_nothing_else_on_stdout(command: Command) -> None:
    code, out, _ = command("run", "first-product", "--policy", "steady", "--runs", "20", "--json")
    page = json.loads(out)
    assert code == 0
    assert list(page) == ["scenario", "policy", "runs", "summary"]
    assert all(list(one) == ["seed", "score", "ending", "weeks"] for one in page["runs"])
    assert [one["seed"] for one in page["runs"]] == [seed_text(seed) for seed in batch_seeds(0, 20)]


def test_a_run_of_a_batch_is_the_run_of_its_seed_alone(command: Command) -> None:
    _, many, _ = command("run", "first-product", "--policy", "steady", "--seed", "5", "--runs", "30", "--json")
    seventeenth = json.loads(many)["runs"][17]
    _, alone, _ = command("run", "first-product", "--policy", "steady", "--seed", seventeenth["seed"], "--json")
    assert json.loads(alone)["runs"] == [seventeenth]


def test_jobs_change_nothing(command: Command) -> None:
    words = ("run", "first-product", "--policy", "naive", "--runs", "60", "--json")
    assert command(*words)[1] == command(*words, "--jobs", "2")[1]


def test_a_saved_run_has_the_score_of_the_batch_and_verifies(command: Command, saved: Path) -> None:
    _, out, _ = command("run", "first-product", "--policy", "steady", "--seed", "K7Q2-MX4D", "--json")
    code, said, _ = command("verify", saved)
    assert code == 0
    assert f"score {json.loads(out)['runs'][0]['score']:.1f}" in said


def test_a_table_for_people(command: Command) -> None:
    code, out, err = command("run", "first-product", "--policy", "random", "--runs", "50")
    assert code == 0
    assert "score: mean" in out
    assert "endings:" in out
    assert "50 of 50 runs" in err


def test_verify_reports_each_file(command: Command, saved: Path, tmp_path: Path) -> None:
    def better(data: dict[str, Any]) -> None:
        data["score"] = 97 << 20

    forged = edited(saved, tmp_path / "forged.tpmrun", line_of(saved, "end"), better)
    broken = tmp_path / "broken.tpmrun"
    broken.write_bytes(saved.read_bytes().replace(b'"kind":"move"', b'"kind":"nove"', 1))
    torn = tmp_path / "torn.tpmrun"
    torn.write_bytes(saved.read_bytes()[:-9])
    nothing = tmp_path / "nothing.tpmrun"
    code, out, err = command("verify", saved, forged, broken, torn, nothing)
    assert code == 3
    assert "exact" in out
    assert "score: recorded 97.0000, replay gives" in err
    assert "chain broken" in err
    assert "1 unfinished record" in out
    assert "nothing.tpmrun" in err
    assert command("verify", saved, torn)[0] == 0
    assert command("verify", forged)[0] == 1
    rows = json.loads(command("verify", "--json", saved, forged, broken, torn, nothing)[1])
    assert [one["code"] for one in rows] == [0, 1, 1, 0, 3]


def test_verify_of_other_rules_is_6_and_replay_shows_the_recording(
    command: Command, saved: Path, tmp_path: Path
) -> None:
    def later(data: dict[str, Any]) -> None:
        data["rules"] += 1

    other = edited(saved, tmp_path / "later.tpmrun", 1, later)
    before = other.read_bytes()
    assert command("verify", other)[0] == 6
    code, out, _ = command("replay", other)
    assert code == 0
    assert "Recorded view: made by rules" in out
    assert "    Team health: 100 of 100 (rested)" in out, "in the words and units of the scenario in the file"
    assert re.search(r"^    Cash: [\d,]+$", out, re.MULTILINE)
    assert "then Research" in out
    assert "smallest unit" not in out
    assert other.read_bytes() == before


def test_a_later_format_is_6_and_says_what_to_do(command: Command, saved: Path, tmp_path: Path) -> None:
    def later(data: dict[str, Any]) -> None:
        data["format"] += 1

    code, _, err = command("verify", edited(saved, tmp_path / "later.tpmrun", 1, later))
    assert code == 6
    assert "tpmsim" in err


def test_replay_tells_the_run_and_its_causes(command: Command, saved: Path) -> None:
    code, out, _ = command("replay", saved)
    assert code == 0
    assert "Planning week" in out
    assert "Score " in out
    answers = [line for line in out.splitlines() if line.startswith(("  > '", '  > "'))]
    assert answers
    assert all(" (to " in line for line in answers)
    code, one_week, _ = command("replay", saved, "--week", "2", "--why")
    assert code == 0
    assert "Week 2 of 8" in one_week
    assert "Week 3 of 8" not in one_week
    assert "Salaries" in one_week or "pay" in one_week.lower()


def test_branch_makes_a_run_of_its_own(command: Command, saved: Path) -> None:
    code, out, _ = command("branch", saved, "--week", "3")
    assert code == 0
    (made,) = [path for path in saved.parent.glob("*.tpmrun") if "week-3" in path.name]
    assert made.name in out
    assert command("verify", made)[0] == 0
    code, _, err = command("branch", saved, "--week", "99")
    assert code == 3
    assert "can be branched from week 0 to" in err


def test_list_shows_scenarios_and_runs(command: Command, saved: Path) -> None:
    code, out, _ = command("list", "--saves", saved.parent)
    assert code == 0
    assert "first-product" in out
    assert "K7Q2-MX4D" in out
    page = json.loads(command("list", "--json", "--saves", saved.parent)[1])
    assert page["scenarios"][0]["weeks"] == 8
    assert page["runs"][0]["seed"] == "K7Q2-MX4D"


def test_doctor_finds_the_golden_bits(command: Command, tmp_path: Path) -> None:
    code, out, _ = command("doctor", "--saves", tmp_path)
    assert code == 0
    assert "the same bits as everywhere" in out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("play", "firs-product"), 3, "did you mean 'first-product'?"),
        (("play", "/dev/zero"), 3, "not a regular file"),
        (("play", "first-product", "--seed", "hello!"), 2, "seed"),
        (("run", "first-product", "--policy", "stedy"), 2, "did you mean 'steady'?"),
        (("run", "first-product"), 2, "--policy"),
        (("run", "first-product", "--policy", "steady", "--runs", "0"), 2, "0 is not in the range"),
        (("run", "first-product", "--policy", "steady", "--runs", "x"), 2, "not a valid integer"),
        (("run", "first-product", "--policy", "steady", "--seed", str(1 << 40)), 2, "seed"),
        (("verify",), 2, "FILES"),
        (("verify", "no/such\x1bfile.tpmrun"), 3, "\\x1b"),
        (("replay", "/"), 3, "regular file"),
        (("play", "a/" * 3000), 3, "cannot be opened"),
        (("run", "a/" * 3000, "--policy", "steady"), 3, "cannot be opened"),
        (("fly",), 2, "No such command 'fly'."),
        (("chekc",), 2, "No such command 'chekc'; did you mean 'check'?"),
        (("che\x1bkc",), 2, "No such command 'che\\x1bkc'"),
        (("--flag",), 2, "No such option"),
    ],
)
def test_a_users_mistake_is_one_line_with_its_code(
    command: Command, tmp_path: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    saves = ("--saves", str(tmp_path)) if arguments[0] == "play" else ()
    got, _, err = command(*arguments, *saves)
    assert got == code
    assert said in err
    assert err.startswith("tpmsim: error")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("folder", "code", "said"),
    [("~nobody-of-that-name/x", 2, "no home folder"), ("{}/file", 4, "--saves"), ("{}/" + "x" * 300, 4, "--saves")],
)
def test_a_folder_that_cannot_keep_runs_is_named(
    command: Command, tmp_path: Path, folder: str, code: int, said: str
) -> None:
    (tmp_path / "file").write_bytes(b"")
    folder = folder.format(tmp_path)
    got, _, err = command("play", "first-product", "--saves", folder)
    assert got == code
    assert said in err
    assert err.count("\n") == 1
    assert command("list", "--saves", folder)[0] == (2 if code == 2 else 0)


def test_one_odd_file_hides_no_other_run(command: Command, saved: Path, tmp_path: Path) -> None:
    def odd(data: dict[str, Any]) -> None:
        data["obs"]["week"] = "soon"

    (tmp_path / "good.tpmrun").write_bytes(saved.read_bytes())
    edited(saved, tmp_path / "odd.tpmrun", line_of(saved, "week", -1), odd)
    if os.name != "nt":
        (tmp_path / "nowhere.tpmrun").symlink_to(tmp_path / "no-such-file")
    (tmp_path / "folder.tpmrun").mkdir()
    code, out, _ = command("list", "--saves", tmp_path)
    assert code == 0
    assert all(path.name in out for path in tmp_path.iterdir())


@pytest.mark.parametrize("answer", ["\u00b2", "9" * 5000, "-1", "\u0663", "0"])
def test_an_odd_answer_to_what_shall_it_be_is_asked_again(
    command: Command, tmp_path: Path, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Session.start(open_scenario("first-product"), "7", tmp_path / "run.tpmrun"):
        pass
    answers = iter([answer, "q"])
    monkeypatch.setattr("tpmsim.cli.lines.Lines.read", lambda self, prompt: next(answers))
    code, out, _ = command("play", "--saves", tmp_path)
    assert code == 0
    assert "a number from 1 to" in out


@pytest.mark.skipif(os.name == "nt", reason="no such name there")
def test_the_name_of_a_folder_cannot_obey_the_terminal(command: Command, saved: Path, tmp_path: Path) -> None:
    folder = tmp_path / "a\x1b]0;x\x07 b"
    folder.mkdir()
    (folder / "run.tpmrun").write_bytes(saved.read_bytes())
    code, out, _ = command("branch", folder / "run.tpmrun", "--week", "2")
    assert code == 0
    assert "\\x1b" in out


def test_a_later_scenario_that_cannot_be_read_here_is_still_viewed(
    command: Command, saved: Path, tmp_path: Path
) -> None:
    """Other rules may come with a scenario of another form: never a dead end."""

    def foreign(data: dict[str, Any]) -> None:
        data["rules"] += 1
        data["scenario"]["data"] = base64.b64encode(zlib.compress(b"format: 1\nnew_key: 1\n")).decode()

    other = edited(saved, tmp_path / "later.tpmrun", 1, foreign)
    assert command("verify", other)[0] == 6
    code, out, _ = command("replay", other)
    assert code == 0
    assert "Recorded view: made by rules" in out
    assert re.search(r"^    cash: \d+ \(in its smallest unit\)$", out, re.MULTILINE), "no words can be had of it"


def test_numbers_that_this_program_does_not_know_are_told_as_they_were_written(
    command: Command, saved: Path, tmp_path: Path
) -> None:
    def foreign(data: dict[str, Any]) -> None:
        if data["kind"] == "week":
            data["obs"]["numbers"] |= {"morale": 31, "cash": "much"}

    line = next(n for n, text in enumerate(saved.read_text().splitlines(), start=1) if '"kind":"week"' in text)
    other = edited(saved, tmp_path / "later.tpmrun", line, foreign)
    _, out, _ = command("replay", other)
    assert "    morale: 31 (in its smallest unit)" in out
    assert "    cash: much (in its smallest unit)" in out
    assert "    Team health: 100 of 100 (rested)" in out


def test_words_of_another_scenario_than_the_header_names_are_not_used(
    command: Command, saved: Path, tmp_path: Path
) -> None:
    def foreign(data: dict[str, Any]) -> None:
        data["scenario"]["version"] = "7"

    _, out, _ = command("replay", edited(saved, tmp_path / "later.tpmrun", 1, foreign))
    assert "Recorded view: the scenario in the file is not the one that its header names" in out
    assert "(in its smallest unit)" in out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &x [1]\nb: *x\n", "anchors and aliases are not allowed"),
        ("a: !!python/object/apply:os.system [id]\n", "tags are not allowed"),
        ("[" * 50 + "\n", "nested deeper than 32"),
        ("id: a\nid: b\n", "appears twice"),
        ("weeks: 010\n", "10"),
        ("wekes: 8\n", "did you mean 'weeks'?"),
        ("", "empty"),
    ],
)
def test_a_scenario_that_is_not_sound_is_refused_with_its_place(
    command: Command, tmp_path: Path, text: str, said: str
) -> None:
    """Y01 to Y08 as a player meets them."""
    path = tmp_path / "scenario.yaml"
    path.write_text(text, "utf-8")
    code, _, err = command("run", path, "--policy", "random")
    assert code == 3
    assert said in err
    assert "scenario.yaml:" in err
    assert all(line.startswith(("tpmsim: error", "and ")) for line in err.splitlines())


@pytest.mark.skipif(os.name == "nt", reason="links")
def test_a_scenario_folder_that_leads_out_by_a_link_is_refused(command: Command, tmp_path: Path) -> None:
    """Y09: the file outside is never opened."""
    (tmp_path / "secret.yaml").write_text("title: secret\n", "utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "scenario.yaml").symlink_to(tmp_path / "secret.yaml")
    code, _, err = command("run", tmp_path / "folder", "--policy", "random")
    assert code == 3
    assert "links are not followed" in err


@pytest.mark.skipif(os.name == "nt", reason="a folder nobody can write to")
def test_a_folder_that_cannot_be_written_to_is_4_at_once(command: Command) -> None:
    """S06: the folder is named, another way is suggested."""
    code, _, err = command("play", "first-product", "--saves", "/proc/saves")
    assert code == 4
    assert "/proc/saves" in err
    assert "--saves" in err


@pytest.mark.parametrize("name", ["../../x", "CON", "x" * 300, "\U0001f40b", " ", "a/b\\c", "\x1b]0;x\x07"])
def test_any_player_name_gives_one_file_in_the_folder(
    command: Command, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T06."""
    monkeypatch.setattr("tpmsim.cli.lines.Lines.read", lambda self, prompt: None)
    code, _, _ = command("play", "first-product", "--name", name, "--saves", tmp_path / "saves")
    assert code == 0
    made = [path for path in tmp_path.rglob("*") if path.suffix == ".tpmrun"]
    assert len(made) == 1
    assert made[0].parent == tmp_path / "saves"
    assert len(made[0].name.encode()) <= 80


def test_our_own_bug_is_70_one_line_and_a_file_without_secrets(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*given: object, **named: object) -> None:
        secret = "the password"  # noqa: F841
        raise RuntimeError("a message with a name in it")

    monkeypatch.setattr("tpmsim.cli.listing.known_runs", broken)
    monkeypatch.setattr("platformdirs.user_data_path", lambda *given, **named: tmp_path)
    code, _, err = command("list")
    assert code == 70
    assert err.count("\n") == 1
    (page,) = (tmp_path / "crashes").iterdir()
    text = page.read_text("utf-8")
    assert "RuntimeError" in text
    assert "listing / list_command" in text
    assert "password" not in text
    assert "a message" not in text
    assert str(tmp_path) not in text
