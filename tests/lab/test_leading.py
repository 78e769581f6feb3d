"""The reference policy leads a run to a place; a place that is none says so."""

import pytest

from tpmsim.errors import UsageError
from tpmsim.game.session import Session
from tpmsim.lab.leading import Place, lead, place
from tpmsim.scenario.library import open_scenario

LOADED = open_scenario("first-product")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("week:4", Place("week", "4")),
        ("stage:build", Place("stage", "build")),
        ("card:crunch", Place("card", "crunch")),
    ],
)
def test_a_place_is_read_and_reached(text: str, wanted: Place) -> None:
    session = Session.start(LOADED, "7")
    assert place(text) == wanted
    assert lead(session, wanted) == ""
    seen = session.observation
    assert wanted.reached(seen)
    assert not session.reports or not wanted.reached(session.reports[-1].before)


@pytest.mark.parametrize(
    "text", ["", "week", "week:", "week:x", "week:-1", "week:99999", "day:3", "card:A B", "stage:\x1b"]
)
def test_what_is_no_place(text: str) -> None:
    with pytest.raises(UsageError, match="no place"):
        place(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("week:40", "There is no week 40; the last is week 8."),
        ("stage:biuld", "There is no stage 'biuld'; did you mean 'build'?"),
        ("card:crunsh", "There is no card 'crunsh'; did you mean 'crunch'?"),
    ],
)
def test_a_place_that_the_scenario_does_not_have(text: str, says: str) -> None:
    session = Session.start(LOADED, "7")
    assert lead(session, place(text)) == says
    assert session.position.week == 0


def test_a_place_that_is_never_reached() -> None:
    session = Session.start(LOADED, "7")
    assert "never came to stage 'ended'" in lead(session, place("stage:ended")) or session.observation.stage == "ended"
    assert session.position.over
