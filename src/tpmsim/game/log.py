"""The log of a run: what was done, what happened and what was noted, week by week."""

from collections.abc import Collection, Sequence

from tpmsim.game.pages import WeekLog
from tpmsim.game.reveal import happened
from tpmsim.game.session import WeekReport
from tpmsim.game.view import View
from tpmsim.game.wording.prose import line_of
from tpmsim.text import SafeText


def log(
    view: View, reports: Sequence[WeekReport], week: int, made: Sequence[str], notes: Collection[tuple[int, SafeText]]
) -> tuple[WeekLog, ...]:
    """Every ended week, and the one now played, with its moves, once there is something to tell of it."""
    ended = {report.week: report for report in reports}
    moves = {week: tuple(made)} | {report.week: report.made for report in reports}
    told = []
    for when in sorted({*ended, *(one for one, _ in notes), *((week,) if made else ())}):
        report = ended.get(when)
        told.append(
            WeekLog(
                title="Planning week" if when == 0 else f"Week {when}",
                made=tuple(view.label(move, when) for move in moves.get(when, ())),
                happened=tuple(happened(view, report.events, report.after)) if report is not None else (),
                notes=tuple(line_of(text) for one, text in notes if one == when),
            )
        )
    return tuple(told)
