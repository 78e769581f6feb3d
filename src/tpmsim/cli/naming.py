"""Scenarios as an author names them on the command line: an id, a file, a folder, or a folder with several of them."""

import contextlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from tpmsim.errors import UsageError
from tpmsim.scenario.library import place_of
from tpmsim.scenario.loading import SCENARIO_FILE

SCENARIOS = "scenarios"
"""The folder in which scenarios are looked for beside the present one."""


def named(names: Sequence[str]) -> Iterator[Path]:
    """The scenarios that are meant: those named; without a name the one in this folder, else those in `scenarios`.

    Raises:
        InputRefused: there is none of that name.
        UsageError: none was named, and none is here.
    """
    if not names:
        yield from _here()
    for name in names:
        yield from _meant(name)


def _here() -> Iterator[Path]:
    if os.path.isfile(SCENARIO_FILE):
        yield Path()
        return
    inside = list(_inside(Path(SCENARIOS)))
    if not inside:
        raise UsageError(f"no {SCENARIO_FILE} in this folder", help="Name a scenario, or its folder.")
    yield from inside


def _inside(path: Path) -> Iterator[Path]:
    """The scenarios in a folder of them."""
    yield from sorted(one.parent for one in path.glob(f"*/{SCENARIO_FILE}"))


def _meant(name: str) -> Iterator[Path]:
    path = Path(name)
    inside = list(_inside(path)) if os.path.isdir(path) and not os.path.isfile(path / SCENARIO_FILE) else []
    yield from inside or [_whole(_near(place_of(name)))]


def _near(path: Path) -> Path:
    """A path as it is from here, where that is shorter to read."""
    with contextlib.suppress(ValueError):
        return path.relative_to(Path.cwd())
    return path


def _whole(path: Path) -> Path:
    """The folder of a scenario whose main file was named: the files beside it belong to it."""
    return path.parent if path.name == SCENARIO_FILE else path
