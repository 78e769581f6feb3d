"""Find: words narrow the list, enter makes the present move, and nothing is given away that is not known."""

import asyncio

import pytest
from textual.events import Key
from textual.widgets import Input

from seen import SIZES, clicked, on_dialog, played, pressed, text_of
from tpmsim.game.desk import Desk
from tpmsim.game.finding import LAST, fits, moves_named, words_of
from tpmsim.game.wording.groups import secret
from tpmsim.tui.app import TpmsimApp
from tpmsim.tui.screens.find import MOST, FindScreen
from tpmsim.tui.screens.play import PlayScreen
from tpmsim.tui.table import Table
from tpmsim.tui.widgets.choices import Choices


@pytest.fixture(scope="module")
def desk():
    return Desk(played(7))


def given(pilot):
    return pilot.app.screen.query_one(Choices).given


@pytest.mark.parametrize("size", SIZES)
def test_enter_makes_the_move_that_is_meant(desk, size):
    assert on_dialog(FindScreen(desk), size, pressed(*"price", "space", *"89", "enter")) == ["price:89"]


@pytest.mark.parametrize("size", SIZES)
def test_a_click_makes_it(desk, size):
    async def act(pilot):
        await pressed(*"price")(pilot)
        await clicked("Set the price to 119")(pilot)

    assert on_dialog(FindScreen(desk), size, act) == ["price:119"]


def test_the_arrows_go_through_the_list_while_one_types(desk):
    assert on_dialog(FindScreen(desk), SIZES[0], pressed(*"price", "down", "enter")) == ["price:119"]
    assert on_dialog(FindScreen(desk), SIZES[0], pressed(*"price", "down", "up", "enter")) == ["price:89"]


def test_refused_moves_say_why_and_cannot_be_made(desk):
    async def act(pilot):
        await pressed(*"price", "space", *"99")(pilot)
        [line] = given(pilot)
        assert (line.id, line.reason) == ("", "that is the price already")
        assert any("that is the price already" in row for row in text_of(pilot.app))
        await pressed("enter")(pilot)
        shown = " ".join(" ".join(text_of(pilot.app)).split())
        assert "Cannot be done now: Set the price to 99: that is the price already." in shown

    assert on_dialog(FindScreen(desk), SIZES[0], act) == []


def test_it_is_left_without_a_move(desk):
    assert on_dialog(FindScreen(desk), SIZES[0], pressed("escape")) == [None]
    assert on_dialog(FindScreen(desk), SIZES[0], pressed(*"quiet", "tab", "q")) == [None]
    assert on_dialog(FindScreen(desk), SIZES[0], clicked("esc back")) == [None]


@pytest.mark.parametrize("size", SIZES)
def test_the_list_is_short_and_says_that_there_are_more(desk, size):
    async def act(pilot):
        assert len(given(pilot)) == MOST
        left = len(moves_named(desk.view, desk.seen, desk.choices, "")) - MOST
        assert f"And {left} more" in "\n".join(text_of(pilot.app))
        await pressed(*"zzz")(pilot)
        assert given(pilot) == ()
        assert "No move is called like that." in "\n".join(text_of(pilot.app))

    on_dialog(FindScreen(desk), size, act)


def test_brackets_are_text_and_not_markup(desk):
    async def act(pilot):
        await pressed(*"[/]", *"[b]")(pilot)
        assert any("[/][b]" in row for row in text_of(pilot.app))

    on_dialog(FindScreen(desk), SIZES[0], act)


@pytest.mark.parametrize("weeks", range(8))
def test_no_secret_is_found_in_any_week(weeks):
    desk = Desk(played(weeks))
    found = moves_named(desk.view, desk.seen, desk.choices, "")
    assert found
    assert not [one.id for one in found if secret(desk.seen, one.id)]
    assert all(one.legal or (one.here and one.reason) for one in found)
    assert {one.id for one in desk.choices if one.legal} <= {one.id for one in found}


def test_legal_moves_come_first_and_what_ends_things_last(desk):
    found = [(one.id.endswith(LAST), not one.legal) for one in moves_named(desk.view, desk.seen, desk.choices, "")]
    assert found == sorted(found)
    assert moves_named(desk.view, desk.seen, desk.choices, "gate")[-1].id.endswith(LAST)


def test_words_of_labels_and_ids():
    assert words_of("Talk with Inés: 1-to-1") == ("talk", "with", "ines", "1", "to", "1")
    assert fits(words_of("in tal"), "Talk with Inés")
    assert fits((), "anything")
    assert not fits(words_of("alk"), "Talk with Inés")
    assert not fits(words_of("talk bob"), "Talk with Inés")


@pytest.mark.parametrize(("key", "words"), [("slash", "surv q"), ("n", "quiet")])
def test_what_is_typed_before_the_dialog_stands_is_not_lost(key, words):
    table = Table(played(2))

    async def typed():
        app = TpmsimApp(lambda app: app.push_screen(PlayScreen(table, at_once=True)))
        async with app.run_test(size=SIZES[0]) as pilot:
            await pilot.pause()
            if not isinstance(app.screen, PlayScreen):
                await pilot.press("escape")
            keys = [Key(key, None), *(Key("space" if one == " " else one, one) for one in words)]
            for one in keys:
                app.post_message(one)
            await pilot.pause()
            await pilot.pause()
            assert app.screen.query_one(Input).value == words

    asyncio.run(typed())
    table.close()
