"""What the shipped scenarios are like, measured: section by section what `tpmsim balance` asks of every scenario.

The long runs play the whole ladder on two thousand seeds and audit every decision; the short suite plays a few seeds
without the audit and without the policies that think long.
"""

import pytest

from tpmsim.lab.balance.balance import Balance, balanced
from tpmsim.lab.policies import CONSTANTS, POLICIES
from tpmsim.scenario.codes import Balance as Codes
from tpmsim.scenario.codes.page import NOTE
from tpmsim.scenario.library import open_scenario, shipped

QUICK = ("random", "naive", "steady", *CONSTANTS)
RUNS, FEW = 2000, 80
STATES = 24


def skill_counts(found: Balance) -> None:
    """The best policy beats random play, luck is the smaller part, and no constant policy is among the best."""
    beaten, luck = found.ladder.beats_random, found.ladder.luck_share
    assert beaten is not None
    assert beaten.share >= 0.9
    assert luck is not None
    assert luck <= 0.35
    assert [one.fields for one in found.faults if one.code is Codes.ONE_TRICK] == []
    assert [one.id for one in found.movements if not (one.rose > 0.0 and one.fell > 0.0)] == []


@pytest.mark.parametrize("name", list(shipped())[::4])
def test_skill_counts_in_a_few_runs(name: str) -> None:
    found = balanced(open_scenario(name), QUICK, 0, FEW, 0)
    skill_counts(found)
    assert set(found.ladder.constant) == set(CONSTANTS)


@pytest.mark.soak
@pytest.mark.parametrize("name", shipped())
def test_many_runs_keep_the_contract_and_every_choice_is_one(name: str) -> None:
    found = balanced(open_scenario(name), tuple(POLICIES), 0, RUNS, STATES)
    skill_counts(found)
    assert found.ladder.best != "naive"
    assert [f"{one.what}: {one.found}, asked {one.bounds}" for one in found.contract if one.kept is not True] == []
    assert [(one.code.id, dict(one.fields)) for one in found.faults if one.code.page.severity != NOTE] == []
    judged = [one for one in found.verdicts if one.kind == "card" and one.what != "too few states"]
    cards = [one for one in found.verdicts if one.kind == "card"]
    assert len(judged) >= 0.6 * len(cards)
