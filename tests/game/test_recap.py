"""The recap tells what the reports hold: no more, no clock, the same each time."""

import random

import pytest

from chosen import some
from players import random_week
from tpmsim.game.desk import Desk
from tpmsim.game.recap import AHEAD, recap
from tpmsim.game.session import Session
from tpmsim.scenario.library import open_scenario

LOADED = open_scenario("first-product")


def test_a_run_that_has_just_begun() -> None:
    session = Session.start(LOADED, "1")
    session.play("interview:cafes")
    told = recap(Desk(session))
    assert told.title == "First Product. Planning week"
    assert told.story == (
        "You are in Research.",
        "You have not decided whom it is for.",
        "No promise of yours is open.",
    )
    assert told.last == ()
    assert told.made == ("Interview Cafés and bars",)
    assert told.open[-1].startswith("The gate still asks for: a target segment; a problem to solve; answers from two")


def test_a_quiet_week_is_said_to_be_quiet() -> None:
    session = Session.start(LOADED, "1")
    session.end_week()
    assert [one.text for one in recap(Desk(session)).last] == ["A quiet week."]


def played(seed: int, weeks: int) -> Session:
    session, dice = Session.start(LOADED, str(seed)), random.Random(seed)
    while session.outcome is None and len(session.reports) < weeks:
        random_week(session, dice)
    return session


@pytest.mark.parametrize("seed", some(range(30), 3))
def test_it_says_what_the_reports_say(seed: int) -> None:
    session = played(seed, 3 + seed % 7)
    desk = Desk(session)
    told = recap(desk)
    assert recap(Desk(session)) == told
    assert 3 <= len(told.story) <= 6
    events = [event for report in session.reports for event in report.events]
    story = " ".join(told.story)
    for event in events:
        if event.kind in ("promise-kept", "promise-broken"):
            assert LOADED.scenario.features[event.subject].title.plain() in story
        if event.kind == "acted-exit":
            assert LOADED.scenario.stakeholders[event.subject].name.plain() in story
        if event.kind == "need-found":
            assert desk.view.titles.need(event.subject) in story
    assert ("gate stayed shut" in story) == any(event.kind == "gate-refused" for event in events)
    assert ("You kept your word" in story) == any(event.kind == "promise-kept" for event in events)
    assert told.last
    if desk.over:
        assert "the run is over" in told.story[0].lower()
        assert told.open == ()


def test_what_waits_is_told() -> None:
    session = next(one for one in (played(seed, 2 + seed % 6) for seed in range(200)) if _waits(one))
    seen, told = session.observation, recap(Desk(session)).open
    assert sum("waits for an answer" in line for line in told) == len(seen.cards)
    due = [one for one in seen.features if one.due and seen.week <= one.due <= seen.week + AHEAD and not one.complete]
    assert sum("is promised" in line for line in told) == len(due)
    assert sum("gate" in line for line in told) >= 1


def _waits(session: Session) -> bool:
    seen = session.observation
    return bool(seen.cards) and not session.position.over and any(one.due > seen.week for one in seen.features)
