"""Hands for tests: they play a run on the screen as a person would, with the keys alone or with the mouse alone.

They know where a move is found (which page, which menu, which line) and look at the lists that are on the screen; what
they press is what a player presses. They wait for what a key brings about, not for the clock, so that whole games fit
into a test.
"""

import asyncio
import time
from collections.abc import Callable, Iterable
from typing import Any

from textual import events
from textual.app import App

from tpmsim.game.desk import Desk
from tpmsim.game.wording.groups import subject
from tpmsim.tui.screens.brief import BriefScreen
from tpmsim.tui.screens.menu import MenuScreen
from tpmsim.tui.screens.play import PlayScreen
from tpmsim.tui.screens.question import QuestionScreen
from tpmsim.tui.screens.reveal import RevealScreen
from tpmsim.tui.widgets.choices import Choices
from tpmsim.tui.widgets.clickrow import ClickRow

CLICKED = {"e": "end_week"}
"""The entries of the last row that are clicked, by their key."""


PATIENCE = 15.0
"""Seconds to wait for what a key brings about."""


class Missed(AssertionError):
    """Something did not come about."""


class Hands:
    """Plays on a play screen.

    Args:
        app: that runs.
        desk: of the run; only to see in which menu a move is.
    """

    def __init__(self, app: App[Any], desk: Desk) -> None:
        self.app = app
        self.desk = desk

    @property
    def screen(self) -> Any:
        return self.app.screen

    async def play(self, weeks: Iterable[tuple[str, ...]]) -> None:
        """Make the moves of each week and end it."""
        await self.until(PlayScreen)
        for moves in weeks:
            for move in moves:
                await self.make(move)
            await self.end_week()

    async def make(self, move: str) -> None:
        """Make a move; who clicked beside it, as the list moved meanwhile, looks again."""
        made = len(self.desk.made)
        for _ in range(3):
            try:
                await self.once(move)
            except Missed:
                if isinstance(self.screen, MenuScreen):
                    await self.choose(self.screen.query_one("#answers", Choices), "leave")
                    await self.wait(lambda: isinstance(self.screen, PlayScreen), "the play screen")
            if len(self.desk.made) > made:
                break
        await self.wait(lambda: isinstance(self.screen, PlayScreen), "the play screen")
        assert len(self.desk.made) == made + 1, f"{move} was not made"

    async def once(self, move: str) -> None:
        groups = self.desk.view.groups(self.desk.seen, self.desk.choices)
        group = next(one for one in groups if any(choice.id == move for choice in one.moves))
        about = subject(group.id, move)
        listed = self.screen.query_one("#moves", Choices)
        while any(one.id == "back" for one in listed.given):
            await self.go(listed, "back")
        if group.id == "answer":
            door = f"open answer {about}"
            if not any(one.id == door for one in listed.given):
                door = "open answer "
            await self.choose(listed, door)
            await self.wait(self._answers_there, "the answers")
        elif group.id == "gate":
            await self.choose(listed, "open gate ")
            await self.wait(self._answers_there, "the gate")
        else:
            await self.go(listed, f"open {group.id} ")
            if group.stepwise:
                await self.go(listed, f"open {group.id} {about}")
        where = self.screen.query_one("#answers" if isinstance(self.screen, MenuScreen) else "#moves", Choices)
        made = len(self.desk.made)
        await self.choose(where, move)
        await self.wait(lambda: len(self.desk.made) == made + 1, f"{move} to be made")

    async def end_week(self) -> None:
        ended = len(self.desk.reports)
        await self.press("e")
        while not isinstance(self.screen, RevealScreen):
            await self.wait(lambda: isinstance(self.screen, QuestionScreen | RevealScreen), "the week to end")
            if isinstance(self.screen, QuestionScreen):
                asked = self.screen
                await self.wait(lambda asked=asked: bool(asked.query(Choices)), "the question")
                await self.choose(asked.query_one(Choices), "yes")
                await self.wait(lambda asked=asked: self.screen is not asked, "the next question")
        reveal = self.screen
        await self.wait(lambda: bool(reveal.query("#steps")), "the reveal")
        if not reveal.query_one("#steps").display:
            await self.skip()
        await self.choose(reveal.query_one("#steps", Choices), "on")
        await self.wait(lambda: self.screen is not reveal, "the next week")
        assert len(self.desk.reports) == ended + 1

    def _answers_there(self) -> bool:
        return isinstance(self.screen, MenuScreen) and bool(self.screen.query("#answers"))

    async def go(self, listed: Choices, line: str) -> None:
        """Choose a line that leads to another menu."""
        before = listed.given
        await self.choose(listed, line)
        await self.wait(lambda: listed.given != before, f"the menu behind {line!r}")

    async def wait(self, done: Callable[[], bool], what: str) -> None:
        """Let the app work until something is so."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if done():
                return
            await asyncio.sleep(0.004)
        raise Missed(f"week {self.desk.week}: waited for {what} on {self.screen}")

    async def until(self, kind: type) -> None:
        """Wait for a screen; the opening is read first."""
        await self.wait(lambda: isinstance(self.screen, kind | BriefScreen) and self.screen.is_mounted, "a screen")
        await asyncio.sleep(0.05)
        if isinstance(self.screen, BriefScreen):
            await self.leave_brief()
        await self.wait(lambda: isinstance(self.screen, kind), kind.__name__)

    async def choose(self, listed: Choices, line: str) -> None:
        raise NotImplementedError

    async def press(self, key: str) -> None:
        raise NotImplementedError

    async def skip(self) -> None:
        raise NotImplementedError

    async def leave_brief(self) -> None:
        raise NotImplementedError


class Keys(Hands):
    """Plays with the keys alone."""

    async def choose(self, listed: Choices, line: str) -> None:
        await self.wait(lambda: any(one.id == line for one in listed.given), f"{line!r} on the screen")
        if not listed.has_focus:
            await self.press("tab")
            await self.wait(lambda: listed.has_focus, "the focus")
        step = "j" if place(listed, line) > (listed.highlighted or 0) else "k"
        for _ in range(len(listed.given)):
            if listed.present is not None and listed.present.id == line:
                break
            at = listed.highlighted
            await self.press(step)
            await self.wait(lambda at=at: listed.highlighted != at, "the cursor to move")
        await self.press("enter")

    async def press(self, key: str) -> None:
        char = key if len(key) == 1 else None
        self.app.post_message(events.Key(key, char))
        await asyncio.sleep(0)

    async def skip(self) -> None:
        await self.press("space")

    async def leave_brief(self) -> None:
        await self.press("enter")


class Mouse(Hands):
    """Plays with the mouse alone."""

    async def choose(self, listed: Choices, line: str) -> None:
        await self.wait(lambda: any(one.id == line for one in listed.given), f"{line!r} on the screen")
        row, looked = place(listed, line), None
        for _ in range(200):
            await asyncio.sleep(0.01)
            region = listed.scrollable_content_region
            at = next((y for y in range(region.y, region.bottom) if self._option(region.x + 1, y) == row), None)
            before, looked = looked, (region, at)
            if at is not None and before == looked:
                await self.click(region.x + 1, at)
                return
            if at is not None:
                continue
            seen = [self._option(region.x + 1, y) for y in range(region.y, region.bottom)]
            above = any(option is not None and option > row for option in seen)
            await self.wheel(region.x + 1, region.y, up=above)
        raise Missed(f"{line} cannot be seen")

    async def press(self, key: str) -> None:
        row = self.screen.query_one("#keys", ClickRow)
        start = next(start for start, _, action in row.places if action == CLICKED[key])
        await self.click(row.content_region.x + start, row.content_region.y)

    async def skip(self) -> None:
        region = self.screen.query_one("#happened").region
        await self.click(region.x, region.y)

    async def leave_brief(self) -> None:
        region = self.screen.query_one("#how").region
        await self.click(region.x, region.y)

    async def click(self, x: int, y: int) -> None:
        for kind in (events.MouseDown, events.MouseUp):
            self.app.post_message(kind(None, x, y, 0, 0, 1, False, False, False, x, y))
        await asyncio.sleep(0)

    async def wheel(self, x: int, y: int, up: bool) -> None:
        kind = events.MouseScrollUp if up else events.MouseScrollDown
        self.app.post_message(kind(None, x, y, 0, 0, 0, False, False, False, x, y))
        await asyncio.sleep(0.01)

    def _option(self, x: int, y: int) -> int | None:
        """The number of the line of a list that is painted here."""
        return self.screen.get_style_at(x, y).meta.get("option")


def place(listed: Choices, line: str) -> int:
    return [one.id for one in listed.given].index(line)
