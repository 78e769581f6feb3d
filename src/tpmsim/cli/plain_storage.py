"""Whatever is stored in plain mode goes through here: what to do when it cannot be, and where the run is."""

from collections.abc import Callable
from pathlib import Path

from tpmsim.cli.plain_console import Console
from tpmsim.errors import InUse, StorageFailed, TpmsimError
from tpmsim.game.files import PATH_CHARS, typed_path
from tpmsim.game.session import Session
from tpmsim.text import shown_path

CHOICES = ("  1 try again", "  2 PATH save the run elsewhere", "  3 take it back", "  4 quit without it")


class Leave(Exception):
    """The player goes; `code` is for the shell."""

    def __init__(self, code: int = 0) -> None:
        super().__init__(code)
        self.code = code


class Keeper:
    """Stores what the player does, and helps when that fails."""

    def __init__(self, session: Session, console: Console) -> None:
        self._session = session
        self._console = console
        self._path = session.path

    @property
    def file(self) -> str:
        """The file of the run as it can be typed; empty for a run without one."""
        path = self._session.path
        return "" if path is None else typeable(path)

    def keep(self, action: Callable[[], object]) -> bool:
        """Do something that is stored; whether it counts in the end.

        Raises:
            Leave: the player goes without it.
            IllegalMove: as the action.
        """
        try:
            action()
        except (StorageFailed, InUse) as error:
            if not self._rescue(error):
                return False
        if self._session.path != self._path:
            self._path = self._session.path
            self._console.say("The run goes on in:")
            self._console.raw(f"  {self.file}")
        return True

    def goodbye(self) -> Leave:
        """Say what is saved and how to go on; the exception that ends the game."""
        console, pending = self._console, self._session.pending
        if pending:
            console.say("You leave with something unsaved. What was confirmed before is on the disk.")
        elif self.file:
            console.say("Everything is saved.")
        if self.file and not self._session.position.over:
            console.say("Go on with:")
            console.raw(f"  tpmsim play {self.file}")
        return Leave(4 if pending else 0)

    def _rescue(self, error: TpmsimError) -> bool:
        """Try again, save elsewhere, take it back or go. Whether it is stored now."""
        console = self._console
        console.say(f"{error.message}. {error.help}")
        while True:
            console.say(*CHOICES)
            word, _, rest = console.ask("not saved> ").partition(" ")
            if word == "3":
                self._session.withdraw()
                console.say("Taken back; nothing has changed.")
                return False
            if word in ("4", "q"):
                raise self.goodbye()
            if word in ("1", "2") and self._saved(word, rest.strip()):
                console.say("Saved.")
                return True

    def _saved(self, word: str, path: str) -> bool:
        try:
            if word == "1":
                self._session.retry()
            else:
                self._session.save_elsewhere(typed_path(path or self._console.ask("save it where? ")))
        except (StorageFailed, InUse) as error:
            self._console.say(f"{error.message}. {error.help}")
            return False
        return True


def typeable(path: Path) -> str:
    """A path as it can be typed after a command; harmless even where its name is not."""
    shown = shown_path(str(path), PATH_CHARS)
    return f"'{shown}'" if " " in shown else shown
