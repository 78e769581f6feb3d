"""What all charts are made of: scales, axes, and the frame with its title and its description in words."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from tpmsim.debrief.tags import Child, tag

WIDTH = 720.0
"""Units of the view box of a chart."""


@dataclass(frozen=True, slots=True)
class Scale:
    """From numbers to places: `low` stands at `start`, `high` at `end`."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """The place of a number."""
        return self.start + (value - self.low) * (self.end - self.start) / (self.high - self.low)


FLAT = 1e-6
"""Share of a value below which a change of it is none."""


def steps(low: float, high: float, most: int = 5) -> tuple[float, ...]:
    """Round numbers from at most `low` to at least `high`, about so many."""
    if high - low < FLAT * max(1.0, abs(low)):
        high = low + 1.0  # what does not move is drawn on a scale of whole numbers, not of noise
    span = high - low
    unit = 10.0 ** math.floor(math.log10(span / most))
    step = next(unit * times for times in (1.0, 2.0, 2.5, 5.0, 10.0) if unit * times * most >= span)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(round(place * step, 10) for place in range(first, max(last, first + 1) + 1))


def chart(name: str, title: str, says: str, height: float, *parts: Child, width: float = WIDTH) -> Element:
    """The frame of a chart.

    Args:
        name: of the chart, for its ids.
        title: what it shows.
        says: the same in words, for those who do not see it.
        height: in units of the view box.
        parts: what is drawn.
        width: in the same units.
    """
    return tag(
        "svg",
        tag("title", title, id=f"{name}-title"),
        tag("desc", says, id=f"{name}-desc"),
        *parts,
        viewBox=f"0 0 {width:g} {height:g}",
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        class_=f"plot {name}",
    )


def y_axis(scale: Scale, ticks: Sequence[float], left: float, right: float) -> Iterator[Element]:
    """Lines across, with their numbers at the left."""
    for value in ticks:
        place = scale.at(value)
        yield tag("line", x1=left, x2=right, y1=place, y2=place, class_="zero" if value == 0.0 else "grid")
        yield text(left - 8, place, f"{value:,g}", "tick y", "end")


def x_axis(scale: Scale, ticks: Sequence[float], top: float, bottom: float) -> Iterator[Element]:
    """Lines down, with their numbers below."""
    for value in ticks:
        place = scale.at(value)
        yield tag("line", x1=place, x2=place, y1=top, y2=bottom, class_="zero" if value == 0.0 else "grid")
        yield text(place, bottom + 16, f"{value:,g}", "tick x")


def weeks_below(weeks: Sequence[int], places: Sequence[float], y: float, room: float) -> Iterator[Element]:
    """Numbers of weeks, as many as have room."""
    every = max(1, math.ceil(22.0 * len(weeks) / room))
    for count, (week, place) in enumerate(zip(weeks, places, strict=True)):
        if count % every == 0:
            yield text(place, y, f"{week}", "tick week")


def text(x: float, y: float, words: str, kind: str, anchor: str = "middle") -> Element:
    """Words at a place: halfway up, and before, around or behind it."""
    return tag("text", words, x=x, y=y, class_=kind, text_anchor=anchor, dominant_baseline="middle")


def bar(low: float, high: float, across: float, breadth: float, kind: str) -> Element:
    """A bar that stands, between two heights."""
    top, bottom = min(low, high), max(low, high)
    return tag("rect", x=across, y=top, width=breadth, height=max(bottom - top, 0.75), class_=kind)


def path(points: Sequence[tuple[float, float]], kind: str) -> Element:
    """A line through points."""
    return tag("polyline", points=" ".join(f"{x:.2f},{y:.2f}" for x, y in points), class_=kind)
