"""What can be looked up in plain mode at any time, by the word that is typed for it. Nothing here changes the run."""

from collections.abc import Callable

from tpmsim.cli import plain_aids as aids
from tpmsim.cli import plain_pages as pages
from tpmsim.cli import plain_why as causes
from tpmsim.cli.plain_moves import figures_named
from tpmsim.game.desk import Desk
from tpmsim.game.wording.prose import listed
from tpmsim.text import quoted

MOST_NUMBERS = 2
"""So many numbers that fit a word are told one after the other, such as trust and mood of a person."""


def why(desk: Desk, rest: str) -> list[str]:
    """The causes of a number; without a number the list of them."""
    if not rest:
        return pages.numbers(desk)
    names = figures_named(desk.view, rest)
    if not names:
        return [f"No number {quoted(rest)}; n lists them."]
    if len(names) > MOST_NUMBERS:
        titles = listed((desk.view.figures.title(name) for name in names), "or")
        return [f"Which number? {titles}. n lists them with a number for each."]
    return [line for name in names for line in causes.why(desk, name)]


Lookup = Callable[[Desk, str], list[str]]

LOOKUPS: dict[str, Lookup] = {
    **dict.fromkeys(("w", "why"), why),
    **dict.fromkeys(("n", "numbers"), lambda desk, _: pages.numbers(desk)),
    **dict.fromkeys(("p", "people"), lambda desk, _: pages.people(desk.view, desk.seen)),
    **dict.fromkeys(("r", "roadmap"), lambda desk, _: pages.roadmap(desk.view, desk.seen)),
    **dict.fromkeys(("k", "beliefs"), lambda desk, _: pages.beliefs(desk.view, desk.seen)),
    **dict.fromkeys(("t", "timetable", "schedule"), lambda desk, _: aids.timetable(desk)),
    **dict.fromkeys(("x", "aids"), lambda desk, _: aids.aids(desk)),
    **dict.fromkeys(("l", "log"), lambda desk, _: causes.log(desk)),
    **dict.fromkeys(("?", "h", "help"), lambda desk, _: list(pages.HELP)),
    **dict.fromkeys(("words", "glossary"), lambda desk, _: pages.words()),
}
