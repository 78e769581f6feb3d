"""What all panes are: a part of the play screen that lays out a desk."""

from textual.containers import Container

from tpmsim.game.desk import Desk


class Pane(Container):
    """A page of the play screen; it shows the desk it is handed and remembers nothing of the run."""

    can_focus = False

    def show(self, desk: Desk) -> None:
        """Lay out what lies on the desk now."""
        raise NotImplementedError

    def describe(self, desk: Desk) -> str:
        """The pane in one line, for those who cannot see it."""
        raise NotImplementedError
