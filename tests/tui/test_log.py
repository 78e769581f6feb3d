"""The page of the log: all weeks, the last on top, with moves, happenings and notes."""

import pytest

from seen import SIZES, on_page, played, pressed, text_of
from tpmsim.game.desk import Desk
from tpmsim.game.pages import Happening, WeekLog
from tpmsim.text import SafeText
from tpmsim.tui.panes.log import Log
from tpmsim.tui.widgets.reading import Reading

LONG = 26


@pytest.fixture(scope="module")
def desk():
    session = played(8)
    session.note(SafeText.clean("ask [b]Dana[/b] again"))
    return Desk(session)


class LongDesk(Desk):
    """A desk with the log of a long run."""

    def log(self):
        made, happened = ("Interview Cafés and bars",) * 8, (Happening("Answers " * 30),) * 12
        return tuple(WeekLog(f"Week {week}", made, happened, ()) for week in range(1, LONG + 1))


def painted(pilot):
    return "\n".join(row.rstrip() for row in text_of(pilot.app))


@pytest.mark.parametrize("size", SIZES)
def test_the_last_week_is_on_top(desk, size):
    async def act(pilot, page):
        weeks = [one.title for one in reversed(desk.log())]
        assert text_of(pilot.app)[0].strip() == weeks[0]
        told = page.query_one("Static").render().plain
        assert [told.index(title) for title in weeks] == sorted(told.index(title) for title in weeks)
        for week in desk.log():
            assert all(move.split()[0] in told for move in week.made)
        assert "note: ask [b]Dana[/b] again" in told

    on_page(Log(), desk, size, act)


@pytest.mark.parametrize("size", SIZES)
def test_keys_scroll(desk, size):
    async def act(pilot, page):
        reading = page.query_one(Reading)
        reading.focus()
        await pressed("j")(pilot)
        await pilot.wait_for_animation()
        assert reading.scroll_y == 1
        await pressed("pagedown")(pilot)
        await pilot.wait_for_animation()
        assert reading.scroll_y > 5
        await pressed("pageup", "k")(pilot)
        await pilot.wait_for_animation()
        assert reading.scroll_y == 0
        await pressed("end")(pilot)
        await pilot.wait_for_animation()
        assert reading.scroll_y == reading.max_scroll_y > 0

    on_page(Log(), desk, size, act)


@pytest.mark.parametrize("size", SIZES)
def test_long_lines_hang_and_none_is_cut(desk, size):
    async def act(pilot, page):
        told = page.query_one("Static").render().plain
        assert all(len(line) <= size[0] - 3 for line in told.splitlines())
        assert any(line.startswith("      ") for line in told.splitlines()) or size[0] > 80

    on_page(Log(), desk, size, act)


@pytest.mark.timeout(60)
def test_a_long_run_is_shown_at_once():
    desk = LongDesk(played(0))

    async def act(pilot, page):
        page.pane.show(desk)
        await pilot.pause()
        assert f"Week {LONG}" in painted(pilot)

    on_page(Log(), Desk(played(0)), SIZES[0], act)


def test_one_line_is_true(desk):
    assert Log().describe(Desk(played(0))) == "Nothing has happened yet."
    last = desk.log()[-1]
    assert f"the last, {last.title}: {len(last.made)} move" in Log().describe(desk)
    assert Log().describe(desk).startswith(f"{len(desk.log())} weeks in the log")
