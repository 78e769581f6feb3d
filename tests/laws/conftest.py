"""The scenarios that the laws must hold in: one in every test run, the others in the long ones."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from chosen import USUAL, scenarios
from laws.players import weeks
from tpmsim.core.rules import Rules
from tpmsim.scenario.loading import Loaded, load, parse

SHIPPED = {path.parent.name: path for path in sorted(Path(__file__).parents[2].glob("scenarios/*/scenario.yaml"))}
LOADED: dict[str, Loaded] = {}
ANECDOTES = """\
  anecdotes:
    title: Anecdotes of sales
    hours: 1
    answers: 6
    error: 0.6
    bias: 0.1
    lean: 0.6
    loudest: clinics
"""


def opened(slug: str) -> Loaded:
    if slug not in LOADED:
        LOADED[slug] = load(SHIPPED[slug])
    return LOADED[slug]


@pytest.fixture(scope="module", autouse=True)
def _weeks_of_one_file() -> Iterator[None]:
    """What the tests of a file played is forgotten at its end: of all scenarios it takes half a gigabyte."""
    yield
    weeks.cache_clear()


@pytest.fixture(params=list(scenarios()))
def loaded(request: pytest.FixtureRequest) -> Loaded:
    """A scenario for what is a law of the code."""
    return opened(request.param)


@pytest.fixture
def rules(loaded: Loaded) -> Rules:
    return loaded.rules


@pytest.fixture(params=list(scenarios()))
def shipped(request: pytest.FixtureRequest) -> Rules:
    """Every scenario, for what its author may get wrong; the usual one in every test run."""
    return opened(request.param).rules


@cache
def anecdotal() -> Rules:
    """The usual scenario with an instrument that leans, cheap enough to be used by everybody."""
    text = SHIPPED[USUAL].read_text(encoding="utf-8")
    head, mark, tail = text.partition("\nfeatures:\n")
    return parse((head.rstrip() + "\n" + ANECDOTES + mark + tail).encode(), "anecdotes").rules


@pytest.fixture
def leaning() -> Rules:
    return anecdotal()
