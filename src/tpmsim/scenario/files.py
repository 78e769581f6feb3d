"""The kinds of files that make a scenario: where they stand in its folder, and the model of each."""

import re
from pathlib import Path
from typing import Final

from tpmsim.scenario.fields import Model
from tpmsim.scenario.schema import Scenario

TESTS: Final = "tests"
FOLDERS: Final = (TESTS,)
"""Folders inside the folder of a scenario that hold files of it."""

_WORDS: Final = re.compile(r"words\.[a-z]{2,8}\.yaml")


def model_of(path: Path) -> type[Model] | None:
    """The model of a file by its name and folder; None if there is none for it."""
    if path.parent.name == TESTS or _WORDS.fullmatch(path.name):
        return None
    return Scenario
