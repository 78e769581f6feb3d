"""Which shipped scenarios the short suite plays: the tutorial. The long suite plays all."""

from collections.abc import Iterator

import pytest

from tpmsim.scenario.library import shipped

USUAL = "first-product"


def scenarios() -> Iterator[object]:
    """Parameters of a test that plays a scenario by its name, or is long in a large one."""
    for name in shipped():
        yield pytest.param(name, marks=() if name == USUAL else pytest.mark.soak)
