"""The pages of aids: what `schedule` and `aids` work out, in the words of a scenario.

Plain mode and the screen lay them out; the rows themselves stand in `tpmsim.game.aid_pages`.
"""

from collections.abc import Iterator

from tpmsim.game.aid_pages import AidsPage, DatedRow, JobRow, QuestionRow, TimetablePage
from tpmsim.game.desk import Desk
from tpmsim.game.wording.labels import confidence, word_of
from tpmsim.game.wording.prose import capital, counted
from tpmsim.lab.aids import Asked, Job, asked, jobs
from tpmsim.lab.schedule import NOT_IN_TIME, STEP, WORLDS, Date, Timetable, schedule

MUCH = 25
"""Per cent by which a chance is much less than a word."""

BUILDING = "When the plan is likely to be done, if it is worked on from now and nothing is changed."
WAITING = "When the plan is likely to be done, if this week's gate opens, building begins and nothing is changed."
NOTHING = "Nothing is waiting to be built: no feature is in the plan, or all of them are complete."
DRAWN = (
    f"From {WORLDS} imagined worlds that fit what you believe, to the nearest {STEP} %. In none of them do you do "
    "anything more."
)
SIGNS = (
    "+ at least as likely as you said, ! less likely, x much less likely. These signs weigh your word, and what may go "
    "wrong; those of week and Roadmap only compare the estimates with the weeks left."
)
ASKING = "What one more answer saves and what asking costs, in weeks of building. It pays if the bar passes the mark."
NEW_SOURCE = (
    "It would be a new source besides: one alone has one bias, so two are looked at where gates or the score count "
    "them. That is not in the figure."
)
WORKING = "What is not built yet. First comes what loses most by waiting for the weeks it takes. Full bar: the highest."
PARTS = (
    "delay: what a week of waiting costs. delay/wk: that over the weeks it takes to build; to work in this order loses "
    "least by waiting (Smith 1956; also called WSJF). RICE: people reached x what it is worth to them (impact) x how "
    "sure that is (confidence) / person-months of work (McBride 2016)."
)
BELIEFS = "Aids, never the truth: from what you believe. They know nothing of promises, people and what waits for what."


def timetable_page(desk: Desk) -> TimetablePage:
    """When the plan is likely to be done. Takes up to some seconds; equal knowledge and seed give equal pages."""
    table = schedule(desk.view.rules, desk.known, desk.luck)
    if not table.dates:
        return TimetablePage(NOTHING, table.week, (), "", ())
    rows = tuple(_dated(desk, one) for one in table.dates)
    return TimetablePage(WAITING if table.waits else BUILDING, table.week, rows, together(table), (SIGNS, DRAWN))


def aids_page(desk: Desk) -> AidsPage:
    """What a question is worth, and in which order to work; quickly."""
    rules, known = desk.view.rules, desk.known
    worth, work = asked(rules, known), jobs(rules, known)
    most = max((max(one.value, one.price) for one in worth), default=0.0)
    return AidsPage(
        asking=ASKING if worth else "Nothing can be asked in this stage.",
        questions=tuple(_question(desk, one, most) for one in worth),
        working=WORKING if work else "Everything is built.",
        jobs=tuple(_job(desk, one) for one in work),
        legend=PARTS if work else "",
        notes=(BELIEFS,),
    )


# Dates


def _dated(desk: Desk, one: Date) -> DatedRow:
    title = desk.view.titles.feature(one.feature)
    weeks = tuple(_week(week) for week in (one.half, one.likely, one.sure))
    return DatedRow(
        id=one.feature,
        title=title,
        curve=one.curve,
        half=weeks[0],
        likely=weeks[1],
        sure=weeks[2],
        promised=f"week {one.due}, {confidence(word_of(one.word))}" if one.due else "",
        due=one.due,
        word=one.word,
        chance=(one.chance or 0) / 100.0,
        odds=_odds(one.chance) if one.chance is not None else "",
        sign=_sign(one),
        told=tuple(_dates_told(one, title)),
    )


def _dates_told(one: Date, title: str) -> Iterator[str]:
    half, likely, sure = (_by(week) for week in (one.half, one.likely, one.sure))
    if one.planned and one.half == one.sure:
        yield f"{title} is complete {sure} in 95 of 100 cases." if one.sure < NOT_IN_TIME else f"{title}: {half}."
    elif one.planned:
        yield f"{title} is complete {half} in 50 of 100 cases, {likely} in 80, {sure} in 95."
    else:
        yield f"{title} is promised, but not in the plan: nobody works on it."
    if one.chance is None:
        return
    judged = {
        "+": "at least as likely as you said",
        "!": "less likely than you said",
        "x": "much less likely than you said",
    }
    yield (
        f"You promised it for week {one.due} with {confidence(word_of(one.word))}. By then it is complete in "
        f"{_odds(one.chance)} of the cases: {judged[_sign(one)]}."
    )


def _sign(one: Date) -> str:
    """How the chance of a promise compares with its word; where it is above, the word could have been stronger."""
    if one.chance is None:
        return ""
    missing = 100.0 * one.word - one.chance - STEP / 2.0
    return "+" if missing <= 0.0 else "!" if missing <= MUCH else "x"


def together(table: Timetable) -> str:
    """The chance that every promise is kept, in a sentence; empty where there are not two of them."""
    promised = sum(1 for one in table.dates if one.due)
    if table.kept is None or promised < 2:
        return ""
    every = "Both" if promised == 2 else f"All {promised}"
    return f"{every} promises are kept in {_odds(table.kept)} of the cases."


def _odds(chance: int) -> str:
    """A chance in words; nothing is certain."""
    if chance <= 0:
        return f"under {STEP} %"
    return f"over {100 - STEP} %" if chance >= 100 else f"{chance} %"


def _week(week: float) -> str:
    return "later" if week >= NOT_IN_TIME else f"{week:.0f}"


def _by(week: float) -> str:
    return "not within this run" if week >= NOT_IN_TIME else f"by week {week:.0f}"


# Questions


def _question(desk: Desk, one: Asked, most: float) -> QuestionRow:
    title = desk.view.label(one.move)
    reason = next((choice.reason for choice in desk.choices if choice.id == one.move), "")
    told = [
        f"{title}: one more answer is likely to save {_weeks(one.value)} of building. Its hours and its money are "
        f"worth {_weeks(one.price)} of it."
    ]
    told += [NEW_SOURCE] if one.wanted else []
    told += [f"Not now: {reason}."] if reason else []
    return QuestionRow(
        move=one.move,
        title=title,
        value=f"{one.value:.2f}",
        price=f"{one.price:.2f}",
        fills=one.value / most if most > 0.0 else 0.0,
        mark=one.price / most if most > 0.0 else 0.0,
        pays=one.weeks > 0.0,
        reason=reason,
        told=tuple(told),
    )


def _weeks(weeks: float) -> str:
    return f"{weeks:.2f} weeks"


# Features


def _job(desk: Desk, one: Job) -> JobRow:
    rice = one.rice
    return JobRow(
        id=one.feature,
        title=desk.view.titles.feature(one.feature),
        planned=one.planned,
        weeks=f"{one.weeks:.1f}",
        delay=one.delay,
        urgency=one.urgency,
        rice=one.best,
        reach=f"{rice.reach:,.0f}",
        impact=_scaled(rice.impact),
        confidence=_scaled(rice.confidence),
        effort=f"{rice.effort:.1f}",
        told=tuple(_job_told(desk, one)),
    )


def _job_told(desk: Desk, one: Job) -> Iterator[str]:
    rice, title = one.rice, desk.view.titles.feature(one.feature)
    place = "in the plan" if one.planned else "not in the plan"
    yield f"{title} ({place}): about {counted(round(one.weeks, 1), 'week')} of building for the present team."
    if rice.reach <= 0.0:
        yield "As far as you know, nobody wants what it does: no impact, no score."
    else:
        yield (
            f"RICE: reach {rice.reach:,.0f} people x impact {_scaled(rice.impact)} x confidence "
            f"{_scaled(rice.confidence)} / effort {counted(round(rice.effort, 1), 'person-month')} = {rice.score:,.0f}."
        )
    waits = desk.view.backlog.waits_for(one.feature)
    if waits:
        yield f"{capital(title)} can only be built after {waits}."


def _scaled(pair: tuple[str, float]) -> str:
    return f"{pair[0]} ({pair[1]:g})"
