"""`tpmsim new`: what it makes, and what it does not overwrite."""

from collections.abc import Callable
from pathlib import Path

import pytest

from faulty_os import Twin, interrupted
from tpmsim.errors import StorageFailed
from tpmsim.game.authored import make_files

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_it_makes_a_scenario_that_the_next_commands_take(command: Command, here: Path) -> None:
    code, out, _ = command("new", "my-first")
    assert code == 0
    made = sorted(path.relative_to(here).as_posix() for path in here.rglob("*") if path.is_file())
    assert made == [
        "my-first/.schema/scenario.json",
        "my-first/.schema/tests.json",
        "my-first/.schema/words.json",
        "my-first/scenario.yaml",
        "my-first/tests/first.yaml",
    ]
    assert out.splitlines()[-3:] == ["  tpmsim check my-first", "  tpmsim test my-first", "  tpmsim play my-first"]
    assert command("check", "my-first", "--strict")[0] == 0
    assert command("fmt", "my-first", "--check")[0] == 0
    assert command("run", "my-first", "--policy", "steady")[0] == 0


def test_it_copies_a_scenario_that_ships_under_a_new_id(command: Command, here: Path) -> None:
    assert command("new", "second", "--from", "first-product")[0] == 0
    assert "\nid: second\n" in (here / "second" / "scenario.yaml").read_text(encoding="utf-8")
    assert command("check", "second")[0] == 0


def test_what_is_there_is_not_touched(command: Command, here: Path) -> None:
    (here / "mine").write_text("a poem", encoding="utf-8")
    code, out, err = command("new", "mine")
    assert (code, out) == (2, "")
    assert "there is a mine already" in err
    assert (here / "mine").read_text(encoding="utf-8") == "a poem"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("My First",), "Write my-first."),
        (("../up",), "Write up."),
        (("con",), "cannot be the name"),
        (("--", "-x"), "cannot be the name"),
        (("first-product",), "comes with the program"),
        (("mine", "--from", "tuor"), "There are: minimal, tour, first-product"),
    ],
)
def test_a_name_that_cannot_be_is_refused(command: Command, here: Path, arguments: tuple[str, ...], said: str) -> None:
    code, _, err = command("new", *arguments)
    assert code == 2
    assert said in err
    assert list(here.iterdir()) == []


@pytest.mark.parametrize("fault", range(1, 9))
def test_a_disk_that_fails_is_said(here: Path, fault: int) -> None:
    twin = Twin(fault)
    with pytest.raises(StorageFailed, match="not saved: disk full"):
        make_files(here / "mine", {"a.yaml": b"a", "tests/b.yaml": b"b"}, twin.system)
    assert not list(here.rglob("*.tpmtmp"))


def test_signals_do_not_keep_files_from_being_made(here: Path) -> None:
    make_files(here / "mine", {"a.yaml": b"abc", "tests/b.yaml": b"b"}, interrupted())
    assert (here / "mine" / "a.yaml").read_bytes() == b"abc"
    assert (here / "mine" / "tests" / "b.yaml").read_bytes() == b"b"
