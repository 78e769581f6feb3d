"""What the short suite takes of much: of the shipped scenarios it plays the tutorial. The long suite takes all."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings

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


def drawn(few: int, many: int, *strategies: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A test of so many drawn examples: few in the short suite, many in the long one."""

    def test_of(check: Callable[..., None]) -> Callable[..., None]:
        @pytest.mark.parametrize("examples", [few, pytest.param(many, marks=pytest.mark.soak)])
        def test(examples: int) -> None:
            settings(max_examples=examples, deadline=None)(given(*strategies)(check))()

        test.__doc__ = check.__doc__
        return test

    return test_of
