"""The overview of a debrief: the figures, process and outcome, the curve, and what was decision and what luck."""

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from tpmsim.debrief.sheet import Overview, Sheet
from tpmsim.tui.panes.sheet_curve import curve
from tpmsim.tui.panes.sheet_pane import SheetPane
from tpmsim.tui.shown import QUIET, STRONG, joined, line, lines
from tpmsim.tui.widgets.pairs import Pair, Pairs
from tpmsim.tui.widgets.reading import Reading

FIRST = ("result", "par", "expected", "decisions", "luck")
SECOND = ("adjusted", "lost")
"""The figures, row by row; expected, decisions and luck add up to the result."""

MARGIN = 4
"""Columns that are not for the curve: padding and scrollbar."""

LOW, HIGH = 7, 14
"""Rows of the curve, in a window that is not tall and in one that is."""


class OverviewPane(SheetPane):
    """What a run comes to."""

    def __init__(self) -> None:
        super().__init__(id="overview")
        self._sheet: Sheet | None = None

    def compose(self) -> ComposeResult:
        with Reading():
            yield Static("", id="overview-head", markup=False)
            yield Static("", id="overview-curve", markup=False)
            yield Pairs(id="overview-story")
            yield Pairs(id="overview-words")

    def show(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self.query_one("#overview-head", Static).update(lines(*_head(sheet.overview)))
        self.query_one("#overview-story", Pairs).show(tuple(_story(sheet.overview)))
        self.query_one("#overview-words", Pairs).show(tuple(_words(sheet.overview)))
        self._draw()

    def describe(self, sheet: Sheet) -> str:
        top = sheet.overview
        told = "; ".join(f"{one.title} {one.value}" for one in top.figures)
        return f"{told}. {top.verdict}: {top.means}"

    @property
    def week(self) -> int | None:
        """The first one: the overview is of all."""
        return self._sheet.weeks[0].week if self._sheet is not None and self._sheet.weeks else None

    def on_resize(self, event: Resize) -> None:
        self._draw()

    def _draw(self) -> None:
        """Draw the curve for the window there is."""
        if self._sheet is not None:
            width, height = self.app.size.width - MARGIN, HIGH if self.tall else LOW
            drawn = curve(self._sheet.weeks, width, height, self.ascii)
            self.query_one("#overview-curve", Static).update(drawn)


def _head(top: Overview) -> Iterator[Content]:
    for names in (FIRST, SECOND):
        figures = (top.figure(name) for name in names)
        yield Content("   ").join(joined(f"{one.title} ", line(one.value, STRONG)) for one in figures)
    yield joined(line(f"{top.verdict}. ", STRONG), top.means)


def _story(top: Overview) -> Iterator[Pair]:
    for text in top.story:
        yield Pair("-", text)


def _words(top: Overview) -> Iterator[Pair]:
    yield Pair("", "")
    yield Pair("", f"Judged by {top.evaluator}. {top.caution}", QUIET)
    yield Pair("", "")
    yield from (Pair(one.title, one.says, QUIET) for one in top.figures)
