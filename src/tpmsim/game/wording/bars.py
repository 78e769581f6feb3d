"""Bars drawn with letters: how much of something there is, and where a mark stands on the same scale."""

FULL, EMPTY, MARK = "#", "-", "|"


def bar(share: float, cells: int) -> str:
    """A share, 0..1, as a bar of so many cells."""
    filled = _cell(share, cells)
    return FULL * filled + EMPTY * (cells - filled)


def marked_bar(share: float, mark: float, cells: int) -> str:
    """A share as a bar with a mark at another share: a bar that passes the mark is the larger of the two."""
    drawn = bar(share, cells)
    at = _cell(mark, cells)
    return f"{drawn[:at]}{MARK}{drawn[at:]}"


def _cell(share: float, cells: int) -> int:
    return min(max(round(share * cells), 0), cells)
