"""A what-if in words, as plain frozen data: what could have been done otherwise, both ways, and the fan.

The command and the screen lay out the same sentences. Every text is one line, already cleaned, in the words of the
scenario.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tpmsim.debrief.courses import Course
from tpmsim.debrief.judging import half
from tpmsim.debrief.text_charts import span
from tpmsim.debrief.whatif import WITHOUT, Fan, Other, Spread, Turn, Way, Ways, others
from tpmsim.debrief.wording.points import change, plain, quoted, week
from tpmsim.game.replay import Replayed
from tpmsim.game.view import View
from tpmsim.game.wording.groups import secret
from tpmsim.game.wording.prose import line_of
from tpmsim.text import shown

ONE_WORLD = "One branch is one world: what was sound can go wrong in it, and luck can make a poor move look well."
SCORE = "Score as it stood"
STEP = 10.0
"""Points: the scale of the score begins and ends at whole steps."""

LABELS = ("without", "with")
LEFT_LABELS = ("as done", "left out")
NOTHING_DONE = "Nothing of the kind"
NO_PRICE = "no hours"
ONCE_MORE = ", once more"
UNSAID = "commit:"
"""Moves whose preview says no more than their name."""

LEFT_OUT = "Left out, as it was not legal any more:"


@dataclass(frozen=True, slots=True)
class Offered:
    """A move that could have been made.

    Attributes:
        move: its id; WITHOUT and an id for none in the place of that.
        says: what it is called.
        instead: what was done in its place; empty where it would have been added.
        price: hours and money.
        does: what it may do, as far as that could be known then.
    """

    move: str
    says: str
    instead: str
    price: str
    does: str


@dataclass(frozen=True, slots=True)
class Track:
    """A number of both ways over the weeks.

    Attributes:
        title: what it is called.
        was, now: its values by week.
        ends: lowest and highest value of its scale, each as it is written.
        figures: week by week, as they are written: week, run, branch; empty where one of them was over.
    """

    title: str
    was: Mapping[int, float]
    now: Mapping[int, float]
    ends: tuple[tuple[float, str], tuple[float, str]]
    figures: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True)
class WaysPage:
    """Both ways of a run in words.

    Attributes:
        turned: what was done otherwise, and when.
        week: in which they part.
        was, now: how they ended, or that they go on.
        told: how the branch went on: what was left out, what had to be answered, who played on.
        tracks: the score, then the main numbers.
        over: whether the branch has ended.
    """

    turned: str
    week: int
    was: str
    now: str
    told: tuple[str, ...]
    tracks: tuple[Track, ...]
    over: bool


@dataclass(frozen=True, slots=True)
class FanPage:
    """The fan in words.

    Attributes:
        head: how many futures, of what kind, and who plays on.
        spreads: without the other move and with it; with a move and without it, where it is left out.
        gain: the mean difference with its interval.
        share: in how many futures the other way brings more, and in how many less.
    """

    head: str
    spreads: tuple[tuple[str, Spread], ...]
    gain: str
    share: str


def offered(run: Replayed, number: int) -> tuple[Offered, ...]:
    """The other ways of a week, in the order of `others`; no move whose name nobody had told the player.

    Args:
        run: exact.
        number: of the week.

    Raises:
        InputRefused: the run never came to that week.
    """
    view, found = View(run.loaded), others(run, number)
    places = {id(one.at): one.at for one in found}
    seen = {place: at.observation for place, at in places.items()}
    priced = {(place, row.id): view.price(row) for place, at in places.items() for row in at.choices}

    def row(one: Other) -> Offered:
        instead = view.label(one.replaced, number) if one.replaced else ""
        if one.move.startswith(WITHOUT):
            return Offered(one.move, NOTHING_DONE, instead, NO_PRICE, "")
        does = view.preview(one.move, seen[id(one.at)]) if not one.move.startswith(UNSAID) else ""
        says = f"{view.label(one.move, number)}{ONCE_MORE if one.move in one.at.made else ''}"
        return Offered(one.move, says, instead, priced[id(one.at), one.move], does)

    return tuple(row(one) for one in found if not secret(seen[id(one.at)], one.move))


def ways_page(both: Ways) -> WaysPage:
    """Both ways in words."""
    loaded = both.was.loaded
    assert loaded is not None
    view = View(loaded)
    return WaysPage(
        turned=turned(both.turn, view),
        week=both.turn.week,
        was=ending(both.was),
        now=ending(both.now),
        told=tuple(told(both.way, both.turn.week, view)),
        tracks=tuple(_tracks(both, view)),
        over=both.now.points is not None,
    )


def turned(at: Turn, view: View) -> str:
    """What is done otherwise, and in which week."""
    if not at.move:
        return f"What if, in {week(at.week)}: {quoted(view.label(at.replaced))}, left out."
    instead = f"in place of {quoted(view.label(at.replaced))}" if at.replaced else "added to what was done"
    return f"What if, in {week(at.week)}: {quoted(view.label(at.move))}, {instead}."


def ending(one: Course) -> str:
    """How a run ended."""
    if one.points is None:
        return "goes on"
    assert one.loaded is not None
    return f"{one.points:.1f}, {line_of(one.loaded.scenario.endings[one.ending].title)}"


def told(way: Way, since: int, view: View) -> Iterator[str]:
    """How the branch went on.

    Args:
        way: it.
        since: the week of the turn.
        view: the words of the scenario.
    """
    if way.dropped:
        yield LEFT_OUT
    for one in way.dropped:
        yield f"  {week(one.week)}: {view.label(one.move)} ({one.why})"
    for number, move in way.forced:
        yield f"In {week(number)} a card had to be answered that you never met: {quoted(view.label(move))}."
    if way.policy:
        whose = "the policy" if way.since == since else "your run was over by then; the policy"
        yield f"From {week(way.since)} on {whose} '{shown(way.policy)}' played."


def _tracks(both: Ways, view: View) -> Iterator[Track]:
    def points(one: Course) -> dict[int, float]:
        return {each.week: each.points for each in one.weeks if each.points is not None}

    was, now = points(both.was), points(both.now)
    if was or now:
        written = ({number: plain(value) for number, value in one.items()} for one in (was, now))
        yield Track(SCORE, was, now, _steps((*was.values(), *now.values())), _figures(*written))
    for name in view.main_numbers:
        yield from _track(both, view, name)


def _steps(values: Sequence[float]) -> tuple[tuple[float, str], tuple[float, str]]:
    """The ends of a scale of whole steps on which all of these have room."""
    low = STEP * math.floor(min(values) / STEP)
    high = max(STEP * math.ceil(max(values) / STEP), low + STEP)
    return (low, f"{low:g}"), (high, f"{high:g}")


def _track(both: Ways, view: View, name: str) -> Iterator[Track]:
    """A visible number, in the unit in which it is shown."""
    was, now = (
        {one.week: one.numbers[name] for one in course.weeks if name in one.numbers} for course in (both.was, both.now)
    )
    if not was and not now:
        return
    figures = view.figures
    low, high = min((*was.values(), *now.values())), max((*was.values(), *now.values()))
    yield Track(
        figures.title(name),
        {number: figures.shown(name, value) for number, value in was.items()},
        {number: figures.shown(name, value) for number, value in now.items()},
        ((figures.shown(name, low), figures.bare(name, low)), (figures.shown(name, high), figures.bare(name, high))),
        _figures(*({number: figures.bare(name, value) for number, value in one.items()} for one in (was, now))),
    )


def _figures(was: Mapping[int, str], now: Mapping[int, str]) -> tuple[tuple[int, str, str], ...]:
    return tuple((number, was.get(number, ""), now.get(number, "")) for number in sorted({*was, *now}))


# The fan


def fan_page(one: Fan) -> FanPage:
    """The fan in words."""
    return FanPage(
        head=f"The fan: {one.n} futures of each, in worlds that fit what could be known then; "
        f"'{shown(one.policy)}' plays on.",
        spreads=tuple(zip(LEFT_LABELS if one.left_out else LABELS, (one.without, one.with_), strict=True)),
        gain=_gain(one),
        share=_shares(one),
    )


def fan_chart(page: FanPage, cells: int) -> Iterator[str]:
    """The fan as lines of letters: 10, 50 and 90 % of the futures on a scale of 0 to 100.

    Args:
        page: the fan.
        cells: columns of the scale.
    """
    yield f"{'':<9}{'10 %':>6}{'50 %':>6}{'90 %':>6}  0{'100':>{cells - 1}}"
    for name, one in page.spreads:
        figures = "".join(f"{value:>6.1f}" for value in (one.low, one.middle, one.high))
        yield f"{name:<9}{figures}  {span(one.low, one.middle, one.high, cells)}"


def _gain(one: Fan) -> str:
    width, value = half(one.gain.error, one.gain.of), one.gain.value
    sure = f"{change(value - width)} and {change(value + width)} (95 %)" if width < float("inf") else ""
    which, span = "Without" if one.left_out else "With", f"between {sure}" if sure else "or anything"
    return f"{which} the move {change(value)} points on average, {span}."


def _shares(one: Fan) -> str:
    which = "Leaving it out" if one.left_out else "It"
    told = f"{which} brings more in {_share(one.better, one.n)} of them and less in {_share(one.worse, one.n)}"
    return f"{told}; in the others it makes no difference." if one.better + one.worse < one.n else f"{told}."


def _share(count: int, of: int) -> str:
    """A share in whole per cents; none of it and all of it are said only where they are meant."""
    if 0 < 200 * count < of:
        return "under 1 %"
    if 0 < 200 * (of - count) <= of:
        return "over 99 %"
    return f"{100.0 * count / of:.0f} %"
