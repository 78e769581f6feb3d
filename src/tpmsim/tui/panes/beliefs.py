"""What is believed of each need in each segment, and on what it rests."""

from collections.abc import Iterator
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.content import Content

from tpmsim.core.observe import Belief
from tpmsim.game.desk import Desk
from tpmsim.game.menus import group_menu
from tpmsim.game.wording.beliefs import CELLS, LEFT, RIGHT, effort, sureness
from tpmsim.game.wording.kano import sort_of
from tpmsim.game.wording.prose import capital, counted, listed, signed
from tpmsim.tui.messages import Open
from tpmsim.tui.panes.listed import Grid, Listed
from tpmsim.tui.shown import GOOD, QUIET, STRONG, cell, joined, line, lines
from tpmsim.tui.widgets.choices import Line
from tpmsim.tui.widgets.rows import Column, Row, Rows

BAR = CELLS + 2
"""Columns of the bar of a belief."""

WIDE_COLUMNS = (
    Column("bar", "worth to them", BAR),
    Column("middle", "most likely", 19),
    Column("sure", "how sure", 11),
    Column("answers", "answers", 19),
)
NARROW_COLUMNS = (
    Column("bar", "worth to them", BAR),
    Column("middle", "likely +-", 10),
    Column("sure", "how sure", 11),
    Column("answers", "ans.", 4),
)
SHORT_COLUMNS = (Column("bar", "worth to them", BAR), Column("middle", "like", 4), Column("sure", "how sure", 11))
"""What follows segment and need: beside each other, at 80 columns, and at 80 columns with a segment in each row."""


class Beliefs(Listed):
    """What is believed of each need in each segment, and on what it rests."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("s", "sort", "by segment or by worth", show=False)]

    def __init__(self) -> None:
        super().__init__(id="beliefs")
        self._by_worth = False

    def headline(self, desk: Desk) -> Content:
        by, other = ("By worth", "by segment") if self._by_worth else ("By segment", "by worth")
        return line(f"{by} (s: {other}).  o most likely, --- 8 of 10 times, : worth nothing", QUIET)

    def grid(self, desk: Desk, wide: bool) -> Grid:
        return self._shape(wide), tuple(self._rows(desk, wide))

    def told(self, desk: Desk, row: str) -> Content:
        one = _belief(desk, row)
        return lines(*(_of_segment(desk, row) if one is None else _of_belief(desk, one)))

    def doable(self, desk: Desk, row: str) -> tuple[str, tuple[Line, ...]]:
        given = (_instrument(desk, name, self.wide) for name in desk.view.scenario.instruments)
        return "How to learn more", tuple(sorted(given, key=lambda one: not one.id))

    def chosen(self, name: str) -> None:
        self.post_message(Open("learn", name))

    def on_rows_headed(self, event: Rows.Headed) -> None:
        """A click on a header: by segment or need they stay together, by the others the strongest comes first."""
        event.stop()
        self._sort(event.column not in ("segment", "need") or not self._by_worth)

    def action_sort(self) -> None:
        """Sort by segment, or by worth."""
        self._sort(not self._by_worth)

    def describe(self, desk: Desk) -> str:
        seen, titles = desk.seen, desk.view.titles
        if not seen.beliefs:
            return "Nothing is believed of any need yet."
        most = max(seen.beliefs, key=lambda one: one.mean)
        answered = sum(bool(one.answers) for one in seen.beliefs)
        about = f"{titles.need(most.need)} for {titles.segment(most.segment)}, {desk.view.backlog.judged(most)}"
        return f"{counted(len(seen.beliefs), 'belief')}, {answered} of them with answers; worth most: {about}."

    def _shape(self, wide: bool) -> tuple[Column, ...]:
        if self._by_worth and wide:
            return (Column("segment", "segment", 12, 1), Column("need", "need", 18, 2), *WIDE_COLUMNS)
        if wide:
            return (Column("need", "need", 26, 1), *WIDE_COLUMNS)
        if self._by_worth:
            return (Column("segment", "segment", 10, 1), Column("need", "need", 16, 2), *SHORT_COLUMNS)
        return (Column("need", "need", 17, 1), *NARROW_COLUMNS)

    def _sort(self, by_worth: bool) -> None:
        self._by_worth = by_worth
        if self._desk is not None:
            self.show(self._desk)

    def _rows(self, desk: Desk, wide: bool) -> Iterator[Row]:
        if self._by_worth:
            for one in sorted(desk.seen.beliefs, key=lambda one: -one.mean):
                segment = cell(desk.view.titles.segment(one.segment))
                cells = _cells(desk, one, wide, short=not wide)
                yield Row(f"{one.segment}/{one.need}", (segment, *cells))
            return
        for name in dict.fromkeys(one.segment for one in desk.seen.beliefs):
            target = cell("the target" if name == desk.seen.target else "", "bold")
            title = cell(desk.view.titles.segment(name), "bold")
            yield Row(name, (title, cell(_scale(), "dim"), cell(""), target, cell("")))
            for one in sorted((one for one in desk.seen.beliefs if one.segment == name), key=lambda one: -one.mean):
                yield Row(f"{name}/{one.need}", tuple(_cells(desk, one, wide, short=False)))


def _belief(desk: Desk, row: str) -> Belief | None:
    segment, _, need = row.partition("/")
    return next((one for one in desk.seen.beliefs if (one.segment, one.need) == (segment, need)), None)


def _cells(desk: Desk, one: Belief, wide: bool, short: bool) -> Iterator[Text]:
    """The cells of a belief, segment aside; short ones where every column counts."""
    low, high = signed(one.mean - one.width), signed(one.mean + one.width)
    yield cell(desk.view.titles.need(one.need))
    yield cell(desk.view.backlog.bar(one))
    middle = signed(one.mean)
    yield cell(f"{middle} ({low} to {high})" if wide else middle if short else f"{middle:>4} +-{one.width:.1f}")
    yield cell(sureness(one.width))
    if not short:
        yield cell(_answers(desk, one) if wide else str(sum(one.answers.values()) or "-"))


def _answers(desk: Desk, one: Belief) -> str:
    """The answers by instrument, each by the first letters of its name."""
    counts = (f"{count} {desk.view.titles.instrument(tool)[:3].lower()}" for tool, count in one.answers.items())
    return " ".join(counts) or "none"


def _scale() -> str:
    """The scale above the bars: their ends, and where nothing is."""
    nothing = round(-LEFT / (RIGHT - LEFT) * (CELLS - 1)) + 1
    left, right = f"{LEFT:+.0f}", f"{RIGHT:+.0f}"
    return f"{left:<{nothing}}{'0':<{BAR - nothing - len(right)}}{right}"


def _of_belief(desk: Desk, one: Belief) -> Iterator[Content]:
    view, seen = desk.view, desk.seen
    yield line(view.backlog.belief(one), STRONG)
    yield joined(line("Answers: ", QUIET), line(view.backlog.heard(one)))
    serving = [
        f"{view.titles.feature(feature.id)} ({effort(feature)}, {view.backlog.standing(feature)})"
        for feature in seen.features
        if one.need in view.scenario.features[feature.id].serves
    ]
    yield joined(line("Served by: ", QUIET), line(listed(serving) or "no feature"))
    yield joined(line("The need: ", QUIET), line(sort_of(view.scenario, seen, one.need)))


def _of_segment(desk: Desk, name: str) -> Iterator[Content]:
    view = desk.view
    size = float(view.rules.market.size[view.rules.segments.index(name)])
    yield joined(line(view.titles.segment(name), STRONG), line(f": {size:,.0f} of them"))
    if desk.seen.target == name:
        yield line("+ It is for them that you build.", GOOD)
    most = max((one for one in desk.seen.beliefs if one.segment == name), key=lambda one: one.mean, default=None)
    if most is not None:
        wants = f"{view.titles.need(most.need)}: {view.backlog.judged(most)}"
        yield joined(line("Wanted most, as far as you know: ", QUIET), line(wants))


def _instrument(desk: Desk, name: str, wide: bool) -> Line:
    """A way to learn: a door to its moves, with what is known of its bias."""
    title, about = desk.view.titles.instrument(name), desk.view.about("learn", name, desk.seen)
    if group_menu(desk, "learn", name) is None:
        return Line("", title, reason=f"not now; {about}" if wide else "not now")
    return Line(name, title, detail=capital(about), sign=">")
