"""G03: every golden journal of every rules number opens; those of the present rules replay bit for bit."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tpmsim.core.rules import RULES_NUMBER
from tpmsim.errors import TooNew
from tpmsim.game.replay import replay
from tpmsim.lab import golden, policy
from tpmsim.lab.policy import Ordered

HERE = Path(__file__).resolve().parent
JOURNALS = sorted(HERE.glob("rules-*/*.tpmrun"))
SHORT = ("-0", "-1")
"""Ends of the names of journals that the short suite replays."""


def test_there_are_at_least_twenty_of_the_present_rules() -> None:
    assert len([path for path in JOURNALS if path.parent.name == f"rules-{RULES_NUMBER}"]) >= 20


def journals() -> Iterator[object]:
    """Each player in each scenario; in two worlds in the short suite, in all in the long one."""
    for path in JOURNALS:
        marks = () if path.stem.endswith(SHORT) else pytest.mark.soak
        yield pytest.param(path, id=f"{path.parent.name}/{path.stem}", marks=marks)


@pytest.mark.parametrize("path", journals())
def test_a_golden_journal_replays_exactly(path: Path) -> None:
    if path.parent.name != f"rules-{RULES_NUMBER}":
        with pytest.raises(TooNew, match="made by rules"):
            replay(path)
        return
    run = replay(path)
    assert run.exact, run.problem()
    assert run.ended
    assert len(run.weeks) == run.position.week + 1


def test_the_reference_policy_is_the_one_of_these_rules() -> None:
    assert golden.reference_line() == golden.expected_reference(), (
        "The reference policy, or a module that it rests on, has changed, and scores are told against it. "
        "Take the change back, or raise RULES_NUMBER in core/rules.py and run `make golden`. Where no version with "
        "this rules number was released yet, delete src/tpmsim/lab/reference.txt and run `make golden`."
    )


def test_another_source_is_another_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    line = golden.reference_line()
    monkeypatch.setattr(policy.inspect, "getsource", lambda module: f"# {module.__name__}")
    monkeypatch.setattr(golden, "reference", lambda: Ordered("steady", lambda book: ()))
    assert golden.reference_line().split()[:2] == line.split()[:2]
    assert golden.reference_line() != line


def test_the_digest_is_the_one_of_these_rules() -> None:
    assert golden.digest() == golden.expected()


def _features() -> str:
    code = (
        "import json\n"
        "try:\n from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__\n"
        "except ImportError:\n from numpy.core._multiarray_umath import __cpu_dispatch__, __cpu_features__\n"
        "print(json.dumps([f for f in __cpu_dispatch__ if __cpu_features__.get(f)]))"
    )
    return ",".join(json.loads(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout))


def test_the_digest_does_not_depend_on_what_the_processor_can_do() -> None:
    code = "from tpmsim.lab import golden; print(golden.digest())"
    environment = {**os.environ, "NPY_DISABLE_CPU_FEATURES": _features()}
    ran = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == golden.expected()
