"""The features: effort, what they serve, promises, progress; and the plan drawn over the weeks."""

from collections.abc import Iterator
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from tpmsim.core.observe import FeatureSeen
from tpmsim.game.desk import Desk
from tpmsim.game.menus import group_menu
from tpmsim.game.wording import beliefs
from tpmsim.game.wording.course import LIKELY, SIGNS, outlook, promise
from tpmsim.game.wording.gantt import gantt, gantt_notes
from tpmsim.game.wording.kano import sorts
from tpmsim.game.wording.labels import word_of
from tpmsim.game.wording.prose import counted
from tpmsim.tui.panes.listed import Grid, Listed, moves_of
from tpmsim.tui.shown import BAD, OUTLOOK, QUIET, STRONG, cell, joined, line, lines
from tpmsim.tui.widgets.choices import Line
from tpmsim.tui.widgets.reading import Reading
from tpmsim.tui.widgets.rows import Column, Row, Rows

MARGIN = 4
"""Columns beside the drawing: a padding and a scrollbar."""


class Roadmap(Listed):
    """The features: effort, what they serve, promises, progress; and the plan drawn over the weeks."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("t", "timeline", "the plan over the weeks", show=False)]

    def __init__(self) -> None:
        super().__init__(id="roadmap")
        self._timeline: bool | None = None

    def compose(self) -> ComposeResult:
        yield from super().compose()
        with Reading(classes="timeline"):
            yield Static("", markup=False)

    def headline(self, desk: Desk) -> Content:
        return line(desk.view.backlog.plan(desk.seen))

    def grid(self, desk: Desk, wide: bool) -> Grid:
        shape = (
            Column("feature", "feature", 28 if wide else 26, 1),
            Column("effort", "person-weeks" if wide else "pers-wks", 12 if wide else 9),
            *((Column("serves", "serves", 26, 3),) if wide else ()),
            Column("fit", "worth", 17 if wide else 15, 1),
            Column("state", "turn, done", 17 if wide else 13),
            Column("promised", "promised week" if wide else "promised wk", 14 if wide else 12),
        )
        return shape, tuple(Row(one.id, tuple(_cells(desk, one, wide))) for one in ordered(desk))

    def told(self, desk: Desk, row: str) -> Content:
        view, seen = desk.view, desk.seen
        one = next(one for one in seen.features if one.id == row)
        return lines(line(view.backlog.feature(one, seen), STRONG), *_facts(desk, one))

    def doable(self, desk: Desk, row: str) -> tuple[str, tuple[Line, ...]]:
        menus = (group_menu(desk, name, row) for name in ("plan", "promises"))
        given = tuple(one for menu in menus for one in moves_of(menu))
        title = f"What to do about {desk.view.titles.feature(row)}"
        return title, given or (Line("", "Nothing just now", reason="no move is about it"),)

    def show(self, desk: Desk) -> None:
        super().show(desk)
        drawn = gantt(desk.view.backlog, desk.seen, max(self.app.size.width - MARGIN, 60))
        notes = (line(text, QUIET) for text in gantt_notes(desk.view.backlog, desk.seen))
        planned = any(one.committed for one in desk.seen.features)
        nothing = f"{'Nothing is left to build' if planned else 'Nothing is in the plan yet'}."
        told = lines(*(line(text) for text in drawn), *notes) if drawn else line(nothing, QUIET)
        self.query_one(".timeline Static", Static).update(told)
        self._part()

    def action_timeline(self) -> None:
        """Show the plan over the weeks, or what was there before."""
        self._timeline = not self._drawn
        if self._desk is not None:
            self.show(self._desk)

    def describe(self, desk: Desk) -> str:
        promised = [one for one in desk.seen.features if one.due]
        risky = sum(outlook(desk.view.backlog, one, desk.seen).risky for one in promised)
        plan = desk.view.backlog.plan(desk.seen)
        return f"{plan} {counted(len(promised), 'promise')}, of which {risky} at risk."

    @property
    def _drawn(self) -> bool:
        """Whether the plan is drawn: as the player said, else where there is room for it."""
        return self.wide and self.tall if self._timeline is None else self._timeline

    def _part(self) -> None:
        """Share the page between the drawing and the rest; where there is little room, one of the two."""
        below, drawing = self.query_one(".below"), self.query_one(".timeline")
        drawing.display = self._drawn
        kept = not self._drawn or (self.wide and self.tall)
        if not kept and below.has_focus_within:
            self.query_one(Rows).focus()
        below.display = kept
        self.query_one(".told").border_title = "" if self._drawn else "t: the plan over the weeks"
        drawing.border_title = "The plan over the weeks (t: away with it)"
        self._hint()


def ordered(desk: Desk) -> list[FeatureSeen]:
    """The features: those of the plan in its order, then those outside, then what is complete."""
    return sorted(desk.seen.features, key=lambda one: (one.complete, not one.committed, one.rank * one.committed))


def _cells(desk: Desk, one: FeatureSeen, wide: bool) -> Iterator[Text]:
    view, seen = desk.view, desk.seen
    yield cell(view.titles.feature(one.id))
    yield cell("-" if one.complete else beliefs.effort(one).removesuffix(" person-weeks"))
    if wide:
        yield cell(beliefs.serves(view.rules, view.titles, seen, one.id))
    yield cell(_worth(desk, one))
    yield cell(_state(desk, one))
    yield _due(desk, one)


def _worth(desk: Desk, one: FeatureSeen) -> str:
    """What it is worth to the target; before there is one, to those who want it most."""
    view, seen = desk.view, desk.seen
    places = [seen.target] if seen.target else list(view.rules.segments)
    values = [(beliefs.fit(view.rules, seen, one.id, segment), segment) for segment in places]
    known = [(value, segment) for value, segment in values if value is not None]
    if not known:
        return "not known"
    value, segment = max(known, key=lambda pair: pair[0])
    return beliefs.worth(value) if seen.target else f"{value:+.1f} {view.titles.segment(segment)}"


def _state(desk: Desk, one: FeatureSeen) -> str:
    if one.complete:
        return "+ released" if one.shipped else "+ complete"
    if not one.committed:
        return "-"
    if desk.view.backlog.blocked_by(one, desk.seen):
        return "x waits"
    plan = [other.id for other in ordered(desk) if other.committed and not other.complete]
    cut = " cut" if one.kept < 1.0 else ""
    return f"{plan.index(one.id) + 1}. {one.reported * 100:.0f} %{cut}"


def _due(desk: Desk, one: FeatureSeen) -> Text:
    if not one.due:
        return cell("")
    sign = outlook(desk.view.backlog, one, desk.seen).sign
    return cell(f"{sign} {one.due:>2} {word_of(one.word)}", "bold" if sign != "+" else "")


def _facts(desk: Desk, one: FeatureSeen) -> Iterator[Content]:
    view, seen = desk.view, desk.seen
    if one.due:
        sign = outlook(view.backlog, one, seen).sign
        whom = f" to {view.titles.person(one.to)}" if one.to else ""
        yield joined(line(f"Promised{whom}: ", QUIET), line(promise(view.backlog, one, seen), OUTLOOK[sign]))
        yield line(f"{SIGNS} {LIKELY}", QUIET)
    blocked = view.backlog.blocked_by(one, seen)
    if blocked:
        yield line(f"x Nobody can work on it: {blocked} is not in the plan.", BAD)
    for text in view.backlog.commitment(one.id, seen):
        yield line(text)
    waits = view.backlog.waits_for(one.id)
    if waits and (one.committed or one.due):
        yield joined(line("Built after: ", QUIET), line(waits))
    for text in sorts(view.scenario, view.titles, seen, one.id):
        yield joined(line("The need: ", QUIET), line(text))
    yield joined(line("Wanted by: ", QUIET), line(view.backlog.sponsor(one.id)))
