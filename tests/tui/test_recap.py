"""The recap of a run that is gone on with: all of it can be read, and anything goes on."""

from functools import cache

import pytest

from seen import SIZES, on_dialog, played, pressed, text_of
from tpmsim.game.desk import Desk
from tpmsim.game.pages import Happening, Recap
from tpmsim.game.recap import recap
from tpmsim.tui.screens.recap import RecapScreen


@cache
def page() -> Recap:
    return recap(Desk(played(4)))


def words_of(rows: list[str]) -> str:
    return " ".join("".join(char if char not in "│┃|" else " " for char in " ".join(rows)).split())


@pytest.mark.parametrize("size", SIZES)
def test_all_of_it_can_be_read(size):
    told: list[str] = []

    async def act(pilot):
        for _ in range(25):
            told.append(words_of(text_of(pilot.app)))
            await pilot.press("j")
            await pilot.pause()
        await pilot.press("enter")

    assert on_dialog(RecapScreen(page()), size, act) == [None]
    assert page().title in told[0]
    for text in (*page().story, *page().open, *page().made, *(one.text for one in page().last)):
        assert any(" ".join(text.split()) in seen for seen in told), text


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("key", ["enter", "space", "q", "escape"])
def test_any_of_its_keys_goes_on(key, size):
    assert on_dialog(RecapScreen(page()), size, pressed(key)) == [None]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("place", [(0, 0), (40, 12)])
def test_a_click_anywhere_goes_on(place, size):
    async def act(pilot):
        await pilot.click(offset=place)

    assert on_dialog(RecapScreen(page()), size, act) == [None]


def test_what_there_is_nothing_of_has_no_heading():
    empty = Recap("A run. Planning week", ("You are in Research.",), (), (), ())

    async def act(pilot):
        text = "\n".join(text_of(pilot.app))
        assert "You are in Research." in text
        for heading in ("What waits", "What happened last", "Already done"):
            assert heading not in text

    on_dialog(RecapScreen(empty), SIZES[0], act)


def test_its_texts_are_no_markup():
    odd = Recap("[b]x[/b]", ("[@click=app.quit]y[/]",), (Happening("[red]z"),), ("[u]m",), ("[i]o",))

    async def act(pilot):
        text = "\n".join(text_of(pilot.app))
        for raw in ("[b]x[/b]", "[@click=app.quit]y[/]", "[red]z", "[u]m", "[i]o"):
            assert raw in text

    on_dialog(RecapScreen(odd), SIZES[0], act)
