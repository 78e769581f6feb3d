"""Saves: what a list knows of a run, names that cannot leave the folder (T06), and a trash that loses nothing."""

import contextlib
import errno
import os
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from faulty_os import Twin
from kept import of_other_rules
from players import random_run
from tpmsim.errors import InputRefused, InUse, StorageFailed, UsageError
from tpmsim.game.files import NAME_BYTES
from tpmsim.game.journal import START, encode, read
from tpmsim.game.lock import RunLock
from tpmsim.game.records import NAME_LENGTH, ONE_FILE
from tpmsim.game.saves import TRASH, delete, known_runs, rename, trash
from tpmsim.game.session import Session
from tpmsim.scenario.library import open_scenario
from tpmsim.text import SafeText

LOADED = open_scenario("first-product")
NAMES = {
    "../../x": "x",
    "CON": "con_",
    "nul.tpmrun": "nul_",
    "a" * 300: "a" * 60,
    "\U0001f40b": "run",
    "Week 3, with a survey": "week-3-with-a-survey",
    "/etc/passwd": "etc-passwd",
    "x.tpmrun": "x",
    "-rf": "rf",
    "\x1b]0;x\x07": "0-x",
}


@pytest.fixture
def run(tmp_path: Path) -> Path:
    path = tmp_path / "old.tpmrun"
    with Session.start(LOADED, "K7Q2-MX4D", path, alias=SafeText.clean("Ada")) as session:
        session.play("interview:cafes")
        session.end_week()
    return path


def runs_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file() and path.suffix == ".tpmrun")


def test_a_list_knows_what_a_screen_shows(run: Path) -> None:
    with Session.start(LOADED, "7", run.with_name("done.tpmrun")) as session:
        random_run(session, 3)
    os.utime(run, (2_000_000_000, 2_000_000_000))
    first, second = known_runs(run.parent)
    assert (first.path, first.scenario, first.seed, first.week, first.weeks) == (
        run,
        "first-product",
        "K7Q2-MX4D",
        1,
        8,
    )
    assert (first.title.plain(), first.alias.plain(), first.played, first.goes_on) == (
        "First Product",
        "Ada",
        2_000_000_000.0,
        True,
    )
    assert second.score is not None
    assert not second.goes_on


def test_what_is_no_run_is_told_or_left_out(run: Path) -> None:
    run.with_name("bad.tpmrun").write_bytes(b"x\n")
    run.with_name("old.tpmrun.lock").touch()
    run.with_name("old.tpmrun.recovered.lock").touch()
    run.with_name("old.tpmrun.torn").touch()
    found = {one.path.name: one.problem for one in known_runs(run.parent)}
    assert sorted(found) == ["bad.tpmrun", "old.tpmrun"]
    assert found["bad.tpmrun"]
    assert known_runs(run.parent / "nowhere") == []


@pytest.mark.parametrize(("name", "stem"), NAMES.items())
def test_a_name_stays_in_the_folder(run: Path, name: str, stem: str) -> None:
    raw = run.read_bytes()
    path = rename(run, name)
    assert path == run.with_name(f"{stem}.tpmrun")
    assert path.read_bytes() == raw
    assert len(os.fsencode(path.name)) <= NAME_BYTES
    assert runs_in(run.parent) == [path.name]
    assert {one.name for one in run.parent.parent.iterdir()} >= {run.parent.name}


@pytest.mark.parametrize("name", ["", "   ", "\n", "a\0b", "a\ud800", "x\n" * 201, "x" * 5000])
def test_what_cannot_be_a_name_is_refused(run: Path, name: str) -> None:
    with pytest.raises(UsageError):
        rename(run, name)
    assert runs_in(run.parent) == ["old.tpmrun"]


def test_no_other_run_is_overwritten(run: Path) -> None:
    for name in ("new.tpmrun", "new-2.tpmrun"):
        run.with_name(name).write_bytes(b"mine\n")
    os.symlink("nowhere", run.with_name("new-3.tpmrun"))
    assert rename(run, "new").name == "new-4.tpmrun"
    assert run.with_name("new.tpmrun").read_bytes() == b"mine\n"


def test_its_own_name_is_no_change(run: Path) -> None:
    assert rename(run, "old") == run
    run.with_name("new.tpmrun").write_bytes(b"mine\n")
    path = rename(run, "new")
    assert rename(path, "new") == path


def test_a_run_of_another_name_goes_on(run: Path) -> None:
    with Session.resume(rename(run, "monday")) as session:
        session.play("talk:sponsor")
    assert known_runs(run.parent)[0].path.name == "monday.tpmrun"


def beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.analysis.json")


def test_the_analysis_goes_with_its_run(run: Path) -> None:
    """One that somebody left at the new place is of no run, and gives way; a report stays where it was written."""
    beside(run).write_text("mine")
    run.with_name("old.tpmrun.html").write_text("report")
    beside(run.with_name("monday.tpmrun")).write_text("stray")
    monday = rename(run, "monday")
    assert (beside(monday).read_text(), beside(run).exists()) == ("mine", False)
    gone = delete(monday)
    assert (beside(gone).read_text(), beside(monday).exists()) == ("mine", False)
    assert run.with_name("old.tpmrun.html").read_text() == "report"


def test_a_run_whose_analysis_cannot_follow_moves_all_the_same(run: Path) -> None:
    beside(run).write_text("mine")
    beside(run.with_name("monday.tpmrun")).mkdir()
    (beside(run.with_name("monday.tpmrun")) / "full").touch()
    assert rename(run, "monday").exists()
    assert beside(run).read_text() == "mine"


def test_a_deleted_run_is_in_the_trash_and_can_be_played(run: Path) -> None:
    raw, other = run.read_bytes(), run.with_name("old.tpmrun")
    first = delete(run)
    assert first == trash(run.parent) / "old.tpmrun"
    assert first.read_bytes() == raw
    assert known_runs(run.parent) == []
    other.write_bytes(raw)
    assert delete(other).name == "old-2.tpmrun"
    with Session.resume(first) as session:
        session.play("talk:sponsor")
    assert [one.goes_on for one in known_runs(trash(run.parent))] == [True, True]
    with pytest.raises(UsageError, match="in the trash already"):
        delete(first)


def test_a_recovered_run_can_be_put_away(run: Path) -> None:
    recovered = run.rename(run.with_name("old.tpmrun.recovered-2"))
    assert rename(recovered, "saved").name == "saved.tpmrun"
    recovered.write_bytes(b"x")
    assert delete(recovered).name == "old.tpmrun.recovered-2"


@pytest.mark.parametrize(
    "name", ["old", "settings.yaml", "gone.tpmrun", "folder.tpmrun", "a/b.tpmrun", "x" * 400 + ".tpmrun"]
)
def test_only_runs_are_touched(run: Path, name: str) -> None:
    run.with_name("settings.yaml").touch()
    run.with_name("folder.tpmrun").mkdir()
    for act in (lambda path: rename(path, "x"), delete):
        with pytest.raises(InputRefused):
            act(run.with_name(name) if "/" not in name else run.parent / name)
    assert run.with_name("folder.tpmrun").is_dir()


def test_a_run_that_is_played_is_left_alone(run: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from tpmsim.game.session import Session\n"
        "with Session.resume(Path(sys.argv[1])) as session:\n    print('ready', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", script, str(run)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "ready\n"
        for act in (lambda: rename(run, "x"), lambda: delete(run)):
            with pytest.raises(InUse, match=f"in use by process {other.pid}"):
                act()
        other.communicate("")
    assert runs_in(run.parent) == ["old.tpmrun"]
    assert rename(run, "x").exists()


def test_the_folders_are_synced_after_the_move(run: Path) -> None:
    twin = Twin()
    delete(run, twin.system)
    names = twin.names()
    moved = names.index("replace tpmrun")
    assert names[moved:].count("fsync folder") >= 2
    assert (run.parent / TRASH).stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("what", ["rename", "delete"])
def test_at_whatever_call_the_disk_fails_there_is_one_whole_run(run: Path, what: str) -> None:
    raw = run.read_bytes()
    for number in range(1, 200):
        twin = Twin(fail_at=number, code=random.Random(number).choice((errno.EIO, errno.ENOSPC, errno.EACCES)))
        with contextlib.suppress(StorageFailed, InputRefused):
            path = rename(run, "new", twin.system) if what == "rename" else delete(run, twin.system)
            assert path.read_bytes() == raw
        left = [path for path in run.parent.rglob("*.tpmrun") if path.is_file()]
        assert len(left) == 1, number
        assert left[0].read_bytes() == raw
        left[0].rename(run)
        if not twin.faults:
            break
    else:
        raise AssertionError("faults without end")


@pytest.mark.timeout(60)
@pytest.mark.parametrize("text", [b"title: a" + b" " * 200_000 + b"b\n", (b"title: a" + b" #" * 90 + b"\n") * 2_000])
def test_a_hostile_title_takes_no_time(run: Path, text: bytes) -> None:
    header = read(run).header
    line, _ = encode(replace(header, scenario=replace(header.scenario, files={ONE_FILE: text})), START)
    run.with_name("evil.tpmrun").write_bytes(line)
    found = {one.path.name: one for one in known_runs(run.parent)}
    assert len(found["evil.tpmrun"].title.plain()) <= NAME_LENGTH
    assert found["old.tpmrun"].title.plain() == "First Product"


@pytest.mark.parametrize(
    ("text", "title", "weeks"),
    [
        (b"title: A b  # c\nweeks: 12 # d\n", "A b", 12),
        (b"id: x\r\ntitle: A b\r\nweeks: 7\r\n", "A b", 7),
        (b"x: 1\n title: no\nweeks: soon\n", "first-product", 0),
        (b"title: 'quoted'\n", "first-product", 0),
        (b"title: " + ("Ä" * 300).encode() + b"\n", "Ä" * 64, 0),
        (b"subtitle: x", "first-product", 0),
    ],
)
def test_title_and_length_are_read_where_they_are_plain(run: Path, text: bytes, title: str, weeks: int) -> None:
    header = read(run).header
    line, _ = encode(replace(header, scenario=replace(header.scenario, files={ONE_FILE: text})), START)
    run.write_bytes(line)
    (found,) = known_runs(run.parent)
    assert (found.title.plain(), found.weeks) == (title, weeks)


def test_a_run_of_other_rules_cannot_be_gone_on_with(run: Path) -> None:
    other = of_other_rules(run)
    found = {one.path: one for one in known_runs(run.parent)}
    assert not found[other].goes_on
    assert found[other].problem.startswith("made by rules 999")
    assert found[run].goes_on


@pytest.mark.parametrize("act", [lambda path: rename(path, "new"), delete])
def test_a_link_is_left_alone(run: Path, act) -> None:
    link = run.with_name("link.tpmrun")
    for target in ("old.tpmrun", "nowhere"):
        link.unlink(missing_ok=True)
        link.symlink_to(target)
        with pytest.raises(InputRefused, match="is a link"):
            act(link)
        assert link.is_symlink()
    assert run.exists()


def test_a_name_that_is_being_played_counts_as_taken(run: Path) -> None:
    held = RunLock(run.with_name("new.tpmrun")).acquire()
    try:
        assert rename(run, "new").name == "new-2.tpmrun"
    finally:
        held.release()


def test_only_the_trash_of_the_saves_is_the_trash(run: Path) -> None:
    saves = run.parent / "trash"
    saves.mkdir()
    mine = run.rename(saves / "mine.tpmrun")
    gone = delete(mine, saves=saves)
    assert gone == saves / TRASH / "mine.tpmrun"
    with pytest.raises(UsageError, match="in the trash already"):
        delete(gone, saves=saves)
