"""The page of numbers: every number with value, change and trend; the causes of the present one; why is asked for."""

import pytest

from seen import SIZES, on_page, place_of, played, pressed, text_of
from tpmsim.game.desk import Desk
from tpmsim.tui.messages import AskWhy
from tpmsim.tui.panes.numbers import Numbers, Rows


@pytest.fixture(scope="module")
def desk():
    return Desk(played(7))


@pytest.mark.parametrize("size", SIZES)
def test_every_number_stands_there_with_value_change_and_trend(desk, size):
    async def act(pilot, page):
        table = page.query_one(Rows)
        assert table.row_count == len(desk.numbers())
        for place, row in enumerate(desk.numbers()):
            title, value, change, trend = (text.plain for text in table.get_row_at(place))
            assert (title, value) == (row.title, row.value)
            assert change == (f"{row.change} {row.turn.word}" if row.change else "=")
            assert len(trend) == 7
        assert table.virtual_size.width <= table.size.width
        assert not table.show_horizontal_scrollbar

    on_page(Numbers(), desk, size, act)


@pytest.mark.parametrize("size", SIZES)
def test_the_causes_of_the_present_number_are_beside_it(desk, size):
    async def act(pilot, page):
        for key, number in (("k", "cash"), ("j", "progress"), ("down", "customers")):
            await pressed(key)(pilot)
            one = next(one for one in desk.why(number).sums if not one.title.endswith("so far"))
            text = "\n".join(text_of(pilot.app))
            assert one.title in text
            fits = one.rows if "more: enter or w tells all" not in text else one.rows[:3]
            assert all(cause.change in text for cause in fits)

    on_page(Numbers(), desk, size, act)


def test_what_does_not_fit_below_is_counted(desk):
    async def act(pilot, page):
        text = "\n".join(text_of(pilot.app))
        whole = next(one for one in desk.why("trust.sponsor").sums if not one.title.endswith("so far"))
        assert len(whole.rows) <= 5 or "more: enter or w tells all" in text

    on_page(Numbers(), desk, SIZES[0], act)


@pytest.mark.parametrize("key", ["enter", "w", "l", "right"])
@pytest.mark.parametrize("size", SIZES)
def test_keys_ask_why(desk, size, key):
    async def act(pilot, page):
        await pressed("j", "j", key)(pilot)
        assert page.posted == [AskWhy("customers")]

    on_page(Numbers(), desk, size, act)


@pytest.mark.parametrize("size", SIZES)
def test_a_click_asks_why_once(desk, size):
    async def act(pilot, page):
        for title in ("Customers", "Customers", "Cash"):
            await pilot.click(offset=place_of(pilot.app, title))
            await pilot.pause()
        assert page.posted == [AskWhy("customers"), AskWhy("customers"), AskWhy("cash")]

    on_page(Numbers(), desk, size, act)


def test_the_present_row_stays_when_the_desk_changes(desk):
    async def act(pilot, page):
        await pressed("j", "j", "j")(pilot)
        later = Desk(played(8))
        page.pane.show(later)
        await pilot.pause()
        assert page.query_one(Rows).cursor_row == 3
        assert later.value("customers") != desk.value("customers")
        assert any(later.value("customers") in row for row in text_of(pilot.app))

    on_page(Numbers(), desk, SIZES[0], act)


def test_the_first_week_has_neither_changes_nor_trends():
    async def act(pilot, page):
        assert [text.plain for text in page.query_one(Rows).get_row_at(0)] == ["Cash", "320,000", "", ""]
        assert "has not changed yet" in " ".join(" ".join(text_of(pilot.app)).split())

    on_page(Numbers(), Desk(played(0)), SIZES[0], act)


def test_without_line_characters_the_trend_is_plain(desk):
    async def act(pilot, page):
        assert all(text.plain.isascii() for text in page.query_one(Rows).get_row_at(0))

    on_page(Numbers(), desk, SIZES[0], act, only_ascii=True)


def test_the_smallest_window_leaves_out_the_trend(desk):
    async def act(pilot, page):
        table = page.query_one(Rows)
        assert len(table.get_row_at(0)) == 3
        assert table.virtual_size.width <= table.size.width

    on_page(Numbers(), desk, (60, 24), act)


def test_it_is_told_in_one_line(desk):
    told = Numbers().describe(desk)
    assert "\n" not in told
    assert f"Cash {desk.value('cash')}" in told
