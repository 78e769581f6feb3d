"""The recap: what somebody who comes back to a run needs before the first decision. Read off the reports, no clock."""

from collections.abc import Iterator

from tpmsim.game.desk import Desk
from tpmsim.game.events import Event
from tpmsim.game.pages import Recap
from tpmsim.game.reveal import QUIET, happened
from tpmsim.game.session import WeekReport
from tpmsim.game.standing import LEAST
from tpmsim.game.why import by_cause, wishes
from tpmsim.game.wording.prose import counted, listed

AHEAD = 3
"""Weeks from now within which a promise is told."""


def recap(desk: Desk) -> Recap:
    """Where a run stands, what happened last, what is open.

    Args:
        desk: the run with its words.
    """
    view, seen, reports = desk.view, desk.seen, desk.reports
    last = tuple(happened(view, reports[-1].events, reports[-1].after)) or (QUIET,) if reports else ()
    return Recap(
        title=f"{desk.title}. {view.clock(seen)}",
        story=tuple(_story(desk)),
        last=last,
        made=tuple(view.label(move, desk.week) for move in desk.made),
        open=() if desk.over else tuple(_open(desk)),
    )


def _story(desk: Desk) -> Iterator[str]:
    """Three to six sentences, the oldest things first."""
    yield _stages(desk)
    yield _aim(desk)
    yield from _found(desk)
    yield _word(desk)
    yield from _largest(desk)
    yield from _left(desk)


def _told(desk: Desk, *kinds: str) -> list[tuple[WeekReport, Event]]:
    """Events of some kinds with the week that ended with them."""
    return [(report, event) for report in desk.reports for event in report.events if event.kind in kinds]


def _stages(desk: Desk) -> str:
    view, seen = desk.view, desk.seen
    moved = [
        f"{view.titles.stage(event.other)} in {_when(report)}"
        for report, event in _told(desk, "stage")
        if seen.stages.index(event.subject) > seen.stages.index(event.other)
    ]
    back = [
        f"you went back to {view.titles.stage(event.subject)} in {_when(report)}"
        for report, event in _told(desk, "stage")
        if seen.stages.index(event.subject) < seen.stages.index(event.other)
    ]
    refused = len(_told(desk, "gate-refused"))
    now = "the run is over" if desk.over else f"you are in {view.titles.stage(seen.stage)}"
    said = [
        f"You finished {listed(moved)}" if moved else "",
        listed(back),
        f"a gate stayed shut {_times(refused)}" if refused else "",
        now,
    ]
    told = "; ".join(part for part in said if part)
    return f"{told[:1].upper()}{told[1:]}."


def _aim(desk: Desk) -> str:
    titles, seen = desk.view.titles, desk.seen
    if seen.target is None:
        return "You have not decided whom it is for."
    what = f", to solve: {titles.need(seen.problem)}" if seen.problem else ""
    return f"It is for: {titles.segment(seen.target)}{what}."


def _found(desk: Desk) -> Iterator[str]:
    needs = [desk.view.titles.need(event.subject) for _, event in _told(desk, "need-found")]
    if needs:
        yield f"Something new came up: {listed(needs)}."


def _word(desk: Desk) -> str:
    titles = desk.view.titles
    kept = [titles.feature(event.subject) for _, event in _told(desk, "promise-kept")]
    broken = [titles.feature(event.subject) for _, event in _told(desk, "promise-broken")]
    parts = [
        f"you {verb} your word {_times(len(names))} ({listed(names)})"
        for verb, names in (("kept", kept), ("broke", broken))
        if names
    ]
    if parts:
        told = listed(parts)
        return f"{told[:1].upper()}{told[1:]}."
    promised = [one for one in desk.seen.features if one.due]
    return "No promise has come due yet." if promised else "No promise of yours is open."


def _largest(desk: Desk) -> Iterator[str]:
    """The week that changed a main number most, against the most that the number ever was."""
    view, figures = desk.view, desk.view.figures
    found: tuple[float, int, str, int] = (0.0, 0, "", 0)
    for name in view.main_numbers:
        most = max((abs(report.after.numbers[name]) for report in desk.reports), default=0)
        for place, report in enumerate(desk.reports):
            change = sum(entry.change for entry in report.entries if entry.number == name)
            if abs(figures.shown(name, change)) >= LEAST and abs(change) > found[0] * max(most, abs(change)):
                found = (abs(change) / max(most, abs(change)), place, name, change)
    _, place, name, change = found
    if not name:
        return
    report = desk.reports[place]
    new = report.after.numbers[name]
    entries = [entry for entry in report.entries if entry.number == name]
    causes = by_cause(view, entries, wishes(view, desk.reports, name, place))
    cause = max(causes, key=lambda one: abs(causes[one]))
    step = figures.step(name, new - change, new)
    yield f"The largest change came in {_when(report)}: {figures.title(name)} {step}. Main cause: {cause}."


def _left(desk: Desk) -> Iterator[str]:
    gone = [f"{desk.view.titles.person(event.subject)} in {_when(one)}" for one, event in _told(desk, "acted-exit")]
    if gone:
        yield f"Those who left: {listed(gone)}."


def _open(desk: Desk) -> Iterator[str]:
    view, seen = desk.view, desk.seen
    for card in seen.cards:
        yield f"{view.speaker(card)} waits for an answer."
    for one in sorted(seen.features, key=lambda one: one.due):
        if seen.week <= one.due <= seen.week + AHEAD and one.due and not one.complete:
            to = f" to {view.titles.person(one.to)}" if one.to else ""
            when = "this week" if one.due == seen.week else f"week {one.due}"
            yield f"{view.titles.feature(one.id)} is promised{to} for {when}."
    missing = [item.says for item in desk.gate() if not item.met]
    if missing:
        yield f"The gate still asks for: {'; '.join(missing)}."
    elif desk.gate():
        yield "Everything that the gate asks for is there."


def _when(report: WeekReport) -> str:
    return f"week {report.week}" if report.week else "the planning week"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count) or f"{counted(count, 'time')}"
