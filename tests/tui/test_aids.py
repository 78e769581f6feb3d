"""Aids: three pages by key and by mouse, in every size; the timetable comes beside the screen; a question is asked."""

import threading
from functools import cache

import pytest

from seen import SIZES, clicked, on_dialog, played, pressed, text_of
from tpmsim.core.state import evolve
from tpmsim.game.aid_pages import DatedRow, TimetablePage
from tpmsim.game.desk import Desk
from tpmsim.game.session import Session
from tpmsim.lab.aid_words import aids_page, timetable_page
from tpmsim.scenario.library import open_scenario
from tpmsim.tui.screens.aids import WORKING, AidsScreen
from tpmsim.tui.widgets.rows import Rows
from tui.tour import SEED, STOPS, visit

SIZES_TOO = (*SIZES, (60, 16))
CURVE = tuple(range(0, 105, 5))
DATED = DatedRow(
    id="glove",
    title="Glove [b]mode[/b]",
    curve=CURVE,
    half="15",
    likely="21",
    sure="later",
    promised="week 11, 'commit' (90 %)",
    due=11,
    word=0.9,
    chance=0.3,
    odds="30 %",
    sign="x",
    told=("Complete by week 15 in 50 of 100 cases.", "Much less likely than you said."),
)
TIMETABLE = TimetablePage(
    "When it may be done.", 5, (DATED,), "Both promises are kept in 5 % of the cases.", ("From 256 worlds.",)
)


@cache
def desk() -> Desk:
    """A run in which everything but one thing can still be asked."""
    return Desk(played(1))


def screen(page: TimetablePage = TIMETABLE) -> AidsScreen:
    return AidsScreen(aids_page(desk()), lambda: page)


async def worked(pilot):
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES_TOO)
def test_dates_promises_and_chances_are_seen(size):
    async def act(pilot):
        await worked(pilot)
        text = "\n".join(text_of(pilot.app))
        for told in ("Glove [b]mode[/b]"[:10], "11 commit", "x 30 %", "21", "Much less likely than you said."[:20]):
            assert told in text
        assert ("95 %" in text and "chance wk 5-25" in text) is (size[0] >= 76)
        table = pilot.app.screen.query_one(Rows)
        assert table.virtual_size.width <= table.size.width

    on_dialog(screen(), size, act)


def test_the_promised_week_is_marked_in_the_curve():
    async def act(pilot):
        await worked(pilot)
        curve = pilot.app.screen.query_one(Rows).get_row_at(0)[1]
        (span,) = curve.spans
        assert (span.start, span.end) == (6, 7), "week 11 of a curve that begins with week 5"
        assert len(curve) == len(CURVE)

    on_dialog(screen(), SIZES[1], act)


def test_until_it_is_worked_out_it_says_so_and_the_other_pages_can_be_read():
    go_on = threading.Event()

    def slowly():
        go_on.wait(20.0)
        return TIMETABLE

    async def act(pilot):
        assert any(WORKING in row for row in text_of(pilot.app))
        await pressed("3")(pilot)
        assert any("delay/wk" in row for row in text_of(pilot.app))
        await pressed("1")(pilot)
        go_on.set()
        await worked(pilot)
        assert any("11 commit" in row for row in text_of(pilot.app))

    on_dialog(AidsScreen(aids_page(desk()), slowly), SIZES[0], act)


@pytest.mark.parametrize("size", SIZES_TOO)
def test_pages_follow_each_other_by_key_and_are_clicked(size):
    async def act(pilot):
        await worked(pilot)
        await pressed("tab")(pilot)
        assert any("worth" in row for row in text_of(pilot.app))
        await clicked("3 Order")(pilot)
        assert any("RICE" in row for row in text_of(pilot.app))
        table = pilot.app.screen.query_one(Rows)
        assert table.virtual_size.width <= table.size.width
        await pressed("tab")(pilot)
        assert any("11 commit" in row for row in text_of(pilot.app))

    on_dialog(screen(), size, act)


@pytest.mark.parametrize("way", [pressed("2", "enter"), pressed("tab", "l"), clicked("2 Questions", "ask it")])
def test_a_question_is_asked_from_here(way):
    first = next(one for one in aids_page(desk()).questions if not one.reason)

    async def act(pilot):
        await worked(pilot)
        assert aids_page(desk()).questions[0] == first
        await way(pilot)

    assert on_dialog(screen(), SIZES[0], act) == [first.move]


@pytest.mark.parametrize("way", [pressed("q"), pressed("s"), pressed("escape"), pressed("left"), clicked("back")])
def test_it_is_left_without_doing_anything(way):
    assert on_dialog(screen(), SIZES[0], way) == [None]


@pytest.mark.parametrize("tab", ["1", "3"])
def test_dates_and_jobs_are_only_to_be_read(tab):
    async def act(pilot):
        await worked(pilot)
        await pressed(tab, "enter")(pilot)
        assert isinstance(pilot.app.screen, AidsScreen)

    assert on_dialog(screen(), SIZES[0], act) == []


def test_without_a_plan_it_says_what_is_missing():
    page = timetable_page(desk())
    assert page.rows == ()

    async def act(pilot):
        await worked(pilot)
        assert any("Nothing is waiting to be built" in row for row in text_of(pilot.app))
        await pressed("tab")(pilot)
        assert pilot.app.screen.query_one(Rows).row_count

    on_dialog(screen(page), SIZES[0], act)


def test_words_are_as_the_numbers():
    """Of a run in which everything is complete there is nothing to order, and everything to say."""
    over = Desk(played(99))
    known = over.known
    done = evolve(known, complete=known.complete * 0.0 + 1.0)

    class Done(Desk):
        known = done

    page = aids_page(Done(played(99)))
    assert page.jobs == ()
    assert page.working == "Everything is built."


def test_at_the_smallest_usual_size_the_words_scroll_below_a_long_table():
    long = Desk(played(5, "the-loud-whale"))
    page = aids_page(long)

    async def act(pilot):
        await worked(pilot)
        await pressed("3")(pilot)
        assert not any("McBride" in row for row in text_of(pilot.app))
        assert any("J and K scroll the words" in row for row in text_of(pilot.app))
        await pressed(*"JJJJJJ")(pilot)
        assert any("McBride" in row for row in text_of(pilot.app))

    on_dialog(AidsScreen(page, lambda: TIMETABLE), SIZES[0], act)


def test_a_question_chosen_in_a_run_is_asked_there(tmp_path):
    first = aids_page(Desk(Session.start(open_scenario("first-product"), SEED))).questions[0].move

    async def act(pilot):
        await pressed("enter")(pilot)
        assert first in pilot.app.table.desk.made

    visit(next(stop for stop in STOPS if stop.name == "questions"), tmp_path, act)


def test_once_the_run_is_over_there_is_nothing_to_work_out(tmp_path):
    async def act(pilot):
        await pressed("escape")(pilot)
        await pressed("s")(pilot)
        assert not isinstance(pilot.app.screen, AidsScreen)
        assert any("the run is over" in row for row in text_of(pilot.app))

    visit(next(stop for stop in STOPS if stop.name == "end"), tmp_path, act)
