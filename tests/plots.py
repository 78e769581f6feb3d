"""Pictures as a reader sees them: places are read off the axes and turned back into numbers."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

NEAR = 0.02
"""Points that three decimals of a place may hide."""


def of(picture: Element, kind: str) -> list[Element]:
    """Elements of a class."""
    return [one for one in picture.iter() if kind in one.get("class", "").split()]


def axis(picture: Element, which: str) -> Callable[[float], float]:
    """From places to numbers, by two ticks of an axis."""
    ticks = [one for one in of(picture, "tick") if which in one.get("class", "").split()]
    ends = [(float(one.get(which, "")), float((one.text or "").replace(",", ""))) for one in (ticks[0], ticks[-1])]
    (a, first), (b, last) = ends
    return lambda place: first + (place - a) * (last - first) / (b - a)


def number(element: Element, name: str) -> float:
    """An attribute as a number."""
    return float(element.get(name, ""))
