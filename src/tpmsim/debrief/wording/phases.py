"""The phases of a structured debrief, each with what to do in it: reactions, description, analysis, application.

Structure after Lederman 1992 (Simulation & Gaming 23:145-160). What is asked is about this run: prompts that would fit
any run teach little.
"""

from collections.abc import Iterator

from tpmsim.debrief.judging import BAD_MARKS
from tpmsim.debrief.sheet import DecisionRow, Phase, Sheet, WeekRow
from tpmsim.debrief.wording.points import quoted, week
from tpmsim.game.wording.prose import shortened

SAID = 80
"""Characters of a choice within a question."""


FALL = 3.0
"""assumption: points by which the expected result must fall in a week for anybody to ask about it."""


def phases(sheet: Sheet) -> tuple[Phase, ...]:
    """The four phases of the debrief of a run."""
    return (
        Phase("reactions", "Reactions", "How it was, before anybody explains it.", tuple(_reactions(sheet))),
        Phase("description", "Description", "What happened, without judging it.", tuple(_description(sheet))),
        Phase("analysis", "Analysis", "Why it came so: what was decided, and what was luck.", tuple(_analysis(sheet))),
        Phase("application", "Application", "What of it holds elsewhere.", tuple(_application(sheet))),
    )


def _reactions(sheet: Sheet) -> Iterator[str]:
    result = sheet.overview.figure("result").value
    yield "Which week felt best, and which one worst? Write both down before you look at the curve."
    yield f"The result is {result} of 100. What share of it do you put down to your decisions? Write that down, too."


def _description(sheet: Sheet) -> Iterator[str]:
    yield "Tell the run in five sentences to somebody who was not there. Use no word that judges."
    worst = min(sheet.weeks, key=lambda one: one.after - one.before)
    if worst.before - worst.after >= FALL:
        yield f"In {week(worst.week)} the expected result fell most. Did you notice it then, and by what?"
    else:
        yield "In no week did the expected result fall much. Did it feel like that, and when did it not?"


def _analysis(sheet: Sheet) -> Iterator[str]:
    worst = _worst(sheet)
    if worst is not None:
        chose = "the small moves" if worst.plan else quoted(shortened(worst.chose, SAID))
        yield f"In {week(worst.week)} you chose {chose}. What did you know then, and what did you not ask?"
    lucky = _luckiest(sheet)
    yield f"In {week(lucky.week)} luck came to {lucky.luck}. Which part of it could you have prepared for?"


def _application(sheet: Sheet) -> Iterator[str]:
    worst = _worst(sheet)
    if worst is not None:
        yield f"Take the run up again in {week(worst.week)} and decide otherwise, with the same luck. Is it better?"
    yield "Which one thing will you do in another way next time, and how will you notice that you are doing it?"


def _worst(sheet: Sheet) -> DecisionRow | None:
    """The decision that cost most, where one has a bad mark."""
    wrong = [one for one in sheet.decisions if one.mark in BAD_MARKS]
    return max(wrong, key=lambda one: one.lost, default=None)


def _luckiest(sheet: Sheet) -> WeekRow:
    return max(sheet.weeks, key=lambda one: abs(one.after - one.decided))
