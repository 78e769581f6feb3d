"""What each scenario that comes with the program has, counted; how it plays is measured in the tests of the balance."""

from pathlib import Path

import pytest

from tpmsim.core.rules import RULES_NUMBER
from tpmsim.scenario.library import open_scenario, shipped
from tpmsim.scenario.schema import Answer

TUTORIAL = "first-product"
"""Shorter than the others: it teaches how to play."""

RECORDED = Path(__file__).parents[1] / "golden" / f"rules-{RULES_NUMBER}"


def test_there_are_seven_and_one_is_the_tutorial() -> None:
    names = list(shipped())
    assert len(names) == 7
    assert TUTORIAL in names


@pytest.mark.parametrize("name", shipped())
def test_it_has_all_that_a_class_needs(name: str) -> None:
    told = open_scenario(name).scenario
    assert 20 <= told.weeks <= 30 or name == TUTORIAL
    assert len(told.cards) >= 15
    assert len(told.objectives) >= 3
    assert sum(ending.good for ending in told.endings.values()) >= 4
    assert len(told.debrief.questions) >= 3
    assert told.teaches
    assert {"random", "steady"} <= set(told.balance.scores)


def disappoints_somebody(answer: Answer) -> bool:
    """Whether a colleague likes the project less for it, or trusts the player less."""
    return any(amount < 0.0 and lever.startswith(("satisfaction.", "trust.")) for lever, amount in answer.then.items())


@pytest.mark.parametrize("name", shipped())
def test_no_answer_pleases_everybody(name: str) -> None:
    """Serving one costs another: hours and money alone are no price, as nobody would be sorry about the answer."""
    cards = open_scenario(name).scenario.cards
    free = [
        f"{card}/{answer}"
        for card, asked in cards.items()
        for answer, given in asked.answers.items()
        if not disappoints_somebody(given)
    ]
    assert not free, f"nobody is sorry about these answers: {', '.join(free)}"


@pytest.mark.parametrize("name", shipped())
def test_whole_runs_of_it_are_recorded_and_replayed(name: str) -> None:
    """The golden journals are replayed week by week in `golden/test_golden.py`; here, that none is forgotten."""
    assert len(list(RECORDED.glob(f"{name}-*.tpmrun"))) >= 3
