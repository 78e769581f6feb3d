"""What could have been done otherwise in one run: the only place of the screens where a what-if is asked for.

The figures come from a process of their own (`tui/apart.py`). Each method takes a moment, so it is called beside the
screen.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tpmsim.debrief.whatif import branch_path, turn, ways
from tpmsim.debrief.whatif_words import Offered, offered
from tpmsim.errors import TpmsimError
from tpmsim.game.branch import keep
from tpmsim.game.replay import Replayed
from tpmsim.game.wording.prose import line_of
from tpmsim.text import shown_path
from tpmsim.tui.apart import Gone, heard
from tpmsim.tui.evaluating import News, Refused, part, refused

FUTURES = 200
"""Futures of each in the fan, as `tpmsim whatif` has them where nothing else is said."""

TITLE = 70
"""Characters of the scenario's title."""


class Otherwise:
    """A run, and other ways that it could have taken.

    Args:
        path: of its file.
        run: replayed and exact.
        language: of the texts.
        futures: of each in a fan.

    Attributes:
        scenario: what it is called.
        seed: of the world.
        file: its name, harmless to show.
    """

    def __init__(self, path: Path, run: Replayed, language: str = "", futures: int = FUTURES) -> None:
        self._path, self._run = path, run
        self._language, self._futures = language, futures
        self.scenario = line_of(run.loaded.scenario.title, TITLE)
        self.seed = run.journal.header.seed
        self.file = shown_path(path.name)

    def moves(self, week: int) -> tuple[Offered, ...]:
        """The other moves of a week."""
        return offered(self._run, week)

    def figures(self, week: int, move: str, gone: Gone) -> Iterator[News]:
        """Both ways, then the fan; before it how far it has come."""
        yield from heard(partial(part, self._path, self._language, week, move, self._futures), gone)

    def keep(self, week: int, move: str) -> Path | Refused:
        """Write the branch to a run file of its own, beside that of the run; where it is, or why it is not there."""
        try:
            both = ways(self._run, turn(self._run, week, move))
            return keep(both.branch, branch_path(self._path, self._run.journal.header, week))
        except TpmsimError as error:
            return refused(error)
