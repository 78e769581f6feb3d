"""Aids in plain mode: when the plan is likely to be done, what a question is worth, in which order to work."""

from collections.abc import Iterator

from tpmsim.game.aid_pages import DatedRow, JobRow, QuestionRow
from tpmsim.game.desk import Desk
from tpmsim.game.wording.bars import bar, marked_bar
from tpmsim.game.wording.prose import counted
from tpmsim.lab.aid_words import aids_page, timetable_page

CELLS = 10
"""Characters of a bar."""

MOST = 8
"""Lines of each list."""


def timetable(desk: Desk) -> list[str]:
    """The chance of every promise, and the weeks by which each feature of the plan is likely to be complete."""
    page = timetable_page(desk)
    told = [page.says, *(line for one in page.rows for line in _date(one))]
    return [*told, *((page.together,) if page.together else ()), *page.notes]


def _date(one: DatedRow) -> Iterator[str]:
    shown = (("50 %", one.half), ("80 %", one.likely), ("95 %", one.sure))
    yield f"  {one.title}: {', '.join(f'{share} {_by(week)}' for share, week in shown)}"
    if one.promised:
        drawn = marked_bar(one.chance, one.word, 2 * CELLS)
        yield f"    {one.sign} [{drawn}] {one.odds} likely; you said {one.promised}, at the mark"


def _by(week: str) -> str:
    return f"by week {week}" if week.isdecimal() else "not within this run"


def aids(desk: Desk) -> list[str]:
    """What a question is worth, and in which order to work, from what is believed."""
    page = aids_page(desk)
    told = [page.asking, *map(_question, page.questions[:MOST]), *_more(len(page.questions), "question")]
    told += [page.working, *(("   wks  delay       delay/wks   RICE",) if page.jobs else ())]
    told += [*map(_job, page.jobs[:MOST]), *_more(len(page.jobs), "feature")]
    return [*told, *((page.legend,) if page.legend else ()), *page.notes]


def _question(one: QuestionRow) -> str:
    now = f" (not now: {one.reason})" if one.reason else ""
    drawn = marked_bar(one.fills, one.mark, CELLS)
    return f"  {'+' if one.pays else '-'} {one.value} for {one.price} [{drawn}] {one.title}{now}"


def _job(one: JobRow) -> str:
    bars = "  ".join(bar(part, CELLS) for part in (one.delay, one.urgency, one.rice))
    return f"  {one.weeks:>4}  {bars}  {one.title}{' (in the plan)' if one.planned else ''}"


def _more(count: int, what: str) -> Iterator[str]:
    if count > MOST:
        yield f"  and {counted(count - MOST, what)} more"
