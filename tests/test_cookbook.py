"""The cookbook keeps its word: each pattern is checked, its paths are played, and without it they fail."""

from functools import cache
from pathlib import Path

import pytest

import small_trial
from docs_tables import DOCS
from fragments import laid_over
from small_trial import opened
from tpmsim.errors import InputRefused
from tpmsim.lab.trial.trial import Problem, tried
from tpmsim.scenario.beginnings import begun
from tpmsim.scenario.checking import checked
from tpmsim.scenario.loading import SCENARIO_FILE, parse
from written import Block, blocks

PAGE = DOCS / "cookbook.md"
CLAIMS = "paths"
FORMAT = "format: 1\n"


@cache
def base() -> str:
    """The scenario that the page says its patterns go into."""
    return begun("my-first", "minimal")[SCENARIO_FILE].decode()


def patterns() -> dict[str, tuple[Block, ...]]:
    """The blocks of each pattern by its heading."""
    found: dict[str, tuple[Block, ...]] = {}
    for block in blocks(PAGE):
        found[block.heading] = (*found.get(block.heading, ()), block)
    return found


def problems(scenario: str, claims: str, folder: Path) -> tuple[Problem, ...]:
    """What is not as these paths claim."""
    loaded, tests = opened(small_trial.written(folder / "tried", FORMAT + claims, scenario))
    assert tests.paths
    return tried(loaded, tests, batch=0, runs=0).problems


def test_there_are_twenty_patterns_and_each_has_a_piece_and_paths() -> None:
    assert len(patterns()) >= 20
    for name, found in patterns().items():
        assert [(one.language, one.about) for one in found] == [("yaml", ""), ("yaml", CLAIMS)], name


@pytest.mark.parametrize("name", patterns())
def test_a_pattern_passes_every_check(name: str) -> None:
    piece, _ = patterns()[name]
    result = checked({SCENARIO_FILE: laid_over(piece.text, base()).encode()}, SCENARIO_FILE)
    assert [one.short() for one in result.findings] == []


@pytest.mark.parametrize("name", patterns())
def test_a_pattern_does_what_its_paths_claim(name: str, tmp_path: Path) -> None:
    piece, claims = patterns()[name]
    found = problems(laid_over(piece.text, base()), claims.text, tmp_path)
    assert [one.found.short() for one in found] == []


@pytest.mark.parametrize("name", patterns())
def test_without_the_pattern_the_paths_fail(name: str, tmp_path: Path) -> None:
    _, claims = patterns()[name]
    try:
        found = problems(base(), claims.text, tmp_path)
    except InputRefused:
        return
    assert found


def test_paths_come_to_where_a_hint_is_shown() -> None:
    piece, claims = patterns()["A hint after the mistake"]
    hints = parse(laid_over(piece.text, base()).encode(), SCENARIO_FILE).scenario.guide
    assert hints
    assert [name for name, hint in hints.items() if hint.when.text not in claims.text] == []
