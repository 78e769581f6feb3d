"""A row on which one of many stops is chosen; our own because Textual has a scroll bar and a progress bar, not this."""

from dataclasses import dataclass

from textual.content import Content
from textual.events import Click, Resize
from textual.message import Message
from textual.widgets import Static

from tpmsim.tui.shown import QUIET, STRONG, joined, line

GAP = 1


class Slider(Static):
    """Stops from left to right; posts `Picked` where it is clicked."""

    @dataclass
    class Picked(Message):
        """The stop that was clicked, from 0."""

        place: int

    def __init__(self, first: str, last: str, id: str | None = None) -> None:
        super().__init__("", id=id, markup=False)
        self._ends = (first, last)
        self._stops, self._stop, self._label = 1, 0, ""

    def show(self, stops: int, stop: int, label: str) -> None:
        """Show where it stands.

        Args:
            stops: how many there are.
            stop: the present one, from 0.
            label: of the present one.
        """
        self._stops, self._stop, self._label = stops, stop, label
        self._draw()

    def on_resize(self, event: Resize) -> None:
        self._draw()

    def on_click(self, event: Click) -> None:
        at = event.get_content_offset(self)
        if at is not None:
            start, length = self._track()
            share = (at.x - start) / max(length - 1, 1)
            self.post_message(self.Picked(min(max(round(share * (self._stops - 1)), 0), self._stops - 1)))

    def _track(self) -> tuple[int, int]:
        """Where the track begins, and how long it is."""
        first, last = (len(text) + GAP for text in self._ends)
        return first, max((self.content_size.width or 78) - first - last, 3)

    def _draw(self) -> None:
        _, length = self._track()
        label = f"[{self._label}]"
        middle = round(self._stop / max(self._stops - 1, 1) * (length - 1))
        start = min(max(middle - len(label) // 2, 0), max(length - len(label), 0))
        marks = {round(stop / max(self._stops - 1, 1) * (length - 1)) for stop in range(self._stops)}
        track = "".join("+" if place in marks else "-" for place in range(length))
        first, last = self._ends
        self.update(
            joined(
                line(f"{first} ", QUIET),
                Content(track[:start]),
                line(label, STRONG),
                line(track[start + len(label) :], QUIET),
                line(f" {last}", QUIET),
            )
        )
