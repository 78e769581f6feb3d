"""Aids in plain mode: when the plan is likely to be done, what a question is worth, in which order to work."""

from tpmsim.game.desk import Desk
from tpmsim.game.wording.labels import confidence, word_of
from tpmsim.lab.aids import Asked, Job, asked, jobs
from tpmsim.lab.schedule import NOT_IN_TIME, Date, schedule

BAR = 10
"""Characters of a bar."""

MOST = 8
"""Lines of each list."""


def timetable(desk: Desk) -> list[str]:
    """The chance of every promise, and the weeks by which each feature of the plan is likely to be complete."""
    dates = schedule(desk.view.rules, desk.known, desk.luck)
    if not dates:
        return ["Nothing in the plan is waiting to be built."]
    told = ["When the plan is likely to be done, if it is worked on from now and nothing is changed:"]
    for one in dates:
        told += [f"  {desk.view.titles.feature(one.feature)}: {_weeks(one)}", *_promise(one)]
    return [*told, "Drawn from what you believe, in 256 worlds, to the nearest 5 %. Not a promise of anybody."]


def _weeks(one: Date) -> str:
    parts = ((50, one.half), (80, one.likely), (95, one.sure))
    return ", ".join(
        f"{share} % {'not in this run' if week >= NOT_IN_TIME else f'by week {week:.0f}'}" for share, week in parts
    )


def _promise(one: Date) -> list[str]:
    if one.chance is None:
        return []
    given = confidence(word_of(one.word))
    return [f"      [{_bar(one.chance / 100.0)}] {one.chance} % by week {one.due}; you said {given}"]


def aids(desk: Desk) -> list[str]:
    """What a question is worth, and in which order to work, from what is believed."""
    rules, known = desk.view.rules, desk.known
    worth, work = asked(rules, known)[:MOST], jobs(rules, known)[:MOST]
    told = ["What one more answer is worth, in weeks of building, less what it costs:"]
    told += [_question(desk, one) for one in worth] or ["  Nothing can be asked in this stage."]
    told += ["In which order to work (bars: of the first):", "  weeks  cost of delay  delay/weeks    RICE"]
    told += [_job(desk, one) for one in work] or ["  Everything is built."]
    return [*told, "From what you believe; aids, never the truth. Ties, people and promises are not in them."]


def _question(desk: Desk, one: Asked) -> str:
    return f"  {one.weeks:+5.1f}  {desk.view.label(one.move)}"


def _job(desk: Desk, one: Job) -> str:
    bars = "  ".join(_bar(part) for part in (one.delay, one.urgency, one.rice))
    return f"  {one.weeks:5.1f}  {bars}  {desk.view.titles.feature(one.feature)}"


def _bar(share: float) -> str:
    filled = min(max(round(share * BAR), 0), BAR)
    return "#" * filled + "-" * (BAR - filled)
