"""Help: all keys and words can be read, and it is left by its own key."""

import pytest
from textual.containers import VerticalScroll

from seen import SIZES, clicked, on_dialog, place_of, pressed, text_of
from tpmsim.game.wording.glossary import WORDS
from tpmsim.tui.screens.help import HelpScreen

KEYS = (("enter", "do the present thing"), ("e", "end the week"), ("?", "this help"))


def screen():
    return HelpScreen("Help: the week", KEYS, WORDS)


@pytest.mark.parametrize("size", SIZES)
def test_every_key_and_every_word_is_shown_somewhere(size):
    async def act(pilot):
        text, seen = pilot.app.screen.query_one("#help-text", VerticalScroll), set()
        for y in range(0, int(text.max_scroll_y) + text.size.height, text.size.height):
            text.scroll_to(y=y, animate=False)
            await pilot.pause()
            seen.update(row.strip(" │") for row in text_of(pilot.app))
        said = " ".join(seen)
        assert "Help: the week" in said
        for key, words in (*KEYS, *WORDS):
            assert key in said
            assert not [word for word in words.split() if word not in said]

    on_dialog(screen(), size, act)


def test_two_columns_only_where_there_is_room():
    for size, beside in zip(SIZES, (False, True), strict=True):

        async def act(pilot, beside=beside):
            assert (place_of(pilot.app, "Keys")[1] == place_of(pilot.app, "Words")[1]) is beside

        on_dialog(screen(), size, act)


def test_wrapped_lines_stay_in_their_column():
    async def act(pilot):
        x, y = place_of(pilot.app, "your turn. You do things")
        assert text_of(pilot.app)[y + 1][:x].strip(" │") == ""
        assert text_of(pilot.app)[y + 1][x] != " "

    on_dialog(screen(), SIZES[0], act)


@pytest.mark.parametrize("key", ["question_mark", "q", "escape"])
def test_a_key_goes_back(key):
    assert on_dialog(screen(), SIZES[0], pressed(key)) == [None]


@pytest.mark.parametrize("size", SIZES)
def test_a_click_goes_back(size):
    assert on_dialog(screen(), size, clicked("q back")) == [None]


def test_it_scrolls_as_lists_do():
    async def act(pilot):
        text = pilot.app.screen.query_one("#help-text", VerticalScroll)
        await pressed("j", "j")(pilot)
        assert text.scroll_y == 2
        await pressed("k")(pilot)
        assert text.scroll_y == 1
        await pressed("G")(pilot)
        assert text.scroll_y == text.max_scroll_y

    on_dialog(screen(), SIZES[0], act)
