"""The pictures of a debrief as SVG. Each is a pure function of numbers; tests read the numbers back off the picture.

Every chart carries its title and a description in words. Colour is never alone: a step of luck is dashed, a loss stands
on its own side, a bar has its number.
"""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from tpmsim.core.mechanics.competencies import KNOWN_FIRST, MASTERY
from tpmsim.debrief.plot import WIDTH, Scale, bar, chart, path, steps, text, weeks_below, x_axis, y_axis
from tpmsim.debrief.sheet import DecisionRow, EvidenceRow, Fall, Series, WeekRow
from tpmsim.debrief.tags import tag
from tpmsim.debrief.wording.points import plain
from tpmsim.game.wording.prose import counted, listed

LEFT, RIGHT = 52.0, WIDTH - 16.0
"""Sides of what is plotted."""

SCORES = (0.0, 20.0, 40.0, 60.0, 80.0, 100.0)

SMALL = 360.0
"""Width of a small chart."""

LABEL = 190.0
"""Room for the words before a lying bar."""

HALF = 0.5
"""Share of a week at which its decisions have been taken."""


def curve(weeks: Sequence[WeekRow], score: float) -> Element:
    """The expected result week by week: in each a step of decisions and a step of luck."""
    top, bottom = 26.0, 300.0
    y = Scale(0.0, 100.0, bottom, top)
    first, last = weeks[0].week, weeks[-1].week + 1
    x = Scale(first, last, LEFT, RIGHT)
    parts = list(y_axis(y, SCORES, LEFT, RIGHT))
    for one in weeks:
        at, decided, after = x.at(one.week), x.at(one.week + HALF), x.at(one.week + 1)
        parts.append(_sure(at, y, one.before, one.half))
        parts.append(_step(at, y.at(one.before), decided, y.at(one.decided), "decision"))
        parts.append(_step(decided, y.at(one.decided), after, y.at(one.after), "luck"))
    ends = [(float(one.week), one.before) for one in weeks] + [(float(last), score)]
    parts += [tag("circle", cx=x.at(week), cy=y.at(value), r=3.5, class_="value") for week, value in ends]
    names = [one.week for one in weeks]
    parts += weeks_below(names, [x.at(one + HALF) for one in names], bottom + 18, RIGHT - LEFT)
    parts += [text((LEFT + RIGHT) / 2, bottom + 36, "week", "name"), *_key(LEFT, 10.0)]
    return chart("curve", "Expected result, week by week", _curve_says(weeks, score), bottom + 46, *parts)


def _step(x1: float, y1: float, x2: float, y2: float, kind: str) -> Element:
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=f"step {kind}")


def _sure(x: float, y: Scale, value: float, half: float) -> Element:
    """The 95 % interval of a value, within the scale."""
    low, high = max(0.0, value - half), min(100.0, value + half)
    return tag("line", x1=x, x2=x, y1=y.at(low), y2=y.at(high), class_="whisker")


def _key(x: float, y: float) -> list[Element]:
    """What the two kinds of lines are."""
    return [
        _step(x, y, x + 28, y, "decision"),
        text(x + 34, y, "your decisions", "key", "start"),
        _step(x + 150, y, x + 178, y, "luck"),
        text(x + 184, y, "luck", "key", "start"),
        tag("line", x1=x + 250, x2=x + 250, y1=y - 8, y2=y + 8, class_="whisker"),
        text(x + 260, y, "95 % interval", "key", "start"),
    ]


def _curve_says(weeks: Sequence[WeekRow], score: float) -> str:
    steps = [f"{one.when}: {plain(one.before)}, decisions {one.gain}, luck {one.luck}" for one in weeks]
    return f"{'; '.join(steps)}; result {plain(score)}."


def waterfall(falls: Sequence[Fall]) -> Element:
    """From what was expected over the decisions of each stage and luck to the result."""
    row, top = 30.0, 8.0
    bottom = top + row * len(falls)
    levels = [level for one in falls for level in (one.start, one.end)]
    ticks = steps(min(0.0, *levels), max(100.0, *levels))
    x = Scale(ticks[0], ticks[-1], LABEL, RIGHT - 44)
    parts = list(x_axis(x, ticks, top, bottom))
    for place, one in enumerate(falls):
        middle = top + row * (place + 0.5)
        low, high = sorted((x.at(one.start), x.at(one.end)))
        kind = "total" if one.total else "luck" if one.says == "Luck" else "gain" if one.end >= one.start else "loss"
        width = max(high - low, 0.75)
        parts.append(text(LABEL - 10, middle, one.says, "name", "end"))
        parts.append(tag("rect", x=low, y=middle - 10, width=width, height=20, class_=f"fall {kind}"))
        parts.append(text(high + 6, middle, one.shown, "figure", "start"))
        if place + 1 < len(falls):
            end = x.at(one.end)
            parts.append(tag("line", x1=end, x2=end, y1=middle + 10, y2=middle + row - 10, class_="link"))
    says = "; ".join(f"{one.says}: {one.shown}" for one in falls)
    return chart("waterfall", "From what was expected to the result", f"{says}.", bottom + 30, *parts)


def losses(decisions: Sequence[DecisionRow]) -> Element:
    """Points lost by each decision where there was a choice, with the 95 % interval as a whisker."""
    counted_ones = [one for one in decisions if one.counts]
    ends = [(max(0.0, one.lost - one.half), one.lost + one.half) for one in counted_ones]
    top, bottom = 20.0, 220.0
    ticks = steps(0.0, max([5.0, *(high for _, high in ends)]))
    y = Scale(ticks[0], ticks[-1], bottom, top)
    slot = (RIGHT - LEFT) / max(len(counted_ones), 1)
    parts = list(y_axis(y, ticks, LEFT, RIGHT))
    for place, (one, (low, high)) in enumerate(zip(counted_ones, ends, strict=True)):
        middle = LEFT + slot * (place + 0.5)
        breadth = min(22.0, slot * 0.62)
        parts.append(bar(y.at(0.0), y.at(one.lost), middle - breadth / 2, breadth, f"lost {one.mark}".strip()))
        if one.half > 0.0:
            parts.append(tag("line", x1=middle, x2=middle, y1=y.at(low), y2=y.at(high), class_="whisker"))
        if one.sign:
            parts.append(text(middle, y.at(high) - 9, one.sign, "sign"))
    parts += _weeks_of(counted_ones, slot, bottom)
    marked = [f"{one.when} {one.mark}, {plain(one.lost)} points" for one in counted_ones if one.mark]
    says = f"{counted(len(counted_ones), 'decision')}. {f'With a mark: {listed(marked)}.' if marked else 'No marks.'}"
    return chart("losses", "Points lost by each decision", says, bottom + 42, *parts)


def _weeks_of(decisions: Sequence[DecisionRow], slot: float, bottom: float) -> list[Element]:
    """Where each week begins among decisions."""
    firsts = {one.week: place for place, one in reversed(list(enumerate(decisions)))}
    names = sorted(firsts)
    edges = [LEFT + slot * firsts[week] for week in names]
    middles = [(a + b) / 2 for a, b in zip(edges, [*edges[1:], RIGHT], strict=True)]
    lines = [tag("line", x1=edge, x2=edge, y1=bottom, y2=bottom + 6, class_="grid") for edge in edges]
    below = weeks_below(names, middles, bottom + 16, RIGHT - LEFT)
    return [*lines, *below, text((LEFT + RIGHT) / 2, bottom + 34, "week", "name")]


def luck(weeks: Sequence[WeekRow]) -> Element:
    """What the end of each week brought beyond what was to be expected."""
    points = [one.after - one.decided for one in weeks]
    top, bottom = 14.0, 190.0
    ticks = steps(min(-5.0, *points), max(5.0, *points))
    y = Scale(ticks[0], ticks[-1], bottom, top)
    slot = (RIGHT - LEFT) / len(weeks)
    parts = list(y_axis(y, ticks, LEFT, RIGHT))
    middles = [LEFT + slot * (place + 0.5) for place in range(len(weeks))]
    breadth = min(30.0, slot * 0.62)
    for one, value, middle in zip(weeks, points, middles, strict=True):
        kind = "good" if value >= 0.0 else "bad"
        parts.append(bar(y.at(0.0), y.at(value), middle - breadth / 2, breadth, f"chance {kind}"))
        if slot >= 34.0:
            parts.append(text(middle, y.at(value) + (-8 if value >= 0.0 else 9), one.luck, "figure"))
    parts += weeks_below([one.week for one in weeks], middles, bottom + 18, RIGHT - LEFT)
    parts.append(text((LEFT + RIGHT) / 2, bottom + 36, "week", "name"))
    says = "; ".join(f"{one.when}: {one.luck}" for one in weeks)
    return chart("luck", "Luck, week by week", f"{says}.", bottom + 46, *parts)


def calibration(bins: Sequence[tuple[float, float, int]]) -> Element:
    """Stated confidence against the share that came true; on the diagonal words are what they say."""
    top, bottom, left, right = 30.0, 320.0, LEFT, LEFT + 290.0
    x, y = Scale(0.0, 100.0, left, right), Scale(0.0, 100.0, bottom, top)
    parts = [*y_axis(y, SCORES, left, right), *x_axis(x, SCORES, top, bottom)]
    parts.append(tag("line", x1=left, y1=bottom, x2=right, y2=top, class_="diagonal"))
    for stated, kept, many in bins:
        a, b = x.at(100.0 * stated), y.at(100.0 * kept)
        parts.append(tag("circle", cx=a, cy=b, r=6.0 + min(many, 10), class_="word"))
        parts.append(text(a, b, f"{many}", "count"))
    parts.append(text((left + right) / 2, bottom + 36, "confidence given, %", "name"))
    parts.append(text(left - 34, top - 18, "came true, %", "name", "start"))
    told = [f"{100 * stated:.0f} % given, {100 * kept:.0f} % of {many} came true" for stated, kept, many in bins]
    return chart("calibration", "Your word against what came", f"{'; '.join(told)}.", bottom + 46, *parts, width=SMALL)


def evidence(rows: Sequence[EvidenceRow]) -> Element:
    """The chance of having each competency, against where everybody begins and what counts as mastered."""
    row, top = 30.0, 28.0
    bottom = top + row * len(rows)
    x = Scale(0.0, 100.0, LABEL, RIGHT - 140)
    parts = list(x_axis(x, SCORES, top, bottom))
    for level, word in ((KNOWN_FIRST, "begin"), (MASTERY, "mastered")):
        place = x.at(100.0 * level)
        parts.append(tag("line", x1=place, x2=place, y1=top, y2=bottom, class_="level"))
        parts.append(text(place, top - 12, f"{word}, {100.0 * level:g}", "key"))
    for place, one in enumerate(rows):
        middle, end = top + row * (place + 0.5), x.at(100.0 * one.known)
        width, kind = end - LABEL, "known mastered" if one.mastered else "known"
        parts.append(text(LABEL - 10, middle, one.title, "name", "end"))
        parts.append(tag("rect", x=LABEL, y=middle - 8, width=width, height=16, class_=kind))
        parts.append(text(x.at(100.0) + 10, middle, f"{one.chance}, {one.held}", "figure", "start"))
    parts.append(text((LABEL + x.at(100.0)) / 2, bottom + 36, "chance that you have it, %", "name"))
    says = "; ".join(f"{one.title}: {one.chance}, {one.held}" for one in rows)
    return chart("evidence", "Evidence of competencies", f"{says}.", bottom + 46, *parts)


def course(one: Series, name: str) -> Element:
    """One visible number over the weeks."""
    top, bottom, left, right = 14.0, 150.0, 66.0, SMALL - 12.0
    values = [value for _, value in one.points]
    ticks = steps(min(values), max(values), 3)
    y = Scale(ticks[0], ticks[-1], bottom, top)
    x = Scale(one.points[0][0], max(one.points[-1][0], one.points[0][0] + 1), left, right)
    places = [(x.at(week), y.at(value)) for week, value in one.points]
    parts = [*y_axis(y, ticks, left, right), path(places, "course")]
    parts += [tag("circle", cx=a, cy=b, r=3, class_="value") for a, b in places]
    weeks = [week for week, _ in one.points]
    parts += weeks_below(weeks, [x.at(week) for week in weeks], bottom + 18, right - left)
    unit = f" {one.unit}" if one.unit else ""
    first, last = round(one.points[0][1]), round(one.points[-1][1])
    says = (
        f"{one.title}: from {first:,}{unit} to {last:,}{unit} ({last - first:+,}), lowest "
        f"{min(values):,.0f}, highest {max(values):,.0f}."
    )
    return chart(name, f"{one.title}, at the start of each week", says, bottom + 32, *parts, width=SMALL)
