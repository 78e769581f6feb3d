"""Atomic replacement, names of runs (T06) and the folder they are kept in."""

import errno
import os
import random
import re
import subprocess
import sys
import time
from pathlib import Path

import platformdirs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faulty_os import Twin, interrupted
from tpmsim.errors import StorageFailed
from tpmsim.game.files import (
    NAME_BYTES,
    prepare_folder,
    remove_stale,
    replace_file,
    run_path,
    saves_folder,
)
from tpmsim.text import SafeText, is_reserved

OLD, NEW = b"old" * 100, b"new" * 1000


def test_replace(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    for data in (OLD, NEW, b""):
        replace_file(path, data)
        assert path.read_bytes() == data
    assert list(tmp_path.iterdir()) == [path]
    if os.name != "nt":
        assert path.stat().st_mode & 0o777 == 0o600


def test_the_order_of_the_calls(tmp_path: Path) -> None:
    twin = Twin()
    replace_file(tmp_path / "a.json", NEW, twin.system)
    order = ["open temp", "write temp", "fsync temp", "close temp", "replace temp"]
    folder = ["open folder", "fsync folder", "close folder"] if os.name != "nt" else []
    assert twin.names() == order + folder


@pytest.mark.parametrize("forever", [False, True])
def test_every_call_fails_in_turn(tmp_path: Path, forever: bool) -> None:
    for number in range(1, 100):
        path, twin = tmp_path / str(number) / "a.json", Twin(number, forever, errno.EIO)
        path.parent.mkdir()
        replace_file(path, OLD)
        try:
            replace_file(path, NEW, twin.system)
        except StorageFailed as error:
            message = error.message
        else:
            message = ""
        assert message.startswith("not saved: input/output error (") or path.read_bytes() == NEW
        assert path.read_bytes() in (OLD, NEW)
        if not forever:
            assert list(path.parent.iterdir()) == [path]
        if not twin.faults:
            assert number > 4
            return
    pytest.fail("the faults did not end")


def test_interrupted_at_every_call(tmp_path: Path) -> None:
    replace_file(tmp_path / "a.json", NEW, interrupted())
    assert (tmp_path / "a.json").read_bytes() == NEW
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_cannot_be_synced_is_no_failure(tmp_path: Path) -> None:
    if os.name == "nt":
        pytest.skip("folders are not synced")
    replace_file(tmp_path / "a.json", NEW, Twin(2, code=errno.EINVAL, only="fsync").system)
    with pytest.raises(StorageFailed):
        replace_file(tmp_path / "a.json", OLD, Twin(2, code=errno.EIO, only="fsync").system)


def test_a_missing_folder_is_made_and_an_impossible_one_is_named(tmp_path: Path) -> None:
    prepare_folder(tmp_path / "a" / "b")
    assert list((tmp_path / "a" / "b").iterdir()) == []
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageFailed, match=r"runs cannot be kept in .*file.*--saves PATH"):
        prepare_folder(tmp_path / "file")


def test_stale_temporaries_go(tmp_path: Path) -> None:
    for name in (".a.json.1-0.tpmtmp", ".b.json.1-0.tpmtmp", ".a.json.1-0.tpmtmp.txt", "a.json", ".hidden"):
        (tmp_path / name).write_bytes(b"")
    old = time.time() - 7200
    os.utime(tmp_path / ".b.json.1-0.tpmtmp", (old, old))
    os.utime(tmp_path / "a.json", (old, old))
    remove_stale(tmp_path)
    assert {entry.name for entry in tmp_path.iterdir()} == {
        ".a.json.1-0.tpmtmp",
        ".a.json.1-0.tpmtmp.txt",
        "a.json",
        ".hidden",
    }
    remove_stale(tmp_path, "a.json")
    assert not (tmp_path / ".a.json.1-0.tpmtmp").exists()
    remove_stale(tmp_path / "absent")


@pytest.mark.parametrize(
    ("alias", "expected"),
    [
        ("Team 3", "whale-k7q2-mx4d-team-3.tpmrun"),
        ("../../x", "whale-k7q2-mx4d-x.tpmrun"),
        ("CON", "whale-k7q2-mx4d-con_.tpmrun"),
        ("x" * 300, f"whale-k7q2-mx4d-{'x' * 24}.tpmrun"),
        ("\U0001f40b", "whale-k7q2-mx4d.tpmrun"),
        ("", "whale-k7q2-mx4d.tpmrun"),
        ("a\0b", "whale-k7q2-mx4d-a-b.tpmrun"),
    ],
)
def test_names_of_players(tmp_path: Path, alias: str, expected: str) -> None:
    assert run_path(tmp_path, "whale", "K7Q2-MX4D", alias).name == expected


def test_a_name_is_never_taken_twice(tmp_path: Path) -> None:
    for expected in ("w-s-a.tpmrun", "w-s-a-2.tpmrun", "w-s-a-3.tpmrun"):
        path = run_path(tmp_path, "w", "s", SafeText.clean("A"))
        assert path.name == expected
        path.write_bytes(b"")
    if os.name != "nt":
        (tmp_path / "w-s-a-4.tpmrun").symlink_to("nowhere")
        assert run_path(tmp_path, "w", "s", "a").name == "w-s-a-5.tpmrun"


@given(st.text(max_size=120), st.text(max_size=120), st.text(max_size=400))
def test_any_name_is_one_file_in_the_folder(scenario: str, seed: str, alias: str) -> None:
    folder = Path(os.sep) / "no-such-folder-of-tpmsim"
    path = run_path(folder, scenario, seed, alias)
    assert path.parent == folder
    assert re.fullmatch(r"[a-z0-9_][a-z0-9_-]*\.tpmrun", path.name)
    assert len(path.name.encode()) <= NAME_BYTES - len("-9999")
    assert not is_reserved(path.name)


def test_where_runs_are_kept(tmp_path: Path) -> None:
    assert saves_folder("~/runs") == Path.home() / "runs"
    assert saves_folder(tmp_path) == tmp_path
    assert saves_folder("here").is_absolute()
    package = tmp_path / "src" / "tpmsim"
    package.mkdir(parents=True)
    user = platformdirs.user_data_path("tpmsim", appauthor=False) / "saves"
    assert saves_folder(package=package) == user
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "other"\n# name = "tpmsim"\n')
    assert saves_folder(package=package) == user
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "tpmsim"\n')
    assert saves_folder(package=package) == tmp_path / "saves"
    assert saves_folder(package=tmp_path / "site-packages" / "tpmsim") == user


SAVER = """
import sys
from pathlib import Path
from tpmsim.game.files import replace_file
print("ready", flush=True)
while True:
    for letter in b"ab":
        replace_file(Path(sys.argv[1]), bytes([letter]) * 200_000)
"""


@pytest.mark.soak
def test_150_killed_saves(tmp_path: Path) -> None:
    path, draw = tmp_path / "a.json", random.Random(4)
    whole = [bytes([letter]) * 200_000 for letter in b"ab"]
    replace_file(path, whole[0])
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    for _ in range(150):
        with subprocess.Popen(
            [sys.executable, "-c", SAVER, str(path)], stdout=subprocess.PIPE, env=environment
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(draw.uniform(0, 0.02))
            process.kill()
        assert path.read_bytes() in whole
    remove_stale(tmp_path, "a.json")
    assert list(tmp_path.iterdir()) == [path]
