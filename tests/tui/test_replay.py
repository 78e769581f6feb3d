"""The replay: from week to week by keys and by mouse, on the pages as they were; nothing is played there."""

import asyncio
from functools import cache
from pathlib import Path

import pytest

from kept import keep, of_other_rules
from seen import SIZES, on_dialog, place_of, pressed, text_of
from tpmsim.game.pages import EndPage
from tpmsim.game.past import Past, look_back
from tpmsim.tui.messages import Make, Open
from tpmsim.tui.otherwise import Otherwise
from tpmsim.tui.screens.help import HelpScreen
from tpmsim.tui.screens.pages import OTHERS
from tpmsim.tui.screens.replay import LOOK, RecordedScreen, ReplayScreen, replay_screen
from tpmsim.tui.screens.why import WhichScreen, WhyScreen
from tpmsim.tui.widgets.slider import Slider


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return keep(tmp_path_factory.mktemp("runs"))


@cache
def found(path: Path) -> Past:
    past = look_back(path)
    assert isinstance(past, Past)
    return past


@pytest.fixture
def past(file: Path) -> Past:
    found(file).go(0)
    return found(file)


def shown(past: Past) -> ReplayScreen:
    return ReplayScreen(past, Otherwise(Path("mine.tpmrun"), past.run))


def found_ending(past: Past) -> EndPage:
    past.go(past.stops - 1)
    ending = past.ending()
    past.go(0)
    return ending


def clicked(*texts: str):
    """Clicks, each with time for the key that it stands for."""

    async def act(pilot):
        for text in texts:
            await pilot.click(offset=place_of(pilot.app, text))
            for _ in range(3):
                await pilot.pause()

    return act


def painted(pilot) -> str:
    return "\n".join(text_of(pilot.app))


@pytest.mark.parametrize("size", SIZES)
def test_left_and_right_go_through_the_weeks(past, size):
    async def act(pilot):
        assert "[planning week]" in painted(pilot)
        weeks = []
        for key in ("right", "l", "right", "left", "h", "end", "right", "home"):
            await pressed(key)(pilot)
            weeks.append(past.stop)
            assert f"[{past.place}]" in painted(pilot)
        assert weeks == [1, 2, 3, 2, 1, past.stops - 1, past.stops - 1, 0]

    on_dialog(shown(past), size, act)


@pytest.mark.parametrize("size", SIZES)
def test_the_last_page_tells_how_it_ended_and_what_the_points_are_for(past, size):
    ending = found_ending(past)

    async def act(pilot):
        await pressed("end")(pilot)
        text = " ".join(painted(pilot).split())
        assert f"The run is over. {ending.title}: {ending.points:.1f} of 100 points" in text
        for part in ending.parts:
            assert f"{part.got:.1f} of {part.weight:.1f}" in text

    on_dialog(shown(past), size, act)


@pytest.mark.parametrize("size", SIZES)
def test_the_slider_is_clicked(past, size):
    async def act(pilot):
        slider = pilot.app.screen.query_one(Slider)
        left, right, row = slider.region.x + 7, slider.region.right - 6, slider.region.y
        for place, stop in ((right, past.stops - 1), (left, 0), ((left + right) // 2, (past.stops - 1) // 2)):
            await pilot.click(offset=(place, row))
            await pilot.pause()
            assert past.stop == stop

    on_dialog(shown(past), size, act)


@pytest.mark.parametrize("size", SIZES)
def test_the_footer_and_the_names_of_the_pages_are_clicked(past, size):
    async def act(pilot):
        await clicked("right on", "right on", "left back")(pilot)
        assert past.stop == 1
        await clicked("2 Numbers")(pilot)
        assert pilot.app.screen.query_one("#pages").current == "numbers"
        await clicked("? more")(pilot)
        assert isinstance(pilot.app.screen, HelpScreen)

    on_dialog(shown(past), size, act)


@pytest.mark.parametrize("size", SIZES)
def test_the_week_tells_what_was_done_and_what_came_of_it(past, size):
    told = []

    async def act(pilot):
        await pressed("right", "right", "right")(pilot)
        for _ in range(8):
            told.append(" ".join(painted(pilot).split()))
            await pressed("J")(pilot)

    on_dialog(shown(past), size, act)
    text = " ".join(told)
    for move in past.made:
        assert past.view.label(move, past.week) in text
    came = past.came()
    assert came is not None
    assert came.steps
    assert came.steps[0].title in text
    for heading in ("In the inbox", "What you did", "What came of it", "What changed"):
        assert heading in text


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("row", range(1, 8))
def test_every_page_shows_the_weeks_and_nothing_can_be_made_of_it(past, size, row):
    name = ("week", *(title.lower() for title, _ in OTHERS))[row - 1]

    async def act(pilot):
        await pressed(str(row))(pilot)
        assert pilot.app.screen.query_one("#pages").current == name
        for key in ("home", "right", "right", "end"):
            await pressed(key)(pilot)
            assert pilot.app.screen.focused is not None or name == "week"
            assert pilot.app.screen.max_scroll_x == 0
            await pressed("j", "enter")(pilot)
            while not isinstance(pilot.app.screen, ReplayScreen):
                await pressed("q")(pilot)

    on_dialog(shown(past), size, act)


@pytest.mark.parametrize("message", [Make("talk:ines"), Open("plan", "board")])
def test_a_move_is_not_made_and_why_is_said(past, message):
    before = past.seen

    async def act(pilot):
        pilot.app.screen.query_one("#pages > *").post_message(message)
        await pilot.pause()
        assert LOOK in painted(pilot)

    on_dialog(shown(past), SIZES[0], act)
    assert past.seen == before


@pytest.mark.parametrize("size", SIZES)
def test_why_of_a_week_is_that_of_what_came_of_it(past, size):
    async def act(pilot):
        await pressed("right", "right", "w")(pilot)
        assert isinstance(pilot.app.screen, WhyScreen)
        came = past.came()
        assert came is not None
        page = past.why_came(came.steps[0].number)
        assert f"{page.title}: {page.value}" in painted(pilot)
        await pressed("q", "4", "w")(pilot)
        assert isinstance(pilot.app.screen, WhichScreen)
        await pressed("enter")(pilot)
        page = past.why(past.numbers()[0].id)
        assert f"{page.title}: {page.value}" in painted(pilot)

    on_dialog(shown(past), size, act)


@pytest.mark.parametrize("size", SIZES)
def test_a_branch_gives_back_its_week(past, size):
    assert on_dialog(shown(past), size, pressed("right", "right", "right", "b", "y")) == [3]
    assert on_dialog(shown(past), size, clicked("left back", "b branch", "Begin it")) == [2]
    assert on_dialog(shown(past), size, pressed("b", "n")) == []


def test_there_is_no_branch_from_the_end(past):
    async def act(pilot):
        await pressed("end", "b")(pilot)
        assert "Not from here" in painted(pilot)

    assert on_dialog(shown(past), SIZES[0], act) == []


def test_the_debrief_is_asked_for_where_the_run_is_over(past, tmp_path):
    assert on_dialog(shown(past), SIZES[0], pressed("right", "d")) == ["debrief"]

    async def act(pilot):
        await pressed("d")(pilot)
        assert "Not yet: only a run that is over has a debrief" in painted(pilot)

    assert on_dialog(shown(look_back(keep(tmp_path, weeks=1))), SIZES[0], act) == []


@pytest.mark.parametrize("key", ["q", "escape"])
def test_it_is_left(past, key):
    assert on_dialog(shown(past), SIZES[0], pressed(key)) == [None]


@pytest.mark.parametrize("size", SIZES)
def test_a_run_of_other_rules_is_shown_as_it_was_written_down(tmp_path, size):
    page = look_back(of_other_rules(keep(tmp_path, weeks=2)))

    async def act(pilot):
        assert isinstance(pilot.app.screen, RecordedScreen)
        assert "made by rules 999" in painted(pilot)
        assert "Planning week, then Research" in painted(pilot)
        row = place_of(pilot.app, "Planning week, then")[1]
        await pressed("j")(pilot)
        assert place_of(pilot.app, "Planning week, then")[1] < row or size == SIZES[1]
        await clicked("q leave")(pilot)

    assert on_dialog(replay_screen(page, lambda past: Otherwise(Path(), past.run)), size, act) == [None]


def test_the_slider_fits_any_number_of_stops():
    async def run():
        from textual.app import App

        class One(App[None]):
            def compose(self):
                yield Slider("start", "end")

        async with One().run_test(size=(60, 3)) as pilot:
            slider = pilot.app.query_one(Slider)
            for stops in (1, 2, 27, 61):
                for stop in range(stops):
                    slider.show(stops, stop, f"week {stop}")
                    await pilot.pause()
                    row = text_of(pilot.app)[0]
                    assert f"[week {stop}]" in row
                    assert row.rstrip().endswith(" end")

    asyncio.run(run())


@pytest.mark.parametrize("size", SIZES)
def test_the_last_row_says_how_to_leave(past, size):
    async def act(pilot):
        assert "q leave  ? more" in text_of(pilot.app)[-1]

    on_dialog(shown(past), size, act)
