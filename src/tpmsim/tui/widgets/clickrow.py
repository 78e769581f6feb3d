"""A row of things to click on: the names of the pages, the keys of the footer.

Our own because Textual's Tabs take two rows and redraw with an animation, and its Footer cuts entries off without a
word; here an entry that does not fit is left out whole, the last one never.
"""

from dataclasses import dataclass

from textual.content import Content
from textual.events import Click, Resize
from textual.message import Message
from textual.widgets import Static

GAP = "  "


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: what it means when clicked, its key, its words, and whether it is the present one."""

    id: str
    key: str
    words: str
    present: bool = False

    @property
    def width(self) -> int:
        """Columns that it takes."""
        return Content(f"{self.key} {self.words}".strip()).cell_length

    def drawn(self) -> Content:
        """As it is painted."""
        key = Content(self.key).stylize("bold $accent" if not self.present else "bold")
        words = Content(f" {self.words}" if self.key else self.words)
        return Content("").join((key, words)).stylize("reverse" if self.present else "")


class ClickRow(Static):
    """Entries beside each other; posts `Chosen` with the id of the one that was clicked.

    Attributes:
        places: first column, column behind the last, and id of each entry that is painted.
    """

    @dataclass
    class Chosen(Message):
        """An entry was clicked."""

        id: str

    def __init__(self, items: tuple[Item, ...] = (), id: str | None = None) -> None:
        super().__init__("", id=id, markup=False)
        self._items = items
        self.places: list[tuple[int, int, str]] = []

    def show(self, items: tuple[Item, ...]) -> None:
        """Show other entries."""
        if items != self._items:
            self._items = items
            self._draw()

    def fitting(self, width: int) -> tuple[Item, ...]:
        """The entries that fit into so many columns; the last one always does."""
        if not self._items:
            return ()
        *others, last = self._items
        room = width - last.width
        kept = []
        for item in others:
            if room < item.width + len(GAP):
                break
            kept.append(item)
            room -= item.width + len(GAP)
        return (*kept, last)

    def on_mount(self) -> None:
        self._draw()

    def on_resize(self, event: Resize) -> None:
        self._draw()

    def on_click(self, event: Click) -> None:
        at = event.get_content_offset(self)
        if at is not None:
            for start, end, name in self.places:
                if start <= at.x < end:
                    self.post_message(self.Chosen(name))

    def _draw(self) -> None:
        items = self.fitting(self.content_size.width or 80)
        self.places, start = [], 0
        for item in items:
            self.places.append((start, start + item.width, item.id))
            start += item.width + len(GAP)
        self.update(Content(GAP).join(item.drawn() for item in items))
