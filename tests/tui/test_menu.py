"""A menu: what stands above its entries is told apart by what it is, not by how it is worded."""

import pytest

from seen import SIZES, on_dialog, text_of
from tpmsim.cli.plain_pages import menu as in_lines
from tpmsim.game.menus import Above, Entry, Menu
from tpmsim.tui.screens.menu import MenuScreen

MENU = Menu(
    "Open the gate?",
    (Above("- there is trouble"), Above("Proof (Ruth will look)", True, True), Above("Money", True, False)),
    (Entry("Go on", move="gate:go"),),
)


@pytest.mark.parametrize("size", SIZES)
def test_only_what_a_gate_asks_for_is_marked_as_there_or_missing(size):
    async def act(pilot):
        rows = [row.strip(" │") for row in text_of(pilot.app)]
        assert "- there is trouble" in rows
        assert "+ there: Proof (Ruth will look)" in rows
        assert "x missing: Money" in rows

    on_dialog(MenuScreen(MENU), size, act)


def test_plain_mode_lists_it():
    assert in_lines(MENU)[1:4] == ["- there is trouble", "  - there: Proof (Ruth will look)", "  - missing: Money"]
