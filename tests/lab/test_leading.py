"""The reference policy leads a run to a place; a place that is none says so."""

import pytest

from fragments import laid_over
from tpmsim.core.rolls import seed_text
from tpmsim.errors import UsageError
from tpmsim.game.session import Session
from tpmsim.lab.leading import Place, elsewhere, lead, place
from tpmsim.scenario.library import open_scenario
from tpmsim.scenario.loading import parse

AVOIDED = """\
cards:
  opening_day:
    {{when: {when}, from: boss, says: May I, silence: later, answers: {{
      now: {{says: Now., then: {{trust.boss: -0.1}}}}, later: {{says: Later., then: {{trust.builder: -0.1}}}}}}}}
"""
LOADED = open_scenario("first-product")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("week:4", Place("week", "4")),
        ("stage:build", Place("stage", "build")),
        ("card:watching", Place("card", "watching")),
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
    says = lead(session, place("stage:ended"))
    assert "never met stage 'ended'" in says or session.observation.stage == "ended"
    assert session.position.over


@pytest.mark.parametrize("when", ["week >= 1 and cash < 1", "cash < 1 or customers > 100000"])
def test_a_card_that_is_avoided_says_what_to_do_in_a_line(when: str) -> None:
    loaded = parse(laid_over(AVOIDED.format(when=when)).encode())
    says = lead(Session.start(loaded, "7"), place("card:opening_day"))
    assert says == "Try another --seed or a save (--run): steady never met card 'opening_day'."
    assert len(says) < 78
    assert elsewhere(loaded, place("card:opening_day"), "K7Q2-MX4D") is None


def test_another_world_may_lead_to_a_place_that_this_one_does_not() -> None:
    loaded = parse(laid_over(AVOIDED.format(when="week == 1, chance: 0.5")).encode())
    there = place("card:opening_day")
    seed = next(text for n in range(99) if lead(Session.start(loaded, text := seed_text(n)), there))
    session = elsewhere(loaded, there, seed)
    assert session is not None
    assert there.reached(session.observation)
    assert session.header.seed != seed
