"""Hidden facts in words: how it was, what could be believed, and whether anything could have told."""

from collections.abc import Callable
from math import exp

from tpmsim.core.exact import Z_80
from tpmsim.debrief.analysis import UNKNOWN, Matter, Unseen, WeekValue
from tpmsim.debrief.hidden import NAMED_FROM
from tpmsim.debrief.sheet import HiddenRow
from tpmsim.debrief.steps import PLAN
from tpmsim.debrief.wording.points import quoted
from tpmsim.debrief.wording.told import Told
from tpmsim.game.wording.beliefs import worth
from tpmsim.game.wording.prose import capital, signed
from tpmsim.game.wording.truths import faults, moves_next, paced, stance, takes

UNSEEN = (
    "The hidden facts that differed most from what could be believed when the week began, and on which the result "
    "depends the way it went. Beliefs are given with their 80 % interval."
)
"""What stands above them."""

UNTOLD = "nobody had told you of it"
NO_ONE_FACT = "no single fact stands out"
NO_TOOL = "Nothing that you could have asked that week."

TOGETHER = HiddenRow("Several things together", NO_ONE_FACT, "", "", f"Several things together: {NO_ONE_FACT}.")
"""In place of facts where much could not be known and none of them is a surprise by itself."""


def hidden(told: Told, week: WeekValue) -> tuple[HiddenRow, ...]:
    """The hidden facts that may be behind what could not be known in a week; where it was much, that there is none."""
    unknown = sum(one.points for one in week.chances if one.stream == UNKNOWN)
    if not week.unseen and abs(unknown) >= NAMED_FROM:
        return (TOGETHER,)
    return tuple(_row(told, week.week, one) for one in week.unseen)


def _row(told: Told, week: int, one: Unseen) -> HiddenRow:
    about, true = _about(told, one), _true(told, one)
    believed = _believed(told, one) if one.told else UNTOLD
    could = _could(told, week, one.tool)
    return HiddenRow(about, true, believed, could, f"{about}: {true}; {believed}. {could}")


def _about(told: Told, one: Unseen) -> str:
    titles = told.view.titles
    names: dict[Matter, Callable[[str], str]] = {
        "worth": titles.need,
        "effort": titles.feature,
        "faults": titles.feature,
        "pace": titles.segment,
        "rival": titles.rival,
        "leaning": titles.introduced,
        "trend": titles.trend,
    }
    name = names[one.matter](one.about)
    return f"{titles.segment(one.segment)}, {name}" if one.segment else name


def _true(told: Told, one: Unseen) -> str:
    match one.matter:
        case "worth":
            return f"{worth(one.truth)}, {signed(one.truth)}"
        case "effort":
            return takes(exp(one.truth))
        case "faults":
            return faults(exp(one.truth))
        case "pace":
            return paced(exp(one.truth))
        case "rival":
            return moves_next(one.truth, told.run.loaded.rules.weeks)
        case "leaning":
            return f"of themselves {stance(one.truth)} the gate, {signed(one.truth)}"
    return "is real" if one.truth > 0.0 else "is not real"


def _believed(told: Told, one: Unseen) -> str:
    """The middle of the belief and its 80 % interval, in the unit of the fact."""
    low, high = one.mean - Z_80 * one.sd, one.mean + Z_80 * one.sd
    match one.matter:
        case "worth":
            return f"you believed {signed(one.mean)}, {signed(low)} to {signed(high)}"
        case "effort":
            return f"you believed {exp(one.mean):.2f}, {exp(low):.2f} to {exp(high):.2f}"
        case "rival":
            weeks = told.run.loaded.rules.weeks
            last = f"to {high:.0f}" if high <= weeks else "or later"
            return f"all you knew spoke for week {max(low, 1.0):.0f} {last}"
        case "leaning":
            return f"all you knew spoke for {signed(low)} to {signed(high)}"
        case "trend":
            return f"you believed it real with {100.0 * one.mean:.0f} %"
    return f"all you knew spoke for {exp(low):.2f} to {exp(high):.2f}"


def _could(told: Told, week: int, tool: str) -> str:
    """What could have told more of it: a question that was legal, one that was asked, or nothing."""
    if not tool:
        return NO_TOOL
    name = quoted(told.view.label(tool, week))
    if tool in _made(told, week):
        return f"You did ask that week: {name}. The answer came after its decisions."
    return f"{capital(name)} would have told more, and could be asked that week."


def _made(told: Told, week: int) -> tuple[str, ...]:
    return tuple(move for one in told.analysis.decisions if (one.week, one.kind) == (week, PLAN) for move in one.made)
