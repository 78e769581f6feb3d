"""Tests that look at a page in both sizes: the short suite takes one size of each, by turns, the long suite both.

Pictures (`test_snapshots`) are compared in both sizes always. The styles of all apps are the same, and parsed once.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any
from zlib import crc32

import pytest
from textual.css import stylesheet
from textual.widgets import Input

from seen import SIZES


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        size = getattr(item, "callspec", None) and item.callspec.params.get("size")  # type: ignore[attr-defined]
        if (
            size in SIZES
            and "/tui/" in item.nodeid
            and "test_snapshots" not in item.nodeid
            and not _its_turn(item, size)
        ):
            item.add_marker(pytest.mark.soak)


@pytest.fixture(autouse=True)
def _cursors_stand_still(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is painted does not depend on how long a test waited."""
    monkeypatch.setattr(Input, "_toggle_cursor", lambda self: None)


@pytest.fixture(scope="session", autouse=True)
def _styles_are_parsed_once() -> Iterator[None]:
    """An app parses its styles when it starts and at each new screen: a tenth of the time of these tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stylesheet, "tokenize_values", _tokenized(stylesheet.tokenize_values))
        patch.setattr(stylesheet, "parse", _parsed(stylesheet.parse))
        yield


def _tokenized(tokenize: Callable[[dict[str, str]], Any]) -> Callable[[dict[str, str]], Any]:
    """The tokens of variables: the same object for the same variables."""
    known = cache(lambda variables: tokenize(dict(variables)))
    return lambda variables: known(tuple(variables.items()))


def _parsed(parse: Callable[..., Any]) -> Callable[..., Any]:
    """The rules of a source with the tokens of its variables, which are told apart by being another object."""
    known: dict[tuple[object, ...], tuple[Any, list[Any]]] = {}

    def parsed(scope: str, css: str, read_from: object, variable_tokens: Any, **further: object) -> list[Any]:
        key = (scope, css, read_from, id(variable_tokens), *further.items())
        if key not in known:
            rules = parse(scope, css, read_from, variable_tokens=variable_tokens, **further)
            known[key] = (variable_tokens, list(rules))
        return known[key][1]

    return parsed


def _its_turn(item: pytest.Item, size: tuple[int, int]) -> bool:
    """Whether a test is looked at in this size: told by its name and its other parameters."""
    others = [f"{name}={value}" for name, value in item.callspec.params.items() if name != "size"]  # type: ignore[attr-defined]
    named = item.nodeid.partition("[")[0] + ",".join(one[:40] for one in others if " at 0x" not in one)
    return SIZES.index(size) == crc32(named.encode()) % 2
