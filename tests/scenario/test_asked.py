"""What an answer asks for is said in words wherever a player can see it, and never more than that."""

import pytest

from tpmsim.scenario.asked import PAST, UNSAID, asked
from tpmsim.scenario.condition_parser import parse_condition
from tpmsim.scenario.library import open_scenario
from tpmsim.scenario.names import Ids, names
from tpmsim.scenario.nodes import Scalar

SUNSET = open_scenario("sunset").scenario


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("shipped.off_copper == 1", "only with Without the copper with customers"),
        ("shipped.off_copper", "only with Without the copper with customers"),
        ("not shipped.off_copper", "only with Without the copper not with customers yet"),
        ("due.off_copper > 0", "only with an open promise of Without the copper"),
        ("due.off_copper == 0", "only with no open promise of Without the copper"),
        ("revenue >= 10500", "only with at least 10,500 of revenue a week"),
        ("10500 > revenue", "only with less than 10,500 of revenue a week"),
        ("not revenue < 10500", "only with at least 10,500 of revenue a week"),
        ("sentiment >= 0.1", "only with at least +10 in what customers say"),
        (
            "committed.two == 0 and weeks.left >= 4",
            "only with Two pages at once out of the plan and at least 4 weeks left",
        ),
        ("cash > 0 or stars > 3", "only with more than 0 in the bank, or more than 3 stars for the code"),
        ("memory.dark == 1", PAST),
        ("memory.dark == 1 and cash > 5", PAST),
        ("found.leave == 1", UNSAID),
        ("cash != 5", UNSAID),
    ],
)
def test_conditions_in_words(condition: str, words: str) -> None:
    expr = parse_condition(Scalar(condition, True, 1, 1), names(Ids.of(SUNSET))).expr
    title = SUNSET.features["two"].title.plain()
    assert asked(SUNSET, expr) == words.replace("Two pages at once", title)
