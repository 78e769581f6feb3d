"""What the short suite takes of much: of the shipped scenarios it plays the tutorial. The long suite takes all."""

from collections.abc import Iterable, Iterator

import pytest

from tpmsim.scenario.library import shipped

USUAL = "first-product"


def scenarios() -> Iterator[object]:
    """Parameters of a test that plays a scenario by its name, or is long in a large one."""
    for name in shipped():
        yield pytest.param(name, marks=() if name == USUAL else pytest.mark.soak)


def some(values: Iterable[object], one_in: int) -> list[object]:
    """Parameters of which the short suite takes one in so many, and the long suite all."""
    return [
        pytest.param(value, marks=() if place % one_in == 0 else pytest.mark.soak) for place, value in enumerate(values)
    ]
