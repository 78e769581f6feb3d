"""What became of the newest save, below the game: a row as long as nothing is wrong, opened where something is."""

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from tpmsim.game.pages import Found, Saved
from tpmsim.game.wording.prose import counted
from tpmsim.tui.shown import BAD, QUIET, STRONG, WARN
from tpmsim.tui.widgets.clickrow import ClickRow, Item
from tpmsim.tui.widgets.pairs import Pair, Pairs
from tpmsim.tui.widgets.reading import Reading

INDENT = " "
KEY = "C"
"""The key that opens and closes it, as it is told in its row."""


class Findings(Vertical):
    """Errors, warnings, notes, and what became of the moves; a click on its row runs the action `findings`.

    Attributes:
        unfolded: whether more than its row is shown.
    """

    def __init__(self) -> None:
        super().__init__(id="findings")
        self._saved = Saved(True, ())
        self.unfolded = False

    def compose(self) -> ComposeResult:
        yield ClickRow(id="findings-row")
        with Reading(id="findings-text"):
            yield Pairs()

    def on_mount(self) -> None:
        self._draw()

    def show(self, saved: Saved) -> None:
        """Show what became of a save: errors open it, and it closes when they are gone."""
        if saved is self._saved:
            return
        if not saved.sound:
            self.unfolded = True
        elif not self._saved.sound:
            self.unfolded = False
        self._saved = saved
        self._draw()

    def fold(self, away: bool) -> None:
        """Leave nothing but the row, or show everything."""
        self.unfolded = not away
        self._draw()

    def scroll(self, rows: int) -> None:
        """Scroll the text."""
        self.query_one(Reading).scroll_relative(y=rows, animate=False)

    def _draw(self) -> None:
        told, text = said(self._saved), self.query_one(Reading)
        self.display = bool(told)
        text.display = self.unfolded
        self.query_one(ClickRow).show((_row(self._saved, self.unfolded),))
        text.query_one(Pairs).show(told)


def said(saved: Saved) -> tuple[Pair, ...]:
    """All there is to say about a save, line by line."""
    told = [text for one in saved.findings for text in _finding(one)]
    told += [Pair("-", text) for text in saved.told]
    return (*told, *(Pair(INDENT, text, QUIET) for text in saved.skipped))


def _row(saved: Saved, unfolded: bool) -> Item:
    """What is found, in a row; a click on it does what its key does."""
    counts = {what: sum(one.severity == what for one in saved.findings) for what in ("error", "warning", "note")}
    parts = [counted(count, what) for what, count in counts.items() if count]
    parts += ["what became of your moves"] if saved.told else []
    parts += [] if saved.sound else ["you play the last sound save"]
    return Item("findings", KEY, f"{'closes' if unfolded else 'opens'}: {', '.join(parts)}")


def _finding(one: Found) -> Iterator[Pair]:
    """A finding: its head, what is wrong, the line with a mark below the place, what to do."""
    sign, kind = ("x", BAD) if one.error else ("!", WARN)
    yield Pair(sign, f"{one.title}  {one.place}", STRONG, kind)
    yield Pair(INDENT, one.message)
    if one.source:
        yield Pair(INDENT, one.source, QUIET)
        yield Pair(INDENT, f"{' ' * Content(one.source[: one.at]).cell_length}^", kind)
    if one.help:
        yield Pair(INDENT, one.help, QUIET)
