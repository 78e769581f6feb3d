"""Formats of the journal: which kinds of records came when, and how a record of an earlier format becomes one of ours.

An upcaster is a pure function from one format to the next, applied while reading; no file is ever rewritten. What is
appended to a run of an earlier format is of that format: the header decides, so the file can still be read by the
program that began it.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

Upcaster = Callable[[Mapping[str, Any]], Mapping[str, Any]]

SINCE: Final[Mapping[str, int]] = {"delegate": 2}
"""The format in which a kind of record came; 1 for all others."""


def from_1_to_2(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Format 2 has one more kind of record; all that was there before means what it meant."""
    return {**data, "format": 2} if data.get("kind") == "header" else data


UPCASTERS: Final[Mapping[int, Upcaster]] = {1: from_1_to_2}
"""By the format that is left."""


def upcast(data: Mapping[str, Any], written: int, wanted: int) -> Mapping[str, Any]:
    """A record of format `written` as the same record of format `wanted`."""
    for number in range(written, wanted):
        data = UPCASTERS[number](data)
    return data
