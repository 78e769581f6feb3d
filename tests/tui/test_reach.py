"""What screens must not reach for, and what must hold while nobody can see them or when they have failed."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.events import Paste
from textual.screen import Screen

import tpmsim.tui
from tpmsim.tui import ending, start
from tpmsim.tui.app import TpmsimApp
from tpmsim.tui.overrides import LEAST, ascii_of
from tpmsim.tui.screens.home_rows import about_run
from tpmsim.tui.shelf import Kept
from tpmsim.tui.widgets.band import ASCII_BLOCKS, BLOCKS, spark
from tui.tour import STOPS, visit

ROOT = Path(tpmsim.tui.__file__).parent
SCREENS = sorted(path for name in ("screens", "panes", "widgets") for path in (ROOT / name).glob("*.py"))


@pytest.mark.parametrize("path", SCREENS, ids=lambda path: path.name)
def test_no_screen_reads_a_state_a_position_or_a_journal(path: Path) -> None:
    assert re.findall(r"\.(?:state|position|found|journal)\b", without_words(path)) == []


def without_words(path: Path) -> str:
    """The code of a module; `.state` of a kept run is how it stands, in words."""
    return path.read_text("utf-8").replace("run.state", "").replace("going.state", "")


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda path: path.name)
def test_sizes_are_written_down_once(path: Path) -> None:
    if path.name != "window.py":
        assert re.findall(r"\b(?:WIDE|TALL)\b.*= .*\d", path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", [*SCREENS, ROOT / "app.py"], ids=lambda path: path.name)
def test_every_key_has_something_that_it_does(path: Path) -> None:
    module = import_module(".".join(("tpmsim", *path.relative_to(ROOT.parent).with_suffix("").parts)))
    for kind in vars(module).values():
        if isinstance(kind, type) and kind.__module__ == module.__name__:
            for one in vars(kind).get("BINDINGS", ()):
                assert isinstance(one, Binding)
                place, _, name = one.action.partition("(")[0].rpartition(".")
                owner = {"app": TpmsimApp, "screen": Screen}.get(place, kind)
                assert any(hasattr(owner, f"{start}_{name}") for start in ("action", "_action")), (kind, one.action)


def test_a_paste_reaches_nothing_that_nobody_can_see(tmp_path: Path) -> None:
    async def look(pilot):
        await pilot.resize_terminal(LEAST.width - 1, LEAST.height)
        await pilot.pause()
        pilot.app.post_message(Paste("unseen"))
        await pilot.pause()
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert pilot.app.focused.value == ""

    visit(next(one for one in STOPS if one.name == "note"), tmp_path, look)


def test_blocks_in_ascii_keep_their_order() -> None:
    assert ascii_of(BLOCKS) == ASCII_BLOCKS
    assert len(set(ASCII_BLOCKS)) == len(BLOCKS)


def test_a_scale_that_stands_makes_a_small_change_small() -> None:
    assert spark((50.0, 52.0), 2, ends=(0.0, 100.0)) == BLOCKS[4] * 2
    assert spark((-5.0, 105.0), 2, True, (0.0, 100.0)) == ASCII_BLOCKS[0] + ASCII_BLOCKS[-1]


def test_the_terminal_is_given_back_where_writing_cannot_be_told_not_to_wait(monkeypatch, capfdbinary) -> None:
    monkeypatch.delattr(ending.os, "set_blocking", raising=False)
    ending.Screen().restore()
    assert ending.RESET in capfdbinary.readouterr().err


def test_a_run_that_cannot_be_played_says_what_can_be_done_with_it() -> None:
    run = Kept(Path("x"), "x", "a", "A", "", "", 1, 8, None, "chain broken")
    assert "v shows what is left of it; r renames it" in " ".join(one.plain for one in about_run(run))


def test_a_bug_leaves_no_run_open() -> None:
    closed = []

    class OneTable:
        def close(self) -> None:
            closed.append(self)

    class App:
        failure, table = ValueError("a bug"), OneTable()

    with pytest.raises(ValueError, match="a bug"):
        start._left(1, App())
    assert closed == [App.table]
