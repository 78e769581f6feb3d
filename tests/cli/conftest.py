"""Commands as users type them, for every test of a command."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tpmsim.cli.main import main

Result = tuple[int, str, str]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Callable[..., Result]:
    """Run a command; gives its exit code and what it said on both streams."""

    def run(*arguments: str | Path) -> Result:
        with pytest.raises(SystemExit) as left:
            main([str(one) for one in arguments])
        shown = capsys.readouterr()
        assert "Traceback" not in shown.err
        assert not any((ord(one) < 32 and one not in "\n\t") or 127 <= ord(one) < 160 for one in shown.out + shown.err)
        return int(left.value.code or 0), shown.out, shown.err

    return run
