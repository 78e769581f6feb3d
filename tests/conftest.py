"""For every test: Python looks for garbage less often and compiles once; what was measured is told at the end.

Seldom looking for garbage takes a sixth of the time of tests with screens. What a test measured it notes by
`record_property(MEASURED, "what it was")`, whichever process it runs in. The tests of a file run in one process of a
parallel run, so that what they share is played once.
"""

import gc
import os
import sys
from collections.abc import Iterator

import pytest

from measured import MEASURED

GARBAGE = (50_000, 20, 50)
"""Objects after which the youngest are looked through, and how often that is done before older ones are, too.

Much of what is imported and made here stays until the end, and is looked through again and again in vain.
"""


def pytest_configure() -> None:
    gc.set_threshold(*GARBAGE)
    _keep_what_is_compiled()


def _keep_what_is_compiled() -> None:
    """Where nothing compiled is kept, each of the programs that tests start would compile all of this one first."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A file is a group, where it is in no larger one; programs that tests start share nothing, and are spread."""
    for item in items:
        file = item.nodeid.partition("::")[0]
        if item.get_closest_marker("xdist_group") is None and not file.endswith("test_process.py"):
            item.add_marker(pytest.mark.xdist_group(file.removeprefix("tests/").removesuffix(".py")))


def pytest_collection_finish() -> None:
    """What is there now stays: it is not looked through at all."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    """What nobody holds is told of here; pytest looks another five times, and need not go through all that is kept."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The statistics that tests have noted, each below its test."""
    told = list(_told(terminalreporter))
    if told:
        terminalreporter.section("what the statistics were")
        for where, what in told:
            terminalreporter.write_line(f"{where}: {what}")


def _told(reporter: pytest.TerminalReporter) -> Iterator[tuple[str, str]]:
    for outcome in ("passed", "failed"):
        for report in reporter.stats.get(outcome, ()):
            for name, value in getattr(report, "user_properties", ()):
                if name == MEASURED and report.when == "call":
                    yield report.nodeid.partition("::")[2].partition("@")[0], str(value)
