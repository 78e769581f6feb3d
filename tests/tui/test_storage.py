"""The dialog about something that could not be stored (S03): what it gives back, and how the game goes on."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tpmsim.game.journal import read
from tpmsim.game.records import Move
from tpmsim.tui.app import TpmsimApp
from tpmsim.tui.screens.storage import Decision, Rescue, StorageScreen
from tui.tour import SIZES, STOPS, arrive, opened

STORAGE = next(stop for stop in STOPS if stop.name == "storage")


def decided(*keys: str, size: tuple[int, int] = SIZES[0], click: str = "") -> Decision | None:
    """What the dialog gives back for some keys, or a click."""
    given: list[Decision | None] = []

    async def go() -> None:
        app = TpmsimApp()
        async with app.run_test(size=size) as pilot:
            app.push_screen(StorageScreen("not saved: disk full. Make room.", "/saves/run.tpmrun"), given.append)
            await pilot.pause()
            for key in keys:
                await pilot.press(key)
                await pilot.pause()
            if click:
                await pilot.click(click, offset=(5, 3))
                await pilot.pause()

    asyncio.run(go())
    return given[0] if given else None


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("keys", "decision"),
    [
        (("1",), Decision(Rescue.RETRY)),
        (("enter",), Decision(Rescue.RETRY)),
        (("3",), Decision(Rescue.WITHDRAW)),
        (("j", "j", "enter"), Decision(Rescue.WITHDRAW)),
        (("4",), Decision(Rescue.QUIT)),
        (("escape",), Decision(Rescue.RETRY)),
        (("2", "enter"), Decision(Rescue.ELSEWHERE, "~/run.tpmrun")),
        (("2", "ctrl+u", "slash", "a", "enter"), Decision(Rescue.ELSEWHERE, "/a")),
        (("2", "ctrl+u", "4", "q", "enter"), Decision(Rescue.ELSEWHERE, "4q")),
        (("2", "ctrl+u", "enter"), None),
        (("2", "escape"), None),
        (("2", "escape", "4"), Decision(Rescue.QUIT)),
    ],
)
def test_what_it_gives_back(size: tuple[int, int], keys: tuple[str, ...], decision: Decision | None) -> None:
    assert decided(*keys, size=size) == decision


def test_it_can_be_clicked() -> None:
    assert decided(click="#decisions") == Decision(Rescue.QUIT)


def moves(path: Path) -> int:
    return sum(isinstance(one, Move) for one in read(path).records)


def on_a_full_disk(folder: Path, *keys: str, healed: bool) -> tuple[Any, int]:
    """Make a move on a full disk, then press keys; the app, and the moves in the file where the run is kept then."""
    app, twin = opened(STORAGE, folder)

    async def press(pilot: Pilot[Any], *keys: str) -> None:
        for key in keys:
            await pilot.press(key)
            await pilot.pause()

    async def go() -> None:
        async with app.run_test(size=SIZES[0]) as pilot:
            await arrive(pilot, STORAGE)
            await press(pilot, "1", "1")
            assert isinstance(app.screen, StorageScreen)
            if healed:
                twin.heal()
            await press(pilot, *keys)

    asyncio.run(go())
    return app, moves(app.table.path)  # type: ignore[union-attr, arg-type]


def test_a_retry_stores_the_move_once(tmp_path: Path) -> None:
    app, stored = on_a_full_disk(tmp_path, "1", healed=True)
    assert stored == 1
    assert not app.table.pending


def test_taken_back_it_was_never_made(tmp_path: Path) -> None:
    app, stored = on_a_full_disk(tmp_path, "3", healed=False)
    assert stored == 0
    assert not app.table.pending
    assert app.table.desk.made == ()


def test_elsewhere_the_whole_run_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path("else") / "there.tpmrun"
    path.parent.mkdir()
    typed = [{"/": "slash", ".": "full_stop"}.get(one, one) for one in str(path)]
    app, stored = on_a_full_disk(tmp_path, "2", "ctrl+u", *typed, "enter", healed=True)
    assert app.table.path == path
    assert stored == 1


def test_leaving_without_it_is_4(tmp_path: Path) -> None:
    app, stored = on_a_full_disk(tmp_path, "4", healed=False)
    assert app.return_value == 4
    assert stored == 0
