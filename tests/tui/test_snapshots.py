"""Every screen as it is painted, at both sizes; `--snapshot-update` writes them anew.

A snapshot is an SVG of Textual: it holds text, place and colour of every cell. Look at what changed before committing.
"""

from pathlib import Path
from typing import Any

import pytest

from tui.tour import PAGES, SIZES, STOPS, Stop, arrive, close, opened

SHOWN = tuple(stop for stop in STOPS if stop.name not in PAGES)
"""A page is shown with something on it: as it is after some weeks."""

SMALL, LARGE = SIZES
LOOKS = [
    pytest.param(stop, size, marks=marks, id=f"{stop.name.replace(' ', '-')}-{size[0]}x{size[1]}")
    for number, stop in enumerate(SHOWN)
    for size, marks in ((SMALL, ()), (LARGE, () if number % 2 else pytest.mark.soak))
]
"""The short suite looks at every screen in a small window, and at every other one in a large one, too."""


@pytest.mark.parametrize(("stop", "size"), LOOKS)
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
