"""The table of a preview: a run without a file, which moves on to the newest edition of its scenario.

Here alone the hidden part of a run is laid open: a table of the game has no such page (see `game/insight.py`).
"""

from tpmsim.game.desk import Desk
from tpmsim.game.editions import Editions
from tpmsim.game.insight import insight
from tpmsim.game.pages import Insight, Saved
from tpmsim.tui.table import NOTHING, Table


class PreviewTable(Table):
    """One run of a scenario that is being edited.

    Args:
        editions: of the scenario; there must be a sound one.
    """

    def __init__(self, editions: Editions) -> None:
        assert editions.edition is not None
        super().__init__(editions.edition.session)
        self._editions = editions

    @property
    def note(self) -> str:
        """What became of the newest save, in a line; or empty."""
        return self.saved.says

    @property
    def saved(self) -> Saved:
        """What became of the newest save."""
        return self._editions.saved

    @property
    def insight(self) -> Insight:
        """What is hidden in the run."""
        return insight(self._session)

    def renew(self) -> bool:
        """Go on with the run on the newest sound edition; whether that is another one."""
        assert self._editions.edition is not None
        if self._session is self._editions.edition.session:
            return False
        self._session = self._editions.edition.session
        self._doing = NOTHING
        self.desk = Desk(self._session)
        self.revealed = self.desk.reveal() if self.revealed is not None and self.desk.reports else None
        return True
