"""Whether the files of a scenario have changed on the disk. It looks at names, sizes and times and never opens a file.

Looking a few times a second works on every system and every disk, and finds all the ways in which editors save: over
the old file, by a rename, by removing and writing anew. No clock of its own: who looks says when.
"""

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from tpmsim.scenario.loading import own_file

SETTLES: Final = 0.15
"""Seconds without a change after which a save is believed to be done."""

PATIENCE: Final = 1.0
"""The same while the scenario's own file is missing or empty, as between the two halves of a save."""

MOST: Final = 1_000
"""Names of a folder that are looked at."""

ENDINGS: Final = (".yaml", ".yml")

Seen = tuple[tuple[str, int, int, int], ...]
"""Of each file its name, size, time of the last change and number on the disk, in the order of the names."""


class Watch:
    """The files of one scenario, looked at again and again.

    Args:
        path: the file of a scenario, or the folder it is in; what stands beside it in YAML is watched as well.
    """

    def __init__(self, path: Path) -> None:
        self.file = own_file(path)
        self._taken: Seen | None = None
        self._seen: Seen = ()
        self._since = 0.0

    def changed(self, now: float) -> bool:
        """Whether there is something new to load, and whoever wrote it seems to be done.

        What was found so counts as taken: the next answer is yes only after another change. The first one is yes.

        Args:
            now: seconds on any clock that only goes forward.
        """
        seen = tuple(sorted(self._files()))
        if seen != self._seen:
            self._seen, self._since = seen, now
        if seen == self._taken:
            return False
        whole = any(name == self.file.name and size for name, size, _, _ in seen)
        if self._taken is not None and now - self._since < (SETTLES if whole else PATIENCE):
            return False
        self._taken = seen
        return True

    def _files(self) -> Iterator[tuple[str, int, int, int]]:
        """The files as they stand; one that cannot be looked at is as good as missing."""
        try:
            with os.scandir(self.file.parent) as found:
                names = [one.name for one in islice(found, MOST) if one.name.lower().endswith(ENDINGS)]
        except OSError:
            names = []
        for name in {*names, self.file.name}:
            try:
                status = os.stat(self.file.parent / name)
            except (OSError, ValueError):
                continue
            yield name, status.st_size, status.st_mtime_ns, status.st_ino
