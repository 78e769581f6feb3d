"""Where the parts of a bound model stand in the file, for the layers that find faults after binding.

A path is what leads to a part: keys of the file and, in lists, whole numbers from 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass

Path = tuple[str | int, ...]
Place = tuple[int, int]


def dotted(path: Path) -> str:
    """A path as it is written in messages and as the id of a text: with dots, items of lists from 1."""
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in path)


@dataclass(frozen=True, slots=True)
class Positions:
    """Line and column of each value and each key, from 1.

    Attributes:
        values: where the value of a path starts.
        keys: where the key of a path starts; list items have none.
    """

    values: Mapping[Path, Place]
    keys: Mapping[Path, Place]

    def value(self, *path: str | int) -> Place:
        """Where the value is; where it was left out, the nearest thing around it."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, (1, 1))

    def key(self, *path: str | int) -> Place:
        """Where the key is; for list items and for what was left out, as `value`."""
        return self.keys[path] if path in self.keys else self.value(*path)
