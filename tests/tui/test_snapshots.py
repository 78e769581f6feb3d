"""Every screen as it is painted, at both sizes; `--snapshot-update` writes them anew.

A snapshot is an SVG of Textual: it holds text, place and colour of every cell. Look at what changed before committing.
"""

from pathlib import Path
from typing import Any

import pytest

from tui.tour import PAGES, SIZES, STOPS, Stop, arrive, close, opened

SHOWN = tuple(stop for stop in STOPS if stop.name not in PAGES)
"""A page is shown with something on it: as it is after some weeks."""


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
@pytest.mark.parametrize("stop", SHOWN, ids=[stop.name.replace(" ", "-") for stop in SHOWN])
def test_a_screen_is_painted_as_before(
    snap_compare: Any, stop: Stop, size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = Path("saves")
    folder.mkdir()
    app, _ = opened(stop, folder)
    try:
        assert snap_compare(app, terminal_size=size, run_before=lambda pilot: arrive(pilot, stop))
    finally:
        close(app)
