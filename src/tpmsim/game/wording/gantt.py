"""The plan drawn with letters: one row a feature, one or more cells a week, from now to the end of the run."""

from collections.abc import Iterator

from tpmsim.core.observe import FeatureSeen, Observation
from tpmsim.game.wording.backlog import Backlog
from tpmsim.game.wording.course import Leg, legs, pause
from tpmsim.game.wording.prose import clip

NAME = 22
"""Columns of a feature's name."""

MOST = 10
"""Cells of a week, even where there is room for more."""

LEGEND = (
    "= at the least   - at the most (8 of 10 times, if nothing goes wrong)",
    "| end of the week it is promised for   ] end of the run   > later than that",
)


def gantt(backlog: Backlog, seen: Observation, width: int) -> tuple[str, ...]:
    """The plan in its order, with promised weeks; each line at most `width` columns. Empty without a plan.

    Args:
        backlog: words of the scenario.
        seen: what is known.
        width: columns, at least 60.
    """
    weeks = max(seen.weeks - seen.week + 1, 1)
    room = width - NAME - 2
    cells = float(min(room // weeks, MOST)) if weeks <= room else room / weeks
    turns = {leg.feature.id: leg for leg in legs(backlog, seen)}
    others = [one for one in seen.features if one.id not in turns and not one.complete and (one.committed or one.due)]
    rows = [_row(backlog, seen, leg.feature, leg, weeks, cells) for leg in turns.values()]
    rows += [_row(backlog, seen, one, None, weeks, cells) for one in others]
    return (_axis(seen, weeks, cells), *rows) if rows else ()


def gantt_notes(backlog: Backlog, seen: Observation) -> Iterator[str]:
    """What its signs mean, and what is not in it."""
    yield from LEGEND
    if pause(backlog, seen):
        yield f"Nobody builds yet: drawn as if building began in week {seen.week + 1}."


def _axis(seen: Observation, weeks: int, cells: float) -> str:
    """The numbers of the weeks where each begins, as many as have room."""
    line, free = [" "] * (int(weeks * cells) + 1), 0
    for week in range(weeks):
        at, number = int(week * cells), str(seen.week + week)
        if at >= free and at + len(number) <= len(line):
            line[at : at + len(number)] = number
            free = at + len(number) + 1
    return f"{'week':<{NAME}} {''.join(line)}".rstrip()


def _row(backlog: Backlog, seen: Observation, one: FeatureSeen, leg: Leg | None, weeks: int, cells: float) -> str:
    last = int(weeks * cells)
    line = [" "] * last
    if leg is not None:
        begin, low, high = (int((pause(backlog, seen) + at) * cells) for at in (leg.begins, leg.low, leg.high))
        _fill(line, begin, max(low, begin + 1), "=")
        _fill(line, max(low, begin + 1), high, "-")
    if one.due and one.due >= seen.week:
        line[min(int((one.due - seen.week + 1) * cells), last) - 1] = "|"
    if leg is not None and high > last:
        line[-1] = ">"
    note = "" if leg is not None else _why_empty(backlog, one, seen)
    drawn = "".join(line)
    if note and not drawn[: len(note)].strip():
        drawn = note + drawn[len(note) :]
    return f"{clip(backlog.titles.feature(one.id), NAME):<{NAME}} {drawn}]"


def _fill(line: list[str], begin: int, end: int, sign: str) -> None:
    for at in range(begin, min(end, len(line))):
        line[at] = sign


def _why_empty(backlog: Backlog, one: FeatureSeen, seen: Observation) -> str:
    return "waits" if backlog.blocked_by(one, seen) else "no plan"
