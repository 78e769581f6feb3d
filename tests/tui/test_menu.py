"""A menu: what stands above its entries is told apart by what it is, not by how it is worded."""

import asyncio

import pytest

from seen import SIZES, on_dialog, pressed, text_of
from tpmsim.cli.plain_pages import menu as in_lines
from tpmsim.game.menus import Above, Entry, Menu
from tpmsim.game.session import Session
from tpmsim.scenario.library import open_scenario
from tpmsim.tui.app import TpmsimApp
from tpmsim.tui.screens.menu import MenuScreen
from tpmsim.tui.screens.play import PlayScreen
from tpmsim.tui.table import Table

MENU = Menu(
    "Open the gate?",
    (Above("- there is trouble"), Above("Proof (Ruth will look)", True, True), Above("Money", True, False)),
    (Entry("Go on", move="gate:go"),),
)


@pytest.mark.parametrize("size", SIZES)
def test_only_what_a_gate_asks_for_is_marked_as_there_or_missing(size):
    async def act(pilot):
        rows = [row.strip(" │") for row in text_of(pilot.app)]
        assert "- there is trouble" in rows
        assert "+ there: Proof (Ruth will look)" in rows
        assert "x missing: Money" in rows

    on_dialog(MenuScreen(MENU), size, act)


def test_what_hangs_over_stands_below_what_the_gate_asks_for():
    long = Menu("Open?", (Above(" ".join(["proof"] * 30), True, False),), ())

    async def act(pilot):
        rows = [row for row in text_of(pilot.app) if "proof proof" in row]
        assert {row.index("proof") for row in rows[1:]} == {rows[0].index("missing")}

    on_dialog(MenuScreen(long), SIZES[0], act)


def test_where_details_are_not_beside_the_answers_it_says_how_to_read_them():
    for size, said in zip(SIZES, (True, False), strict=True):

        async def act(pilot, said=said):
            assert any("go up to a line" in row for row in text_of(pilot.app)) is said

        on_dialog(MenuScreen(MENU), size, act)


@pytest.mark.parametrize("key", ["escape", "q", "h", "left", "enter"])
def test_a_key_goes_back_and_chooses_nothing(key):
    assert on_dialog(MenuScreen(MENU), SIZES[0], pressed(key)) == [None]


def test_plain_mode_lists_it():
    assert in_lines(MENU)[1:4] == ["- there is trouble", "  - there: Proof (Ruth will look)", "  - missing: Money"]


def test_a_dialog_stands_in_the_middle_of_what_it_is_about() -> None:
    session = Session.start(open_scenario("first-product"), "7")
    table = Table(session)

    async def look() -> None:
        app = TpmsimApp(lambda app: app.push_screen(PlayScreen(table, at_once=True)))
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            box = app.screen.query_one("#box").region
            assert abs(box.x - (120 - box.right)) <= 1
            assert abs(box.y - (40 - box.bottom)) <= 1
            assert 0.0 < app.screen.styles.background.a < 1.0

    asyncio.run(look())
