"""S10 and the real disk of S03: the power goes after any confirmed move; a file system of 256 KiB fills up."""

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from players import random_week
from power import ForgetfulDisk
from tpmsim.errors import StorageFailed
from tpmsim.game.journal import read
from tpmsim.game.records import Move, Week
from tpmsim.game.session import Session
from tpmsim.scenario.library import open_scenario
from tpmsim.text import SafeText

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at /proc")


def survives(disk: ForgetfulDisk, path: Path, place: Path) -> Session:
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    disk.after_power_loss(place)
    return Session.resume(place / path.name)


def fill(session: Session) -> None:
    for _ in range(200):
        session.note(SafeText.clean("x" * 3000))


def test_a_new_run_is_there_as_soon_as_it_has_begun(tmp_path: Path) -> None:
    disk, path = ForgetfulDisk(), tmp_path / "run.tpmrun"
    with (
        Session.start(open_scenario("first-product"), "7", path, system=disk.system),
        survives(disk, path, tmp_path / "after") as again,
    ):
        assert again.position.week == 0


def test_no_confirmed_move_is_lost_when_the_power_goes(tmp_path: Path) -> None:
    disk, path, dice = ForgetfulDisk(), tmp_path / "run.tpmrun", random.Random(3)
    with Session.start(open_scenario("first-product"), "7", path, system=disk.system) as session:
        while session.outcome is None:
            random_week(session, dice)
            with survives(disk, path, tmp_path / "after") as again:
                assert again.position.week == session.position.week
                assert again.outcome == session.outcome
            assert read(tmp_path / "after" / path.name).records == read(path).records


def test_a_move_that_was_not_synced_is_the_only_thing_lost(tmp_path: Path) -> None:
    """The disk is asked in the middle of an append: the move before it is there, the one being stored may not be."""
    disk, path = ForgetfulDisk(), tmp_path / "run.tpmrun"
    with Session.start(open_scenario("first-product"), "7", path, system=disk.system) as session:
        session.play("interview:cafes")
        with path.open("ab") as stranger:
            stranger.write(b'{"h":"unsynced')
        with survives(disk, path, tmp_path / "after") as again:
            assert again.position.made == ("interview:cafes",)


@pytest.mark.soak
@pytest.mark.skipif(getattr(os, "geteuid", lambda: 1)() != 0, reason="mounting a small file system needs root")
def test_a_small_file_system_fills_up_and_is_freed(tmp_path: Path) -> None:
    """S03 on a real disk of 256 KiB: the game goes on, and a retry stores what waited, once."""
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(small)], capture_output=True)
    if mounted.returncode:
        pytest.skip("this machine does not let us mount a file system")
    try:
        ballast = small / "ballast"
        ballast.write_bytes(bytes(120 * 1024))
        with Session.start(open_scenario("first-product"), "7", small / "run.tpmrun") as session:
            with pytest.raises(StorageFailed, match="disk full"):
                fill(session)
            assert session.pending
            stored = len(read(small / "run.tpmrun").records)
            ballast.unlink()
            session.retry()
            session.play("interview:cafes")
            records = read(small / "run.tpmrun").records
            assert len(records) == stored + 2
            assert isinstance(records[-1], Move)
            assert not any(isinstance(one, Week) for one in records)
    finally:
        subprocess.run(["umount", str(small)], check=True)
