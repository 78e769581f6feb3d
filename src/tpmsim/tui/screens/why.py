"""Why: the causes of a number, this week, last week and over the run, as sums that add up exactly."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll

from tpmsim.game.pages import CauseRow, NumberRow, Sum, Why
from tpmsim.tui.screens.dialog import Dialog
from tpmsim.tui.shown import QUIET, STRONG, line, turned
from tpmsim.tui.widgets.choices import Choices, Line
from tpmsim.tui.widgets.clickrow import ClickRow, Item
from tpmsim.tui.widgets.pairs import Pair, Pairs

MARKS = {"better": "+", "worse": "x"}
"""Before the words of a cause, so that colour is never alone."""

RULE = "-"


class WhyScreen(Dialog[None]):
    """The causes of one number.

    Args:
        why: what there is to say about it.
    """

    CSS_PATH = "../styles/why.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,w,h,left,enter", "leave", "back"),
        Binding("j", "scroll('down')", show=False),
        Binding("k", "scroll('up')", show=False),
        Binding("G", "scroll('end')", show=False),
    ]

    def __init__(self, why: Why) -> None:
        super().__init__()
        self._reasons = why

    def compose(self) -> ComposeResult:
        with Vertical(id="why-box"):
            with VerticalScroll(id="why-text"):
                yield Pairs(tuple(_told(self._reasons)))
            yield ClickRow((Item("leave", "q", "back"),), id="why-keys")

    def on_mount(self) -> None:
        box = self.query_one("#why-box")
        box.border_title = line(f"{self._reasons.title}: {self._reasons.value}")
        box.border_subtitle = "j and k scroll"
        self.query_one("#why-text").focus()

    def on_click_row_chosen(self, event: ClickRow.Chosen) -> None:
        self.dismiss(None)

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_scroll(self, where: str) -> None:
        text = self.query_one("#why-text", VerticalScroll)
        {"down": text.scroll_down, "up": text.scroll_up, "end": text.scroll_end}[where](animate=False)


class WhichScreen(Dialog[str | None]):
    """Gives back the number whose causes are wanted, or None.

    Args:
        rows: the numbers to choose from.
    """

    CSS_PATH = "../styles/why.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,w,h,left", "leave", "back"),
        *(Binding(str(place), f"pick({place})", show=False) for place in range(1, 10)),
    ]

    def __init__(self, rows: tuple[NumberRow, ...]) -> None:
        super().__init__()
        self._rows = rows

    def compose(self) -> ComposeResult:
        with Vertical(id="why-box"):
            yield Choices(id="which")
            yield ClickRow((Item("leave", "q", "back"),), id="why-keys")

    def on_mount(self) -> None:
        box = self.query_one("#why-box")
        box.border_title = "Why? Of which number?"
        box.border_subtitle = "enter chooses"
        which = self.query_one(Choices)
        which.show(tuple(_choice(place, row) for place, row in enumerate(self._rows, start=1)))
        which.focus()

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        self.dismiss(event.line.id)

    def on_click_row_chosen(self, event: ClickRow.Chosen) -> None:
        self.dismiss(None)

    def action_pick(self, place: int) -> None:
        if place <= len(self._rows):
            self.dismiss(self._rows[place - 1].id)

    def action_leave(self) -> None:
        self.dismiss(None)


def sum_pairs(one: Sum) -> Iterator[Pair]:
    """A sum as it is added up on paper: before, the causes, a rule, after."""
    yield Pair("", one.title, STRONG)
    yield Pair(one.before, "before", QUIET, right=True)
    yield from (cause(row) for row in one.rows)
    widest = max(len(text) for text in (one.before, one.after, *(row.change for row in one.rows)))
    yield Pair(RULE * widest, "", QUIET, QUIET, right=True)
    yield Pair(one.after, "after", STRONG, STRONG, right=True)


def cause(row: CauseRow) -> Pair:
    """A line of a sum: the change, and by what; a sign says as well whether it is for the better."""
    kind = turned(row.turn.word)
    mark = MARKS.get(row.turn.word, " ")
    return Pair(row.change, f"{mark} {row.judged}", kind, kind, right=True)


def _told(why: Why) -> Iterator[Pair]:
    blank = Pair("", "")
    if why.says:
        yield Pair("", why.says, QUIET)
    for one in why.sums:
        yield blank
        yield from sum_pairs(one)
    if why.more:
        yield blank
    yield from (Pair("", text) for text in why.more)


def _choice(place: int, row: NumberRow) -> Line:
    sign = str(place) if place < 10 else " "
    kind = turned(row.turn.word) if row.turn else ""
    return Line(
        row.id,
        f"{row.title}: {row.value}",
        f"{row.change} {row.turn.word}" if row.turn and row.change else "",
        sign=sign,
        kind=kind,
    )
