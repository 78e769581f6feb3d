"""The overview in words: the figures, the quadrant, and what was decision and what was luck, named."""

from collections.abc import Iterator, Mapping

from tpmsim.debrief.analysis import UNKNOWN, Analysis, Quadrant
from tpmsim.debrief.evaluate import HALF_MARK
from tpmsim.debrief.judging import BAD_MARKS
from tpmsim.debrief.sheet import DecisionRow, Figure, Overview, WeekRow
from tpmsim.debrief.wording.course import whole_luck
from tpmsim.debrief.wording.points import between, plain, quoted, sentence, step, week
from tpmsim.debrief.wording.told import Told
from tpmsim.game.wording.prose import capital, line_of, listed, shortened, signed

NAMED = 3
"""Decisions, and parts of luck, that are told."""

SAID = 70
"""Characters of a decision or an event within a sentence."""

MOST = 0.5
"""Share of all luck from which a part of it is most of it."""

SOUND = ("deserved success", "bad break")
"""Quadrants of a sound process."""

WELL = ("deserved success", "dumb luck")
"""Quadrants of a good result."""

MEANS: Mapping[Quadrant, str] = {
    "deserved success": "Sound decisions and a good result: it came about as it should.",
    "bad break": "Sound decisions and a poor result: what was decided held up, what came then was not in your hands.",
    "dumb luck": "Poor decisions and a good result: it went well in spite of them. Do not learn from the result.",
    "deserved setback": "Poor decisions and a poor result: the result is no accident.",
}


def overview(told: Told, decisions: tuple[DecisionRow, ...], weeks: tuple[WeekRow, ...]) -> Overview:
    """What the run comes to."""
    header, analysis = told.run.journal.header, told.analysis
    return Overview(
        title=told.past.title,
        seed=header.seed,
        player=line_of(header.alias, SAID),
        evaluator=told.evaluator,
        caution=_caution(told),
        figures=tuple(_figures(told)),
        quadrant=capital(analysis.quadrant),
        verdict=_verdict(analysis),
        means=_means(told),
        story=tuple(_story(told, decisions, weeks)),
    )


def _verdict(one: Analysis) -> str:
    """The quadrant as a headline, no surer than the interval of the decisions is."""
    article = "" if one.quadrant == "dumb luck" else "a "
    return capital(one.quadrant) if one.clear else f"Looks like {article}{one.quadrant}"


def _looks(one: Analysis) -> str:
    """What is said of the decisions where their interval lies on both sides."""
    return f"the decisions look {_process_word(one)}, but the interval reaches across"


def _process_word(one: Analysis) -> str:
    return "sound" if one.quadrant in SOUND else "poor"


def _result_word(one: Analysis) -> str:
    return "good" if one.quadrant in WELL else "poor"


def _says(one: Analysis) -> str:
    """What the quadrant says, in a sentence or two."""
    if one.clear:
        return MEANS[one.quadrant]
    return f"The result is {_result_word(one)}; {_looks(one)}. Read it as a guess."


def _means(told: Told) -> str:
    """What the quadrant says; and where the ending seems to say the opposite, why both are true."""
    quadrant, outcome = told.analysis.quadrant, told.past.outcome
    ending = told.view.scenario.endings[outcome.ending] if outcome is not None else None
    if ending is None or ending.good == (quadrant in WELL):
        return _says(told.analysis)
    title, kind = line_of(ending.title, SAID), "a good ending" if ending.good else "no good ending"
    return (
        f"{_says(told.analysis)} '{title}' is {kind} all the same: "
        "that is what came of it, this is how decisions and result compare with what was to be had. Both are true."
    )


def _caution(told: Told) -> str:
    return (
        f"'Best' means what {told.judge} thinks, playing on from worlds that fit what you could know; never 'correct'. "
        "A judgement can be wrong where its play is."
    )


def _figures(told: Told) -> Iterator[Figure]:
    """The figures; start, decisions, luck and result add up as they are written."""
    one, judge = told.analysis, told.judge
    yield Figure("result", "Result", plain(one.score), "How much of what the scenario asks for came true, of 100.")
    yield Figure("par", "Par", plain(one.par), f"What {judge} reaches with the same seed, from the first week on.")
    yield Figure("expected", "Expected", plain(one.start), f"What {judge} expected before anything was done.")
    gain, luck = step(one.start, one.adjusted), step(one.adjusted, one.score)
    yield Figure("decisions", "Decisions", gain, f"What your decisions added, against those of {judge} in their place.")
    yield Figure("luck", "Luck", luck, "What chance brought, and what could not be known when you decided.")
    adjusted = f"{plain(one.adjusted)} [{between(one.low, one.high)}]"
    says = "The result without luck, with its 95 % interval: the unbiased figure of how well it was decided."
    yield Figure("adjusted", "Luck-adjusted", adjusted, says)
    says = f"Lost a decision, where there was a choice: the biased figure, as it leans towards what {judge} thinks."
    yield Figure("lost", "Lost a decision", plain(one.lost), says)


def _story(told: Told, decisions: tuple[DecisionRow, ...], weeks: tuple[WeekRow, ...]) -> Iterator[str]:
    one = told.analysis
    gain, luck = step(one.start, one.adjusted), step(one.adjusted, one.score)
    yield (
        f"{plain(one.start)} points were to be expected at the start. Decisions come to {gain} and luck to {luck}, "
        f"which gives the result of {plain(one.score)}."
    )
    yield _process(told)
    yield from _costly(decisions, one.quadrant in SOUND)
    yield from _in_small_parts(told, decisions, weeks)
    yield from _found(decisions)
    yield from _lucky(weeks)
    yield from _drawn(told, weeks)


def _process(told: Told) -> str:
    """Why the process counts as sound or poor, and how sure that is."""
    one = told.analysis
    rule = (
        f"From {plain(one.start - HALF_MARK)} on, {HALF_MARK:g} points below what was expected, a result counts as "
        f"good; decisions count as sound while they cost no more than that against {told.judge}"
    )
    if one.clear:
        span = between(one.low, one.high)
        sure = (
            f"the decisions are {_process_word(one)}, and the whole interval says so: without luck the result is {span}"
        )
    else:
        span = between(one.low - one.start, one.high - one.start)
        sure = f"{_looks(one)}: what they come to is {span}"
    return f"{rule}. Here the result is {_result_word(one)}; {sure}."


def _costly(decisions: tuple[DecisionRow, ...], sound: bool) -> Iterator[str]:
    """The largest losses. They are against the best option found, so sound decisions may have some, too."""
    wrong = [one for one in decisions if one.mark in BAD_MARKS]
    worst = sorted(wrong, key=lambda one: -one.lost)[:NAMED]
    if not worst:
        yield "No decision has a bad mark: none can be told for sure from the best one by five points or more."
        return
    parts = [f"{week(one.week)}, {_short(one)}{_rather(one)} ({one.loss})" for one in worst]
    more = f"; {len(wrong) - len(worst)} more have a mark" if len(wrong) > len(worst) else ""
    yield f"{'What could have been better still' if sound else 'What cost most'}: {'; '.join(parts)}{more}."
    yield (
        "Each loss is against the best option found at that moment, so losses do not add up to what decisions come to: "
        "that is against what the one who judges would have done, who would not have found all of them."
    )


def _in_small_parts(told: Told, decisions: tuple[DecisionRow, ...], weeks: tuple[WeekRow, ...]) -> Iterator[str]:
    """What was lost in weeks in which no decision has a bad mark, where it is much: gains do add up."""
    marked = {one.week for one in decisions if one.mark in BAD_MARKS}
    small = [one for one in weeks if one.week not in marked and one.decided < one.before]
    lost = sum(round(one.decided, 1) - round(one.before, 1) for one in small)
    if lost > -HALF_MARK or len(small) < 2:
        return
    worst = min(small, key=lambda one: one.decided - one.before)
    plan = next((one for one in decisions if one.week == worst.week and one.plan and one.best), None)
    best = f", where the best plan found reads {quoted(shortened(plan.best, 3 * SAID))}" if plan is not None else ""
    yield (
        f"Much went in small parts: the {len(small)} weeks with a loss and no bad mark come to {signed(lost)} against "
        f"{told.judge}, the most in {week(worst.week)} ({worst.gain}){best}."
    )


def _short(one: DecisionRow) -> str:
    """A decision within a sentence."""
    return (
        "what was done, and left undone, with the rest of the week" if one.plan else quoted(shortened(one.chose, SAID))
    )


def _rather(one: DecisionRow) -> str:
    return "" if one.plan else f" rather than {quoted(shortened(one.best, SAID))}"


def _found(decisions: tuple[DecisionRow, ...]) -> Iterator[str]:
    found = [one for one in decisions if one.mark == "only move"]
    if found:
        parts = [f"{_short(one)} in {week(one.week)}" for one in found[:NAMED]]
        yield f"You found the only move {_times(len(found))}: {listed(parts)}."


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count) or f"{count} times"


def _lucky(weeks: tuple[WeekRow, ...]) -> Iterator[str]:
    """The week of the best and that of the worst luck, with what there was to see."""
    ranked = sorted(weeks, key=lambda one: one.after - one.decided)
    for one, word in ((ranked[0], "Bad"), (ranked[-1], "Good")):
        points = one.after - one.decided
        if (points < 0.0) == (word == "Bad") and abs(points) >= 1.0:
            noted = f": {one.noted}" if one.noted else ""
            yield sentence(f"{word} luck was largest in {week(one.week)} ({one.luck}){noted}")


def _drawn(told: Told, weeks: tuple[WeekRow, ...]) -> Iterator[str]:
    parts = whole_luck(told)
    if not parts:
        return
    yield f"Luck by what was drawn: {listed([f'{one.says} ({one.shown})' for one in parts[:NAMED]])}."
    hidden = next((one.points for one in parts if one.stream == UNKNOWN), 0.0)
    if abs(hidden) >= MOST * sum(abs(one.points) for one in parts) and hidden * told.analysis.luck > 0.0:
        yield _unknowable(hidden)
    yield from _furthest(told, weeks)


def _furthest(told: Told, weeks: tuple[WeekRow, ...]) -> Iterator[str]:
    """Of the week in which most could not be known, the hidden fact that was the largest surprise."""
    told_of = [
        (abs(one.chances[-1].points), row) for one, row in zip(told.analysis.weeks, weeks, strict=True) if row.hidden
    ]
    if told_of:
        _, row = max(told_of, key=lambda one: one[0])
        yield f"What could not be known mattered most in {week(row.week)}. {row.hidden[0].says}"


def _unknowable(points: float) -> str:
    turned = "against you" if points < 0.0 else "in your favour"
    return (
        f"Most of it turned {turned} by what could not be known: it was so from the start, and nothing that you "
        "had seen when you decided told it apart from its opposite."
    )
