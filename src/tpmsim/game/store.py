"""The open file of one run: locked, appended to, flushed to the disk record by record.

A record is confirmed when `append` returns. What fails stays pending and can be tried again or saved
elsewhere. A file that another program has touched, or that the disk did not confirm, is not believed any
more: the whole run goes to NAME.recovered and is continued there. Not for what a record holds (records.py) or
how lines hang together (journal.py).
"""

import contextlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from tpmsim.errors import StorageFailed
from tpmsim.game.files import (
    REAL,
    Os,
    again,
    close_quietly,
    exists,
    not_saved,
    open_appending,
    prepare_folder,
    remove_stale,
    replace_file,
    spare_path,
    write_all,
)
from tpmsim.game.journal import MAX_FILE, MAX_RECORDS, Journal, parse, refused
from tpmsim.game.lock import RunLock
from tpmsim.scenario.source import read_bytes
from tpmsim.text import shown_path

CLOSED: Final = -1
UNSYNCED: Final = "the disk did not confirm the last record"


@dataclass(frozen=True, slots=True)
class Stored:
    """Where the run is stored now, and a sentence for the screen if that is another file than before."""

    path: Path
    note: str = ""


class Store:
    """The file of one run, open for appending; made by `create` and `open`, ended by `close`.

    Attributes:
        path: the file that holds the run now.
        journal: what the file held when it was opened; None for a new run.
        note: a sentence for the screen about the opening, or empty.
    """

    def __init__(self, path: Path, good: bytes, journal: Journal | None, system: Os) -> None:
        self.path = path
        self.journal = journal
        self.note = ""
        self._home = path
        self._system = system
        self._good = bytearray(good)
        self._pending: list[bytes] = []
        self._records = good.count(b"\n")
        self._descriptor = CLOSED
        self._locks: dict[Path, RunLock] = {}
        self._target: Path | None = None
        self._doubt = ""
        self._ragged = False

    @classmethod
    def create(cls, path: Path, first: bytes, system: Os = REAL) -> Self:
        """Begin a run: a new file with its first line, on the disk when this returns.

        The line is there with the name or not at all: written beside it and renamed, under the run's lock.

        Raises:
            StorageFailed: the folder cannot be used, the name is taken, or the disk is full; no file is left.
            InUse: another process begins a run of the same name.
        """
        prepare_folder(path.parent, system)
        store = cls(path, first, None, system)
        try:
            store._hold(path)
            remove_stale(path.parent, path.name, system)
            store._begin(path, first)
        except BaseException:
            store.close()
            raise
        return store

    @classmethod
    def open(cls, path: Path, system: Os = REAL) -> Self:
        """Open a run to play it on. An unfinished last record is set aside in NAME.torn, then cut off.

        Raises:
            InputRefused: missing, malformed or damaged; the file stays as it is.
            TooNew: made by a later format.
            InUse: another process plays it.
            StorageFailed: it cannot be written to.
        """
        raw = read_bytes(path, MAX_FILE)
        journal = _playable(raw, path)
        store = cls(path, raw[: journal.good], journal, system)
        try:
            store._hold(path)
            remove_stale(path.parent, path.name, system)
            store._continue(raw)
        except BaseException:
            store.close()
            raise
        return store

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @property
    def pending(self) -> int:
        """How often something was appended that is not stored yet."""
        return len(self._pending)

    def append(self, *lines: bytes) -> Stored:
        """Store lines that belong together, and what is still pending before them. Confirmed when this returns.

        Raises:
            StorageFailed: none of them is stored; they are pending. The file holds all that was confirmed before.
        """
        if not lines or any(not line.endswith(b"\n") or line.count(b"\n") != 1 for line in lines):
            raise ValueError("a record is one line with its newline")
        self._pending.append(b"".join(lines))
        return self.retry()

    def retry(self) -> Stored:
        """Store what is pending. Raises as `append` does."""
        if self._descriptor == CLOSED:
            raise ValueError("the store is closed")
        if not self._pending:
            return Stored(self.path)
        data = b"".join(self._pending)
        self._refuse_too_much()
        try:
            self._doubt = self._doubt or self._stranger() or self._write(data)
            note = self._recover(data) if self._doubt else ""
        except OSError as error:
            raise _with_help(not_saved(error, self._target or self.path), self.pending) from error
        except StorageFailed as error:
            raise _with_help(error, self.pending) from error
        self._confirm(data)
        return Stored(self.path, note)

    def save_elsewhere(self, path: Path) -> Stored:
        """Write the whole run, with what is pending, to another file and go on there.

        Raises:
            StorageFailed: the name is taken, or the other place fails too; nothing has changed then.
        """
        self._refuse_too_much()
        prepare_folder(path.parent, self._system)
        data = b"".join(self._pending)
        try:
            if exists(path, self._system):
                raise StorageFailed(f"not saved: the file exists already ({shown_path(str(path))})")
            self._move(path, data)
        except OSError as error:
            raise _with_help(not_saved(error, path), self.pending) from error
        self._home = path
        self._confirm(data)
        return Stored(path, f"The run continues in {shown_path(str(path))}.")

    def withdraw(self) -> int:
        """Forget what is pending: the player takes the unsaved moves back. Returns how many there were."""
        count = len(self._pending)
        self._pending.clear()
        return count

    def close(self) -> None:
        """Close the file and release its lock. Saves nothing: what is confirmed is on the disk."""
        if self._descriptor != CLOSED:
            close_quietly(self._descriptor, self._system)
            self._descriptor = CLOSED
        while self._locks:
            self._locks.popitem()[1].release()

    def _refuse_too_much(self) -> None:
        data = b"".join(self._pending)
        if len(self._good) + len(data) > MAX_FILE or self._records + data.count(b"\n") > MAX_RECORDS:
            raise StorageFailed(
                f"not saved: the journal is full ({shown_path(str(self.path))})", help="Take it back, or quit without."
            )

    def _begin(self, path: Path, first: bytes) -> None:
        try:
            if exists(path, self._system):
                raise StorageFailed(f"not saved: the file exists already ({shown_path(str(path))})")
            try:
                replace_file(path, first, self._system)
                self._descriptor = open_appending(path, len(first), self._system)
            except (OSError, StorageFailed):
                with contextlib.suppress(OSError):
                    again(self._system.unlink, path)
                raise
        except OSError as error:
            raise not_saved(error, path) from error

    def _continue(self, raw: bytes) -> None:
        """With the lock held: is it still the file that was read? Then cut its torn tail, if any."""
        try:
            self._descriptor = open_appending(self.path, len(raw), self._system)
            if read_bytes(self.path, MAX_FILE) != raw:
                raise StorageFailed(f"the file changed while it was opened ({shown_path(str(self.path))})")
            torn = raw[len(self._good) :]
            if torn:
                spare = spare_path(self.path, "torn", self._system)
                replace_file(spare, torn, self._system)
                again(self._system.ftruncate, self._descriptor, len(self._good))
                again(self._system.fsync, self._descriptor)
                self.note = f"1 unfinished record ({len(torn)} bytes) set aside in {shown_path(spare.name)}"
        except OSError as error:
            raise not_saved(error, self.path) from error

    def _hold(self, path: Path) -> None:
        if path not in self._locks:
            self._locks[path] = RunLock(path, self._system).acquire()

    def _stranger(self) -> str:
        """Why the file is not ours any more; empty if it still is the one we left, at the length we left."""
        if self._ragged and not self._cut_back():
            return "an unfinished record could not be cut off"
        try:
            ours = again(self._system.fstat, self._descriptor)
            named = again(self._system.lstat, self.path)
        except OSError:
            return "the file is gone or cannot be reached"
        if not stat.S_ISREG(named.st_mode) or not os.path.samestat(ours, named):
            return "another file has taken its name"
        return "" if ours.st_size == len(self._good) else "another program has changed the file"

    def _write(self, data: bytes) -> str:
        """Append and sync. Returns why the file is not to be believed, or nothing.

        An error of the write is cut back and raised. After an error of the sync the descriptor is never
        synced again: the system may have dropped the bytes and would report success next time.
        """
        try:
            write_all(self._descriptor, data, self._system)
        except OSError:
            self._cut_back()
            raise
        try:
            again(self._system.fsync, self._descriptor)
        except OSError:
            self._cut_back()
            return UNSYNCED
        return ""

    def _cut_back(self) -> bool:
        try:
            again(self._system.ftruncate, self._descriptor, len(self._good))
        except OSError:
            self._ragged = True
        else:
            self._ragged = False
        return not self._ragged

    def _recover(self, data: bytes) -> str:
        self._target = self._target or spare_path(self._home, "recovered", self._system)
        why = self._doubt
        self._move(self._target, data)
        return f"The run continues in {shown_path(self.path.name)}: {why}."

    def _move(self, target: Path, data: bytes) -> None:
        whole = bytes(self._good) + data
        self._hold(target)
        replace_file(target, whole, self._system)
        descriptor = open_appending(target, len(whole), self._system)
        if self._descriptor != CLOSED:
            close_quietly(self._descriptor, self._system)
        self._descriptor, self.path, self._target = descriptor, target, None
        self._doubt, self._ragged = "", False

    def _confirm(self, data: bytes) -> None:
        self._good += data
        self._records += data.count(b"\n")
        self._pending.clear()


def _with_help(error: StorageFailed, pending: int) -> StorageFailed:
    moves = f"{pending} move{'s' if pending != 1 else ''} not stored"
    return StorageFailed(error.message, help=f"{moves}: try again, save elsewhere, or quit without.")


def _playable(raw: bytes, path: Path) -> Journal:
    journal = parse(raw, path.name)
    if journal.damage:
        raise refused(f"{journal.damage.message}. View it, or branch from what is good", shown_path(path.name))
    return journal
