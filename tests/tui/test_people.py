"""The page of people: how everybody stands, what they want, what was promised to them, what can be done."""

import asyncio

import pytest

from seen import SIZES, on_page, place_of, played, pressed, text_of
from tpmsim.game.desk import Desk
from tpmsim.game.menus import group_menu
from tpmsim.game.session import Session
from tpmsim.lab.policies import get_policy
from tpmsim.lab.recorded import record
from tpmsim.scenario.library import open_scenario
from tpmsim.tui.app import TpmsimApp
from tpmsim.tui.messages import AskWhy, Make
from tpmsim.tui.panes.people import People, trust_so_far
from tpmsim.tui.screens.play import PlayScreen
from tpmsim.tui.table import Table
from tpmsim.tui.widgets.choices import Choices
from tpmsim.tui.widgets.rows import Rows

PROMISED = 3
"""Weeks of the steady policy after which two promises are open."""


@pytest.fixture(scope="module")
def desk():
    return Desk(played(PROMISED))


def screen(pilot):
    return "\n".join(row.rstrip() for row in text_of(pilot.app))


@pytest.mark.parametrize("size", SIZES)
def test_everybody_stands_there(desk, size):
    async def act(pilot, page):
        table = page.query_one(Rows)
        assert table.row_count == len(desk.seen.people)
        for place, one in enumerate(desk.seen.people):
            cells = [text.plain for text in table.get_row_at(place)]
            number = f"trust.{one.id}"
            assert cells[0][:12] == desk.view.titles.introduced(one.id)[:12]
            assert desk.view.figures.bare(number, desk.seen.numbers[number]) in cells[1]
            assert desk.view.figures.word(number, desk.seen.numbers[number]) in cells[1]
        assert table.virtual_size.width <= size[0] - 1

    on_page(People(), desk, size, act)


@pytest.mark.parametrize("size", SIZES)
def test_the_present_person_is_told_of(desk, size):
    async def act(pilot, page):
        await pressed("j", "down", "j")(pilot)
        told = page.pane.told(desk, "sales").plain
        assert page.query_one(Rows).present == "sales"
        assert desk.view.people.wants("sales") in told
        assert "Promised: Swap board for week 4, with 'commit' (90 %); + on course" in told
        assert "is heard by Ruth and Inés; listens to Inés and Ruth" in told
        assert "last vote: for going on" in told
        assert "Promised: Swap board" in screen(pilot)

    on_page(People(), desk, size, act)


def test_trust_is_told_from_the_start_to_the_last_week(desk):
    values = [desk.reports[0].before, *(report.after for report in desk.reports)]
    first, last = (desk.view.figures.bare("trust.sales", one.numbers["trust.sales"]) for one in (values[0], values[-1]))
    told = trust_so_far(desk, "sales")
    assert len(told.split()[0]) == len(values)
    assert f"{first} at first, {last} after the last week" in told
    assert "no week has ended yet" in trust_so_far(Desk(played(0)), "sales")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("back", ["h", "left", "q", "escape"])
def test_enter_goes_to_what_can_be_done_and_back(desk, size, back):
    async def act(pilot, page):
        table, choices = page.query_one(Rows), page.query_one(Choices)
        table.focus()
        await pressed("j", "enter")(pilot)
        assert choices.has_focus
        await pressed(back)(pilot)
        assert table.has_focus
        assert table.present == "design"

    on_page(People(), desk, size, act)


@pytest.mark.parametrize("size", SIZES)
def test_a_move_is_made_by_keys_and_by_mouse(desk, size):
    moves = [one.move for one in group_menu(desk, "people", "engineering").entries]

    async def act(pilot, page):
        page.query_one(Rows).focus()
        await pressed("l", "j", "enter")(pilot)
        assert page.posted == [Make(moves[1])]
        await pilot.click(offset=place_of(pilot.app, "Give Mirela credit"))
        await pilot.pause()
        assert page.posted[1:] == [Make("credit:engineering")]

    on_page(People(), desk, size, act)


@pytest.mark.parametrize("size", SIZES)
def test_a_click_chooses_the_person_and_w_asks_why(desk, size):
    async def act(pilot, page):
        await pilot.click(offset=place_of(pilot.app, "Tomasz"))
        await pressed("w")(pilot)
        assert page.posted == [AskWhy("trust.design")]

    on_page(People(), desk, size, act)


def test_harm_has_a_sign_and_those_who_left_are_said_to_have():
    session = Session.start(open_scenario("first-product"), "K7Q2-MX4D")
    record(session, get_policy("naive"))
    desk = Desk(session)
    rows = {row.id: [text.plain for text in row.cells] for row in People().grid(desk, wide=True)[1]}
    for one in desk.seen.people:
        if one.gone:
            assert "has left" in rows[one.id][1]
            assert People().told(desk, one.id).plain.endswith("has left.")
        else:
            assert rows[one.id][3].startswith("!") == desk.view.people.warning(one.intent)


def test_one_line_is_true(desk):
    told = People().describe(desk)
    least = min(desk.seen.people, key=lambda one: one.trust)
    assert told.startswith("5 people; least trust: ")
    assert desk.view.titles.person(least.id) in told
    assert told.endswith("nobody about to do harm; 0 promises at risk.")


@pytest.mark.parametrize("size", SIZES)
def test_on_the_play_screen_back_goes_one_step_at_a_time(size):
    async def run():
        app = TpmsimApp()
        async with app.run_test(size=size) as pilot:
            screen = PlayScreen(Table(played(PROMISED)), at_once=True)
            await app.push_screen(screen)
            await pressed("3", "enter")(pilot)
            people = screen.query_one(People)
            assert people.query_one(Choices).has_focus
            await pressed("q")(pilot)
            assert people.query_one(Rows).has_focus
            made = len(screen._table.desk.made)
            await pressed("enter", "enter")(pilot)
            assert len(screen._table.desk.made) == made + 1
            await pilot.resize_terminal(*SIZES[0 if size == SIZES[1] else 1])
            await pilot.pause()
            assert people.query_one(Rows).row_count == 5
            await pressed("h", "h")(pilot)
            assert screen.query_one("#pages").current == "week"

    asyncio.run(run())
