"""The page of a week: the guide says one word at a time, while it helps; beside it stands the week that ended last."""

import asyncio
from collections.abc import Awaitable, Callable

from textual.pilot import Pilot
from textual.widgets import Static

from tpmsim.game.session import Session
from tpmsim.game.wording.prose import line_of
from tpmsim.scenario.library import open_scenario
from tpmsim.tui.app import TpmsimApp
from tpmsim.tui.messages import Make
from tpmsim.tui.panes.week import Week
from tpmsim.tui.screens.play import PlayScreen
from tpmsim.tui.table import Table

GUIDE = open_scenario("first-product").scenario.guide


def in_week(weeks: int, act: Callable[[Pilot[None]], Awaitable[None]]) -> None:
    """Something done on the screen of First Product so many weeks into a run in which nobody was asked anything."""
    session = Session.start(open_scenario("first-product"), "K7Q2-MX4D")
    for _ in range(weeks):
        session.end_week()
    table = Table(session)

    async def acted() -> None:
        app = TpmsimApp(lambda app: app.push_screen(PlayScreen(table, at_once=True)))
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            if not isinstance(app.screen, PlayScreen):
                await pilot.press("enter")
                await pilot.pause()
            await act(pilot)

    asyncio.run(acted())
    table.close()


async def made(pilot: Pilot[None], move: str) -> None:
    pilot.app.screen.query_one(Week).post_message(Make(move))
    await pilot.pause()


def word(pilot: Pilot[None]) -> str:
    """The id of the word of the guide that is on the screen; empty if there is none."""
    guide = pilot.app.screen.query_one("#guide", Static)
    return (
        next(name for name, hint in GUIDE.items() if line_of(hint.says) == str(guide.content)) if guide.display else ""
    )


def test_a_word_that_was_followed_goes() -> None:
    async def act(pilot: Pilot[None]) -> None:
        assert word(pilot) == "unasked"
        await made(pilot, "talk:engineering")
        assert word(pilot) == "card"
        await made(pilot, "talk:design")
        assert word(pilot) == "clock"
        await made(pilot, "answer:mill_street/later")
        await pilot.press("escape")
        assert word(pilot) == "clock"

    in_week(1, act)


def test_the_free_week_asks_for_the_first_question_and_then_for_what_the_hours_are_good_for() -> None:
    async def act(pilot: Pilot[None]) -> None:
        assert word(pilot) == "planning"
        await made(pilot, "interview:cafes")
        assert word(pilot) == "left_over"
        await made(pilot, "target:cafes")
        await made(pilot, "problem:swap")
        assert word(pilot) == "left_over"
        for _ in range(2):
            await made(pilot, "survey:cafes")
        await made(pilot, "prototype:clinics")
        assert word(pilot) == ""

    in_week(0, act)


def test_a_quiet_week_is_told_as_one_and_hides_behind_no_earlier_week() -> None:
    async def act(pilot: Pilot[None]) -> None:
        told = str(pilot.app.screen.query_one("#beside-log Static", Static).content)
        assert told.splitlines() == ["Week 1", "A quiet week."]

    in_week(2, act)


def test_before_the_first_week_has_ended_there_is_none() -> None:
    async def act(pilot: Pilot[None]) -> None:
        await made(pilot, "interview:cafes")
        assert str(pilot.app.screen.query_one("#beside-log Static", Static).content) == "Nothing has happened yet."

    in_week(0, act)
