"""`tpmsim run` with a policy of one's own: as any other, and its faults are told as its own."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tpmsim.cli.main import main

Command = Callable[..., tuple[int, str, str]]

IDLE = "return np.full(known.week.shape, -1)"


def written(folder: Path, body: str) -> str:
    """A policy in a file; the body of its `choose` is line 7."""
    path = folder / "my_policy.py"
    path.write_text(
        "import numpy as np\n\nclass MyPolicy:\n    def __init__(self, rules):\n        print('hello')\n"
        f"    def choose(self, known, luck, step):\n        {body}\n"
    )
    return f"{path}:MyPolicy"


def test_it_runs_by_command_and_keeps_run_files(command: Command, tmp_path: Path) -> None:
    name = written(tmp_path, IDLE)
    code, out, _ = command("run", "first-product", "--policy", name, "--runs", 3, "--json", "--save", tmp_path / "runs")
    assert code == 0
    assert json.loads(out)["policy"] == "my_policy.py:MyPolicy"
    assert len(list((tmp_path / "runs").glob("*.tpmrun"))) == 3
    assert "MyPolicy" not in next((tmp_path / "runs").glob("*.tpmrun")).read_text("utf-8")


def test_its_fault_ends_the_command_in_one_line(command: Command, tmp_path: Path) -> None:
    code, out, err = command("run", "first-product", "--policy", written(tmp_path, "return 1 / 0"))
    assert (code, out) == (1, "")
    assert re.search(r"my_policy\.py:7: ZeroDivisionError: division by zero\. It is your policy", err)


def test_the_whole_way_to_a_fault_is_shown_on_demand(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TPMSIM_DEBUG", "1")
    with pytest.raises(SystemExit):
        main(["run", "first-product", "--policy", written(tmp_path, "return 1 / 0")])
    assert "Traceback" in capsys.readouterr().err
