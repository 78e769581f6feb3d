"""Which screen comes after which, and which run lies on the table."""

from pathlib import Path

from textual import on

from tpmsim.errors import TpmsimError
from tpmsim.game.recap import recap
from tpmsim.tui.app import TpmsimApp
from tpmsim.tui.screens.end import Next
from tpmsim.tui.screens.home import HomeScreen
from tpmsim.tui.screens.play import PlayScreen
from tpmsim.tui.screens.recap import RecapScreen
from tpmsim.tui.shelf import Failed, Shelf
from tpmsim.tui.table import Table


class Game(TpmsimApp):
    """The whole game: the first screen, runs, and what comes after a run.

    Args:
        shelf: what can be played.
        table: the run to begin with; None begins with the first screen.
        resumed: whether that run is gone on with.
        colour: whether colours are wanted.
        only_ascii: paint with nothing beyond ASCII.
    """

    def __init__(
        self, shelf: Shelf, table: Table | None, *, resumed: bool = False, colour: bool = True, only_ascii: bool = False
    ) -> None:
        super().__init__(self._first, colour=colour, only_ascii=only_ascii)
        self._shelf, self._resumed = shelf, resumed
        self.table = table

    def _first(self, app: TpmsimApp) -> None:
        if self.table is None:
            self._home()
        else:
            self._play(self.table, self._resumed)

    @on(HomeScreen.Chosen)
    def _chosen(self, event: HomeScreen.Chosen) -> None:
        self._play(event.table, event.recap)

    def _home(self) -> None:
        if not any(isinstance(screen, HomeScreen) for screen in self.screen_stack):
            self.push_screen(HomeScreen(self._shelf))

    def _play(self, table: Table, resumed: bool) -> None:
        self.table = table
        self.push_screen(PlayScreen(table), self._played)
        if resumed:
            self.push_screen(RecapScreen(recap(table.desk)))

    def _played(self, what: Next | None) -> None:
        """A run was left; its file is closed before anything else is opened."""
        table, self.table = self.table, None
        if table is None:
            return
        table.close()
        match what:
            case "again":
                self._open(_tried(table, table.seed))
            case "new":
                self._open(_tried(table, None))
            case "replay" if table.path is not None:
                self._look_back(table.path)
            case _:
                self._home()

    def _open(self, found: Table | Failed) -> None:
        """Play what was opened; what could not be is said on the first screen."""
        if isinstance(found, Failed):
            self._home()
            self.notify(found.says, markup=False)
        else:
            self._play(found, False)

    def _look_back(self, path: Path) -> None:
        page = self._shelf.past(path)
        self._home()
        if isinstance(page, Failed):
            self.notify(page.says, markup=False)
            return
        from tpmsim.tui.screens.replay import replay_screen

        def looked(week: int | None) -> None:
            if week is not None:
                self._open(self._shelf.branch(path, week))

        self.push_screen(replay_screen(page), looked)


def _tried(table: Table, seed: str | None) -> Table | Failed:
    """A new run of the same scenario, or why there is none."""
    try:
        return table.again(seed)
    except TpmsimError as error:
        return Failed(error.message, error.help)
