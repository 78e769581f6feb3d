"""What was done and what happened, week by week."""

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tpmsim.game.desk import Desk
from tpmsim.game.pages import WeekLog
from tpmsim.game.wording.prose import counted
from tpmsim.tui.panes.pane import Pane
from tpmsim.tui.shown import GOOD, QUIET, STRONG, joined, line, lines
from tpmsim.tui.widgets.reading import Reading

MARGIN = 3
"""Columns that are not for text: the padding and the scrollbar."""


class Log(Pane):
    """What was done and what happened, week by week; the last week on top."""

    def __init__(self) -> None:
        super().__init__(id="log")
        self._told: tuple[tuple[WeekLog, ...], int] | None = None

    def compose(self) -> ComposeResult:
        with Reading():
            yield Static("", markup=False)

    def show(self, desk: Desk) -> None:
        weeks, width = desk.log(), self.app.size.width - MARGIN
        if (weeks, width) == self._told:
            return
        self._told = weeks, width
        told = [text for week in reversed(weeks) for text in _week(week, width)]
        self.query_one(Static).update(lines(*told) if told else line("Nothing has happened yet.", QUIET))
        self.query_one(Reading).scroll_home(animate=False)

    def describe(self, desk: Desk) -> str:
        weeks = desk.log()
        if not weeks:
            return "Nothing has happened yet."
        last = weeks[-1]
        told = f"{counted(len(last.made), 'move')}, {counted(len(last.happened), 'line')} of what happened"
        return f"{counted(len(weeks), 'week')} in the log; the last, {last.title}: {told}."


def _week(week: WeekLog, width: int) -> Iterator[Content]:
    yield line(week.title, STRONG)
    for text in week.made:
        yield joined(line("  you: ", QUIET), line(_hung(text, 7, width)))
    for one in week.happened:
        yield joined("    - " if one.below else "  ", _hung(one.text, 6 if one.below else 2, width))
    for text in week.notes:
        yield joined(line("  note: ", GOOD), line(_hung(text, 8, width)))
    if not (week.made or week.happened or week.notes):
        yield line("  a quiet week", QUIET)
    yield Content("")


def _hung(text: str, indent: int, width: int) -> str:
    """A text whose further lines begin below its first, which stands so far from the edge."""
    room = max(width - indent, 20)
    if text.isascii() and len(text) <= room:
        return text
    # Wrapped here and once, by the columns that characters take: the widget itself wraps a text for each of its passes.
    return ("\n" + " " * indent).join(part.plain.rstrip() for part in Content(text).wrap(room))
