"""The page of the market: what stands, what is known of rivals, what can be done; and what will be here one day."""

import pytest
from textual.widgets import Static

from seen import SIZES, on_page, place_of, played, pressed, text_of
from tpmsim.game.desk import Desk
from tpmsim.tui.messages import Make
from tpmsim.tui.panes.market import Market, Stands
from tpmsim.tui.widgets.choices import Choices


@pytest.fixture(scope="module")
def desk():
    return Desk(played(8))


async def all_of(pilot, page):
    """The text of the page with what is scrolled to."""
    text = "\n".join(text_of(pilot.app))
    page.query_one(Stands).scroll_end(animate=False)
    await pilot.pause()
    return f"{text}\n" + "\n".join(text_of(pilot.app))


@pytest.mark.parametrize("size", SIZES)
def test_what_stands_is_told(desk, size):
    async def act(pilot, page):
        text = await all_of(pilot, page)
        assert desk.value("customers") in text
        assert desk.value("sentiment") in text
        for said in ("stop below -10", "open to 100 %", "80 % of what it could do", "99 per 4 weeks", "4,000 a week"):
            assert said in text
        for segment in desk.view.scenario.market.segments:
            assert desk.view.titles.segment(segment) in text
        assert "our target" in text
        assert "Shiftly" in text
        assert "not known" in text

    on_page(Market(), desk, size, act)


@pytest.mark.parametrize("size", SIZES)
def test_moves_are_made_by_key_and_by_mouse(desk, size):
    async def act(pilot, page):
        await pressed("j", "enter")(pilot)
        await pilot.click(offset=place_of(pilot.app, "Set the price to 89"))
        await pilot.pause()
        assert page.posted == [Make("claim:bold"), Make("price:89")]

    on_page(Market(), desk, size, act)


def test_refused_moves_say_why(desk):
    async def act(pilot, page):
        assert "that is the price already" in "\n".join(text_of(pilot.app))

    on_page(Market(), desk, SIZES[1], act)


def test_what_a_move_may_do_is_below_the_list(desk):
    async def act(pilot, page):
        assert desk.view.preview("claim:quiet", desk.seen) in " ".join(" ".join(text_of(pilot.app)).split())

    on_page(Market(), desk, SIZES[0], act)


@pytest.mark.parametrize("size", SIZES)
def test_before_the_launch_it_says_what_will_be_here(size):
    async def act(pilot, page):
        words = " ".join("\n".join(text_of(pilot.app)).replace("│", " ").split())
        assert "Nothing is on sale yet. From Launch on" in words
        assert page.query_one(Choices).present is None

    on_page(Market(), Desk(played(0)), size, act)


@pytest.mark.parametrize("size", SIZES)
def test_after_three_weeks_of_customers_a_chart_is_drawn(desk, size):
    async def act(pilot, page):
        chart = page.query_one("#market-chart", Static)
        assert not chart.display
        later = Desk(played(9))
        page.pane.show(later)
        await pilot.pause()
        assert chart.display
        text = await all_of(pilot, page)
        assert f"0 to {later.value('customers')} in the last 4 weeks" in text
        assert any(0x2800 < ord(sign) < 0x2900 for sign in text)

    on_page(Market(), desk, size, act)


def test_without_line_characters_the_chart_is_plain():
    later = Desk(played(9))

    async def act(pilot, page):
        rows = text_of(pilot.app)
        chart = rows[next(y for y, row in enumerate(rows) if f"0 to {later.value('customers')}" in row) :][1:5]
        assert all("*" in row and row[:58].isascii() and "?" not in row for row in chart)

    on_page(Market(), later, SIZES[1], act, only_ascii=True)


def test_what_stands_scrolls_by_keys(desk):
    async def act(pilot, page):
        await pressed("shift+tab")(pilot)
        stands = page.query_one(Stands)
        assert stands.has_focus
        await pressed("j", "j")(pilot)
        assert stands.scroll_y > 0

    on_page(Market(), desk, SIZES[0], act)


def test_a_rival_whose_move_is_seen_coming_is_told():
    session = played(0)
    looks = [one for one in session.legal_moves if one.partition(":")[2].partition("/")[0] == "shiftly"]
    for _ in range(8):
        for move in looks:
            if move in session.legal_moves:
                session.play(move)
        session.end_week()
        if session.observation.rivals_seen or session.outcome:
            break
    if not session.observation.rivals_seen:
        pytest.skip("nobody saw it coming")

    async def act(pilot, page):
        week = session.observation.rivals_seen["shiftly"]
        assert f"will make a move in week {week}" in await all_of(pilot, page)

    on_page(Market(), Desk(session), SIZES[1], act)


def test_it_is_told_in_one_line(desk):
    told = Market().describe(desk)
    assert "\n" not in told
    assert f"Customers: {desk.value('customers')}" in told
