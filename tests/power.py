"""A disk that forgets: what is left after a power cut is what was synced."""

import os
from dataclasses import fields
from pathlib import Path
from typing import Any

from tpmsim.game.files import Os


class ForgetfulDisk:
    """Wraps the functions of the operating system and keeps what a power cut would leave.

    Bytes last when their file was synced; a name lasts when its folder was synced after it was given.
    """

    def __init__(self) -> None:
        self._contents: dict[int, bytes] = {}
        self._names: dict[str, int] = {}
        real = {field.name: getattr(os, field.name) for field in fields(Os)}
        self.system = Os(**{**real, "fsync": self._fsync})

    def _fsync(self, descriptor: int) -> None:
        os.fsync(descriptor)
        status = os.fstat(descriptor)
        path = os.readlink(f"/proc/self/fd/{descriptor}")
        if os.path.isdir(path):
            for entry in os.scandir(path):
                if entry.is_file():
                    self._names[entry.path] = entry.inode()
            gone = [name for name in self._names if os.path.dirname(name) == path and not os.path.exists(name)]
            for name in gone:
                del self._names[name]
        else:
            self._contents[status.st_ino] = Path(path).read_bytes()

    def after_power_loss(self, folder: Path) -> dict[str, Any]:
        """Write what is left into another folder; gives the names with their sizes."""
        left = {}
        for name, inode in self._names.items():
            data = self._contents.get(inode, b"")
            (folder / os.path.basename(name)).write_bytes(data)
            left[os.path.basename(name)] = len(data)
        return left
