"""Scenarios as an author names them on the command line: an id, a file, a folder, or a folder with several of them."""

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from tpmsim.errors import InputRefused, UsageError
from tpmsim.scenario.codes import Files
from tpmsim.scenario.diagnostics import finding, nearest
from tpmsim.scenario.library import folder, shipped
from tpmsim.scenario.loading import SCENARIO_FILE
from tpmsim.text import is_id, quoted

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
    if Path(SCENARIO_FILE).is_file():
        yield Path(SCENARIO_FILE)
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
    if path.is_dir() and not (path / SCENARIO_FILE).is_file():
        yield from list(_inside(path)) or [path]
    elif path.exists():
        yield path
    elif name in (known := list(shipped())):
        yield _near(folder() / name)
    elif is_id(name):
        near = nearest(name, known)
        raise InputRefused([finding(Files.NO_SCENARIO, meant=near, name=quoted(name), known=", ".join(known))])
    else:
        yield path


def _near(path: Path) -> Path:
    """A path as it is from here, where that is shorter to read."""
    with contextlib.suppress(ValueError):
        return path.relative_to(Path.cwd())
    return path
