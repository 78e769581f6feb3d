"""Every override of a private part of Textual, by what it is for."""

from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.events import Resize
from textual.geometry import Size
from textual.pilot import Pilot

from chosen import some
from tpmsim.tui.app import TpmsimApp
from tpmsim.tui.overrides import Ascii, SafeApp, ascii_of
from tui.tour import SIZES, STOPS, Stop, painted, until, visit

PRIVATE = ("_fatal_error", "_broker_event", "_on_key", "_on_resize", "_display")
SECRET = "a local value"


def test_textual_still_has_what_is_replaced() -> None:
    """An override of something that is gone would silently do nothing."""
    base = SafeApp.__mro__[1]
    assert all(hasattr(base, name) for name in (*PRIVATE, "_close_messages_no_wait", "panic", "get_line_filters"))
    assert {"_loop", "_exception", "_driver", "_running"} <= set(vars(TpmsimApp())) | set(dir(base))


class Broken(Exception):
    """A bug of a test."""


class BrokenWithWords(Broken):
    """A bug that Textual would print by itself."""

    def __rich__(self) -> str:
        return SECRET


@pytest.mark.parametrize("stop", some(STOPS, 12), ids=lambda stop: stop.name)
def test_a_bug_on_any_screen_ends_the_app_without_a_word(
    stop: Stop, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """U02: the failure is kept for whoever runs the app, and nothing of it is printed."""
    ended_by(Broken(SECRET), stop, tmp_path)
    assert SECRET not in "".join(capfd.readouterr())


def test_a_bug_with_words_of_its_own_is_as_silent(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    ended_by(BrokenWithWords(SECRET), STOPS[0], tmp_path)
    assert SECRET not in "".join(capfd.readouterr())


def ended_by(error: Exception, stop: Stop, folder: Path) -> None:
    """Raise an error in a handler of a screen; the app must have kept it."""
    seen: list[Any] = []

    async def look(pilot: Pilot[Any]) -> None:
        seen.append(pilot.app)

        def broken() -> None:
            raise error

        pilot.app.screen.call_later(broken)
        await until(lambda: pilot.app.failure is not None, "the end")  # type: ignore[attr-defined]

    with pytest.raises(Broken):
        visit(stop, folder, look)
    assert seen[0].failure is error


def test_the_last_word_on_the_size_is_the_terminals(tmp_path: Path) -> None:
    """Signals of two resizes can nest, so that the older size arrives last."""

    async def look(pilot: Pilot[Any]) -> None:
        app = pilot.app
        await pilot.resize_terminal(120, 40)
        painted: list[bool] = []  # the older size may stand for so short a time that a look from outside misses it
        notice = app._paint_notice  # type: ignore[attr-defined]
        app._paint_notice = lambda: (painted.append(True), notice())  # type: ignore[attr-defined]
        app.post_message(Resize(Size(40, 10), Size(40, 10)))
        await until(lambda: bool(painted), "the older size")
        await until(lambda: not app.too_small, "the look again")  # type: ignore[attr-defined]
        assert app.size == Size(120, 40)

    visit(STOPS[1], tmp_path, look)


def test_an_action_in_a_text_is_never_run(tmp_path: Path) -> None:
    """Even a text that was made into markup by mistake starts nothing."""

    async def look(pilot: Pilot[Any]) -> None:
        from textual.widgets import Static

        await pilot.app.screen.mount(bait := Static("[@click=app.quit]press me[/]", id="bait"))
        bait.styles.dock = "top"
        await pilot.pause()
        await pilot.click("#bait", offset=(2, 0))
        await pilot.pause()
        assert pilot.app.is_running

    assert visit(STOPS[1], tmp_path, look).return_value is None


def test_ascii_keeps_the_width() -> None:
    drawn = "╭─▶ █ … Cafés 日本 é\u0301 ▲▼"
    assert ascii_of(drawn).isascii()
    assert len(ascii_of(drawn)) == cell_len(drawn)
    assert [one.text for one in Ascii().apply([Segment("│a"), Segment("b")], Color(0, 0, 0))] == ["|a", "b"]


@pytest.mark.parametrize("stop", some(STOPS, 12), ids=lambda stop: stop.name)
def test_every_screen_can_be_painted_in_ascii(stop: Stop, tmp_path: Path) -> None:
    async def look(pilot: Pilot[Any]) -> None:
        pilot.app.only_ascii = True  # type: ignore[attr-defined]
        await pilot.resize_terminal(SIZES[0][0] + 1, SIZES[0][1])
        await until(lambda: painted(pilot).isascii(), "nothing but ASCII")
        assert painted(pilot).strip()

    visit(stop, tmp_path, look)
