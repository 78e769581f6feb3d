"""The end of a run: everything on the page is seen, and each way on is taken by key and by mouse."""

from functools import cache

import pytest

from seen import SIZES, clicked, on_dialog, on_page, played, pressed, text_of
from tpmsim.game.desk import Desk
from tpmsim.game.pages import EndPage, ScorePart
from tpmsim.tui.panes.week import DONE, Week
from tpmsim.tui.screens.end import STEPS, EndScreen
from tpmsim.tui.widgets.choices import Choices

FILE = "saves/first-product-k7q2-mx4d.tpmrun"
BAD_END = EndPage(
    title="Out of [b]money[/b]",
    good=False,
    text=("Finance is very polite about it.",),
    points=7.5,
    parts=(ScorePart(7.5, 40.0, "Customers at the end", "31", "0", "900"), ScorePart(0, 60, "Word", "9 %", "0", "1")),
    question="",
)


@cache
def page() -> EndPage:
    return Desk(played(99)).ending()


def seen(screen: EndScreen, size: tuple[int, int]) -> list[str]:
    rows: list[str] = []

    async def act(pilot):
        rows.extend(text_of(pilot.app))

    on_dialog(screen, size, act)
    return rows


@pytest.mark.parametrize("size", SIZES)
def test_the_whole_page_is_on_the_screen(size):
    rows = seen(EndScreen(page(), FILE), size)
    text = "\n".join(rows)
    flat = " ".join("".join(char for char in row if char not in "│|") for row in rows)
    assert page().title in text
    assert ("+ A good end" in text) is page().good
    assert " ".join(page().question.split()) in " ".join(flat.split())
    assert f"Saved in {FILE}" in text
    for part in page().parts:
        row = next(row for row in rows if f"{part.says}: {part.value}" in row)
        assert f"{part.got:.1f} of {part.weight:.1f}" in row
        bar = rows[rows.index(row) + 1]
        assert f"nothing at {part.worst}, all at {part.full}" in bar
        assert bar.count("#") == pytest.approx(20 * part.got / part.weight, abs=0.5)
    for _, key, words in STEPS:
        assert f"{key} {words}" in text
    assert not [row for row in rows if len(row.rstrip()) > size[0]]


@pytest.mark.parametrize("size", SIZES)
def test_a_bad_end_says_so_in_words_and_its_title_is_no_markup(size):
    rows = "\n".join(seen(EndScreen(BAD_END, ""), size))
    assert "x Not a good end" in rows
    assert "Out of [b]money[/b]" in rows
    assert "To think about" not in rows
    assert "Saved in" not in rows


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("what", "key", "words"), STEPS)
def test_each_way_on_by_key_and_by_mouse(what, key, words, size):
    assert on_dialog(EndScreen(page(), FILE), size, pressed(key)) == [what]
    assert on_dialog(EndScreen(page(), FILE), size, clicked(f"{key} {words}")) == [what]


@pytest.mark.parametrize("key", ["escape", "enter"])
def test_the_quick_ways_look_at_the_run(key):
    assert on_dialog(EndScreen(page(), FILE), SIZES[0], pressed(key)) == ["look"]


def test_a_long_page_scrolls_and_the_choices_stay():
    long = EndPage("End", True, ("It went on. " * 200,), 50.0, page().parts, "Why?")

    async def act(pilot):
        assert "Why?" not in "\n".join(text_of(pilot.app))
        for _ in range(30):
            await pilot.press("j")
        await pilot.pause()
        text = "\n".join(text_of(pilot.app))
        assert "Why?" in text
        assert "q first screen" in text
        await pilot.press("k", "q")

    assert on_dialog(EndScreen(long, FILE), SIZES[0], act) == ["home"]


def test_the_week_page_of_a_run_that_is_over_says_so_instead_of_an_empty_list():
    desk = Desk(played(99))
    assert desk.over

    async def act(pilot, page):
        assert page.query_one("#moves", Choices).given == (DONE,)

    on_page(Week(), desk, SIZES[0], act)
