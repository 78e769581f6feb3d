"""The scenarios that the laws must hold in: one in every test run, the others in the long ones."""

from pathlib import Path

import pytest

from tpmsim.core.rules import Rules
from tpmsim.scenario.loading import Loaded, load

SHIPPED = {path.parent.name: path for path in sorted(Path(__file__).parents[2].glob("scenarios/*/scenario.yaml"))}
USUAL = "first-product"
LOADED: dict[str, Loaded] = {}


def opened(slug: str) -> Loaded:
    if slug not in LOADED:
        LOADED[slug] = load(SHIPPED[slug])
    return LOADED[slug]


@pytest.fixture(params=[pytest.param(slug, marks=() if slug == USUAL else (pytest.mark.soak,)) for slug in SHIPPED])
def loaded(request: pytest.FixtureRequest) -> Loaded:
    """A scenario for what is a law of the code."""
    return opened(request.param)


@pytest.fixture
def rules(loaded: Loaded) -> Rules:
    return loaded.rules


@pytest.fixture(params=sorted(SHIPPED))
def shipped(request: pytest.FixtureRequest) -> Rules:
    """Every scenario in every test run, for what its author may get wrong."""
    return opened(request.param).rules
