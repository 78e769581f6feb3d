"""The page of `tpmsim debrief`: what a run comes to, in 80 columns and letters that every terminal has."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from textwrap import wrap

from tpmsim.cli.plain_text import wrapped
from tpmsim.debrief import text_charts
from tpmsim.debrief.sheet import DecisionRow, Sheet
from tpmsim.debrief.wording.evidence import HEADING
from tpmsim.debrief.wording.points import LEGEND
from tpmsim.game.wording.prose import counted, shortened

WIDTH = 80

COLUMNS = (2, 2, 16, 19, 19, 11, 5)
"""Widths of the table of decisions, with a blank between them."""

MOST_LINES = 3
"""Lines of a cell."""

HEADS = ("wk", "", "decision", "you chose", "best found", "loss", "luck")


def page(sheet: Sheet) -> Iterator[str]:
    """The whole page; its longer forms are files."""
    for line in _lines(sheet):
        yield from wrapped(line.replace("±", "+-"), WIDTH) if len(line) > WIDTH else (line.replace("±", "+-"),)


def _lines(sheet: Sheet) -> Iterator[str]:
    yield from _head(sheet)
    yield ""
    yield from _story(sheet)
    yield ""
    yield "Expected result: D where your decisions moved it, L where luck did"
    yield from text_charts.curve(sheet.weeks, sheet.analysis.score)
    yield ""
    yield from _decisions(sheet)
    yield ""
    yield "From what was expected to the result"
    yield from text_charts.waterfall(sheet.falls)
    yield ""
    yield "Your word against what came"
    yield from (f"  - {one}" for one in sheet.calibration.says)
    yield from _learned(sheet)
    yield from _evidence(sheet)
    yield from _questions(sheet)
    yield ""
    yield f"{sheet.overview.caution} All options, causes and assumptions: --html FILE, or --md FILE."


def _head(sheet: Sheet) -> Iterator[str]:
    top, judge = sheet.overview, sheet.analysis.evaluator
    whose = f"{top.player} - " if top.player else ""
    said = {one.id: one.value for one in top.figures}
    yield f"{whose}{top.title} - seed {top.seed}"
    yield f"evaluator {judge.id}@{judge.rules} {judge.digest[:8]}  N={judge.n}"
    yield f"Result {said['result']}   par {said['par']}   luck {said['luck']}   decisions {said['decisions']}"
    yield f"Luck-adjusted {said['adjusted']}   points lost a decision {said['lost']}"


def _story(sheet: Sheet) -> Iterator[str]:
    top = sheet.overview
    yield f"{top.verdict}. {top.means}"
    yield from (f"  - {one}" for one in top.story)


def _decisions(sheet: Sheet) -> Iterator[str]:
    """Decisions with a mark; of the others how many there are."""
    notable = sheet.notable
    if notable:
        yield from _row(HEADS)
        for one in notable:
            yield from _row(_cells(one))
        yield LEGEND
    others = len(sheet.decisions) - len(notable)
    forced = sum(not one.counts for one in sheet.decisions)
    yield f"{counted(others, 'decision')} without a mark{f', {forced} of them forced' if forced else ''}."


def _cells(one: DecisionRow) -> Sequence[str]:
    return (str(one.week), one.sign, one.matter, one.chose, one.best, one.loss.replace("±", "+-"), one.luck)


def _row(cells: Sequence[str]) -> Iterator[str]:
    """A row of the table, each cell in at most so many lines."""
    parts = [_cell(cell, width) for cell, width in zip(cells, COLUMNS, strict=True)]
    for line in zip_longest(*parts, fillvalue=""):
        yield " ".join(f"{part:<{width}}" for part, width in zip(line, COLUMNS, strict=True)).rstrip()


def _cell(text: str, width: int) -> Sequence[str]:
    lines = wrap(text, width) or [""]
    if len(lines) <= MOST_LINES:
        return lines
    return (*lines[: MOST_LINES - 1], shortened(" ".join(lines[MOST_LINES - 1 :]), width))


def _learned(sheet: Sheet) -> Iterator[str]:
    if sheet.learned:
        yield ""
        yield "What asking was worth, in points"
        yield from (f"  - {one.when}: {one.asked} ({one.price}): {one.worth}. {one.says}" for one in sheet.learned)


def _evidence(sheet: Sheet) -> Iterator[str]:
    if sheet.evidence.rows:
        yield ""
        yield HEADING
        yield from (f"  - {one.says}" for one in sheet.evidence.rows)
        yield from sheet.evidence.says


def _questions(sheet: Sheet) -> Iterator[str]:
    for one in sheet.questions:
        yield ""
        yield one.asks
        yield from (f"  - {line}" for line in one.beside)
