"""The first row: what is played, the week, the stages, the hours and the money that are left."""

from textual.events import Resize
from textual.widgets import Static

from tpmsim.game.desk import Desk
from tpmsim.tui.shown import QUIET, STRONG, WARN, joined, line
from tpmsim.tui.window import WIDE


class Status(Static):
    """One row about the run.

    Args:
        mark: what it always begins with; may be empty.
    """

    def __init__(self, mark: str = "") -> None:
        super().__init__("", id="status", markup=False)
        self._mark = mark
        self._desk: Desk | None = None

    def show(self, desk: Desk) -> None:
        """Show where a run stands."""
        self._desk = desk
        self._draw()

    def on_resize(self, event: Resize) -> None:
        self._draw()

    def _draw(self) -> None:
        desk = self._desk
        if desk is None:
            return
        seen, view, wide = desk.seen, desk.view, self.app.size.width >= WIDE
        clock = view.clock(seen) if wide else view.clock(seen).replace(" of ", "/")
        hours = f"{seen.hours:g} h left" if wide else f"{seen.hours:g} h"
        money = f"{view.figures.title('cash').lower()} {view.figures.bare('cash', seen.numbers['cash'])}"
        title = line(f"{desk.title}  " if wide else "", STRONG)
        right = joined(line(hours, STRONG), f"  {money}")
        mark = line(f"{self._mark}  " if self._mark else "", WARN)
        left = joined(mark, title, f"{clock}  ", line(view.path(seen), QUIET))
        room = self.app.size.width - 2 - right.cell_length
        self.update(joined(left.truncate(room - 1, ellipsis=True).pad_right(max(room - left.cell_length, 1)), right))
