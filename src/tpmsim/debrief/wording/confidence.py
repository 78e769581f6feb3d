"""Calibration in words: promises and forecasts against what came; and what each question was worth."""

from collections.abc import Iterator
from math import comb

from tpmsim.debrief.analysis import Calibration, Learned, Range, Word
from tpmsim.debrief.calibration import telling
from tpmsim.debrief.judging import half
from tpmsim.debrief.sheet import CalibrationPage, LearnedRow, WordRow
from tpmsim.debrief.wording.points import around, change, label
from tpmsim.debrief.wording.told import Told
from tpmsim.game.wording.labels import confidence, word_of
from tpmsim.game.wording.prose import counted
from tpmsim.lab.balance.statistics import Z_95

COIN = 0.25
"""definition: the Brier score of saying 50 % of everything."""

WANTED = 0.8
"""definition: the share of ranges that should hold what comes."""

SLACK = 0.1
"""assumption: shares that differ by less are about the same."""

RARE = 0.025
"""definition: the chance on each side of a 95 % interval."""


def calibration(told: Told) -> CalibrationPage:
    """How far the player's stated confidence can be believed."""
    one = told.analysis.calibration
    return CalibrationPage(
        says=tuple(_says(one)),
        promises=tuple(_promise(told, word) for word in one.words),
        ranges=tuple(_range(told, forecast) for forecast in one.ranges),
        bins=_bins(one.words),
    )


def learned(told: Told) -> tuple[LearnedRow, ...]:
    """What each question was worth before its answer was known."""
    return tuple(_learned(told, one) for one in told.analysis.learned)


def _says(one: Calibration) -> Iterator[str]:
    if one.brier is None:
        yield "No word of a promise came due, so there is nothing to hold your word against."
    else:
        yield from _promises(one, one.brier)
    if not one.ranges:
        yield "You made no forecast of a number. A range a week is the cheapest practice there is."
    else:
        yield from _forecasts(one)


def _promises(one: Calibration, brier: float) -> Iterator[str]:
    many = len(one.words)
    stated = sum(word.confidence for word in one.words) / many
    kept = sum(word.kept for word in one.words) / many
    yield (
        f"{counted(many, 'word')} of promises came due. You had given {_percent(stated)} on average, and "
        f"{_percent(kept)} came true. {_lean(stated, kept, many)}"
    )
    worse = "worse than" if brier > COIN else "as good as" if brier == COIN else "better than"
    yield (
        f"Brier score {brier:.2f}: 0 is perfect, and this is {worse} the {COIN:.2f} of saying 50 % of everything. "
        f"It is {one.reliability:.2f} (how far words were from what came) - {one.resolution:.2f} (how well they told "
        f"promises apart) + {one.uncertainty:.2f} (how hard that was)."
    )


def _forecasts(one: Calibration) -> Iterator[str]:
    many = len(telling(one.ranges))
    if one.covered is not None:
        told = f"Of {counted(many, 'forecast')}, {_percent(one.covered)} held what came; {_percent(WANTED)} should."
        yield f"{told} {_width(one.covered, many)}"
    if sure := len(one.ranges) - many:
        yield f"Not counted: {counted(sure, 'forecast')} without a width that came true. What is sure is no range."


def _percent(share: float) -> str:
    return f"{100.0 * share:.0f} %"


def _lean(stated: float, kept: float, many: int) -> str:
    """Which way words lean, if the difference is more than chance makes of so few."""
    noise = Z_95 * (max(stated * (1.0 - stated), 0.01) / many) ** 0.5
    if abs(stated - kept) <= noise:
        return "So few words cannot tell that from honest ones."
    return "You said more than you could keep." if stated > kept else "You could have said more."


def _width(covered: float, many: int) -> str:
    """Whether ranges have the right width, if the difference is more than chance makes of so few."""
    slight = abs(covered - WANTED) < SLACK
    if not slight and _chance(round(covered * many), many) <= RARE:
        return "Your ranges are too narrow." if covered < WANTED else "Your ranges are wider than they need to be."
    if not slight or _chance(many, many) > RARE:
        return "So few forecasts cannot tell whether your ranges are as wide as they should be."
    return "Your ranges are about as wide as they should be."


def _chance(held: int, many: int) -> float:
    """Chance that of so many ranges of the right width so many hold, or still further from what is wanted."""
    further = range(held + 1) if held < WANTED * many else range(held, many + 1)
    return sum(comb(many, count) * WANTED**count * (1.0 - WANTED) ** (many - count) for count in further)


def _bins(words: tuple[Word, ...]) -> tuple[tuple[float, float, int], ...]:
    by_word: dict[float, list[bool]] = {}
    for one in words:
        by_word.setdefault(one.confidence, []).append(one.kept)
    return tuple((stated, sum(kept) / len(kept), len(kept)) for stated, kept in sorted(by_word.items()))


def _promise(told: Told, one: Word) -> WordRow:
    said = f"{confidence(word_of(one.confidence))} by week {one.due}"
    title = told.view.titles.feature(one.feature)
    return WordRow(label(one.week), title, said, "complete" if one.kept else "not complete", one.kept)


def _range(told: Told, one: Range) -> WordRow:
    figures = told.view.figures
    low, point, high, came = (figures.bare(one.number, value) for value in (one.low, one.point, one.high, one.came))
    held = one.low <= one.came <= one.high
    said = f"{low} to {high}, most likely {point}"
    return WordRow(label(one.week), figures.title(one.number), said, came, held)


def _learned(told: Told, one: Learned) -> LearnedRow:
    worlds = next(week.n for week in told.analysis.weeks if week.week == one.week)
    width = half(one.error, worlds)
    money = f", {one.cost:,.0f}" if one.cost else ""
    return LearnedRow(
        when=label(one.week),
        asked=told.view.label(one.move, one.week),
        price=f"{one.hours:g} h{money}",
        worth=f"{change(one.worth)} {around(width)}",
        says=_worth(one, width),
    )


def _worth(one: Learned, width: float) -> str:
    if abs(one.worth) <= width or change(one.worth) == "0.0":
        return "It cannot be told from nothing: the answer would have changed little of what was done next."
    return "Worth more than its price." if one.worth > 0.0 else "It cost more than its answer could bring."
