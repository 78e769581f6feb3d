"""Tests of the debrief share evaluations, which take seconds each: one process of a parallel run takes them all."""

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "debrief" in item.nodeid.partition("::")[0]:
            item.add_marker(pytest.mark.xdist_group("debrief"))
