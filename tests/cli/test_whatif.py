"""`tpmsim whatif` and `tpmsim compare` as they are typed."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kept import keep, of_other_rules
from tpmsim.core.rules import RULES_NUMBER
from tpmsim.game.replay import replay

Result = tuple[int, str, str]
GOLDEN = Path(__file__).parent.parent / "golden"


def test_both_ways_and_the_fan(command: Callable[..., Result], tmp_path: Path) -> None:
    run = keep(tmp_path, file="mine.tpmrun")
    before = run.read_bytes()
    branch = tmp_path / "other.tpmrun"
    arguments = ("--week", "1", "--move", "gate:research/kill", "--n", "10", "--save", branch)
    code, out, _ = command("whatif", run, *arguments)
    assert code == 0
    assert 'What if, in week 1: "Stop the product for good", in place of' in out
    assert "The fan: 10 futures of each" in out
    assert "With the move" in out
    assert run.read_bytes() == before
    assert replay(branch).exact
    code, out, _ = command("compare", run, branch)
    assert code == 0
    assert "The same scenario with the same seed" in out
    assert "'other' branches off the other run at the start of week 1." in out
    assert "First difference: week 1, move " in out
    assert "> here they part" in out


def test_as_json(command: Callable[..., Result], tmp_path: Path) -> None:
    run = keep(tmp_path, file="mine.tpmrun")
    code, out, _ = command(
        "whatif", run, "--week", "0", "--move", "talk:sales", "--then", "reference", "--n", 8, "--json"
    )
    assert code == 0
    found = json.loads(out)
    assert found["in_place_of"] is None
    assert found["played_on_from"] == 0
    assert found["now"]["weeks"][0]["moves"].count("talk:sales") >= 1
    assert (tmp_path / found["file"]).exists()
    code, out, _ = command("compare", run, tmp_path / found["file"], "--json")
    assert json.loads(out)["branch_of_the_other"] == "other"


def test_without_a_move(command: Callable[..., Result], tmp_path: Path) -> None:
    run = keep(tmp_path, file="mine.tpmrun")
    made = replay(run).weeks[0][0].made[-1]
    code, out, _ = command("whatif", run, "--week", "0", "--without", made, "--n", 8)
    assert code == 0
    assert "left out." in out
    assert "Without the move " in out
    code, out, _ = command("whatif", run, "--week", "0", "--without", made, "--n", 8, "--json")
    found = json.loads(out)
    assert (found["move"], found["in_place_of"]) == (None, made)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--week", "0", "--move", "talk:sails"), 1, "did you mean 'talk:sales'"),
        (("--week", "0", "--move", "gate:live/sunset"), 1, "belongs to"),
        (("--week", "88", "--move", "talk:sales"), 3, "no week 88"),
        (("--week", "0", "--move", "talk:sales", "--then", "nobody"), 2, "nobody"),
        (("--week", "0"), 2, "--move"),
        (("--week", "0", "--move", "talk:sales", "--without", "talk:sales"), 2, "only one"),
        (("--week", "0", "--without", "gate:live/sunset"), 2, "was not made"),
    ],
)
def test_refusals_leave_no_file(
    command: Callable[..., Result], tmp_path: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    run = keep(tmp_path, weeks=2)
    found, _, err = command("whatif", run, *arguments)
    assert found == code
    assert said in err
    assert list(tmp_path.iterdir()) == [run] or sorted(one.suffix for one in tmp_path.iterdir()) == [".lock", ".tpmrun"]


def test_a_recorded_view_is_compared_as_far_as_it_tells(command: Callable[..., Result], tmp_path: Path) -> None:
    run = keep(tmp_path, file="mine.tpmrun")
    code, out, _ = command("compare", run, of_other_rules(run))
    assert code == 0
    assert "recorded view: made by rules 999" in out
    assert "Made by other rules" in out
    assert "No difference" in out
    old = GOLDEN / "rules-1" / "first-product-naive-0.tpmrun"
    code, out, _ = command("compare", old, GOLDEN / "rules-2" / "first-product-naive-1.tpmrun")
    assert code == 0
    assert "recorded view" in out


def test_other_seeds_differ_by_luck(command: Callable[..., Result]) -> None:
    first, second = (GOLDEN / f"rules-{RULES_NUMBER}" / f"golden-steady-{number}.tpmrun" for number in (0, 1))
    code, out, _ = command("compare", first, second)
    assert code == 0
    assert "other seeds: their luck differs" in out


def test_runs_of_two_scenarios_are_each_told_in_their_own_words(command: Callable[..., Result], tmp_path: Path) -> None:
    one, other = keep(tmp_path, file="one.tpmrun"), keep(tmp_path, name="the-loud-whale", file="other.tpmrun", weeks=2)
    code, out, _ = command("compare", one, other)
    assert code == 0
    assert "They play different scenarios" in out
    assert re.search(r"^ +0 one .* 3\d\d,\d{3} ", out, re.MULTILINE), "money in its own unit"
    assert re.search(r"^ +other .* 5\d\d,\d{3} ", out, re.MULTILINE)
    assert not re.search(r"'(survey|interview|target|talk):", out), "moves in words"
