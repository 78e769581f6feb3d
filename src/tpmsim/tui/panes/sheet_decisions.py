"""The decisions of a run, one a line: what was asked, what was chosen, what looked best, and what that cost."""

from collections.abc import Iterator

from rich.text import Text
from textual.content import Content

from tpmsim.debrief.sheet import DecisionRow, Sheet
from tpmsim.debrief.wording.points import LEGEND
from tpmsim.game.wording.prose import counted
from tpmsim.tui.panes.sheet_pane import Grid, SheetRows, quiet
from tpmsim.tui.shown import QUIET, STRONG, cell
from tpmsim.tui.widgets.pairs import Pair
from tpmsim.tui.widgets.rows import Column, Row

BOLD = ("blunder", "mistake")


class DecisionsPane(SheetRows):
    """Every decision, or those with a mark alone.

    Attributes:
        marked: whether only those are shown.
    """

    def __init__(self) -> None:
        super().__init__(id="decisions")
        self.marked = False

    def filter(self, marked: bool, sheet: Sheet) -> None:
        """Show all decisions, or those with a mark alone."""
        self.marked = marked
        self.show(sheet)

    def shown(self, sheet: Sheet) -> tuple[DecisionRow, ...]:
        """The decisions that are shown."""
        return sheet.notable if self.marked else sheet.decisions

    def headline(self, sheet: Sheet) -> Content:
        all, few = counted(len(sheet.decisions), "decision"), len(sheet.notable)
        says = (
            f"The {few} marked of {all}; f shows all." if self.marked else f"{all}, {few} marked; f shows these alone."
        )
        return quiet(f"{says}  {LEGEND}" if self.wide else says)

    def grid(self, sheet: Sheet) -> Grid:
        shape = (
            Column("week", "wk", 2),
            Column("sign", "", 2),
            Column("asked", "decision", 15, 3),
            Column("chose", "you chose", 14, 2),
            Column("best", "best found", 14, 2),
            Column("loss", "loss", 11),
            Column("luck", "luck", 5),
        )
        return shape, tuple(Row(str(one.number), _cells(one)) for one in self.shown(sheet))

    def pairs(self, sheet: Sheet, row: str) -> Iterator[Pair]:
        one = decision(sheet, row)
        if one is not None:
            yield from _told(one)

    def week_of(self, sheet: Sheet, row: str) -> int | None:
        one = decision(sheet, row)
        return one.week if one is not None else None

    def empty(self, sheet: Sheet) -> str:
        return "No decision has a mark: none was clearly worse than another. f shows all."

    def describe(self, sheet: Sheet) -> str:
        marked = [f"{one.when}: {one.mark}" for one in sheet.notable]
        return f"{counted(len(sheet.decisions), 'decision')}; {', '.join(marked) or 'none has a mark'}."


def decision(sheet: Sheet, row: str) -> DecisionRow | None:
    """The decision of a row."""
    return next((one for one in sheet.decisions if str(one.number) == row), None)


def _cells(one: DecisionRow) -> tuple[Text, ...]:
    look = "bold" if one.mark in BOLD else "" if one.counts else "dim"
    best = "the same" if one.best == one.chose else one.best
    texts = (f"{one.week:>2}", one.sign, one.asked, one.chose, best, one.loss, f"{one.luck:>5}")
    return tuple(cell(text, look) for text in texts)


def _told(one: DecisionRow) -> Iterator[Pair]:
    sign = f"{one.sign} " if one.sign else ""
    yield Pair("", f"{sign}{one.when}, {one.stage}: {one.asked}", STRONG)
    yield Pair("You chose", one.chose)
    if one.best != one.chose:
        yield Pair("Best found", one.best)
    yield Pair("Loss", f"{one.loss}{f' ({one.mark})' if one.mark and one.mark not in one.loss else ''}")
    if one.luck:
        yield Pair("Then luck", f"{one.luck} at the end of the week")
    yield Pair("", one.says, QUIET)
