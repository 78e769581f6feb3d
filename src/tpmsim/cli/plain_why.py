"""What happened in plain mode, and why: the reveal of a week, the causes of a number, the log."""

from collections.abc import Iterable, Iterator

from tpmsim.core.observe import Observation
from tpmsim.game import reveal as pages
from tpmsim.game.desk import Desk
from tpmsim.game.events import Event
from tpmsim.game.pages import Happening, Reveal, Sum
from tpmsim.game.view import View


def reveal(page: Reveal) -> list[str]:
    """The week that ended, line by line, then the numbers with their causes and the forecasts."""
    steps = [f"    {one.title} {one.step}: {one.causes}" for one in page.steps]
    judged = [
        f"  You forecast {one.title} at {one.said}. It is {one.came}: {'within' if one.within else 'outside'}."
        for one in page.judged
    ]
    changed = ["What changed:", *steps] if steps else []
    return [f"--- {page.title} ---", *map(_bullet, page.happened), *changed, *judged]


def happened(view: View, events: Iterable[Event], after: Observation) -> Iterator[str]:
    """What is worth a line of a week; a line that belongs to the one above it is indented."""
    for one in pages.happened(view, events, after):
        yield f"  {one.text}" if one.below else one.text


def why(desk: Desk, name: str) -> list[str]:
    """The causes of a number: this week, last week, and over the run; each list adds up exactly."""
    page = desk.why(name)
    sums = [line for one in page.sums for line in _sum(one)]
    return [f"{page.title}: {page.value}. {page.says}", *sums, *page.more]


def log(desk: Desk) -> list[str]:
    """What was done and what happened, week by week."""
    told = ["Log:"]
    for week in desk.log():
        told.append(f"  {week.title}")
        told += [f"    - you: {move}" for move in week.made]
        told += [f"  {_bullet(one)}" for one in week.happened]
        told += [f"    - note: {text}" for text in week.notes]
    return told if len(told) > 1 else ["Nothing has happened yet."]


def _bullet(one: Happening) -> str:
    """A line of what happened; one that belongs to the line above is set below it."""
    return f"      {one.text}" if one.below else f"  - {one.text}"


def _sum(page: Sum) -> list[str]:
    """A list of causes between the old and the new value."""
    rows = ((page.before, "before"), *((one.change, one.judged) for one in page.rows), (page.after, "after"))
    width = max(len(figure.lstrip("+-")) for figure, _ in rows) + len("+")
    return [f"{page.title}:", *(f"  {figure:>{width}}  {text}" for figure, text in rows)]
