"""Opening runs beside a screen: to play them, to look back at them, to judge them. One at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message
from textual.screen import Screen

from tpmsim.text import shown_path
from tpmsim.tui.shelf import Failed, Shelf

if TYPE_CHECKING:
    from tpmsim.game.past import Past
    from tpmsim.game.recorded import Recorded
    from tpmsim.tui.judge import Judge
    from tpmsim.tui.screens.replay import Looked
    from tpmsim.tui.screens.whatif import Onward
    from tpmsim.tui.table import Table


class Doorway(Screen[None]):
    """A screen from which runs are opened, without waiting for them.

    Args:
        shelf: where they are.
    """

    @dataclass
    class Chosen(Message):
        """A run is to be played; with a recap where it is gone on with and neither new nor over."""

        table: "Table"
        recap: bool

    @dataclass
    class Opened(Message):
        """A run was opened, or could not be."""

        table: "Table | Failed"
        recap: bool

    @dataclass
    class LookedBack(Message):
        """A run was replayed, or could not be."""

        page: "Past | Recorded | Failed"
        path: Path

    @dataclass
    class Judged(Message):
        """A run can be judged, or cannot be."""

        judge: "Judge | Failed"
        path: Path

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self._shelf = shelf
        self._busy, self._handed_on = False, False

    def say(self, text: str) -> None:
        """Tell what goes on; a screen has a place for it."""
        raise NotImplementedError

    def go_to(self, says: str, how: "Callable[[], Table | Failed]", recap: bool = False) -> None:
        """Open a run to be played; nothing else is opened meanwhile.

        Args:
            says: what is said meanwhile.
            how: opens it.
            recap: whether it begins with a recap.
        """
        self._beside(says, lambda: self.Opened(how(), recap))

    def look_back(self, path: Path) -> None:
        """Open a run to be looked at."""
        self._beside(f"Replaying {shown_path(path.name)} ...", lambda: self.LookedBack(self._shelf.past(path), path))

    def debrief(self, path: Path) -> None:
        """Open the debrief of a run."""
        self._beside(f"Replaying {shown_path(path.name)} ...", lambda: self.Judged(self._shelf.judge(path), path))

    def _beside(self, says: str, how: Callable[[], Message]) -> None:
        self._busy = True
        self.say(says)
        self.run_worker(lambda: self.post_message(how()), thread=True, exclusive=True, group="open")

    @on(Opened)
    def _opened(self, event: Opened) -> None:
        """Hand a run on; until it lies on the table, nothing else is opened."""
        if isinstance(event.table, Failed):
            self._busy = False
            self.say(f"Not now: {event.table.says}")
        else:
            self._handed_on = True
            self.say("")
            self.post_message(self.Chosen(event.table, event.recap))

    @on(LookedBack)
    def _looked_back(self, event: LookedBack) -> None:
        # The pages of a run need the engine, which this screen does not wait for.
        from tpmsim.tui.screens.replay import replay_screen

        if isinstance(event.page, Failed):
            self._busy = False
            self.say(f"Not now: {event.page.says}")
            return

        self._busy = False
        self.say("")
        self.app.push_screen(
            replay_screen(event.page, lambda past: self._shelf.otherwise(event.path, past)),
            lambda what: self._looked(event.path, what),
        )

    @on(Judged)
    def _judged(self, event: Judged) -> None:
        # As above: figures and their words are read only when they are asked for.
        from tpmsim.tui.screens.debrief import DebriefScreen

        self._busy = False
        if isinstance(event.judge, Failed):
            self.say(f"Not now: {event.judge.says}")
            return
        self.say("")
        self.app.push_screen(DebriefScreen(event.judge), lambda what: self._looked(event.path, what))

    def _looked(self, path: Path, what: "Looked") -> None:
        """Go on after a run was looked at: with its debrief, a new run from one of its weeks, a branch, or nothing."""
        if what == "debrief":
            self.debrief(path)
        elif what is not None and not isinstance(what, int):
            self._go_on(what)
        elif what is not None:
            says = f"A new run from week {what} of {shown_path(path.name)} ..."
            self.go_to(says, lambda: self._shelf.branch(path, what), recap=True)

    def _go_on(self, what: "Onward") -> None:
        """Go on with a branch that was kept."""
        if what.how == "replay":
            self.look_back(what.path)
        else:
            self.go_to(f"Opening {shown_path(what.path.name)} ...", lambda: self._shelf.resume(what.path), recap=True)
