"""The start of a preview on the whole screen, and the way out; as `tpmsim.tui.start` for the game."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from tpmsim.tui.ending import ended_by_signals
from tpmsim.tui.start import coloured, drawable, splash

if TYPE_CHECKING:
    from tpmsim.game.editions import Editions


def preview_on_screen(
    first: "Callable[[], Editions]", changed: Callable[[float], bool], name: str, *, only_ascii: bool = False
) -> int:
    """Preview a scenario until its author leaves; the exit code.

    Args:
        first: opens the scenario for the first time; what it raises is raised before the screen is taken.
        changed: whether there is a newer edition to open, at a time in seconds.
        name: of the scenario, as it may be shown.
        only_ascii: paint with nothing beyond ASCII.

    Raises:
        Exception: a bug, as it was raised; the terminal is back in order then.
    """
    with splash():
        editions = first()
        from tpmsim.tui.preview.app import Preview

        app = Preview(editions, changed, name, colour=coloured(), only_ascii=only_ascii or not drawable())
    with ended_by_signals(app.end_soon):
        code = app.run() or 0
    if app.failure is not None:
        raise app.failure
    return code
