"""The app of a preview: it looks for saves, opens them beside the screen, and shows what became of them."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from textual import on
from textual.message import Message

from tpmsim.core.rolls import seed_text
from tpmsim.game.editions import Attempt, Editions
from tpmsim.game.opening_run import seeded
from tpmsim.tui.app import TpmsimApp
from tpmsim.tui.preview.table import PreviewTable
from tpmsim.tui.screens.preview import Anew, PreviewScreen, UnsoundScreen

LOOKS = 0.1
"""Seconds between two looks at the files."""

Changed = Callable[[float], bool]
"""Whether there is something new to open, at a time in seconds."""


class Preview(TpmsimApp):
    """A scenario that is being edited, as a game.

    Args:
        editions: of the scenario; the first one is adopted already.
        changed: whether there is another one to open.
        name: of the scenario, as it may be shown.
        colour: whether colours are wanted.
        only_ascii: paint with nothing beyond ASCII.
    """

    CSS_PATH = "../styles/app.tcss"
    LEAVING = "Leave the preview? Nothing of its run is kept."

    @dataclass
    class Opened(Message):
        """The newest save was opened, or refused."""

        attempt: Attempt

    def __init__(
        self, editions: Editions, changed: Changed, name: str, *, colour: bool = True, only_ascii: bool = False
    ) -> None:
        super().__init__(lambda app: self._first(), colour=colour, only_ascii=only_ascii)
        self._editions, self._changed, self._file = editions, changed, name
        self._opening = False
        self._opened: Attempt | None = None

    def _first(self) -> None:
        self.push_screen(self._fitting())
        self.set_interval(LOOKS, self._look)

    def _fitting(self) -> PreviewScreen | UnsoundScreen:
        if self._editions.edition is None:
            return UnsoundScreen(self._editions.saved, self._file)
        return PreviewScreen(PreviewTable(self._editions))

    async def _look(self) -> None:
        """Take what was opened, if the screen is ready for it; and look whether there is something new."""
        if self._opening:
            return
        if self._changed(time.monotonic()):
            self._open()
        elif self._opened is not None and self._here.ready:
            await self._take(self._opened)

    def _open(self) -> None:
        """Open the newest save beside the screen."""
        self._opening, basis = True, self._editions.basis
        self.run_worker(
            lambda: self.post_message(self.Opened(self._editions.attempt(basis))), thread=True, exclusive=True
        )

    @on(Opened)
    async def _came(self, event: Opened) -> None:
        self._opening, self._opened = False, event.attempt
        if self._here.ready:
            await self._take(event.attempt)

    async def _take(self, attempt: Attempt) -> None:
        """Show what became of a save; once more, if something was done while it was opened."""
        self._opened = None
        if not self._editions.fits(attempt):
            self._open()
            return
        self._editions.adopt(attempt)
        await self._show()

    async def _show(self) -> None:
        here = self._here
        if isinstance(here, PreviewScreen):
            await here.renew()
        elif self._editions.edition is None:
            here.show(self._editions.saved)
        else:
            await self.switch_screen(self._fitting())

    @on(Anew)
    async def _anew(self, event: Anew) -> None:
        seed = seed_text(seeded(None)) if event.world else ""
        if event.moves:
            self._editions.move(seed)
            self._open()
        else:
            self._editions.restart(seed)
            await self._show()

    @property
    def _here(self) -> PreviewScreen | UnsoundScreen:
        """The screen that is there from the start, whatever lies above it."""
        return next(one for one in self.screen_stack if isinstance(one, PreviewScreen | UnsoundScreen))
