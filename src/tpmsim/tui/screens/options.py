"""The options of one decision: the result to be expected with each, with its interval, and how many futures tell so."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Resize

from tpmsim.debrief.sheet import DecisionRow, OptionRow, Sheet
from tpmsim.tui.panes.sheet_bars import span_bar
from tpmsim.tui.panes.sheet_pane import Grid
from tpmsim.tui.screens.dialog import Dialog
from tpmsim.tui.shown import QUIET, STRONG, cell, line
from tpmsim.tui.widgets.clickrow import ClickRow, Item
from tpmsim.tui.widgets.pairs import Pair, Pairs
from tpmsim.tui.widgets.reading import Reading
from tpmsim.tui.widgets.rows import Column, Row, Rows
from tpmsim.tui.window import WIDE

CELLS, WIDE_CELLS = 19, 41
"""Columns of an interval."""

KEYS = (("otherwise", "o", "what if"), ("replay", "r", "as it was"), ("branch", "b", "branch"), ("leave", "q", "back"))

LEGEND = "> chosen, * best found. The bar is the 95 % interval; every option met the same worlds, with the same luck."

Span = tuple[float, float, float]
"""Lower end, value and upper end of a result to be expected."""


class OptionsScreen(Dialog[str | None]):
    """Gives back what is wanted at the week of the decision, as an action of the debrief; or None.

    Args:
        decision: with its options.
        spans: of these.
    """

    CSS_PATH = "../styles/debrief.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,h,left,backspace", "leave", "back"),
        Binding("r", "go('replay')", "look at the week as it was"),
        Binding("o", "go('otherwise')", "what if: see what comes of the present option"),
        Binding("b", "go('branch')", "begin a new run from that week"),
        Binding("J", "scroll(1)", show=False),
        Binding("K", "scroll(-1)", show=False),
    ]

    def __init__(self, decision: DecisionRow, spans: tuple[Span, ...]) -> None:
        super().__init__()
        self._decision, self._spans = decision, spans

    def compose(self) -> ComposeResult:
        with Vertical(id="options-box"):
            yield Rows(id="options-rows")
            with Reading(id="options-told", can_focus=False):
                yield Pairs()
            yield ClickRow(tuple(Item(what, key, words) for what, key, words in KEYS), id="options-keys")

    def on_mount(self) -> None:
        one = self._decision
        box = self.query_one("#options-box")
        box.border_title = line(f"{one.sign} {one.when}: {one.mark or one.loss}".strip())
        box.border_subtitle = "J and K scroll the words"
        self._lay_out()
        self.query_one(Rows).focus()

    def on_resize(self, event: Resize) -> None:
        self._lay_out()

    def on_rows_present(self, event: Rows.Present) -> None:
        event.stop()
        self._tell()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop()

    def on_click_row_chosen(self, event: ClickRow.Chosen) -> None:
        event.stop()
        self.action_go(event.id)

    def action_go(self, what: str) -> None:
        if what == "otherwise":
            what = f"otherwise({self.query_one(Rows).present})"
        self.dismiss(what if what != "leave" else None)

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_scroll(self, rows: int) -> None:
        self.query_one(Reading).scroll_relative(y=rows, animate=False)

    def _lay_out(self) -> None:
        self.query_one(Rows).show(*_grid(self._decision, self._spans, self.app.size.width >= WIDE))
        self._tell()

    def _tell(self) -> None:
        present = self.query_one(Rows).present
        if present:
            self.query_one(Pairs).show(tuple(_told(self._decision, self._decision.options[int(present)])))


def spans(sheet: Sheet, decision: DecisionRow) -> tuple[Span, ...]:
    """The intervals of the options of a decision, in their order."""
    judged = sheet.analysis.decisions[decision.number - 1]
    values = (one.value for one in judged.options)
    widths = (one.half for one in decision.options)
    return tuple((value - half, value, value + half) for value, half in zip(values, widths, strict=True))


def _grid(decision: DecisionRow, of: tuple[Span, ...], wide: bool) -> Grid:
    cells = WIDE_CELLS if wide else CELLS
    ends = min(low for low, _, _ in of), max(high for _, _, high in of)
    shape = (
        Column("sign", "", 2),
        Column("says", "option", 18, 1),
        Column("bar", f"{ends[0]:.0f} to {ends[1]:.0f} points", cells),
        Column("value", "expected", 11),
        Column("against", "against", 7),
        Column("futures", "futures", 7),
    )
    pairs = zip(decision.options, of, strict=True)
    rows = ((one, span_bar(*span, "*" if one.best else "o", ends, cells)) for one, span in pairs)
    return shape, tuple(_row(str(place), one, bar) for place, (one, bar) in enumerate(rows))


def _row(place: str, one: OptionRow, bar: str) -> Row:
    texts = (_signs(one), one.says, bar, one.value, f"{one.against:>7}", f"{one.futures:>7}")
    return Row(place, tuple(cell(text, "bold" if one.chosen else "") for text in texts))


def _signs(one: OptionRow) -> str:
    return f"{'>' if one.chosen else ''}{'*' if one.best else ''}"


def _told(decision: DecisionRow, one: OptionRow) -> Iterator[Pair]:
    yield Pair("", decision.asked, STRONG)
    yield Pair(_signs(one) or "-", f"{one.says}: {one.value} points in {one.futures} futures.")
    yield Pair("", decision.says)
    yield Pair("", LEGEND, QUIET)
