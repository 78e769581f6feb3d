"""The page of beliefs: bars by segment or by worth, what they rest on, and how to learn more."""

import pytest

from seen import SIZES, on_page, place_of, played, pressed, text_of
from tpmsim.game.desk import Desk
from tpmsim.tui.messages import Open
from tpmsim.tui.panes.beliefs import Beliefs
from tpmsim.tui.widgets.choices import Choices
from tpmsim.tui.widgets.rows import Rows


@pytest.fixture(scope="module")
def desk():
    return Desk(played(3))


def shown(page):
    table = page.query_one(Rows)
    return [[text.plain for text in table.get_row_at(place)] for place in range(table.row_count)]


@pytest.mark.parametrize("size", SIZES)
def test_by_segment_each_under_its_title(desk, size):
    async def act(pilot, page):
        rows = shown(page)
        segments = list(dict.fromkeys(one.segment for one in desk.seen.beliefs))
        assert len(rows) == len(desk.seen.beliefs) + len(segments)
        titles = [row[0] for row in rows if row[1].startswith("-1")]
        assert [title[:10] for title in titles] == [desk.view.titles.segment(name)[:10] for name in segments]
        assert [row[3] for row in rows if row[1].startswith("-1")] == ["the target", ""]
        bars = {row[1] for row in rows} - {rows[0][1]}
        assert bars == {desk.view.backlog.bar(one) for one in desk.seen.beliefs}
        table = page.query_one(Rows)
        assert table.virtual_size.width <= size[0] - 1

    on_page(Beliefs(), desk, size, act)


@pytest.mark.parametrize("size", SIZES)
def test_by_worth_with_s_or_a_click_on_the_header(desk, size):
    bars = [desk.view.backlog.bar(one) for one in sorted(desk.seen.beliefs, key=lambda one: -one.mean)]

    async def act(pilot, page):
        table = page.query_one(Rows)
        table.focus()
        await pressed("s")(pilot)
        assert [row[2] for row in shown(page)] == bars
        assert table.virtual_size.width <= size[0] - 1
        await pressed("s")(pilot)
        assert shown(page)[0][1].startswith("-1")
        await pilot.click(offset=place_of(pilot.app, "worth to them"))
        await pilot.pause()
        assert [row[2] for row in shown(page)] == bars
        await pilot.click(offset=place_of(pilot.app, "segment  "))
        await pilot.pause()
        assert shown(page)[0][1].startswith("-1")

    on_page(Beliefs(), desk, size, act)


@pytest.mark.parametrize("size", SIZES)
def test_the_present_row_stays_when_it_is_sorted(desk, size):
    async def act(pilot, page):
        table = page.query_one(Rows)
        table.focus()
        await pressed("j", "j", "j")(pilot)
        present = table.present
        assert "/" in present
        await pressed("s")(pilot)
        assert table.present == present

    on_page(Beliefs(), desk, size, act)


def test_the_present_belief_is_told_of(desk):
    told = Beliefs().told(desk, "cafes/swap").plain
    one = next(one for one in desk.seen.beliefs if (one.segment, one.need) == ("cafes", "swap"))
    assert desk.view.backlog.belief(one) in told
    assert "Answers: 12 from interviews and 60 from survey" in told
    assert "Served by: Swap board (2 to 3 person-weeks, in the plan, promised to Dana" in told
    assert "one-dimensional" in told
    assert "It is for them that you build" in Beliefs().told(desk, "cafes").plain
    assert "nobody was asked yet" in Beliefs().told(Desk(played(0)), "cafes/swap").plain


@pytest.mark.parametrize("size", SIZES)
def test_instruments_open_their_moves(size):
    desk = Desk(played(0))

    async def act(pilot, page):
        page.query_one(Rows).focus()
        await pressed("enter", "enter")(pilot)
        assert page.posted == [Open("learn", "interview")]
        painted = " ".join(" ".join(text_of(pilot.app)).split())
        assert "may bring up" in painted
        await pilot.click(offset=place_of(pilot.app, "Survey"))
        await pilot.pause()
        assert page.posted[1:] == [Open("learn", "survey")]

    on_page(Beliefs(), desk, size, act)


@pytest.mark.parametrize("size", SIZES)
def test_what_cannot_be_asked_now_says_so(desk, size):
    async def act(pilot, page):
        given = page.query_one(Choices).given
        assert [one.id for one in given if one.id] == ["spike"]
        assert all(one.reason.startswith("not now") for one in given if not one.id)
        survey = next(one for one in given if one.text == "Survey")
        assert ("large bias of its own" in survey.reason) == (size == SIZES[1])

    on_page(Beliefs(), desk, size, act)


def test_one_line_is_true(desk):
    assert Beliefs().describe(desk).startswith("8 beliefs, 8 of them with answers; worth most: Swapping shifts")
    assert ", 0 of them with answers;" in Beliefs().describe(Desk(played(0)))
