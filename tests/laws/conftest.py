"""The scenarios that every law must hold in."""

from pathlib import Path

import pytest

from tpmsim.scenario.loading import Loaded, load

SHIPPED = sorted(Path(__file__).parents[2].glob("scenarios/*/scenario.yaml"))
ALL = {path.parent.name: load(path) for path in SHIPPED}


@pytest.fixture(params=sorted(ALL))
def loaded(request: pytest.FixtureRequest) -> Loaded:
    return ALL[request.param]


@pytest.fixture
def rules(loaded: Loaded):
    return loaded.rules
