"""The page of the features: the plan, its promises, its moves, and the plan over the weeks."""

from dataclasses import replace

import pytest

from seen import SIZES, on_page, place_of, played, pressed, text_of
from tpmsim.game.desk import Desk
from tpmsim.game.wording.course import LIKELY, SIGNS, legs, outlook, pause
from tpmsim.game.wording.gantt import gantt
from tpmsim.lab.aid_words import timetable_page
from tpmsim.tui.messages import Make
from tpmsim.tui.panes.roadmap import Roadmap, ordered
from tpmsim.tui.panes.week import _people
from tpmsim.tui.widgets.choices import Choices
from tpmsim.tui.widgets.rows import Rows


@pytest.fixture(scope="module")
def desk():
    return Desk(played(3))


def changed(desk, name, **fields):
    """What would be seen if one feature stood otherwise."""
    features = (replace(one, **fields) if one.id == name else one for one in desk.seen.features)
    return replace(desk.seen, features=tuple(features))


def feature(seen, name):
    return next(one for one in seen.features if one.id == name)


@pytest.mark.parametrize("size", SIZES)
def test_all_features_stand_there_the_plan_first(desk, size):
    async def act(pilot, page):
        table = page.query_one(Rows)
        rows = [[text.plain for text in table.get_row_at(place)] for place in range(table.row_count)]
        assert [row[0] for row in rows] == ["Swap board", "Fair weekends", "Rest-hour guard", "Stamp card"]
        assert rows[0][1] == "2 to 3"
        assert rows[0][-2:] == ["1. 0 %", "+  4 commit"]
        assert rows[2][-2:] == ["-", ""]
        assert table.virtual_size.width <= size[0] - 1
        painted = " ".join(" ".join(text_of(pilot.app)).split())
        assert desk.view.backlog.plan(desk.seen) in painted

    on_page(Roadmap(), desk, size, act)


def test_the_present_feature_is_told_of(desk):
    told = Roadmap().told(desk, "fair_weeks").plain
    assert desk.view.backlog.feature(feature(desk.seen, "fair_weeks"), desk.seen) in told
    assert "Built after: Swap board" in told
    assert "Wanted by: Tomasz" in told
    assert "The need: Weekends shared out fairly: a delight (attractive)" in told
    assert "It would be promised to Mirela." in Roadmap().told(desk, "rest_rules").plain


def test_the_sort_of_a_need_shows_with_the_first_answers():
    told = Roadmap().told(Desk(played(0)), "swap_board").plain
    assert "of which sort shows when somebody is asked about it" in told
    assert "one-dimensional" not in told


@pytest.mark.parametrize("size", SIZES)
def test_a_move_is_made_by_keys_and_by_mouse(desk, size):
    async def act(pilot, page):
        page.query_one(Rows).focus()
        await pressed("j", "enter", "j", "enter")(pilot)
        assert page.posted == [Make("cut:fair_weeks")]
        await pilot.click(offset=place_of(pilot.app, "Drop Fair weekends"))
        await pilot.pause()
        assert page.posted[1:] == [Make("drop:fair_weeks")]
        assert "withdraw:fair_weeks" in [one.id for one in page.pane.doable(desk, "fair_weeks")[1]]

    on_page(Roadmap(), desk, size, act)


def test_t_draws_the_plan_over_the_weeks(desk):
    async def act(pilot, page):
        assert "end of the run" not in "\n".join(text_of(pilot.app))
        page.query_one(Rows).focus()
        await pressed("enter")(pilot)
        await pressed("t")(pilot)
        painted = "\n".join(row.rstrip() for row in text_of(pilot.app))
        assert all(line in painted for line in gantt(desk.view.backlog, desk.seen, 76))
        assert page.query_one(Rows).has_focus
        assert not page.query_one(".below").display
        await pressed("t")(pilot)
        assert page.query_one(".below").display
        assert "end of the run" not in "\n".join(text_of(pilot.app))

    on_page(Roadmap(), desk, SIZES[0], act)


def test_a_large_window_shows_both(desk):
    async def act(pilot, page):
        assert "end of the run" in "\n".join(text_of(pilot.app))
        assert page.query_one(Choices).display
        await pressed("tab", "t")(pilot)
        assert "end of the run" not in "\n".join(text_of(pilot.app))

    on_page(Roadmap(), desk, SIZES[1], act)


def test_the_drawing_tells_when_and_what_is_promised(desk):
    axis, first, second = gantt(desk.view.backlog, desk.seen, 76)
    assert axis.split() == ["week", "3", "4", "5", "6", "7", "8"]
    for line in (first, second):
        assert line.index("=") >= axis.index("3")
        assert line.index("|") == axis.index("5") - 1
        assert line.endswith("]")
    assert first.startswith("Swap board")
    assert first.index("-") < second.index("-")


@pytest.mark.parametrize("width", [60, 76, 116])
@pytest.mark.parametrize("weeks", [0, 3, 8, 26, 52, 200])
def test_the_drawing_fits(desk, width, weeks):
    seen = replace(desk.seen, weeks=max(weeks, desk.seen.week))
    late = replace(seen, features=tuple(replace(one, low=90.0, high=4000.0) for one in seen.features))
    for one in (seen, late):
        assert all(len(line) <= width for line in gantt(desk.view.backlog, one, width))
    assert all(">" in line for line in gantt(desk.view.backlog, late, width)[1:])


def test_an_empty_plan_has_no_drawing():
    desk = Desk(played(0))
    assert gantt(desk.view.backlog, desk.seen, 76) == ()


def test_risk_follows_from_what_is_known(desk):
    backlog = desk.view.backlog

    def judged(name, **fields):
        seen = changed(desk, name, **fields)
        return outlook(backlog, feature(seen, name), seen)

    assert (judged("swap_board").sign, judged("swap_board").risky) == ("+", False)
    assert judged("swap_board", low=5.0, high=60.0).sign == "!"
    assert judged("swap_board", low=50.0, high=60.0).sign == "x"
    assert judged("swap_board", complete=True).says.endswith("it is reported complete")
    assert judged("swap_board", committed=False).risky
    alone = changed(desk, "swap_board", committed=False)
    assert "what it waits for is not in the plan" in outlook(backlog, feature(alone, "fair_weeks"), alone).why
    assert pause(backlog, desk.seen) == 0
    assert pause(backlog, replace(desk.seen, stage="roadmap")) == 1


def test_signs_say_what_they_measure_and_where_the_other_measure_is(desk):
    promised = next(one.id for one in desk.seen.features if one.due)
    told = Roadmap().told(desk, promised).plain
    assert f"{SIGNS} {LIKELY}" in told
    assert SIGNS not in Roadmap().told(desk, next(one.id for one in desk.seen.features if not one.due)).plain
    assert _people(desk).plain.endswith(SIGNS)
    assert SIGNS not in _people(Desk(played(0))).plain
    assert "those of week and Roadmap" in timetable_page(desk).notes[0]


def test_turns_follow_rank_and_what_waits_for_what(desk):
    seen = changed(desk, "fair_weeks", rank=-5)
    assert [leg.feature.id for leg in legs(desk.view.backlog, seen)] == ["swap_board", "fair_weeks"]
    first, second = legs(desk.view.backlog, desk.seen)
    assert 0.0 < first.low <= first.high
    assert first.low == second.begins <= second.low <= second.high


def test_what_is_complete_comes_last():
    desk = Desk(played(4))
    assert ordered(desk)[-1].id == "swap_board"
    rows = {row.id: [text.plain for text in row.cells] for row in Roadmap().grid(desk, wide=False)[1]}
    assert rows["swap_board"][3] == "+ complete"


def test_one_line_is_true(desk):
    assert Roadmap().describe(desk).endswith("2 promises, of which 0 at risk.")
    assert Roadmap().describe(Desk(played(0))) == "The plan is empty. 0 promises, of which 0 at risk."
