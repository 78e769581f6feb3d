"""The open file of a run under faults, cuts, strangers and a second game (S03 to S08 and S10)."""

import errno
import os
import stat
import subprocess
import sys
import tempfile
import types
from collections.abc import Iterator
from pathlib import Path

import pytest

from faulty_os import Twin, interrupted
from journals import lines, sample
from tpmsim.errors import InputRefused, InUse, StorageFailed, TooNew
from tpmsim.game.files import REAL, Os, remove_stale, sync
from tpmsim.game.journal import MAX_FILE, parse, read
from tpmsim.game.store import Store, Stored

LINES = lines(sample())
FEW = LINES[:5]
WHOLE = b"".join(LINES)
posix = pytest.mark.skipif(os.name == "nt", reason="needs signals, links and limits of POSIX")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "saves" / "run.tpmrun"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.create(path, LINES[0]) as made:
        yield made


def names(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir() if not entry.name.endswith(".lock")}


def test_a_run_is_on_the_disk_record_by_record(store: Store, path: Path) -> None:
    for count, line in enumerate(LINES[1:], 2):
        assert store.append(line) == Stored(path)
        assert path.read_bytes() == b"".join(LINES[:count])
    store.close()
    assert names(path.parent) == {"run.tpmrun"}


def test_reopen_and_go_on(store: Store, path: Path) -> None:
    store.append(LINES[1])
    store.close()
    with Store.open(path) as again:
        assert again.note == ""
        assert again.journal == parse(b"".join(LINES[:2]), "run.tpmrun")
        again.append(LINES[2])
    assert path.read_bytes() == b"".join(LINES[:3])


@posix
def test_rights(store: Store, path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE((path.parent / "run.tpmrun.lock").stat().st_mode) == 0o600


def test_a_name_that_is_taken_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"mine")
    with pytest.raises(StorageFailed, match="exists already"):
        Store.create(path, LINES[0])
    assert path.read_bytes() == b"mine"


def test_only_whole_lines_and_only_while_open(store: Store) -> None:
    for bad in (b"", b"x", b"x\ny\n", b"x\ny"):
        with pytest.raises(ValueError, match="one line"):
            store.append(bad)
    store.close()
    with pytest.raises(ValueError, match="closed"):
        store.append(LINES[1])


def test_a_full_journal_takes_nothing_more(store: Store, path: Path) -> None:
    with pytest.raises(StorageFailed, match="journal is full"):
        store.append(b"x" * MAX_FILE + b"\n")
    with pytest.raises(StorageFailed, match="journal is full"):
        store.retry()
    assert store.withdraw() == 1
    store.append(LINES[1])
    assert path.read_bytes() == b"".join(LINES[:2])


# S03: the N-th call fails, for all N. A run ends in one of these states, or the test fails.
STATES = {
    "no run": "create failed; there is no file of that name",
    "header only": "create failed and the file could not be removed; it holds the first line",
    "all": "every move is in the file once",
    "confirmed": "all confirmed moves, then nothing or a beginning of what is pending",
}


def play(path: Path, system: Os, tries: int) -> tuple[Store | None, list[bytes]]:
    """Play four moves; a failed one is tried again. Returns the store and the confirmed lines."""
    try:
        store = Store.create(path, FEW[0], system)
    except StorageFailed:
        return None, []
    confirmed, waiting = [FEW[0]], []
    for line in FEW[1:]:
        waiting.append(line)
        for attempt in range(tries):
            try:
                _ = store.retry() if attempt else store.append(line)
            except StorageFailed as error:
                check_message(error, store.pending, len(waiting))
                continue
            confirmed += waiting
            waiting.clear()
            assert store.path.read_bytes() == b"".join(confirmed)
            break
    return store, confirmed


def check_message(error: StorageFailed, pending: int, waiting: int) -> None:
    assert str(error).startswith("tpmsim: error: not saved: ")
    assert f"{waiting} move" in error.help
    assert pending == waiting


def state(path: Path, store: Store | None, confirmed: list[bytes]) -> str:
    if store is None:
        if not path.exists():
            return "no run"
        assert path.read_bytes() == FEW[0]
        return "header only"
    raw, good = store.path.read_bytes(), b"".join(confirmed)
    assert raw.startswith(good)
    assert b"".join(FEW).startswith(raw)
    assert parse(raw, "x").damage is None
    return "all" if raw == b"".join(FEW) and len(confirmed) == len(FEW) else "confirmed"


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("forever", [False, True])
def test_every_call_fails_in_turn(tmp_path: Path, forever: bool, code: int) -> None:
    seen: set[str] = set()
    for number in range(1, 500):
        path, twin = tmp_path / str(number) / "run.tpmrun", Twin(number, forever, code)
        store, confirmed = play(path, twin.system, tries=3)
        seen.add(state(path, store, confirmed))
        if store:
            check_end(path, twin, store, confirmed, forever)
        if not twin.faults:
            break
    assert not twin.faults
    assert number > 30
    assert seen <= set(STATES)
    assert "all" in seen
    assert ("confirmed" in seen) == forever


def check_end(path: Path, twin: Twin, store: Store, confirmed: list[bytes], forever: bool) -> None:
    """A fault that happens once loses nothing; a disk that is freed later takes what is pending, once."""
    if not forever:
        assert confirmed == FEW
    twin.heal()
    store.retry()
    assert store.path.read_bytes() == b"".join(FEW)
    last = store.path
    store.close()
    with Store.open(last) as again:
        again.append(LINES[len(FEW)])
    for name in ("run.tpmrun", "probe"):
        remove_stale(path.parent, name)
    known = {f"run.tpmrun{ending}" for ending in ("", ".pid", ".recovered", ".recovered.pid")}
    assert names(path.parent) <= known


def test_a_failed_write_is_cut_back_and_tried_again(path: Path) -> None:
    twin = Twin(only="write", code=errno.ENOSPC)
    with Store.create(path, LINES[0], twin.system) as store:
        twin._fail_at, twin._forever = twin.calls + 1, True
        with pytest.raises(StorageFailed) as caught:
            store.append(LINES[1])
        assert caught.value.message.startswith("not saved: disk full (")
        assert "1 move not stored" in caught.value.help
        assert caught.value.exit_code == 4
        assert path.read_bytes() == LINES[0]
        with pytest.raises(StorageFailed, match="2 moves not stored"):
            store.append(LINES[2])
        twin.heal()
        assert store.retry() == Stored(path)
        assert store.retry() == Stored(path)
    assert path.read_bytes() == b"".join(LINES[:3])


def test_moves_that_are_withdrawn_leave_no_trace(path: Path) -> None:
    twin = Twin(only="write")
    with Store.create(path, LINES[0], twin.system) as store:
        twin._fail_at, twin._forever = twin.calls + 1, True
        with pytest.raises(StorageFailed):
            store.append(LINES[2])
        twin.heal()
        assert store.withdraw() == 1
        store.append(LINES[1])
    assert path.read_bytes() == b"".join(LINES[:2])


def test_after_a_failed_sync_the_descriptor_is_never_synced_again(path: Path) -> None:
    twin = Twin(only="fsync", code=errno.EIO)
    with Store.create(path, LINES[0], twin.system) as store:
        store.append(LINES[1])
        twin._fail_at = twin.calls + 1
        stored = store.append(LINES[2])
        assert stored.path == path.with_name("run.tpmrun.recovered")
        assert "run.tpmrun.recovered: the disk did not confirm" in stored.note
        start = len(twin.trace)
        assert store.append(LINES[3]) == Stored(stored.path)
        assert "fsync tpmrun" not in twin.names()[start:]
    assert stored.path.read_bytes() == b"".join(LINES[:4])
    assert path.read_bytes() == b"".join(LINES[:2])


def test_a_failed_sync_with_a_full_disk_stays_pending(path: Path) -> None:
    twin = Twin(only="fsync", code=errno.EIO)
    with Store.create(path, LINES[0], twin.system) as store:
        twin._fail_at, twin._forever = twin.calls + 1, True
        for _ in range(3):
            with pytest.raises(StorageFailed, match=r"input/output error .*recovered"):
                _ = store.retry() if store.pending else store.append(LINES[1])
        syncs = twin.names().count("fsync tpmrun")
        twin.heal()
        assert store.retry().path == path.with_name("run.tpmrun.recovered")
        assert twin.names().count("fsync tpmrun") == syncs
    assert store.path.read_bytes() == b"".join(LINES[:2])
    assert names(path.parent) == {"run.tpmrun", "run.tpmrun.recovered"}


def test_a_tail_that_cannot_be_cut_sends_the_run_elsewhere(path: Path) -> None:
    twin = Twin(code=errno.EIO)
    with Store.create(path, LINES[0], twin.system) as store:
        twin._fail_at, twin._forever = twin.calls + 3, True
        with pytest.raises(StorageFailed):
            store.append(LINES[1])
        twin.heal()
        assert store.retry() == Stored(path)
    assert path.read_bytes() == b"".join(LINES[:2])


def test_save_elsewhere(store: Store, path: Path, tmp_path: Path) -> None:
    store.append(LINES[1])
    other = tmp_path / "stick" / "run.tpmrun"
    assert store.save_elsewhere(other).path == other
    store.append(LINES[2])
    assert other.read_bytes() == b"".join(LINES[:3])
    assert path.read_bytes() == b"".join(LINES[:2])
    with pytest.raises(StorageFailed, match="exists already"):
        store.save_elsewhere(path)
    with pytest.raises(InUse):
        Store.open(other)


LIMITED = """
import resource, sys
from pathlib import Path
from journals import lines, sample
from tpmsim.errors import StorageFailed
from tpmsim.game.store import Store
every = lines(sample(weeks=20))
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
with Store.create(Path(sys.argv[1]), every[0]) as store:
    for line in every[1:]:
        try:
            store.append(line)
        except StorageFailed as error:
            print(error)
            break
    assert store.path.read_bytes() == b"".join(every[: every.index(line)])
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    store.retry()
    assert store.path.read_bytes() == b"".join(every[: every.index(line) + 1])
"""


def child(code: str, *args: object, **options: object) -> subprocess.Popen[str]:
    here = os.pathsep.join(str(Path(__file__).parents[count] / part) for count, part in ((1, ""), (2, "src")))
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, args)],
        env={**os.environ, "PYTHONPATH": here},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,  # type: ignore[call-overload]
    )


@posix
def test_file_size_limit(path: Path) -> None:
    process = child(LIMITED, path)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (0, "")
    assert "not saved: file size limit (" in out
    assert "1 move not stored" in out


def test_one_byte_at_a_time_and_interrupted_at_every_call(path: Path) -> None:
    system = interrupted()
    with Store.create(path, LINES[0], system) as store:
        for line in LINES[1:3]:
            store.append(line)
    with Store.open(path, system) as store:
        for line in LINES[3:]:
            store.append(line)
    assert path.read_bytes() == WHOLE
    assert names(path.parent) == {"run.tpmrun"}


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS])
def test_a_folder_without_rights_is_named_at_once(path: Path, code: int) -> None:
    twin = Twin(1, True, code, only="open")
    with pytest.raises(StorageFailed) as caught:
        Store.create(path, LINES[0], twin.system)
    assert "runs cannot be kept in " in caught.value.message
    assert "--saves PATH" in caught.value.help
    assert list(path.parent.iterdir()) == []


READ_ONLY = """
import os, sys
from pathlib import Path
from journals import lines, sample
from tpmsim.errors import StorageFailed
from tpmsim.game.store import Store
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
for name in ("run.tpmrun", "below/run.tpmrun"):
    try:
        Store.create(Path(sys.argv[1]) / name, lines(sample())[0])
    except StorageFailed as error:
        print(error)
"""


@posix
def test_a_read_only_folder_for_an_ordinary_user() -> None:
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o555)
        process = child(READ_ONLY, name)
        out, err = process.communicate(timeout=30)
        assert (process.returncode, err) == (0, "")
        assert out.count("no permission. Name another folder with --saves PATH.") == 2
        assert os.listdir(name) == []


HOLDER = """
import sys
from pathlib import Path
from tpmsim.game.store import Store
with Store.open(Path(sys.argv[1])) as store:
    print("ready", flush=True)
    sys.stdin.read()
"""


@pytest.mark.timeout(60)
def test_a_second_game_is_told_who_has_the_run(store: Store, path: Path) -> None:
    store.close()
    first = child(HOLDER, path)
    assert first.stdout is not None
    assert first.stdout.readline() == "ready\n"
    with pytest.raises(InUse) as caught:
        Store.open(path)
    assert f"is in use by process {first.pid}" in caught.value.message
    assert caught.value.exit_code == 5
    assert read(path).records == ()
    first.kill()
    first.communicate()
    with Store.open(path) as third:
        third.append(LINES[1])
    assert path.read_bytes() == b"".join(LINES[:2])


def test_a_second_game_in_the_same_process(store: Store, path: Path) -> None:
    with pytest.raises(InUse, match=f"process {os.getpid()}"):
        Store.open(path)
    store.append(LINES[1])
    (path.parent / "run.tpmrun.pid").write_text("\x1b[2J nonsense")
    with pytest.raises(InUse, match="in use by another process"):
        Store.open(path)


def test_an_old_lock_file_is_in_nobodys_way(store: Store, path: Path) -> None:
    store.close()
    (path.parent / "run.tpmrun.lock").write_text("1")
    (path.parent / "run.tpmrun.pid").write_text("1")
    (path.parent / ".run.tpmrun.1-0.tpmtmp").write_text("half")
    Store.open(path).close()
    assert names(path.parent) == {"run.tpmrun"}


def test_cut_at_each_byte_of_the_last_record(tmp_path: Path) -> None:
    last, path = LINES[-1], tmp_path / "run.tpmrun"
    for count in range(1, len(last)):
        path.write_bytes(WHOLE[:-count])
        with Store.open(path) as store:
            left = len(last) - count
            assert store.note == f"1 unfinished record ({left} bytes) set aside in run.tpmrun.torn"
            store.append(last)
        torn = tmp_path / "run.tpmrun.torn"
        assert torn.read_bytes() == last[:-count]
        assert path.read_bytes() == WHOLE
        torn.unlink()


def test_an_earlier_torn_file_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "run.tpmrun"
    for tail in (b"one", b"two"):
        path.write_bytes(WHOLE + tail)
        Store.open(path).close()
    assert (tmp_path / "run.tpmrun.torn").read_bytes() == b"one"
    assert (tmp_path / "run.tpmrun.torn-2").read_bytes() == b"two"


def test_setting_aside_fails_at_every_call(tmp_path: Path) -> None:
    for number in range(1, 200):
        path, twin = tmp_path / str(number) / "run.tpmrun", Twin(number)
        path.parent.mkdir()
        path.write_bytes(WHOLE + b"torn")
        try:
            Store.open(path, twin.system).close()
        except StorageFailed:
            assert path.read_bytes() in (WHOLE, WHOLE + b"torn")
        kept = [entry.read_bytes() for entry in path.parent.glob("*.torn*")]
        assert path.read_bytes() == WHOLE + b"torn" or b"torn" in kept
        with Store.open(path) as store:
            store.append(LINES[-1])
        if not twin.faults:
            return
    pytest.fail("the faults did not end")


def test_damaged_and_refused_files_are_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "run.tpmrun"
    for raw in (WHOLE[:2000].replace(b"smb", b"smc") + b"\n", b"hello\n", b"", WHOLE[:100]):
        path.write_bytes(raw)
        before = path.stat().st_mtime_ns
        with pytest.raises((InputRefused, TooNew)) as caught:
            Store.open(path)
        assert caught.value.exit_code == 3
        assert (path.read_bytes(), path.stat().st_mtime_ns) == (raw, before)
        assert list(tmp_path.iterdir()) == [path]


def test_damage_says_what_is_good(tmp_path: Path) -> None:
    path = tmp_path / "run.tpmrun"
    path.write_bytes(b"".join([*LINES[:3], LINES[4]]))
    with pytest.raises(InputRefused, match=r"line 4, week 1: chain broken; lines 1-3 good"):
        Store.open(path)


def replaced(path: Path) -> None:
    other = path.with_name("other")
    other.write_bytes(path.read_bytes())
    os.replace(other, path)


def linked(path: Path) -> None:
    path.rename(path.with_name("other"))
    path.symlink_to("other")


def longer(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"{}\n")


def shorter(path: Path) -> None:
    os.truncate(path, 10)


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@posix
@pytest.mark.parametrize("change", [replaced, linked, longer, shorter, Path.unlink, a_folder])
def test_a_file_that_is_changed_under_the_game(store: Store, path: Path, change: object) -> None:
    store.append(LINES[1])
    assert callable(change)
    change(path)
    before = path.read_bytes() if path.is_file() else None
    stored = store.append(LINES[2])
    assert stored.path == path.with_name("run.tpmrun.recovered")
    assert stored.note.startswith("The run continues in run.tpmrun.recovered: ")
    assert stored.path.read_bytes() == b"".join(LINES[:3])
    assert (path.read_bytes() if path.is_file() else None) == before
    store.append(LINES[3])
    replaced(stored.path)
    assert store.append(LINES[4]).path == path.with_name("run.tpmrun.recovered-2")
    assert store.path.read_bytes() == b"".join(LINES[:5])
    with pytest.raises(InUse):
        Store.open(store.path)


@posix
def test_a_link_is_not_played(store: Store, path: Path) -> None:
    store.close()
    linked(path)
    with pytest.raises(StorageFailed, match="it is a link"):
        Store.open(path)


def test_the_order_of_the_calls(path: Path) -> None:
    twin = Twin()
    with Store.create(path, LINES[0], twin.system) as store:
        created = twin.names()
        ready = len(created)
        store.append(LINES[1])
        appended = [name for name in twin.names()[ready:] if "stat" not in name]
        assert appended == ["write tpmrun", "fsync tpmrun"]
    rename = max(place for place, name in enumerate(created) if name == "replace temp")
    assert created[rename - 4 : rename] == ["open temp", "write temp", "fsync temp", "close temp"]
    after = ["open folder", "fsync folder"] if os.name != "nt" else []
    assert created[rename + 1 :][: len(after)] == after
    assert REAL.fsync is sync


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_a_sync_reaches_the_medium(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    """On macOS fsync stops at the cache of the disk; F_FULLFSYNC does not."""
    asked: list[object] = []
    fake = types.SimpleNamespace(F_FULLFSYNC=51, fcntl=lambda descriptor, what: asked.append((descriptor, what)))
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setitem(sys.modules, "fcntl", fake)
    monkeypatch.setattr("os.fsync", asked.append)
    sync(7)
    assert asked == ([(7, 51)] if platform == "darwin" else [7])
