"""All numbers, with their change and their trend; of the present one the main causes of the last week."""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.events import Click, Resize, Show
from textual.widgets import DataTable

from tpmsim.game.desk import Desk
from tpmsim.game.pages import NumberRow, Sum, Why
from tpmsim.game.wording.prose import clip
from tpmsim.tui.messages import AskWhy
from tpmsim.tui.panes.pane import Pane
from tpmsim.tui.screens.why import cause, sum_pairs
from tpmsim.tui.shown import QUIET, STRONG, cell
from tpmsim.tui.widgets.band import spark
from tpmsim.tui.widgets.pairs import Pair, Pairs
from tpmsim.tui.window import WIDE

NAMES = ("Number", "Value", "Last week", "Trend")
WIDTHS = ((WIDE, (23, 28, 16, 14)), (80, (23, 28, 16, 10)), (0, (23, 18, 16)))
"""Widths of the columns, by the least width of the window; they hold a blank at their end. The last is the trend."""


LINES = 6
"""Lines of causes below the table; beside it there is room for all."""


class Rows(DataTable[Text]):
    """The table; a click on a row asks for its causes, as enter does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
        Binding("l,right", "select_cursor", show=False),
        Binding("G", "scroll_bottom", show=False),
    ]

    def on_click(self, event: Click) -> None:
        event.prevent_default()
        row = event.style.meta.get("row", -1)
        if 0 <= row < self.row_count:
            self.move_cursor(row=row)
            self.action_select_cursor()


class Numbers(Pane):
    """All visible numbers; the main ones first."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("w", "why", "why", show=False)]

    def __init__(self) -> None:
        super().__init__(id="numbers")
        self._desk: Desk | None = None
        self._laid: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        with Container(id="number-sides"):
            yield Rows(id="number-rows", cursor_type="row", cell_padding=0)
            with VerticalScroll(id="number-causes", can_focus=False):
                yield Pairs()

    def on_mount(self) -> None:
        self.query_one(Rows).border_title = "Numbers: enter or w tells why"

    def on_show(self, event: Show) -> None:
        """Have the cursor on the table as soon as the page is seen."""
        self.query_one(Rows).focus()

    def on_resize(self, event: Resize) -> None:
        """Give the trend the width that there is."""
        if self._desk is not None:
            self._lay(self._desk)

    def show(self, desk: Desk) -> None:
        self._desk = desk
        self._lay(desk)
        self._tell()

    def describe(self, desk: Desk) -> str:
        rows = desk.numbers()
        said = "; ".join(f"{row.title} {row.value}" for row in rows if row.main)
        return f"{len(rows)} numbers. {said}"

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        event.stop()
        self.action_why()

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        event.stop()
        self._tell()

    def action_why(self) -> None:
        """Ask for all causes of the present number."""
        present = self._present()
        if present is not None:
            self.post_message(AskWhy(present.id))

    def _present(self) -> NumberRow | None:
        rows = self._desk.numbers() if self._desk is not None else ()
        at = self.query_one(Rows).cursor_row
        return rows[at] if 0 <= at < len(rows) else None

    def _lay(self, desk: Desk) -> None:
        """Fill the table anew where something in it has changed; the present row stays the present one."""
        widths = next(widths for least, widths in WIDTHS if self.app.size.width >= least)
        rows, weeks = desk.numbers(), len(desk.reports)
        if self._laid == (rows, weeks, widths):
            return
        self._laid = (rows, weeks, widths)
        table, looks = self.query_one(Rows), self._looks()
        at = table.cursor_row
        table.clear(columns=True)
        for name, width in zip(NAMES, widths, strict=False):
            table.add_column(cell(name), width=width)
        for row in rows:
            told = _cells(row, widths, looks)
            trend = (self._trend(desk, row.id, widths[-1]),) if len(widths) == len(NAMES) else ()
            table.add_row(*told, *trend, key=row.id)
        table.move_cursor(row=min(at, len(rows) - 1), animate=False)

    def _trend(self, desk: Desk, number: str, weeks: int) -> Text:
        """The number at the end of the last weeks."""
        past = [report.after.numbers[number] for report in desk.reports]
        return cell(spark(past, weeks, bool(getattr(self.app, "only_ascii", False))))

    def _looks(self) -> dict[str, str]:
        """How better and worse look; tables take no names of the theme, and themes without colours give none."""
        colours = self.app.theme_variables
        wanted = {"better": colours.get("success", ""), "worse": colours.get("error", "")}
        return {word: colour if colour.startswith("#") else "bold" for word, colour in wanted.items()}

    def _tell(self) -> None:
        """Show the causes of the present number."""
        present = self._present()
        if present is not None and self._desk is not None:
            told = _whole if self.app.size.width >= WIDE else _short
            self.query_one(Pairs).show(tuple(told(self._desk, present)))


def _cells(row: NumberRow, widths: tuple[int, ...], looks: Mapping[str, str]) -> Iterator[Text]:
    """What a row says: its name, its value, its change; the word of the value only where it fits."""
    turn = row.turn if row.change else None
    name, value = (width - len(" ") for width in widths[:2])
    yield cell(clip(row.title, name), "bold" if row.main else "")
    yield cell(row.value if len(row.value) <= value else clip(row.bare, value))
    yield cell(f"{row.change} {turn.word}", looks.get(turn.word, "")) if turn else cell("=" if row.turn else "")


def _whole(desk: Desk, row: NumberRow) -> Iterator[Pair]:
    """The causes as they are added up."""
    why = desk.why(row.id)
    one = _last(why)
    return sum_pairs(one) if one is not None else _unmoved(why)


def _short(desk: Desk, row: NumberRow) -> Iterator[Pair]:
    """The causes in a few lines; what does not fit is told when it is asked for."""
    why = desk.why(row.id)
    one = _last(why)
    if one is None:
        yield from _unmoved(why)
        return
    yield Pair("", f"{one.title}: from {one.before} to {one.after}", STRONG)
    fits = LINES - 1 if len(one.rows) <= LINES - 1 else LINES - 2
    yield from (cause(row) for row in one.rows[:fits])
    if len(one.rows) > fits:
        yield Pair("", f"and {len(one.rows) - fits} more: enter or w tells all", QUIET)


def _last(why: Why) -> Sum | None:
    """The sum of the last week that ended; of a number that did not change in it, that of the whole run."""
    return next((one for one in why.sums if not one.title.endswith("so far")), None)


def _unmoved(why: Why) -> Iterator[Pair]:
    """What there is to say of a number that has not changed yet."""
    yield Pair("", f"{why.title}: {why.value}", STRONG)
    yield Pair("", " ".join((why.says, *why.more)), QUIET)
