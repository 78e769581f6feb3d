"""Which screen comes after which, and which run lies on the table."""

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

    def _home(self) -> HomeScreen:
        """The first screen, which is opened where it is not yet."""
        for screen in self.screen_stack:
            if isinstance(screen, HomeScreen):
                return screen
        home = HomeScreen(self._shelf)
        self.push_screen(home)
        return home

    def _play(self, table: Table, resumed: bool) -> None:
        self.table = table
        self.push_screen(PlayScreen(table), self._played)
        if resumed and not table.desk.over:
            self.push_screen(RecapScreen(recap(table.desk)))

    def _played(self, what: Next | None) -> None:
        """A run was left; its file is closed before anything else is opened."""
        table, self.table = self.table, None
        if table is None:
            return
        table.close()
        home, path = self._home(), table.path
        seed = table.seed if what == "again" else None
        match what:
            case "again" | "new":
                home.call_later(home.go_to, f"A new run of {table.desk.title} ...", lambda: _tried(table, seed))
            case "replay" if path is not None:
                home.call_later(home.look_back, path)
            case "debrief" if path is not None:
                home.call_later(home.debrief, path)


def _tried(table: Table, seed: str | None) -> Table | Failed:
    """A new run of the same scenario, or why there is none."""
    try:
        return table.again(seed)
    except TpmsimError as error:
        return Failed(error.message, error.help)
