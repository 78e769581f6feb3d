"""Tests that look at a page in both sizes: the short suite takes one size of each, by turns, the long suite both.

Pictures (`test_snapshots`) are compared in both sizes always.
"""

from zlib import crc32

import pytest

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


def _its_turn(item: pytest.Item, size: tuple[int, int]) -> bool:
    """Whether a test is looked at in this size: told by its name and its other parameters."""
    others = [f"{name}={value}" for name, value in item.callspec.params.items() if name != "size"]  # type: ignore[attr-defined]
    named = item.nodeid.partition("[")[0] + ",".join(one[:40] for one in others if " at 0x" not in one)
    return SIZES.index(size) == crc32(named.encode()) % 2
