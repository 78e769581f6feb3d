"""The target solver: known targets are found, impossible ones are said to be, and the file stays as it was."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import small_balance
from tpmsim.core.outcome import SCORE_UNIT
from tpmsim.errors import InputRefused, UsageError
from tpmsim.lab.balance.target import Solution, Target, Varied, as_json, solved, varied
from tpmsim.lab.jobs import batch_seeds, run
from tpmsim.lab.rollout import Results
from tpmsim.scenario.checking import Checked, check
from tpmsim.scenario.loading import Loaded, parse

SEEDS = batch_seeds(0, 40)


@pytest.fixture
def small(tmp_path: Path) -> Checked:
    return check(small_balance.written(tmp_path / "small", small_balance.PAIR))


def one(result: Checked, key: str) -> Varied:
    assert result.loaded is not None
    assert result.examined is not None
    return varied(result.loaded, result.examined, key)


def by(score: Callable[[float], float]) -> Callable[[Loaded, str, float], Results]:
    """Runs in which everybody scores what the value gives."""

    def play(loaded: Loaded, policy: str, value: float) -> Results:
        units = np.full(4, int(score(value) * SCORE_UNIT))
        none = np.zeros(4, dtype=np.int64)
        rose = np.zeros((0, 4), dtype=np.bool_)
        return Results(("rich", "other"), (1, 2, 3, 4), units, none, none, np.zeros((0, 4), dtype=np.int64), rose, rose)

    return play


@pytest.mark.parametrize("falls", [1.0, -1.0])
def test_a_known_target_is_found_whether_the_score_rises_or_falls(small: Checked, falls: float) -> None:
    found = solved(
        one(small, "money.cash"),
        Target("steady", 50.0, False),
        None,
        by(lambda cash: 50.0 + falls * (cash - 310000.0) / 10000.0),
    )
    assert found.met
    assert found.value == 310000.0
    assert len(found.tried) < 20


def test_a_target_is_found_in_real_runs_and_the_line_gives_it(small: Checked, tmp_path: Path) -> None:
    before = (tmp_path / "small" / "scenario.yaml").read_bytes()
    number = one(small, "money.cash")

    def play(loaded: Loaded, policy: str, value: float = 0.0) -> Results:
        return run(loaded, policy, SEEDS)

    there = parse(number.written(230000.0))
    known = Target("steady", Target("steady", 0.0, False).measured(there, play(there, "steady")), False)
    found = solved(number, known, None, play)
    assert found.met
    assert found.value == pytest.approx(230000.0, abs=1000.0)
    assert (tmp_path / "small" / "scenario.yaml").read_bytes() == before
    changed = number.written(found.value).decode().splitlines()
    assert changed[number.line - 1] == number.line_with(found.value) == f"money: {{cash: {found.value:.0f}}}"
    page = as_json(number, found)
    assert (page["line"], page["was"], page["met"]) == (6, 200000.0, True)


def test_wins_are_runs_with_a_good_ending(small: Checked) -> None:
    assert small.loaded is not None
    results = run(small.loaded, "steady", SEEDS)
    rate = Target("steady", 0.0, wins=True).measured(small.loaded, results)
    good = sum(small.loaded.rules.endings[row].good for row in results.ending.tolist())
    assert rate == pytest.approx(100.0 * good / len(SEEDS))


def test_what_cannot_be_met_is_said_with_the_nearest(small: Checked) -> None:
    found = solved(
        one(small, "money.cash"), Target("steady", 90.0, False), None, by(lambda cash: min(cash / 1e4, 60.0))
    )
    assert not found.met
    assert found.tried[found.value] == 60.0


def test_between_two_values_and_only_there(small: Checked) -> None:
    cash = one(small, "money.cash")
    found = solved(cash, Target("steady", 50.0, False), (100.0, 900.0), by(lambda value: value / 10.0))
    assert found.value == 500.0
    assert min(found.tried) >= 100.0
    assert max(found.tried) <= 900.0
    assert not solved(cash, Target("steady", 95.0, False), (100.0, 900.0), by(lambda value: value / 10.0)).met


def test_a_whole_number_stays_one_and_a_share_a_share(small: Checked) -> None:
    weeks = solved(one(small, "weeks"), Target("steady", 9.4, False), None, by(lambda value: value))
    assert weeks.value == 9.0
    chance = one(small, "cards.money_or_luck.chance")
    assert (chance.low, chance.high) == (0.0, 1.0)
    found = solved(chance, Target("steady", 70.0, False), None, by(lambda value: 100.0 * value))
    assert found.value == pytest.approx(0.7)
    assert max(found.tried) <= 1.0


def test_effects_and_items_of_lists_can_be_named(small: Checked) -> None:
    assert one(small, "cards.money_or_luck.answers.money.then.cash").present == 60000.0
    assert one(small, "features.fast_path.serves.speed").high == 1.0


def test_a_value_with_which_nothing_can_be_played_ends_the_search(small: Checked) -> None:
    """With the worst at the best there is no objective."""
    best = one(small, "objectives.tact.best")
    found = solved(best, Target("steady", 50.0, False), None, by(lambda value: 40.0 + value))
    assert found.met
    assert found.value == pytest.approx(10.0)
    with pytest.raises(InputRefused):
        solved(best, Target("steady", 50.0, False), (-2.0, 3.0), by(lambda value: value))


@pytest.mark.parametrize(
    ("key", "said"),
    [("money.csh", "did you mean 'money.cash'"), ("title", "no number"), ("money.price", "written first")],
)
def test_what_is_no_number_of_the_file_is_refused(small: Checked, key: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        one(small, key)
    assert said in f"{caught.value} {caught.value.help}"


def test_the_nearest_of_several_is_the_solution() -> None:
    assert Solution(Target("steady", 50.0, False), {1.0: 40.0, 2.0: 49.0, 3.0: 51.0}).value == 2.0
