"""`tpmsim fmt`: what it writes, what it only shows, and what it leaves alone."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from chosen import scenarios
from tpmsim.scenario.library import folder

Command = Callable[..., tuple[int, str, str]]
UNTIDY = "title:   Mine # a title\nid: 'mine'\n"
TIDY = "id: mine\ntitle: Mine  # a title\n"


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    place = tmp_path / "mine"
    (place / "tests").mkdir(parents=True)
    (place / "scenario.yaml").write_text(UNTIDY, encoding="utf-8")
    (place / "tests" / "first.yaml").write_text("paths:   {}\n", encoding="utf-8")
    return place


def test_a_folder_is_put_in_house_style_with_its_tests(command: Command, mine: Path) -> None:
    code, _, err = command("fmt", mine)
    assert code == 0
    assert "2 files, 2 changed" in err
    assert (mine / "scenario.yaml").read_text(encoding="utf-8") == TIDY
    assert (mine / "tests" / "first.yaml").read_text(encoding="utf-8") == "paths: {}\n"
    assert command("fmt", mine, "--check")[0] == 0


@pytest.mark.parametrize("only", ["--check", "--diff"])
def test_looking_only_writes_nothing(command: Command, mine: Path, only: str) -> None:
    code, out, err = command("fmt", mine / "scenario.yaml", only)
    assert code == 1
    assert "not in house style" in err
    assert ("+id: mine" in out) == (only == "--diff")
    assert (mine / "scenario.yaml").read_text(encoding="utf-8") == UNTIDY


def test_a_diff_shows_no_control_characters(command: Command, mine: Path) -> None:
    (mine / "scenario.yaml").write_bytes(b"title:   a\x1b[2Jb\n")
    code, out, err = command("fmt", mine, "--diff")
    assert code == 1
    assert "left as it is: it has control characters" in err
    assert "\x1b" not in out


def test_what_cannot_be_read_is_refused_and_the_others_are_done(command: Command, mine: Path) -> None:
    (mine / "scenario.yaml").write_text("a: &b 1\n", encoding="utf-8")
    code, _, err = command("fmt", mine)
    assert code == 3
    assert "TPM106" in err
    assert (mine / "tests" / "first.yaml").read_text(encoding="utf-8") == "paths: {}\n"


def test_without_a_path_it_is_the_folder_one_is_in(
    command: Command, mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(mine)
    assert "2 changed" in command("fmt")[2]
    monkeypatch.chdir(mine / "tests")
    code, _, err = command("fmt")
    assert code == 2
    assert "Name a scenario" in err


@pytest.mark.skipif(os.name == "nt", reason="rights are of another kind there")
def test_a_file_keeps_its_rights(command: Command, mine: Path) -> None:
    file = mine / "scenario.yaml"
    file.chmod(0o640)
    command("fmt", mine)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


@pytest.mark.parametrize("name", scenarios())
def test_the_shipped_scenarios_are_in_house_style(command: Command, name: str) -> None:
    code, out, err = command("fmt", "--check", folder() / name)
    assert (code, out) == (0, "")
    assert ", 0 to change" in err
