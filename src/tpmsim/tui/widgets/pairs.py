"""Two columns of text: a narrow one, and a wide one that is wrapped below itself.

Our own because a Static wraps back to its first column, and a table takes a widget more for each line.
"""

from dataclasses import dataclass

from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from tpmsim.tui.shown import line, lines

GAP = "  "


@dataclass(frozen=True, slots=True)
class Pair:
    """A line of two columns; without the first it is a text over the whole width.

    Attributes:
        first, second: what stands in the columns.
        kind, first_kind: their meanings in `tpmsim.tui.shown`.
        right: whether the first is set to the right, as figures are.
    """

    first: str
    second: str
    kind: str = ""
    first_kind: str = ""
    right: bool = False


class Pairs(Static):
    """Lines of two columns; the first is as wide as its widest text."""

    def __init__(self, pairs: tuple[Pair, ...] = (), id: str | None = None) -> None:
        super().__init__("", id=id, markup=False)
        self._pairs = pairs
        self._drawn_for = 0

    def show(self, pairs: tuple[Pair, ...]) -> None:
        """Show other lines."""
        if pairs != self._pairs:
            self._pairs = pairs
            self._draw(self._drawn_for or 80)

    def on_resize(self, event: Resize) -> None:
        """Wrap anew where the width has changed; the height follows from the text."""
        if self.content_size.width != self._drawn_for:
            self._draw(self.content_size.width)

    def _draw(self, width: int) -> None:
        self._drawn_for = width
        first = max((Content(one.first).cell_length for one in self._pairs), default=0)
        self.update(lines(*(row for one in self._pairs for row in _rows(one, first, width))))


def _rows(pair: Pair, first: int, width: int) -> list[Content]:
    """A line as rows of the screen."""
    if not pair.first:
        return line(pair.second, pair.kind).wrap(max(width, 2)) if pair.second else [Content("")]
    own = line(pair.first, pair.first_kind)
    missing = first - own.cell_length
    own = own.pad_left(missing) if pair.right else own.pad_right(missing)
    room = max(width - first - len(GAP), 10)
    wrapped = line(pair.second, pair.kind).wrap(room) or [Content("")]
    indent = Content(" " * first)
    return [Content(GAP).join((own if row == 0 else indent, text)) for row, text in enumerate(wrapped)]
