"""Bars of a debrief, in letters that every terminal has: steps of a level, changes around nothing, intervals."""

LOWEST, HIGHEST = 0.0, 100.0
"""Ends of the scale of a result."""


def scale(values: list[float]) -> tuple[float, float]:
    """The scale of results on which these have room."""
    return min(LOWEST, *values), max(HIGHEST, *values)


def level_bar(start: float, end: float, total: bool, ends: tuple[float, float], cells: int) -> str:
    """A step from a level to a level: `=` a level itself, `+` what was added, `-` what was lost."""
    first, last = sorted(place(value, ends, cells) for value in (start, end))
    sign = "=" if total else "+" if end >= start else "-"
    return f"{' ' * first}{sign * max(last - first, 1 if start != end else 0)}"[:cells].ljust(cells)


def signed_bar(value: float, most: float, cells: int) -> str:
    """A change around a stroke in the middle: `-` to the left of it, `+` to the right."""
    half = cells // 2
    length = min(round(abs(value) / most * half), half) if most > 0.0 else 0
    left, right = ("-" * length, "") if value < 0.0 else ("", "+" * length)
    return f"{left:>{half}}|{right:<{half}}"


def span_bar(low: float, middle: float, high: float, sign: str, ends: tuple[float, float], cells: int) -> str:
    """An interval on a scale, with a sign at its middle: `|---o---|`."""
    drawn = [" "] * cells
    first, at, last = (place(value, ends, cells - 1) for value in (low, middle, high))
    drawn[first : last + 1] = ["|", *["-"] * (last - first - 1), "|"] if last > first else ["|"]
    drawn[at] = sign
    return "".join(drawn)


def place(value: float, ends: tuple[float, float], cells: int) -> int:
    """The column of a value, from 0 to `cells`."""
    low, high = ends
    return min(max(round((value - low) / (high - low) * cells), 0), cells) if high > low else 0
