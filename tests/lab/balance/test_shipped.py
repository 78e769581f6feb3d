"""What the shipped scenarios are like, measured; the small runs of other tests could not tell."""

import pytest

from tpmsim.lab.balance.balance import balanced
from tpmsim.scenario.library import open_scenario

pytestmark = pytest.mark.soak


@pytest.mark.parametrize("name", ["first-product", "the-loud-whale"])
def test_play_matters_and_most_cards_are_choices(name: str) -> None:
    found = balanced(open_scenario(name), ("random", "naive", "steady"), 0, 1000, 24)
    beaten, luck = found.ladder.beats_random, found.ladder.luck_share
    assert found.ladder.best == "steady"
    assert beaten is not None
    assert beaten.share >= 0.9
    assert luck is not None
    assert luck <= 0.4
    cards = [one for one in found.verdicts if one.kind == "card" and one.what != "too few states"]
    assert len(cards) >= 6
    assert sum(one.what == "false choice" for one in cards) <= len(cards) / 4
