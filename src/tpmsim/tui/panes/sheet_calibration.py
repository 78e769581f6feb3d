"""Promises, forecasts and questions against what came of them, and what decisions show of who took them."""

from collections.abc import Iterator, Sequence

from textual.content import Content

from tpmsim.debrief.sheet import EvidenceRow, LearnedRow, Sheet, WordRow
from tpmsim.game.wording.prose import counted
from tpmsim.tui.panes.sheet_pane import Grid, SheetRows, quiet
from tpmsim.tui.shown import QUIET, STRONG, cell
from tpmsim.tui.widgets.pairs import Pair
from tpmsim.tui.widgets.rows import Column, Row

MEANS = "Promises, forecasts, questions, evidence: + it held, x it did not."
ALL = "all"
HELD = {True: "+", False: "x"}


class CalibrationPane(SheetRows):
    """Promises, ranges, questions and competencies, one a line."""

    def __init__(self) -> None:
        super().__init__(id="calibration")

    def headline(self, sheet: Sheet) -> Content:
        return quiet(MEANS)

    def grid(self, sheet: Sheet) -> Grid:
        shape = (
            Column("when", "week", 13),
            Column("kind", "kind", 8),
            Column("about", "about", 18, 2),
            Column("said", "said, or price", 16, 1),
            Column("came", "came, or worth", 14, 1),
        )
        return shape, tuple(_rows(sheet))

    def pairs(self, sheet: Sheet, row: str) -> Iterator[Pair]:
        one = _found(sheet, row)
        if one is None:
            yield from _whole(sheet)
        elif isinstance(one, LearnedRow):
            yield Pair("", f"{one.when}: {one.asked}", STRONG)
            yield Pair("", f"Price {one.price}; worth {one.worth} points. {one.says}")
        elif isinstance(one, EvidenceRow):
            yield from _evidence(sheet, one)
        else:
            yield Pair("", f"{one.when}: {one.about}", STRONG)
            yield Pair("", f"You said {one.said}. What came: {one.came}.")

    def week_of(self, sheet: Sheet, row: str) -> int | None:
        """The week by its name, as it stands in the line; of the first line the first one, as of a competency."""
        one = _found(sheet, row)
        if isinstance(one, EvidenceRow):
            return next((seen.week for seen in one.observed), None)
        return next((week.week for week in sheet.weeks if one is None or week.when == one.when), None)

    def describe(self, sheet: Sheet) -> str:
        return " ".join((*sheet.calibration.says, *(one.says for one in sheet.evidence.rows)))


def _rows(sheet: Sheet) -> Iterator[Row]:
    page = sheet.calibration
    yield Row(ALL, tuple(cell(text, "bold") for text in ("All weeks", "", "Your word against what came", "", "")))
    for kind, words in (("promise", page.promises), ("forecast", page.ranges)):
        for place, one in enumerate(words):
            texts = (one.when, kind, one.about, one.said, f"{HELD[one.held]} {one.came}")
            yield Row(f"{kind} {place}", tuple(map(cell, texts)))
    for place, asked in enumerate(sheet.learned):
        texts = (asked.when, "question", asked.asked, asked.price, asked.worth)
        yield Row(f"question {place}", tuple(map(cell, texts)))
    for place, shown in enumerate(sheet.evidence.rows):
        texts = ("All weeks", "evidence", shown.title, shown.held, shown.chance)
        yield Row(f"evidence {place}", tuple(map(cell, texts)))


def _whole(sheet: Sheet) -> Iterator[Pair]:
    """What all lines come to."""
    yield from (Pair("-", text) for text in sheet.calibration.says)
    for stated, kept, count in sheet.calibration.bins:
        says = f"{counted(count, 'word')} with a confidence of {100 * stated:.0f} %: {100 * kept:.0f} % came true"
        yield Pair("-", says, QUIET)
    yield from (Pair("-", one.says) for one in sheet.evidence.rows)


def _evidence(sheet: Sheet, one: EvidenceRow) -> Iterator[Pair]:
    """What the decisions about a competency come to, and each of them."""
    yield Pair("", one.title, STRONG)
    yield Pair("", one.says)
    for seen in one.observed:
        after = f"; {seen.chance} after it" if seen.chance else ""
        yield Pair(HELD[seen.right], f"{seen.when}, {seen.said}{after}: {seen.chose}")
    yield from (Pair("", text, QUIET) for text in sheet.evidence.says)


def _found(sheet: Sheet, row: str) -> WordRow | LearnedRow | EvidenceRow | None:
    """The line of a row; None for the first, which is of all."""
    kind, _, place = row.partition(" ")
    if row == ALL:
        return None
    page = sheet.calibration
    parts: dict[str, Sequence[WordRow | LearnedRow | EvidenceRow]] = {
        "promise": page.promises,
        "forecast": page.ranges,
        "question": sheet.learned,
        "evidence": sheet.evidence.rows,
    }
    return parts[kind][int(place)]
