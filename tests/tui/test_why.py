"""Why: all sums add up as painted, everything can be reached and left by keys and by mouse."""

import re

import pytest
from textual.containers import VerticalScroll

from seen import SIZES, clicked, on_dialog, played, pressed, text_of
from tpmsim.game.desk import Desk
from tpmsim.tui.screens.why import WhichScreen, WhyScreen, sum_pairs
from tpmsim.tui.widgets.choices import Choices


@pytest.fixture(scope="module")
def desk():
    return Desk(played(7))


def figure(text):
    return round(float(text.replace(",", "")) * 10_000)


@pytest.mark.parametrize("size", SIZES)
def test_what_is_painted_reads_as_an_addition(desk, size):
    why = desk.why("cash")

    async def act(pilot):
        rows = text_of(pilot.app)
        assert any(f"Cash: {why.value}" in row for row in rows)
        start = next(y for y, row in enumerate(rows) if why.sums[0].title in row)
        some = [row.strip(" │") for row in rows[start + 1 : start + 3 + len(why.sums[0].rows) + 1]]
        found = [match for row in some if (match := re.match(r"([-+]?[\d,.]+\d)  (.*)", row))]
        before, *changes, after = (figure(match[1]) for match in found)
        assert before + sum(changes) == after
        assert all(re.search(r"[+x] .*(better|worse)", match[2]) for match in found[1:-1])
        ends = {row.index("  ", len(row) - len(row.lstrip(" │"))) for row in rows[start + 1 : start + 3]}
        assert len(ends) == 1

    on_dialog(WhyScreen(why), size, act)


def test_every_sum_of_every_number_is_laid_out_whole(desk):
    for row in desk.numbers():
        for one in desk.why(row.id).sums:
            title, before, *causes, rule, after = sum_pairs(one)
            assert (title.second, before.first, after.first) == (one.title, one.before, one.after)
            assert [pair.first for pair in causes] == [cause.change for cause in one.rows]
            assert figure(before.first) + sum(figure(pair.first) for pair in causes) == figure(after.first)
            assert set(rule.first) == {"-"}


@pytest.mark.parametrize("keys", [("j", "j"), ("down", "down"), ("pagedown",), ("G",), ("end",)])
def test_it_scrolls_to_the_end(desk, keys):
    async def act(pilot):
        text = pilot.app.screen.query_one("#why-text", VerticalScroll)
        assert text.max_scroll_y > 0
        await pressed(*keys)(pilot)
        assert text.scroll_y > 0
        await pressed("home")(pilot)
        assert text.scroll_y == 0

    on_dialog(WhyScreen(desk.why("cash")), SIZES[0], act)


@pytest.mark.parametrize("key", ["w", "q", "escape", "enter"])
def test_a_key_goes_back(desk, key):
    assert on_dialog(WhyScreen(desk.why("cash")), SIZES[0], pressed(key)) == [None]


@pytest.mark.parametrize("size", SIZES)
def test_a_click_goes_back(desk, size):
    assert on_dialog(WhyScreen(desk.why("cash")), size, clicked("q back")) == [None]


def test_a_number_that_never_changed_says_so():
    async def act(pilot):
        assert "It has not changed yet." in " ".join(text_of(pilot.app))

    on_dialog(WhyScreen(Desk(played(0)).why("cash")), SIZES[0], act)


@pytest.mark.parametrize("size", SIZES)
def test_all_numbers_can_be_chosen(desk, size):
    rows = desk.numbers()
    assert on_dialog(WhichScreen(rows), size, pressed("j", "enter")) == [rows[1].id]
    assert on_dialog(WhichScreen(rows), size, pressed(*["down"] * (len(rows) - 1), "enter")) == [rows[-1].id]
    assert on_dialog(WhichScreen(rows), size, pressed("3")) == [rows[2].id]
    assert on_dialog(WhichScreen(rows), size, clicked(rows[4].title)) == [rows[4].id]


def test_none_can_be_chosen(desk):
    assert on_dialog(WhichScreen(desk.numbers()), SIZES[0], pressed("q")) == [None]
    assert on_dialog(WhichScreen(desk.numbers()), SIZES[0], pressed("escape")) == [None]
    assert on_dialog(WhichScreen(desk.numbers()), SIZES[0], clicked("q back")) == [None]


def test_a_list_is_whole_at_the_smaller_size(desk):
    async def act(pilot):
        assert pilot.app.screen.query_one(Choices).option_count == len(desk.numbers())
        assert not any("…" in row for row in text_of(pilot.app))

    on_dialog(WhichScreen(desk.numbers()), SIZES[0], act)


def test_two_answers_at_once_close_only_the_dialog(desk):
    async def act(pilot):
        below, which = pilot.app.screen_stack[0], pilot.app.screen.query_one(Choices)
        which.action_select()
        which.action_select()
        await pilot.pause()
        assert pilot.app.screen_stack == [below]

    assert on_dialog(WhichScreen(desk.numbers()), SIZES[0], act) == ["cash"]
