"""Saves of all kinds are noticed once, when whoever writes is done; nothing else is."""

import os
from pathlib import Path

import pytest

from tpmsim.game.watch import PATIENCE, SETTLES, Watch

LITTLE = 0.01


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "scenario.yaml"
    path.write_text("a: 1\n")
    return path


@pytest.fixture
def watch(file: Path) -> Watch:
    made = Watch(file.parent)
    assert made.changed(0.0), "the first look finds something to load"
    assert not made.changed(9.0)
    return made


def taken(watch: Watch, since: float) -> bool:
    """Whether a change is taken once all is quiet, and not before."""
    assert not watch.changed(since)
    assert not watch.changed(since + SETTLES - LITTLE)
    return watch.changed(since + SETTLES + LITTLE) and not watch.changed(since + 9.0)


def test_a_save_over_the_old_file(watch: Watch, file: Path) -> None:
    file.write_text("a: 22\n")
    assert taken(watch, 10.0)


def test_a_save_of_the_same_size(watch: Watch, file: Path) -> None:
    file.write_text("a: 2\n")
    os.utime(file, ns=(1, 1))
    assert taken(watch, 10.0)


def test_a_save_by_rename(watch: Watch, file: Path) -> None:
    new = file.with_name("scenario.yaml~")
    new.write_text("a: 2\n")
    new.replace(file)
    assert taken(watch, 10.0)


def test_a_file_that_is_removed_and_written_anew(watch: Watch, file: Path) -> None:
    file.unlink()
    assert not watch.changed(10.0)
    assert not watch.changed(10.0 + PATIENCE - LITTLE), "it may come back"
    file.write_text("a: 3\n")
    assert taken(watch, 11.0)


def test_a_file_that_stays_away(watch: Watch, file: Path) -> None:
    file.unlink()
    assert not watch.changed(10.0)
    assert watch.changed(10.0 + PATIENCE)
    assert not watch.changed(20.0)
    file.write_text("a: 1\n")
    assert taken(watch, 30.0)


def test_an_empty_file_is_half_a_save(watch: Watch, file: Path) -> None:
    file.write_text("")
    assert not watch.changed(10.0)
    assert not watch.changed(10.0 + 2 * SETTLES)
    file.write_text("a: 4\n")
    assert taken(watch, 11.0)


def test_a_slow_save_is_waited_for(watch: Watch, file: Path) -> None:
    for step in range(10):
        file.write_text("a: 1\n" * (step + 2))
        assert not watch.changed(10.0 + step * (SETTLES - LITTLE))
    assert watch.changed(20.0)


def test_files_beside_it_count_and_others_do_not(watch: Watch, file: Path) -> None:
    file.with_name("notes.txt").write_text("x")
    assert not watch.changed(10.0)
    assert not watch.changed(11.0)
    file.with_name("words.en.yaml").write_text("x: 1\n")
    assert taken(watch, 20.0)


def test_a_save_and_a_save_back_is_no_change(watch: Watch, file: Path) -> None:
    before = file.stat()
    file.write_text("a: 22\n")
    assert not watch.changed(10.0)
    file.write_text("a: 1\n")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert not watch.changed(10.1)
    assert not watch.changed(19.0)


def test_a_file_may_be_named_itself(tmp_path: Path) -> None:
    path = tmp_path / "draft.txt"
    path.write_text("a: 1\n")
    watch = Watch(path)
    assert watch.changed(0.0)
    path.write_text("a: 22\n")
    assert taken(watch, 10.0)


def test_a_folder_that_is_gone(watch: Watch, file: Path) -> None:
    file.unlink()
    file.parent.rmdir()
    assert not watch.changed(10.0)
    assert watch.changed(10.0 + PATIENCE)
