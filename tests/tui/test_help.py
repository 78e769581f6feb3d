"""Help: all keys and words can be read, each key can be chosen and is then done, and it is left by its own key."""

import pytest

from seen import SIZES, clicked, on_dialog, place_of, pressed, text_of
from tpmsim.game.wording.glossary import WORDS
from tpmsim.tui.keys import ScreenKey
from tpmsim.tui.screens.help import HelpScreen
from tpmsim.tui.screens.note import NoteScreen
from tpmsim.tui.screens.play import PlayScreen
from tpmsim.tui.widgets.choices import Choices
from tpmsim.tui.widgets.reading import Reading
from tui.tour import STOPS, visit

KEYS = (
    ScreenKey("enter", "do the present thing"),
    ScreenKey("e", "end the week", "end_week"),
    ScreenKey("n", "note a thought", "note(False)"),
    *(ScreenKey(str(row), f"page {row}", f"page('{row}')") for row in range(1, 20)),
)
PLAYING = next(stop for stop in STOPS if stop.name == "week")


def screen():
    return HelpScreen("Help: the week", KEYS, WORDS)


@pytest.mark.parametrize("size", SIZES)
def test_every_key_and_every_word_is_shown_somewhere(size):
    async def act(pilot):
        seen = set()
        for part in (pilot.app.screen.query_one(Choices), pilot.app.screen.query_one(Reading)):
            for y in range(0, int(part.max_scroll_y) + part.size.height, part.size.height):
                part.scroll_to(y=y, animate=False)
                await pilot.pause()
                seen.update(text_of(pilot.app))
        said = " ".join(seen)
        assert "Help: the week" in said
        for key, words in (*((one.key, one.words) for one in KEYS), *WORDS):
            assert key in said
            assert not [word for word in words.split() if word not in said]

    on_dialog(screen(), size, act)


def test_what_hangs_over_stands_below_the_words_and_not_below_the_key():
    long = ScreenKey("left", " ".join(["word"] * 40), "go")

    async def act(pilot):
        rows = [row for row in text_of(pilot.app) if "word word" in row]
        assert len(rows) > 1
        assert len({row.index("word") for row in rows}) == 1

    on_dialog(HelpScreen("Help", (long,), ()), SIZES[0], act)


def test_two_columns_only_where_there_is_room():
    for size, beside in zip(SIZES, (False, True), strict=True):

        async def act(pilot, beside=beside):
            assert (place_of(pilot.app, "Keys")[1] == place_of(pilot.app, "Words")[1]) is beside

        on_dialog(screen(), size, act)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("way", [pressed("enter"), pressed("j", "k", "enter"), clicked("end the week")])
def test_a_row_gives_back_what_its_key_does(size, way):
    assert on_dialog(screen(), size, way) == ["end_week"]


def test_a_row_of_a_key_that_lists_take_cannot_be_chosen():
    assert on_dialog(screen(), SIZES[0], clicked("do the present thing")) == []


@pytest.mark.parametrize("key", ["question_mark", "q", "escape"])
def test_a_key_goes_back(key):
    assert on_dialog(screen(), SIZES[0], pressed(key)) == [None]


@pytest.mark.parametrize("size", SIZES)
def test_a_click_goes_back(size):
    assert on_dialog(screen(), size, clicked("q back")) == [None]


def test_the_words_scroll():
    async def act(pilot):
        words = pilot.app.screen.query_one(Reading)
        await pressed("J", "J")(pilot)
        assert words.scroll_y == 6
        await pressed("K")(pilot)
        assert words.scroll_y == 3

    on_dialog(screen(), SIZES[0], act)


def test_without_a_key_a_note_is_kept_and_a_page_turned(tmp_path):
    """With the mouse alone: the help is opened by the last entry of the last row, and its rows are clicked."""

    async def look(pilot):
        await clicked("? more", "note a thought")(pilot)
        assert isinstance(pilot.app.screen, NoteScreen)
        await pressed("escape")(pilot)
        await clicked("? more", "3  people")(pilot)
        assert isinstance(pilot.app.screen, PlayScreen)
        assert pilot.app.screen.page == "people"

    visit(PLAYING, tmp_path, look, SIZES[1])


@pytest.mark.parametrize(
    ("stop", "row", "shown"), [("replay", "a week on", "[week 1]"), ("home", "begin a new run", "Seed: ")]
)
def test_the_help_of_other_screens_does_it_too(stop, row, shown, tmp_path):
    async def look(pilot):
        await pressed("question_mark")(pilot)
        await clicked(row)(pilot)
        assert shown in "\n".join(text_of(pilot.app))
        assert type(pilot.app.screen).__name__ == ("ReplayScreen" if stop == "replay" else "BeginScreen")

    visit(next(one for one in STOPS if one.name == stop), tmp_path, look, SIZES[1])
