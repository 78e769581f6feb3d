"""The course of the expected result: week by week its two steps, decision and luck, and the waterfall of the run."""

import math
from collections.abc import Iterable, Iterator

from tpmsim.debrief.analysis import UNKNOWN, Chance, WeekValue
from tpmsim.debrief.judging import half
from tpmsim.debrief.sheet import ChanceRow, Fall, WeekRow
from tpmsim.debrief.wording.hidden import hidden
from tpmsim.debrief.wording.points import change, label, plain, step
from tpmsim.debrief.wording.told import Told
from tpmsim.game.events import Event
from tpmsim.game.reveal import happened
from tpmsim.game.session import WeekReport
from tpmsim.game.wording.prose import spoken

STREAMS = {
    "card": "which situations came up",
    "intent": "what people made up their minds to do",
    "report": "what was reported of the work",
    "discovery": "what asking brought up",
    "reviews": "what customers told us",
    "answer": "what the answers said",
    "spike": "what engineers found when they tried it out",
    "teardown": "what taking rivals apart showed",
    "trend": "what the trend feed told",
    "demand": "how many customers came",
    "incident": "what broke",
    "incident:where": "where it broke",
    "rival:kind": "what rivals did",
    UNKNOWN: "what was so from the start and could not be known",
}
"""What is drawn, by the name of its stream."""


MOVERS = (
    *("incident", "fires", "rival-feature", "rival-price", "rival-claim", "trend-arrived", "trend-over"),
    *("tripped", "acted-exit", "gate-refused", "ended"),
)
"""Kinds of events that move results by themselves."""

ANSWERS = ("belief", "need-found", "estimate", "rival-seen", "rival-unseen", "trend-told", "trend-silent")
"""Kinds of events that only tell something."""


def stream(name: str) -> str:
    """What a stream decides, in words."""
    if name in STREAMS:
        return STREAMS[name]
    return "what rivals did" if name.startswith("rival") else spoken(name).lower()


def weeks(told: Told) -> tuple[WeekRow, ...]:
    """Every week of a run."""
    reports = {report.week: report for report in told.past.all_reports}
    return tuple(_week(told, one, reports.get(one.week)) for one in told.analysis.weeks)


def _week(told: Told, one: WeekValue, report: WeekReport | None) -> WeekRow:
    events = sorted(report.events, key=lambda event: _place(event.kind)) if report is not None else ()
    moves = [event for event in events if event.kind not in ANSWERS]
    return WeekRow(
        week=one.week,
        when=label(one.week),
        before=one.before,
        decided=one.decided,
        after=one.after,
        half=half(one.error, one.n),
        gain=step(one.before, one.decided),
        luck=step(one.decided, one.after),
        happened=_seen(told, report, events),
        moved=_seen(told, report, moves),
        chances=chances(one.chances),
        hidden=hidden(told, one),
    )


def _place(kind: str) -> int:
    """What moves results comes first, what only tells something last."""
    return 0 if kind in MOVERS else 2 if kind in ANSWERS else 1


def _seen(told: Told, report: WeekReport | None, events: Iterable[Event]) -> tuple[str, ...]:
    return tuple(line.text for line in happened(told.view, events, report.after)) if report is not None else ()


def chances(parts: tuple[Chance, ...]) -> tuple[ChanceRow, ...]:
    """The parts of luck in words, the largest first; those that come to nothing are left out."""
    told = (ChanceRow(one.stream, stream(one.stream), one.points, change(one.points)) for one in parts)
    return tuple(sorted((one for one in told if one.shown != "0.0"), key=lambda one: -abs(one.points)))


def whole_luck(told: Told) -> tuple[ChanceRow, ...]:
    """The luck of the whole run by what was drawn; empty where it was not asked for."""
    points: dict[str, list[float]] = {}
    for week in told.analysis.weeks:
        for one in week.chances:
            points.setdefault(one.stream, []).append(one.points)
    return chances(tuple(Chance(name, math.fsum(parts)) for name, parts in points.items()))


def falls(told: Told) -> tuple[Fall, ...]:
    """From what was expected, over the decisions of each stage and luck, to the result."""
    return tuple(_falls(told))


def _falls(told: Told) -> Iterator[Fall]:
    analysis = told.analysis
    level = analysis.start
    yield Fall("Expected at the start", 0.0, level, plain(level), total=True)
    gains: dict[str, list[float]] = {}
    for one in analysis.decisions:
        gains.setdefault(one.stage, []).append(one.gain)
    for stage, parts in gains.items():
        now = level + math.fsum(parts)
        yield Fall(f"Decisions: {told.view.titles.stage(stage)}", level, now, step(level, now))
        level = now
    yield Fall("Luck", level, analysis.score, step(level, analysis.score))
    yield Fall("Result", 0.0, analysis.score, plain(analysis.score), total=True)
