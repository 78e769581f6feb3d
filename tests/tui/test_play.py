"""Whole games by keys, by mouse, at both sizes, and in lines: the same moves give the same run."""

import asyncio
from functools import cache
from pathlib import Path

import pytest

from hands import Hands, Keys, Mouse
from tpmsim.cli.plain import play_plain
from tpmsim.game.journal import read
from tpmsim.game.records import End, Move, Week
from tpmsim.game.replay import replayed
from tpmsim.game.session import Session
from tpmsim.lab.policies import POLICIES
from tpmsim.lab.recorded import record
from tpmsim.scenario.library import open_scenario, shipped
from tpmsim.scenario.loading import Loaded
from tpmsim.tui.app import TpmsimApp
from tpmsim.tui.screens.play import PlayScreen
from tpmsim.tui.table import Table

SEED = "K7Q2-MX4D"
SIZES = ((80, 24), (120, 40))


@cache
def scenario(name: str) -> Loaded:
    return open_scenario(name)


@cache
def steady_weeks(name: str) -> tuple[tuple[str, ...], ...]:
    session = Session.start(scenario(name), SEED)
    record(session, POLICIES["steady"])
    return tuple(report.made for report in session.reports)


def told(path: Path) -> list[object]:
    """What a run file tells of the run: its moves, weeks and end."""
    return [one for one in read(path).records if isinstance(one, Move | Week | End)]


def play(name: str, path: Path, size: tuple[int, int], hands: type[Hands]) -> None:
    async def played() -> None:
        session = Session.start(scenario(name), SEED, path)
        table = Table(session)
        app = TpmsimApp(lambda app: app.push_screen(PlayScreen(table, at_once=True)))
        async with app.run_test(size=size):
            await hands(app, table.desk).play(steady_weeks(name))
            assert table.desk.over
        table.close()

    asyncio.run(played())


def play_in_lines(name: str, path: Path) -> None:
    """The same in plain mode: every move is typed, every question about a silent card is answered with yes."""
    lines = iter([line for moves in steady_weeks(name) for line in (*moves, "e")])

    def read(prompt: str) -> str | None:
        return "y" if "(y/n)" in prompt else next(lines, None)

    with Session.start(scenario(name), SEED, path) as session:
        assert play_plain(session, read, lambda line: None) == 0


LINES = [pytest.param(name, marks=() if name == "first-product" else pytest.mark.soak) for name in shipped()]


@pytest.mark.parametrize("name", LINES)
def test_a_whole_game_in_lines_is_the_same_run(name: str, tmp_path: Path) -> None:
    reference, path = tmp_path / "reference.tpmrun", tmp_path / "lines.tpmrun"
    with Session.start(scenario(name), SEED, reference) as session:
        record(session, POLICIES["steady"])
    play_in_lines(name, path)
    assert told(path) == told(reference)
    assert replayed(read(path), path.name).exact


WAYS = {
    "keys-80": (SIZES[0], Keys),
    "keys-120": (SIZES[1], Keys),
    "mouse-80": (SIZES[0], Mouse),
    "mouse-120": (SIZES[1], Mouse),
}
"""Every way to play; both sizes and both hands are in the short suite, all ways in the long one."""


def in_short(name: str, said: str) -> bool:
    """The short suite has the tutorial, by keys in the small window and by mouse in the large one."""
    return name == "first-product" and said in ("keys-80", "mouse-120")


GAMES = [
    pytest.param(name, *way, id=f"{name}-{said}", marks=() if in_short(name, said) else pytest.mark.soak)
    for name in shipped()
    for said, way in WAYS.items()
]


@pytest.mark.parametrize(("name", "size", "hands"), GAMES)
def test_a_whole_game_on_the_screen_is_the_same_run(
    name: str, size: tuple[int, int], hands: type[Hands], tmp_path: Path
) -> None:
    reference, path = tmp_path / "reference.tpmrun", tmp_path / "screen.tpmrun"
    with Session.start(scenario(name), SEED, reference) as session:
        record(session, POLICIES["steady"])
    play(name, path, size, hands)
    assert told(path) == told(reference)
    assert replayed(read(path), path.name).exact
