"""Which shipped scenarios the short suite plays: the tutorial and one long scenario. The long suite plays all."""

from collections.abc import Iterator

import pytest

from tpmsim.scenario.library import shipped

SHORT = ("first-product", "the-loud-whale")
USUAL = "first-product"


def usual() -> Iterator[object]:
    """Parameters of a test that is long in a large scenario: the short suite tries it in the tutorial only."""
    for name in shipped():
        yield pytest.param(name, marks=() if name == USUAL else pytest.mark.soak)


def scenarios() -> Iterator[object]:
    """Parameters of a test that plays a scenario by its name."""
    for name in shipped():
        yield pytest.param(name, marks=() if name in SHORT else pytest.mark.soak)
