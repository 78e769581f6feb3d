"""Policies of one's own: a file named on the command line plays like any other, and its faults are its own."""

import re
from pathlib import Path

import pytest

from tpmsim.errors import InputRefused, PolicyFailed, UsageError
from tpmsim.lab.jobs import batch_seeds, run
from tpmsim.lab.own import find_policy
from tpmsim.lab.policies import POLICIES
from tpmsim.scenario.library import open_scenario

DOCS = Path(__file__).resolve().parents[2] / "docs"
LOADED = open_scenario("first-product")
SEEDS = batch_seeds(7, 12)


def written(folder: Path, text: str, name: str = "my_policy.py") -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return f"{folder / name}:MyPolicy"


def example() -> str:
    blocks = re.findall(r"^```python\n(.*?)^```", (DOCS / "policies.md").read_text("utf-8"), re.DOTALL | re.MULTILINE)
    return next(block for block in blocks if "class MyPolicy" in block)


def class_of(*lines: str) -> str:
    """A policy whose `choose` has this body; it begins in line 6."""
    body = "\n".join(f"        {line}" for line in lines)
    return f"""import numpy as np

class MyPolicy:
    def __init__(self, rules):
        self.rules = rules
    def choose(self, known, luck, step):
{body}
"""


def test_the_example_of_the_docs_plays(tmp_path: Path) -> None:
    assert len(example().splitlines()) <= 40
    own = find_policy(written(tmp_path, example()))
    results = run(LOADED, own, SEEDS)
    idle = run(LOADED, find_policy(written(tmp_path, class_of("return np.full(known.week.shape, -1)"))), SEEDS)
    assert results.scores.mean() > idle.scores.mean()
    assert (own.id, len(own.digest)) == ("my_policy.py:MyPolicy", 32)


def test_in_other_processes_it_plays_the_same(tmp_path: Path) -> None:
    own = find_policy(written(tmp_path, example()))
    assert run(LOADED, own, SEEDS, jobs=2, block=6).scores.tolist() == run(LOADED, own, SEEDS).scores.tolist()


def test_a_list_of_rules_is_a_policy_too(tmp_path: Path) -> None:
    text = "from tpmsim.lab.policy import Ordered, answers\nMyPolicy = Ordered('mine', answers)\n"
    assert len(run(LOADED, find_policy(written(tmp_path, text)), SEEDS)) == len(SEEDS)


def test_what_lies_beside_it_can_be_imported(tmp_path: Path) -> None:
    (tmp_path / "beside_my_policy.py").write_text("NOTHING = -1\n")
    text = "import beside_my_policy\n" + class_of("return np.full(known.week.shape, beside_my_policy.NOTHING)")
    assert len(run(LOADED, find_policy(written(tmp_path, text)), SEEDS[:2])) == 2


def test_no_compiled_copy_is_left_behind(tmp_path: Path) -> None:
    find_policy(written(tmp_path, example()))
    assert [path.name for path in tmp_path.iterdir()] == ["my_policy.py"]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("class MyPolicy:\n    def choose(self:\n", 2, "SyntaxError"),
        ("import nothing_of_this_name\n", 1, "ModuleNotFoundError"),
        ("raise SystemExit(3)\n", 1, "SystemExit"),
        ("class Other: pass\n", None, "no 'MyPolicy'"),
        ("class MyPolicy:\n    def __init__(self, rules):\n        rules.nothing\n", 3, "AttributeError"),
        ("class MyPolicy:\n    def __init__(self, rules): pass\n", None, "has no method choose"),
        (class_of("return known.nothing"), 7, "AttributeError"),
        (class_of("return 1 / 0"), 7, "ZeroDivisionError: division by zero"),
        (class_of("return -1"), 6, "one row of a move for each"),
        (class_of("return np.full(known.week.shape, 0.5)"), 6, "float64"),
        (class_of("return np.full(known.week.shape, 10**6)"), 6, "gave 1000000"),
        (class_of("return np.full(known.week.shape, len(self.rules.moves) - 1)"), 6, "not legal"),
        (class_of("raise ValueError('\\x1b[31mred\\n')"), 7, r"ValueError: \\x1b[31mred\\n"),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path: Path, text: str, line: int | None, message: str) -> None:
    name = written(tmp_path, text)
    with pytest.raises(PolicyFailed) as caught:
        run(LOADED, find_policy(name), SEEDS)
    assert caught.value.file.endswith("my_policy.py")
    assert caught.value.line == line
    assert message.replace("\\\\", "\\") in caught.value.message


def test_a_fault_in_a_worker_keeps_its_place(tmp_path: Path) -> None:
    own = find_policy(written(tmp_path, class_of("return known.nothing")))
    with pytest.raises(PolicyFailed) as caught:
        run(LOADED, own, SEEDS, jobs=2, block=6)
    assert (caught.value.line, caught.value.exit_code) == (7, 1)


@pytest.mark.parametrize("name", ["nobody", "my_policy.py", "my_policy.txt:MyPolicy", "my_policy.py:My-Policy", ""])
def test_what_names_no_policy(name: str) -> None:
    with pytest.raises(UsageError, match="no policy"):
        find_policy(name)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputRefused):
        find_policy(f"{tmp_path / 'none.py'}:MyPolicy")


def test_a_name_comes_before_any_file() -> None:
    assert find_policy("steady") is POLICIES["steady"]
