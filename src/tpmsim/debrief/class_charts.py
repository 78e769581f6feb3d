"""The pictures of a class as SVG: each a pure function of numbers, with its title and the same in words."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from tpmsim.debrief.plot import WIDTH, Scale, bar, chart, steps, text, x_axis, y_axis
from tpmsim.debrief.tags import tag

LEFT, RIGHT = 52.0, WIDTH - 16.0
"""Sides of what is plotted."""

LABEL = 330.0
"""Room for the words before a lying bar."""

ROW = 26.0


def distribution(bands: Sequence[int], width: int) -> Element:
    """How many runs lie in each band of the score.

    Args:
        bands: runs in each, from the lowest.
        width: points of a band.
    """
    top, bottom = 14.0, 190.0
    ticks = steps(0.0, float(max([1, *bands])), 4)
    y = Scale(ticks[0], ticks[-1], bottom, top)
    slot = (RIGHT - LEFT) / len(bands)
    parts = list(y_axis(y, ticks, LEFT, RIGHT))
    for place, count in enumerate(bands):
        left = LEFT + slot * place
        parts.append(bar(y.at(0.0), y.at(count), left + 3, slot - 6, "band"))
        parts.append(text(left + slot / 2, bottom + 16, f"{place * width}-{(place + 1) * width}", "tick"))
        if count:
            parts.append(text(left + slot / 2, y.at(count) - 9, f"{count}", "figure"))
    parts.append(text((LEFT + RIGHT) / 2, bottom + 36, "score", "name"))
    says = "; ".join(f"{place * width} to {(place + 1) * width}: {count}" for place, count in enumerate(bands))
    return chart("distribution", "Runs by score", f"{says}.", bottom + 46, *parts)


def answers(name: str, title: str, ways: Sequence[tuple[str, int, float | None]]) -> Element:
    """Of each answer to a decision how many gave it, and how these fared on average.

    Args:
        name: of the chart.
        title: the decision.
        ways: the answer, how many gave it, their mean score.
    """
    top = 24.0
    bottom = top + ROW * len(ways)
    x = Scale(0.0, 100.0, LABEL, RIGHT - 60)
    parts = list(x_axis(x, (0.0, 25.0, 50.0, 75.0, 100.0), top, bottom))
    parts.append(text(RIGHT, top - 12, "runs", "tick", "end"))
    for place, (says, runs, mean) in enumerate(ways):
        middle = top + ROW * (place + 0.5)
        parts.append(text(LABEL - 10, middle, says, "answer", "end"))
        parts.append(text(RIGHT, middle, f"{runs}", "figure", "end"))
        if mean is not None:
            width = x.at(mean) - x.at(0.0)
            parts.append(tag("rect", x=x.at(0.0), y=middle - 8, width=max(width, 0.75), height=16, class_="fared"))
            parts.append(text(x.at(mean) + 6, middle, f"{mean:.1f}", "figure", "start"))
    parts.append(text(x.at(50.0), bottom + 36, "mean score", "name"))
    told = [
        f"{says}: {runs} runs, {f'mean {mean:.1f}' if mean is not None else 'none ended'}" for says, runs, mean in ways
    ]
    return chart(name, title, f"{'; '.join(told)}.", bottom + 46, *parts)


def kept(words: Sequence[tuple[float, int, int]]) -> Element:
    """Stated confidence against the share that came true; on the diagonal words are what they say.

    Args:
        words: the confidence, how often it was given, how often it came true.
    """
    top, bottom, left, right = 34.0, 284.0, LEFT, LEFT + 250.0
    x, y = Scale(0.0, 100.0, left, right), Scale(0.0, 100.0, bottom, top)
    ticks = (0.0, 25.0, 50.0, 75.0, 100.0)
    parts = [*y_axis(y, ticks, left, right), *x_axis(x, ticks, top, bottom)]
    parts.append(tag("line", x1=left, y1=bottom, x2=right, y2=top, class_="diagonal"))
    for stated, given, right_ones in words:
        at, came = x.at(100.0 * stated), y.at(100.0 * right_ones / given)
        parts.append(tag("circle", cx=at, cy=came, r=7.0, class_="word"))
        parts.append(text(at - 12, came, f"{given}", "count", "end"))
    parts.append(text((left + right) / 2, bottom + 36, "confidence given, %", "name"))
    parts.append(text(left, top - 14, "came true, %", "name", "start"))
    told = [
        f"{100 * stated:.0f} % given, {100 * held / many:.0f} % of {many} came true" for stated, many, held in words
    ]
    return chart("kept", "Words against what came", f"{'; '.join(told)}.", bottom + 46, *parts, width=right + 20.0)
