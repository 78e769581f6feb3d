"""The kinds of files that make a scenario: how each is told from the others, and its model.

    my-scenario/scenario.yaml       the scenario
    my-scenario/words.de.yaml       its texts in another language
    my-scenario/tests/first.yaml    scripted paths
    my-scenario/published.yaml      what was given away of it
    my-scenario/.schema/            what editors know of them

Not here: opening them (`loading`).
"""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Final

from tpmsim.scenario import published
from tpmsim.scenario.fields import Model
from tpmsim.scenario.loading import SCENARIO_FILE
from tpmsim.scenario.paths import PathsFile
from tpmsim.scenario.schema import Scenario
from tpmsim.scenario.words import FILE, Words

TESTS: Final = "tests"
PUBLISHED: Final = "published"
SCHEMAS: Final = ".schema"

MODELS: Final[Mapping[str, type[Model]]] = {"scenario": Scenario, "words": Words, "tests": PathsFile}
"""The kinds of files that an author writes, by name."""


def kind_of(path: PurePath) -> str:
    """The kind of a file, by its name and its folder."""
    if path.parent.name == TESTS:
        return TESTS
    if path.name == published.FILE:
        return PUBLISHED
    return "words" if FILE.fullmatch(path.name) else "scenario"


def is_read(name: str) -> bool:
    """Whether a file of that name in the folder of a scenario is read."""
    return name == SCENARIO_FILE or kind_of(PurePath(name)) in ("words", PUBLISHED)


def model_of(path: PurePath) -> type[Model] | None:
    """The model of a file; None if there is none for its kind."""
    return MODELS.get(kind_of(path))
