"""Which screen comes after which: what follows a run, what is below it, and what is said while something is opened."""

import asyncio
from pathlib import Path

import pytest

from kept import keep
from seen import SEED, SIZES, pressed, text_of
from tpmsim.errors import UsageError
from tpmsim.tui.flow import Game
from tpmsim.tui.judge import Judge
from tpmsim.tui.screens.begin import BeginScreen
from tpmsim.tui.screens.debrief import DebriefScreen
from tpmsim.tui.screens.end import EndScreen
from tpmsim.tui.screens.home import HomeScreen
from tpmsim.tui.screens.replay import ReplayScreen
from tpmsim.tui.shelf import Shelf
from tpmsim.tui.table import Table
from tui.tour import STOPS, settled, visit


def stop(name):
    return next(one for one in STOPS if one.name == name)


def names(app):
    return [type(screen).__name__ for screen in app.screen_stack][1:]


def in_game(table, act, folder, **given):
    """A whole game, and what is done in it."""
    app = Game(Shelf(folder, **given), table, resumed=table is not None)

    async def run():
        async with app.run_test(size=SIZES[0]) as pilot:
            await settled(pilot)
            await act(pilot, app)
        if app.table is not None:
            app.table.close()

    asyncio.run(run())


def opened(path: Path) -> Table:
    found = Shelf(path.parent).resume(path)
    assert isinstance(found, Table)
    return found


async def reached(pilot, kind):
    for _ in range(300):
        if isinstance(pilot.app.screen, kind):
            break
        await asyncio.sleep(0.02)
    await settled(pilot)
    assert isinstance(pilot.app.screen, kind), pilot.app.screen


async def on_table(app):
    for _ in range(300):
        if app.table is not None:
            return
        await asyncio.sleep(0.02)
    pytest.fail("no run lies on the table")


def test_a_run_that_is_over_has_no_recap_and_leaves_nothing_below_the_first_screen(tmp_path):
    async def act(pilot, app):
        assert names(app) == ["PlayScreen", "EndScreen"]
        await pressed("q")(pilot)
        await reached(pilot, HomeScreen)
        assert names(app) == ["HomeScreen"]

    in_game(opened(keep(tmp_path)), act, tmp_path)


def test_a_page_below_another_is_not_closed(tmp_path):
    async def look(pilot):
        stack = list(pilot.app.screen_stack)
        stack[-2].dismiss("home")
        await pilot.pause()
        assert pilot.app.screen_stack == stack

    visit(stop("note"), tmp_path, look)


@pytest.mark.parametrize(("key", "same"), [("a", True), ("n", False)])
def test_playing_again_is_opened_beside_the_first_screen(key, same, tmp_path):
    async def act(pilot, app):
        await pressed(key)(pilot)
        await on_table(app)
        assert app.table is not None
        assert (app.table.seed == SEED) is same
        assert app.table.desk.week == 0
        assert names(app)[:2] == ["HomeScreen", "PlayScreen"]

    in_game(opened(keep(tmp_path)), act, tmp_path)


def test_a_branch_from_the_replay_of_an_end_has_its_recap(tmp_path):
    async def act(pilot, app):
        await pressed("v")(pilot)
        await reached(pilot, ReplayScreen)
        await pressed("right", "right", "b", "y")(pilot)
        await on_table(app)
        await settled(pilot)
        assert names(app) == ["HomeScreen", "PlayScreen", "RecapScreen"]

    in_game(opened(keep(tmp_path)), act, tmp_path)


def test_the_debrief_follows_the_end_and_leads_back_to_the_first_screen(tmp_path, monkeypatch):
    monkeypatch.setattr(Judge, "figures", lambda judge, gone: iter(()))

    async def act(pilot, app):
        await pressed("d")(pilot)
        await reached(pilot, DebriefScreen)
        assert app.table is None
        assert names(app) == ["HomeScreen", "DebriefScreen"]
        await pressed("q")(pilot)
        assert names(app) == ["HomeScreen"]

    in_game(opened(keep(tmp_path)), act, tmp_path)


def test_a_second_enter_opens_nothing_before_the_first_run_lies_on_the_table(tmp_path):
    async def act(pilot, app):
        home = app.screen
        home.post_message = lambda message, send=home.post_message: (  # the run is handed on, and not yet taken
            True if isinstance(message, HomeScreen.Chosen) else send(message)
        )
        await pressed("enter")(pilot)
        await settled(pilot)
        assert home._busy
        home._shelf.resume = lambda path: pytest.fail("opened twice")
        await pressed("enter")(pilot)
        await settled(pilot)

    keep(tmp_path, weeks=1)
    in_game(None, act, tmp_path)


def test_the_seed_and_the_name_of_the_command_stand_in_the_dialog(tmp_path):
    async def act(pilot, app):
        await pressed("n")(pilot)
        await reached(pilot, BeginScreen)
        await pressed("enter", "enter")(pilot)
        await on_table(app)
        assert app.table.seed == SEED
        assert "-ada" in app.table.path.name

    keep(tmp_path, weeks=1)
    in_game(None, act, tmp_path, seed=SEED, name="Ada")


def test_the_command_hands_over_a_seed_and_a_name_without_a_scenario(tmp_path, monkeypatch):
    from tpmsim.cli import play as command
    from tpmsim.tui.start import Left

    given = {}
    monkeypatch.setattr(command, "play_on_screen", lambda *args, **named: given.update(named) or Left(0))
    command._on_screen(command.Choice(), SEED, "Ada", tmp_path, print, False, "de")
    assert (given["seed"], given["name"], given["language"]) == (SEED, "Ada", "de")
    with pytest.raises(UsageError):
        command._on_screen(command.Choice(), "no seed", "", tmp_path, print, False, "")


def test_what_was_handed_over_is_what_the_shelf_gets(tmp_path, monkeypatch):
    """Sizes in the environment are taken out of it first; they once took the place of the name."""
    from tpmsim.tui import flow, start

    def game(shelf, table, **named):
        raise RuntimeError(f"{shelf.name}, {shelf.seed}")

    monkeypatch.setenv("LINES", "24")
    monkeypatch.setattr(flow, "Game", game)
    with pytest.raises(RuntimeError, match=f"^Ada, {SEED}$"):
        start.play_on_screen(tmp_path, None, seed=SEED, name="Ada")


def test_the_palette_holds_every_key_that_is_shown(tmp_path):
    async def look(pilot):
        told = {command.title for command in pilot.app.get_system_commands(pilot.app.screen)}
        assert {"The week", "Roadmap", "Why a number is what it is", "End the week", "Leave the game"} <= told

    visit(stop("week"), tmp_path, look)


def test_the_page_is_said_in_a_line_and_copied(tmp_path):
    async def look(pilot):
        for key in "1234567":
            await pressed(key, "y")(pilot)
            told = pilot.app.clipboard
            assert told
            assert told[:40] in "\n".join(text_of(pilot.app))
            assert told.isprintable()

    visit(stop("later week"), tmp_path, look)


def test_how_a_run_ended_is_told_by_the_key(tmp_path):
    async def look(pilot):
        await pressed("l", "x")(pilot)
        assert isinstance(pilot.app.screen, EndScreen)

    visit(stop("end"), tmp_path, look)
