"""What is on the screen, for the tests: pages and dialogs put up by themselves, and their text."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.message import Message
from textual.pilot import Pilot
from textual.screen import Screen

import tpmsim.tui
from tpmsim.game.desk import Desk
from tpmsim.game.session import Session
from tpmsim.lab.policies import get_policy
from tpmsim.lab.recorded import record
from tpmsim.scenario.library import open_scenario
from tpmsim.tui.app import TpmsimApp
from tpmsim.tui.messages import AskWhy, Make, Open
from tpmsim.tui.panes.pane import Pane

SIZES = ((80, 24), (120, 40))
STYLES = Path(tpmsim.tui.__file__).parent / "styles"
ROWS_AROUND = 4
"""Rows of the play screen above and below a page."""


SEED = "K7Q2-MX4D"


@cache
def weeks_of(name: str) -> tuple[tuple[str, ...], ...]:
    """The moves of each week of a run, as a policy of the lab makes them."""
    session = Session.start(open_scenario(name), SEED)
    record(session, get_policy("steady"))
    return tuple(report.made for report in session.reports)


def played(weeks: int, name: str = "first-product") -> Session:
    """A run after so many weeks; none is a fresh one."""
    session = Session.start(open_scenario(name), SEED)
    for moves in weeks_of(name)[:weeks]:
        for move in moves:
            session.play(move)
        session.end_week()
    return session


class Page(Screen[None]):
    """A page by itself, as large as on the play screen; keeps what the page posts."""

    CSS_PATH: ClassVar[list[Path]] = [
        STYLES / f"{name}.tcss" for name in ("numbers", "market", "listed", "roadmap", "log")
    ]
    DEFAULT_CSS = "Page > Pane { height: 1fr; }"

    def __init__(self, pane: Pane) -> None:
        super().__init__()
        self.pane = pane
        self.posted: list[Message] = []

    def compose(self) -> ComposeResult:
        yield self.pane

    def on_ask_why(self, message: AskWhy) -> None:
        self.posted.append(message)

    def on_make(self, message: Make) -> None:
        self.posted.append(message)

    def on_open(self, message: Open) -> None:
        self.posted.append(message)


def text_of(app: Any) -> list[str]:
    """The rows of the screen as painted."""
    return ["".join(part.text for part in strip) for strip in app.screen._compositor.render_strips()]


def place_of(app: Any, text: str) -> tuple[int, int]:
    """Where a text is painted first."""
    found = [(row.index(text), y) for y, row in enumerate(text_of(app)) if text in row]
    assert found, (text, text_of(app))
    return found[0]


def on_page(
    pane: Pane,
    desk: Desk,
    size: tuple[int, int],
    act: Callable[[Pilot[Any], Page], Awaitable[None]],
    **app_options: Any,
) -> None:
    """Show a page and do something with it."""

    async def run() -> None:
        app = TpmsimApp(**app_options)
        async with app.run_test(size=(size[0], size[1] - ROWS_AROUND)) as pilot:
            page = Page(pane)
            await app.push_screen(page)
            pane.show(desk)
            await pilot.pause()
            await act(pilot, page)

    asyncio.run(run())


def on_dialog(screen: Screen[Any], size: tuple[int, int], act: Callable[[Pilot[Any]], Awaitable[None]]) -> list[Any]:
    """Show a dialog and do something with it; gives back the results it gave, which are none or one."""
    results: list[Any] = []

    async def run() -> None:
        app = TpmsimApp()
        async with app.run_test(size=size) as pilot:
            await app.push_screen(screen, results.append)
            await pilot.pause()
            await act(pilot)
            await pilot.pause()

    asyncio.run(run())
    return results


def pressed(*keys: str) -> Callable[[Pilot[Any]], Awaitable[None]]:
    """Keys, one after the other."""

    async def act(pilot: Pilot[Any]) -> None:
        for key in keys:
            await pilot.press(key)
            await pilot.pause()

    return act


def clicked(*texts: str) -> Callable[[Pilot[Any]], Awaitable[None]]:
    """Clicks on what is painted, one after the other."""

    async def act(pilot: Pilot[Any]) -> None:
        for text in texts:
            await pilot.click(offset=place_of(pilot.app, text))
            await pilot.pause()

    return act
