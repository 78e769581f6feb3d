"""Windows of every size on every screen (U01): nothing crashes, nothing is lost, too small ones get a notice."""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from rich.segment import Segment
from textual.geometry import Size
from textual.pilot import Pilot

from chosen import some
from tpmsim.tui.overrides import LEAST, NOTICE, notice
from tui.tour import STOPS, Stop, until, visit

EDGES = ((1, 1), (3, 3), (5, 100), (300, 1), (59, 16), (60, 15), (60, 16), (300, 100))


async def resized(pilot: Pilot[Any], width: int, height: int) -> None:
    """Give the window another size, and wait until everybody knows."""
    await pilot.resize_terminal(width, height)
    await until(lambda: pilot.app.window == Size(width, height), "the other size")  # type: ignore[attr-defined]
    await pilot.pause(0)


def written(pilot: Pilot[Any]) -> str:
    """What the screen says, without its scroll bars: their length may come out a row longer or shorter."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(" " * len(one.text) if _scrolls(one) else one.text for one in row) for row in strips)


def _scrolls(part: Segment) -> bool:
    return part.style is not None and any(key.startswith("@mouse") for key in part.style.meta)


def strolled(stop: Stop, folder: Path, sizes: int, edges: Sequence[tuple[int, int]] = EDGES) -> None:
    dice = random.Random(stop.name)
    walk = [*edges, *((dice.randint(1, 300), dice.randint(1, 100)) for _ in range(sizes))]

    async def look(pilot: Pilot[Any]) -> None:
        app = pilot.app
        await resized(pilot, 100, 30)
        await resized(pilot, 80, 24)
        before, focus = written(pilot), app.focused
        for width, height in walk:
            await resized(pilot, width, height)
            assert app.too_small is (width < LEAST.width or height < LEAST.height)  # type: ignore[attr-defined]
            assert app.size == Size(max(width, LEAST.width), max(height, LEAST.height))
        await resized(pilot, 80, 24)
        await until(lambda: written(pilot) == before, f"the screen as it was:\n{before}")
        assert type(app.screen).__name__ == stop.screen
        assert app.focused is focus

    app = visit(stop, folder, look)
    assert app.failure is None


@pytest.mark.parametrize("stop", some(STOPS, 9), ids=lambda stop: stop.name)
def test_a_window_of_any_size_is_survived(stop: Stop, tmp_path: Path) -> None:
    """U01, the short form: some of the edges, by turns."""
    strolled(stop, tmp_path, 1, EDGES[STOPS.index(stop) % 4 :: 4])


@pytest.mark.soak
@pytest.mark.parametrize("stop", STOPS, ids=lambda stop: stop.name)
def test_three_hundred_windows_are_survived(stop: Stop, tmp_path: Path) -> None:
    """U01."""
    strolled(stop, tmp_path, 300)


def test_nothing_is_pressed_that_cannot_be_seen(tmp_path: Path) -> None:
    async def look(pilot: Pilot[Any]) -> None:
        await resized(pilot, 40, 10)
        await pilot.press("e")
        await pilot.click(offset=(5, 5))
        await pilot.pause()
        assert type(pilot.app.screen).__name__ == "PlayScreen"
        await resized(pilot, 80, 24)
        await pilot.press("n")
        await pilot.pause()
        assert type(pilot.app.screen).__name__ == "NoteScreen"

    visit(STOPS[1], tmp_path, look)


def test_a_window_without_room_can_be_left(tmp_path: Path) -> None:
    for key in ("ctrl+q", "ctrl+c"):
        (tmp_path / key).mkdir()

        async def look(pilot: Pilot[Any], key: str = key) -> None:
            await resized(pilot, 3, 3)
            await pilot.press(key)
            await pilot.pause()

        assert visit(STOPS[1], tmp_path / key, look).return_value == 0


@pytest.mark.parametrize("window", [(1, 1), (5, 2), (20, 3), (59, 16), (60, 15), (2, 60)])
def test_the_notice_fits(window: tuple[int, int]) -> None:
    rows = notice(Size(*window))
    assert len(rows) <= window[1]
    assert all(len(row) <= window[0] for row in rows)
    assert NOTICE.startswith("".join(rows))
