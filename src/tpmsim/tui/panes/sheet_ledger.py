"""The causal ledger: every visible number from its first value to its last, as the exact sum of its causes."""

import re
from collections.abc import Iterator

from rich.text import Text
from textual.content import Content

from tpmsim.debrief.sheet import LedgerPart, LedgerRow, Sheet
from tpmsim.game.wording.prose import counted
from tpmsim.tui.panes.sheet_pane import Grid, SheetRows, quiet
from tpmsim.tui.shown import QUIET, STRONG, cell, turned
from tpmsim.tui.widgets.pairs import Pair
from tpmsim.tui.widgets.rows import Column, Row

MEANS = "Each number is the exact sum of its causes: + for the better, x for the worse."
SIGNS = {"better": "+", "worse": "x"}


class LedgerPane(SheetRows):
    """Numbers, and below each its causes, the largest first."""

    def __init__(self) -> None:
        super().__init__(id="ledger")

    def headline(self, sheet: Sheet) -> Content:
        return quiet(MEANS)

    def grid(self, sheet: Sheet) -> Grid:
        width = max((len(text) for part in sheet.ledger for text in _changes(part)), default=0)
        shape = (
            Column("change", f"{'change':>{width}}", width),
            Column("sign", "", 1),
            Column("words", "cause", 26, 3),
            Column("weeks", "weeks", 14, 1),
            Column("move", "move behind it", 16, 2),
        )
        return shape, tuple(row for part in sheet.ledger for row in _rows(part, width))

    def pairs(self, sheet: Sheet, row: str) -> Iterator[Pair]:
        part, cause = _found(sheet, row)
        yield Pair("", f"{part.title}: from {part.before} to {part.after}", STRONG)
        if cause is None:
            yield Pair("", part.says, QUIET)
            yield Pair("", _sum(part))
            return
        kind = turned(cause.turn)
        yield Pair(cause.change, f"{cause.words} ({cause.turn})", kind, kind)
        yield Pair("Weeks", cause.weeks)
        if cause.move:
            yield Pair("Behind it", cause.move)

    def week_of(self, sheet: Sheet, row: str) -> int | None:
        """The first week in which a cause acted; of a number the first of all."""
        part, cause = _found(sheet, row)
        causes = part.rows if cause is None else (cause,)
        return min((_first(one.weeks) for one in causes), default=None)

    def empty(self, sheet: Sheet) -> str:
        return "No number changed."

    def describe(self, sheet: Sheet) -> str:
        told = "; ".join(f"{one.title} {one.before} to {one.after}" for one in sheet.ledger)
        return f"{counted(len(sheet.ledger), 'number')}. {told}"


def _changes(part: LedgerPart) -> tuple[str, ...]:
    """What stands in the first column."""
    return (part.after, *(one.change for one in part.rows))


def _rows(part: LedgerPart, width: int) -> Iterator[Row]:
    head = (f"{part.after:>{width}}", "=", f"{part.title}, before {part.before}", "", "")
    yield Row(f"{part.number} -", tuple(cell(text, "bold") for text in head))
    for place, one in enumerate(part.rows):
        yield Row(f"{part.number} {place}", _cells(one, width))


def _cells(one: LedgerRow, width: int) -> tuple[Text, ...]:
    texts = (f"{one.change:>{width}}", SIGNS.get(one.turn, ""), one.words, one.weeks, one.move)
    return tuple(cell(text) for text in texts)


def _found(sheet: Sheet, row: str) -> tuple[LedgerPart, LedgerRow | None]:
    """The number of a row, and the cause where it is not the number itself."""
    number, _, place = row.rpartition(" ")
    part = next(one for one in sheet.ledger if one.number == number)
    return part, part.rows[int(place)] if place != "-" else None


def _sum(part: LedgerPart) -> str:
    return " ".join((part.before, *(one.change for one in part.rows), "=", part.after))


def _first(weeks: str) -> int:
    """The first week of a text such as `3, 4, 7 to 12`; the planning week has no number."""
    found = re.match(r"\d+", weeks)
    return int(found.group()) if found else 0
