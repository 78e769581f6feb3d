"""What was measured is told at the end, whichever process measured it: `record_property(MEASURED, "what it was")`."""

from collections.abc import Iterator

import pytest

from measured import MEASURED


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
