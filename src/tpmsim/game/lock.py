"""The lock of a run: one game at a time, on every system (filelock chooses how).

The lock counts, not its file: that may stay behind and means nothing. The pid beside it is only shown.
"""

import contextlib
import os
from pathlib import Path
from typing import Self

import filelock

from tpmsim.errors import InUse, StorageFailed, TpmsimError
from tpmsim.game.files import FILE_MODE, REAL, Os, again, no_place, replace_file
from tpmsim.scenario.source import read_bytes
from tpmsim.text import shown_path


class RunLock:
    """Keeps a second game from the run at `path`."""

    def __init__(self, path: Path, system: Os = REAL) -> None:
        self._path = path
        self._pid = path.with_name(path.name + ".pid")
        self._system = system
        name = str(path.with_name(path.name + ".lock"))
        self._lock = filelock.FileLock(name, timeout=0, mode=FILE_MODE, thread_local=False)

    def acquire(self) -> Self:
        """Take the lock at once or not at all.

        Raises:
            InUse: another process has it.
            StorageFailed: no lock can be made in this folder.
        """
        try:
            self._lock.acquire(blocking=False)
        except filelock.Timeout:
            raise self._in_use() from None
        except OSError as error:
            raise no_place(error, self._path.parent) from error
        with contextlib.suppress(StorageFailed):
            replace_file(self._pid, str(os.getpid()).encode(), self._system)
        return self

    def release(self) -> None:
        """Give the lock back; its file may stay and means nothing."""
        with contextlib.suppress(OSError):
            again(self._system.unlink, self._pid)
        with contextlib.suppress(OSError):
            self._lock.release()

    def _in_use(self) -> InUse:
        who = "another process"
        with contextlib.suppress(TpmsimError, ValueError):
            who = f"process {int(read_bytes(self._pid, 20))}"
        shown = shown_path(str(self._path))
        return InUse(f"{shown} is in use by {who}", help="Close it there, or play another run.")
