"""Points in words: signed, with intervals, and rounded so that they add up on paper."""

from tpmsim.game.wording.labels import QUOTES
from tpmsim.game.wording.prose import signed

SIGNS = {"blunder": "??", "mistake": "?", "inaccuracy": "?!", "only move": "!", "good gamble": "!?", "": ""}
"""By mark, as chess players write them."""

LEGEND = "  ".join(f"{sign} {mark}" for mark, sign in SIGNS.items() if sign)
"""What the signs mean."""


def plain(value: float) -> str:
    """Points: `47.6`; nothing is 0.0, never -0.0."""
    return f"{value:.1f}".replace("-0.0", "0.0") if abs(value) < 0.1 else f"{value:.1f}"


def change(value: float) -> str:
    """A difference: `+3.1`, `-2.0`; nothing is 0.0."""
    return signed(value)


def around(width: float) -> str:
    """The half-width of a 95 % interval: `±5.1`."""
    return f"±{width:.1f}"


def between(low: float, high: float) -> str:
    """An interval: `26.5 to 55.7`."""
    return f"{plain(low)} to {plain(high)}"


def step(old: float, new: float) -> str:
    """The difference of two values as it is between their written forms, so that a chain adds up on paper."""
    return signed(round(new, 1) - round(old, 1))


def quoted(text: str) -> str:
    """A move within a sentence; what somebody says stands in quotes already."""
    return text if text.startswith(QUOTES) else f'"{text}"'


def sentence(text: str) -> str:
    """The text with a full stop, unless it ends with dots already."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def week(number: int) -> str:
    """The name of a week within a sentence."""
    return f"week {number}" if number else "the planning week"


def label(number: int) -> str:
    """The name of a week by itself."""
    return f"Week {number}" if number else "Planning week"
