"""`tpmsim rename`, `tpmsim delete` and the trash of `tpmsim list`, as users type them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tpmsim.cli.choosing import choose
from tpmsim.cli.main import main
from tpmsim.game.session import Session
from tpmsim.scenario.library import open_scenario

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    def run(*arguments: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main([str(one) for one in arguments])
        shown = capsys.readouterr()
        assert "Traceback" not in shown.err
        return int(left.value.code or 0), shown.out, shown.err

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("monday", "tuesday"):
        Session.start(open_scenario("first-product"), "7", tmp_path / f"{name}.tpmrun").close()
    return tmp_path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.tpmrun"))


def test_a_run_is_renamed_by_path_and_by_name(command: Command, folder: Path) -> None:
    assert command("rename", folder / "monday.tpmrun", "With a survey") == (
        0,
        "It is called with-a-survey.tpmrun now.\n",
        "",
    )
    code, out, _ = command("rename", "--saves", folder, "tuesday.tpmrun", "with-a-survey")
    assert (code, out) == (0, "It is called with-a-survey-2.tpmrun now.\n")
    assert names(folder) == ["with-a-survey-2.tpmrun", "with-a-survey.tpmrun"]


def test_a_name_of_nothing_is_refused(command: Command, folder: Path) -> None:
    code, out, err = command("rename", folder / "monday.tpmrun", " ")
    assert (code, out) == (2, "")
    assert err == "tpmsim: error: a run needs a name. Write one of letters and digits.\n"


@pytest.mark.parametrize("name", ["gone.tpmrun", "x" * 400 + ".tpmrun", "../gone.tpmrun"])
def test_a_run_that_is_not_there_is_refused(command: Command, folder: Path, name: str) -> None:
    for arguments in (("rename", "--saves", folder, name, "x"), ("delete", "--yes", "--saves", folder, name)):
        code, _, err = command(*arguments)
        assert code == 3
        assert err.startswith("tpmsim: error: ")
        assert err.count("\n") == 1
    assert names(folder) == ["monday.tpmrun", "tuesday.tpmrun"]


def test_nothing_is_deleted_unasked(command: Command, folder: Path) -> None:
    code, _, err = command("delete", folder / "monday.tpmrun")
    assert code == 2
    assert "--yes" in err
    assert names(folder) == ["monday.tpmrun", "tuesday.tpmrun"]


@pytest.mark.parametrize(("answer", "left"), [("y", False), ("YES ", False), ("", True), ("n", True), (None, True)])
def test_somebody_is_asked(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch, answer: str | None, left: bool
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    asked = []

    def read(self: object, prompt: str) -> str | None:
        asked.append(prompt)
        return answer

    monkeypatch.setattr("tpmsim.cli.saves.Lines.read", read)
    code, out, _ = command("delete", folder / "monday.tpmrun", folder / "tuesday.tpmrun")
    assert code == 0
    assert asked == ["Put 2 runs into the trash? (y/n) "]
    assert names(folder) == (["monday.tpmrun", "tuesday.tpmrun"] if left else [])
    assert ("Nothing was deleted." in out) is left


def test_the_trash_is_listed(command: Command, folder: Path) -> None:
    code, out, _ = command("delete", "--yes", "--saves", folder, "monday.tpmrun")
    assert code == 0
    assert out.startswith("monday.tpmrun is in the trash: ")
    _, kept, _ = command("list", "--saves", folder)
    _, gone, _ = command("list", "--trash", "--saves", folder)
    assert ("monday" in kept, "tuesday" in kept) == (False, True)
    assert gone.startswith("Runs in ")
    assert ("monday" in gone, "tuesday" in gone) == (True, False)
    rows = json.loads(command("list", "--trash", "--json", "--saves", folder)[1])["runs"]
    assert list(rows[0]) == [
        *("file", "scenario", "title", "seed", "alias", "week", "weeks", "score", "played", "problem"),
    ]
    assert (rows[0]["title"], rows[0]["weeks"], rows[0]["week"]) == ("First Product", 8, 0)


def test_a_run_in_the_trash_is_told_where_it_is(command: Command, folder: Path) -> None:
    command("delete", "--yes", folder / "monday.tpmrun")
    code, _, err = command("delete", "--yes", folder / "trash" / "monday.tpmrun")
    assert code == 2
    assert "is in the trash already" in err


def test_a_list_of_runs_says_planning_week_and_not_week_0(command: Command, folder: Path) -> None:
    _, out, _ = command("list", "--saves", folder)
    assert "first-product, seed 0000-0007, planning week (monday.tpmrun)" in out
    assert "week 0" not in out


def test_what_can_be_played_is_offered_by_title(folder: Path) -> None:
    lines: list[str] = []
    assert choose(folder, "first-product", lambda _: "q", lines.append) is None
    assert lines[0].strip().startswith("1  Go on: First Product, planning week, seed 0000-0007 (")
    assert any(line.endswith("New run: The Last Page") for line in lines)
    assert any(line.endswith("New run: The Loud Whale") for line in lines)
