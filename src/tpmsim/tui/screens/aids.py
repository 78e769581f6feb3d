"""Aids: when the plan may be done, what a question is worth, in which order to work. Nothing is decided here.

The timetable takes a moment and is worked out beside the screen.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Resize
from textual.message import Message
from textual.widgets import Static

from tpmsim.game.aid_pages import AidsPage, DatedRow, JobRow, QuestionRow, TimetablePage
from tpmsim.game.wording.bars import bar, marked_bar
from tpmsim.game.wording.labels import word_of
from tpmsim.tui.screens.dialog import Dialog
from tpmsim.tui.shown import OUTLOOK, QUIET, STRONG, cell, line, lines
from tpmsim.tui.widgets.band import spark
from tpmsim.tui.widgets.clickrow import ClickRow, Item
from tpmsim.tui.widgets.reading import Reading
from tpmsim.tui.widgets.rows import Column, Row, Rows
from tpmsim.tui.window import WIDE

TABS = (("schedule", "1", "Schedule"), ("questions", "2", "Questions"), ("order", "3", "Order of work"))
"""The pages: id, key, name."""

ROOMY = 76
"""Columns from which all of a timetable has room; below it curves and bars are left out."""

CURVE, WIDE_CURVE = 14, 30
"""Columns of the curve of a date."""

FEW, CELLS, WIDE_CELLS = 5, 7, 10
"""Characters of a bar: in a window that is not roomy, in a roomy one, in a wide one."""

MARKED = "In the curves the promised week is marked."
WORKING = "Working it out, in many imagined worlds ..."

Grid = tuple[tuple[Column, ...], tuple[Row, ...]]


class AidsScreen(Dialog[str | None]):
    """Gives back the id of a question that shall be asked, or None.

    Args:
        page: what a question is worth, and in which order to work.
        timetable: works out when the plan is likely to be done.
    """

    CSS_PATH = "../styles/aids.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,s,h,left,backspace", "leave", "back"),
        *(Binding(key, f"tab('{tab}')", name.lower(), show=False) for tab, key, name in TABS),
        Binding("tab", "next", "the next page", show=False, priority=True),
        Binding("J", "scroll(1)", show=False),
        Binding("K", "scroll(-1)", show=False),
    ]

    @dataclass
    class WorkedOut(Message):
        """The timetable is there."""

        page: TimetablePage

    def __init__(self, page: AidsPage, timetable: Callable[[], TimetablePage]) -> None:
        super().__init__()
        self._aids, self._work_out = page, timetable
        self._timetable: TimetablePage | None = None
        self._tab = TABS[0][0]

    def compose(self) -> ComposeResult:
        with Vertical(id="aids-box"):
            yield ClickRow(id="aids-tabs")
            yield Static("", id="aids-says", markup=False)
            yield Rows(id="aids-rows")
            with Reading(id="aids-told", can_focus=False):
                yield Static("", markup=False)
            yield ClickRow(id="aids-keys")

    def on_mount(self) -> None:
        box = self.query_one("#aids-box")
        box.border_title = "Aids: from what you believe, never the truth"
        box.border_subtitle = "J and K scroll the words"
        self._lay_out()
        self._begin()

    @work(thread=True, exclusive=True)
    def _begin(self) -> None:
        self.post_message(self.WorkedOut(self._work_out()))

    @on(WorkedOut)
    def _worked_out(self, event: WorkedOut) -> None:
        self._timetable = event.page
        self._lay_out()

    def on_resize(self, event: Resize) -> None:
        self._lay_out()

    # Keys and clicks

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_tab(self, tab: str) -> None:
        self._tab = tab
        self._lay_out()

    def action_next(self) -> None:
        ids = [tab for tab, _, _ in TABS]
        self.action_tab(ids[(ids.index(self._tab) + 1) % len(ids)])

    def action_scroll(self, way: int) -> None:
        self.query_one("#aids-told", Reading).scroll_relative(y=way, animate=False)

    def action_choose(self) -> None:
        self._choose(self.query_one(Rows).present)

    @on(Rows.Present)
    def _present(self, event: Rows.Present) -> None:
        self._tell()

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        self._choose(event.id)

    @on(ClickRow.Chosen)
    async def _clicked(self, event: ClickRow.Chosen) -> None:
        if event.id in [tab for tab, _, _ in TABS]:
            self.action_tab(event.id)
        else:
            await self.run_action(event.id)

    def _choose(self, row: str) -> None:
        """Ask the question of a row, if it can be asked now; other rows are only to be read."""
        if self._tab == "questions" and any(one.move == row and not one.reason for one in self._aids.questions):
            self.dismiss(row)

    # Drawing

    def _lay_out(self) -> None:
        tabs = (Item(tab, key, name, tab == self._tab) for tab, key, name in TABS)
        self.query_one("#aids-tabs", ClickRow).show(tuple(tabs))
        self.query_one("#aids-says", Static).update(line(self._says, QUIET))
        rows = self.query_one(Rows)
        rows.show(*self._grid())
        rows.display = bool(rows.row_count)
        (rows if rows.row_count else self.query_one("#aids-told")).focus()
        asks = (Item("choose", "enter", "ask it"),) if self._tab == "questions" and self._aids.questions else ()
        self.query_one("#aids-keys", ClickRow).show(
            (*asks, Item("next", "tab", "next page"), Item("leave", "q", "back"))
        )
        self._tell()

    @property
    def _says(self) -> str:
        """What stands above the table."""
        if self._tab == "schedule":
            return self._timetable.says if self._timetable is not None else WORKING
        return self._aids.asking if self._tab == "questions" else self._aids.working

    def _grid(self) -> Grid:
        """Columns and rows of the present page."""
        width = self.app.size.width
        if self._tab == "questions":
            return _questions(self._aids.questions, width)
        if self._tab == "order":
            return _order(self._aids.jobs, width)
        ascii = bool(getattr(self.app, "only_ascii", False))
        return _dates(self._timetable, width, ascii) if self._timetable is not None else ((), ())

    def _tell(self) -> None:
        """Say the present row in sentences, and what the page rests on."""
        present = self.query_one(Rows).present
        told = tuple(self._told(present)) if present else ()
        notes = self._notes
        self.query_one("#aids-told Static", Static).update(lines(*told, *(line(text, QUIET) for text in notes)))

    def _told(self, row: str) -> Iterator[Content]:
        if self._tab == "schedule":
            for date in (one for one in (self._timetable.rows if self._timetable else ()) if one.id == row):
                yield from _said(date.told, OUTLOOK.get(date.sign, ""))
        elif self._tab == "questions":
            for question in (one for one in self._aids.questions if one.move == row):
                yield from _said(question.told)
        else:
            for job in (one for one in self._aids.jobs if one.id == row):
                yield from _said(job.told)

    @property
    def _notes(self) -> tuple[str, ...]:
        """What the present page rests on, and what its signs mean."""
        if self._tab == "order":
            return tuple(text for text in (self._aids.legend, *self._aids.notes) if text)
        if self._tab == "questions":
            return self._aids.notes
        if self._timetable is None:
            return ()
        marked = MARKED if any(one.due for one in self._timetable.rows) and self.app.size.width >= ROOMY else ""
        return tuple(text for text in (self._timetable.together, *self._timetable.notes, marked) if text)


def _said(texts: tuple[str, ...], last: str = "") -> Iterator[Content]:
    """Sentences below each other: the first stands out, the last has a meaning."""
    for place, text in enumerate(texts):
        yield line(text, STRONG if not place else last if place == len(texts) - 1 else "")


def _dates(page: TimetablePage, width: int, ascii: bool) -> Grid:
    """The timetable: curves of chances over the weeks, the weeks by which it is done, and what was promised."""
    roomy, curve = width >= ROOMY, WIDE_CURVE if width >= WIDE else CURVE
    weeks = max((len(one.curve) for one in page.rows), default=1)
    shape = (
        Column("feature", "feature", 18, 1),
        *((Column("curve", f"chance wk {page.first}-{page.first + weeks - 1}", curve, 1),) if roomy else ()),
        *((Column("half", "50 %", 5),) if roomy else ()),
        Column("likely", "80 %", 5),
        *((Column("sure", "95 %", 5),) if roomy else ()),
        Column("promised", "promised", 10),
        Column("odds", "its chance", 11),
    )
    return shape, tuple(_date(one, page.first, curve if roomy else 0, ascii) for one in page.rows)


def _date(one: DatedRow, first: int, curve: int, ascii: bool) -> Row:
    promised = f"{one.due:>2} {word_of(one.word)}" if one.due else ""
    odds = cell(f"{one.sign} {one.odds}".strip(), "bold" if one.sign in ("!", "x") else "")
    if not curve:
        return Row(one.id, (cell(one.title), cell(one.likely), cell(promised), odds))
    weeks = (cell(one.half), cell(one.likely), cell(one.sure))
    return Row(one.id, (cell(one.title), _curve(one, first, curve, ascii), *weeks, cell(promised), odds))


def _curve(one: DatedRow, first: int, width: int, ascii: bool) -> Text:
    """The chances over the weeks, the promised week marked; of several weeks in a column the last counts."""
    count = len(one.curve)
    columns = min(count, width)
    ends = [(column + 1) * count // columns - 1 for column in range(columns)]
    drawn = cell(spark([float(one.curve[end]) for end in ends], columns, ascii, (0.0, 100.0)))
    if first <= one.due < first + count:
        at = next(column for column, end in enumerate(ends) if end >= one.due - first)
        drawn.stylize("reverse", at, at + 1)
    return drawn


def _questions(given: tuple[QuestionRow, ...], width: int) -> Grid:
    """What questions are worth and cost, as bars with a mark at the price."""
    roomy, cells = width >= ROOMY, WIDE_CELLS if width < WIDE else 2 * WIDE_CELLS
    shape = (
        Column("question", "question", 30, 1),
        Column("value", "worth", 6),
        Column("price", "costs", 6),
        *((Column("bar", "bar", cells + 1),) if roomy else ()),
        Column("pays", "", 7),
    )
    return shape, tuple(_question(one, cells if roomy else 0) for one in given)


def _question(one: QuestionRow, cells: int) -> Row:
    look = "dim" if one.reason else "bold" if one.pays else ""
    drawn = (cell(marked_bar(one.fills, one.mark, cells), look),) if cells else ()
    pays = "not now" if one.reason else "+ pays" if one.pays else "-"
    return Row(one.move, (cell(one.title, look), cell(one.value), cell(one.price), *drawn, cell(pays, look)))


def _order(given: tuple[JobRow, ...], width: int) -> Grid:
    """Features with bars of cost of delay, the same over weeks, and RICE; the parts of RICE where there is room."""
    wide, cells = width >= WIDE, WIDE_CELLS if width >= WIDE else CELLS if width >= ROOMY else FEW
    shape = (
        Column("feature", "feature", 20, 1),
        Column("planned", "plan", 4),
        Column("weeks", "weeks", 5),
        Column("delay", "delay", cells),
        Column("urgency", "delay/wk", max(cells, 8)),
        Column("rice", "RICE", cells),
        *((Column("reach", "reach", 8), Column("impact", "impact", 14)) if wide else ()),
        *((Column("confidence", "confidence", 12), Column("effort", "months", 6)) if wide else ()),
    )
    return shape, tuple(_job(one, cells, wide) for one in given)


def _job(one: JobRow, cells: int, wide: bool) -> Row:
    bars = (cell(bar(part, cells)) for part in (one.delay, one.urgency, one.rice))
    parts = (one.reach, one.impact, one.confidence, one.effort) if wide else ()
    title = cell(one.title, "bold" if one.planned else "")
    return Row(one.id, (title, cell("in" if one.planned else "-"), cell(one.weeks), *bars, *map(cell, parts)))
