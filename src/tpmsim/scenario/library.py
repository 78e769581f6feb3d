"""Where scenarios are: those that come with the program, and those that a player names by path."""

import os
from collections.abc import Iterator
from pathlib import Path

from tpmsim.errors import InputRefused
from tpmsim.scenario.codes import Files
from tpmsim.scenario.diagnostics import finding, nearest
from tpmsim.scenario.loading import SCENARIO_FILE, Loaded, load
from tpmsim.text import is_id, quoted

PACKAGE = Path(__file__).resolve().parent.parent
SHIPPED = (PACKAGE / "scenarios", PACKAGE.parent.parent / "scenarios")
"""In an installed package, and in a checkout."""


def folder() -> Path:
    """The folder of the shipped scenarios."""
    return next((place for place in SHIPPED if place.is_dir()), SHIPPED[0])


def shipped() -> Iterator[str]:
    """Ids of the shipped scenarios, in the order of the alphabet."""
    if folder().is_dir():
        for place in sorted(folder().iterdir(), key=lambda path: path.name):
            if (place / SCENARIO_FILE).is_file():
                yield place.name


def open_scenario(name: str) -> Loaded:
    """Open a shipped scenario by its id, or any by its path.

    Raises:
        InputRefused: there is none, or it is not sound.
    """
    return load(place_of(name))


def place_of(name: str) -> Path:
    """Where a shipped scenario is, by its id, or any by its path: a folder or a file that may not be there.

    Raises:
        InputRefused: it is an id that no scenario has.
    """
    known = list(shipped())
    if name in known:
        return folder() / name
    path = Path(name)
    if is_id(name) and not os.path.exists(path):
        near = nearest(name, known)
        raise InputRefused([finding(Files.NO_SCENARIO, meant=near, name=quoted(name), known=", ".join(known))])
    return path
