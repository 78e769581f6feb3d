"""Every screen is reached by keys alone, at both sizes; the tour knows every screen there is."""

import ast
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tui.tour import BY_TURNS, PAGES, STOPS, Stop, visit

SCREENS = Path(__file__).resolve().parent.parent.parent / "src" / "tpmsim" / "tui" / "screens"
BASES = {"Screen", "ModalScreen", "Dialog", "WordsDialog", "Pages", "Once", "Sheets", "Doorway"}


UNPICTURED = [
    pytest.param(stop, size, marks=() if stop.name in PAGES else pytest.mark.soak, id=stop.name)
    for stop, size in BY_TURNS
]
"""The short suite takes those of which there is no picture: a picture shows that its stop is reached and painted."""


@pytest.mark.parametrize(("stop", "size"), UNPICTURED)
def test_a_screen_is_reached_and_painted(stop: Stop, size: tuple[int, int], tmp_path: Path) -> None:
    async def look(pilot: Pilot[Any]) -> None:
        for _ in range(100):
            strips = pilot.app.screen._compositor.render_strips()
            if sum(strip.text.strip() != "" for strip in strips) > 3:
                break
            await pilot.pause(0.05)
        assert len(strips) == size[1]
        assert sum(strip.text.strip() != "" for strip in strips) > 3

    visit(stop, tmp_path, look, size)


def test_the_tour_knows_every_screen() -> None:
    found = set()
    for path in SCREENS.glob("*.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef):
                bases = {base.value.id if isinstance(base, ast.Subscript) else base.id for base in node.bases}  # type: ignore[attr-defined]
                found |= {node.name} if bases & BASES and node.name not in BASES else set()
    assert found <= {stop.screen for stop in STOPS}
