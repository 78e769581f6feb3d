"""What the shipped scenarios are like, measured: section by section what `tpmsim balance` asks of every scenario.

The long runs play the whole ladder on two thousand seeds and audit every decision, as the short suite does for the
shortest scenario; of the others it plays a few seeds without the audit and without the policies that think long.
"""

import pytest

from tpmsim.lab.balance.balance import Balance, balanced
from tpmsim.lab.balance.ladder import scores
from tpmsim.lab.policies import CONSTANTS, POLICIES
from tpmsim.scenario.codes import Balance as Codes
from tpmsim.scenario.codes.page import NOTE
from tpmsim.scenario.library import open_scenario, shipped

QUICK = ("random", "naive", "steady", *CONSTANTS)
RUNS, FEW = 2000, 80
STATES = 24


SHORTEST = min(shipped(), key=lambda name: open_scenario(name).rules.weeks)

OPEN = ("too few states", "unclear", "coin-flip")
"""Cards of which the audit cannot say that each answer is the best somewhere."""


def skill_counts(found: Balance) -> None:
    """The best policy beats random play, no constant policy is among the best, every number rises and falls.

    Without the policies that think long whoever plays soundly is among the best, so there its mean alone is bounded.
    """
    beaten = found.ladder.beats_random
    assert beaten is not None
    assert beaten.share >= 0.9
    assert [one.fields for one in found.faults if one.code is Codes.ONE_TRICK] == []
    ladder = found.ladder
    assert [name for name, one in ladder.constant.items() if scores(one).mean() >= ladder.top] == []
    assert [one.id for one in found.movements if not (one.rose > 0.0 and one.fell > 0.0)] == []


def luck_is_the_smaller_part(found: Balance) -> None:
    assert found.ladder.luck_share is not None
    assert found.ladder.luck_share <= 0.35


@pytest.mark.parametrize("name", shipped())
def test_skill_counts_in_a_few_runs(name: str) -> None:
    found = balanced(open_scenario(name), QUICK, 0, FEW, 0)
    skill_counts(found)
    assert set(found.ladder.constant) == set(CONSTANTS)


@pytest.mark.parametrize(
    "name", [pytest.param(one, marks=[] if one == SHORTEST else [pytest.mark.soak]) for one in shipped()]
)
def test_many_runs_keep_the_contract_and_every_choice_is_one(name: str) -> None:
    found = balanced(open_scenario(name), tuple(POLICIES), 0, RUNS, STATES)
    skill_counts(found)
    luck_is_the_smaller_part(found)
    assert found.ladder.best != "naive"
    assert [f"{one.what}: {one.found}, asked {one.bounds}" for one in found.contract if one.kept is not True] == []
    assert [(one.code.id, dict(one.fields)) for one in found.faults if one.code.page.severity != NOTE] == []
    cards = [one for one in found.verdicts if one.kind == "card"]
    assert sum(one.what in OPEN for one in cards) <= 0.3 * len(cards)
