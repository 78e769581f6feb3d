"""The market: customers and what they say, whom we are open to, rivals, and the moves of launch and market."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.events import Resize, Show
from textual.widgets import Static

from tpmsim.game.desk import Desk
from tpmsim.game.menus import Entry, Menu, Refused, group_menu
from tpmsim.game.view import MARKET
from tpmsim.game.wording.prose import counted
from tpmsim.tui.messages import Make
from tpmsim.tui.panes.pane import Pane
from tpmsim.tui.shown import QUIET, STRONG, joined, line, lines, turned
from tpmsim.tui.widgets.band import band, painted, spark
from tpmsim.tui.widgets.choices import Choices, Line
from tpmsim.tui.widgets.pairs import Pair, Pairs

SHOWN = ("customers", "sentiment")
GROUP = "market"
CHART_FROM = 3
"""Weeks of customers from which a chart is drawn instead of one row."""

CHART_WIDTH, CHART_HEIGHT = 36, 4
SPARK = 12

LATER = (
    "Nothing is on sale yet. From {} on you let people in wave by wave, see who signs up and what they say, "
    "and set what you claim."
)


class Stands(VerticalScroll):
    """What stands; it scrolls with the keys of lists as well."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll_down", show=False),
        Binding("k", "scroll_up", show=False),
    ]


class Market(Pane):
    """What stands in the market, and what can be done about it."""

    def __init__(self) -> None:
        super().__init__(id="market")
        self._desk: Desk | None = None

    def compose(self) -> ComposeResult:
        with Container(id="market-sides"):
            with Stands(id="market-stands"):
                yield Pairs(id="market-facts")
                yield Static("", id="market-chart", markup=False)
            with Vertical(id="market-does"):
                yield Choices(id="market-moves")
                yield Static("", id="market-detail", markup=False)

    def on_mount(self) -> None:
        self.query_one("#market-stands").border_title = "Market"
        self.query_one(Choices).border_title = "What do you do?"

    def on_show(self, event: Show) -> None:
        """Have the cursor on the moves as soon as the page is seen."""
        self.query_one(Choices).focus()

    def on_resize(self, event: Resize) -> None:
        """Draw the chart again: it is as wide as there is room."""
        self._chart()

    def show(self, desk: Desk) -> None:
        self._desk = desk
        self._chart()
        self.query_one(Pairs).show(tuple(_facts(desk, self._ascii)))
        moves = self.query_one(Choices)
        moves.show(tuple(_moves(desk)))
        self._tell(moves.present)

    def describe(self, desk: Desk) -> str:
        said = "; ".join(f"{desk.view.figures.title(name)}: {desk.value(name)}" for name in SHOWN)
        return f"{said}. {'; '.join(desk.view.market(desk.seen).values())}"

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        self.post_message(Make(event.line.id))

    def on_choices_present(self, event: Choices.Present) -> None:
        event.stop()
        self._tell(event.line)

    @property
    def _ascii(self) -> bool:
        """Whether charts are drawn with nothing beyond ASCII."""
        return bool(getattr(self.app, "only_ascii", False))

    def _tell(self, present: Line | None) -> None:
        self.query_one("#market-detail", Static).update(line(present.detail if present is not None else "", QUIET))

    def _chart(self) -> None:
        """Customers as a chart, once there are some weeks of them."""
        desk, chart = self._desk, self.query_one("#market-chart", Static)
        past = _history(desk, "customers") if desk is not None else ()
        first = next((place for place, value in enumerate(past) if value), len(past))
        chart.display = desk is not None and len(past) - first >= CHART_FROM
        if desk is None or not chart.display:
            return
        shown = past[max(first - 1, 0) :]
        width = max(min(CHART_WIDTH, self.size.width - 8), 10)
        drawn = painted(band(shown, shown, shown, width, CHART_HEIGHT, self._ascii))
        written = desk.view.figures.bare
        low, high = (
            written("customers", desk.view.figures.quanta("customers", value)) for value in (min(shown), max(shown))
        )
        weeks = f"{low} to {high} in the last {counted(len(shown), 'week')}"
        chart.update(lines(joined(line("Customers ", STRONG), line(weeks, QUIET)), drawn))


def _history(desk: Desk, number: str) -> tuple[float, ...]:
    """A number at the end of each week, in shown units."""
    return tuple(desk.view.figures.shown(number, report.after.numbers[number]) for report in desk.reports)


def _facts(desk: Desk, ascii: bool) -> Iterator[Pair]:
    view, seen = desk.view, desk.seen
    later = _launch(desk)
    if later:
        yield Pair("", later, QUIET)
    for row in desk.numbers():
        if row.id in SHOWN and not later:
            past = tuple(report for report in desk.reports if report.after.wave)
            trend = spark([report.after.numbers[row.id] for report in past], SPARK, ascii)
            changed = f"  {row.change} {row.turn.word}" if row.turn and row.change else ""
            kind = turned(row.turn.word) if changed and row.turn else ""
            yield Pair(row.title, f"{row.value}{changed}  {trend}".rstrip(), kind, QUIET)
    for kind, stands in view.market(seen).items():
        title = MARKET[kind].partition(":")[0]
        yield Pair(title, stands.removeprefix(f"{title.lower()} "), "", QUIET)
    yield Pair("Segments", "", "", STRONG)
    for name in view.scenario.market.segments:
        yield Pair(f"  {view.titles.segment(name)}", _segment(desk, name), "", QUIET)
    if view.scenario.market.rivals:
        yield Pair("Rivals", "", "", STRONG)
    for name in view.scenario.market.rivals:
        yield Pair(f"  {view.titles.rival(name)}", _rival(desk, name), "", QUIET)
    if seen.trends:
        yield Pair("Trends", "", "", STRONG)
    for one in seen.trends:
        yield Pair(f"  {view.titles.trend(one.id)}", view.trend(one), "", QUIET)


def _launch(desk: Desk) -> str:
    """What will be here and when, before the launch; afterwards nothing."""
    seen = desk.seen
    ahead = [name for name in ("launch", "live") if name in seen.stages]
    if not ahead or seen.stage not in seen.stages or seen.stages.index(seen.stage) >= seen.stages.index(ahead[0]):
        return ""
    return LATER.replace("{}", desk.view.titles.stage(ahead[0]))


def _segment(desk: Desk, name: str) -> str:
    """What is known of a segment: whether it is the target, and how much was asked there."""
    mine = [one for one in desk.seen.beliefs if one.segment == name]
    asked = sum(1 for one in mine if one.answers)
    known = f"{asked} of {counted(len(mine), 'known need')} asked about" if mine else "no need known yet"
    return f"our target; {known}" if desk.seen.target == name else known


def _rival(desk: Desk, name: str) -> str:
    """What is known of the next move of a rival."""
    week = desk.seen.rivals_seen.get(name, 0)
    return f"will make a move in week {week}" if week else "its next move is not known"


def _moves(desk: Desk) -> Iterator[Line]:
    """The moves of launch and market under the kind they belong to."""
    menu = group_menu(desk, GROUP)
    doors = [one for one in menu.entries if one.opens != ("", "")] if menu is not None else []
    menus = [(one.text, group_menu(desk, *one.opens)) for one in doors] if doors else [("", menu)]
    told = [line for title, one in menus if one is not None for line in _of_menu(title, one)]
    yield from told or [Line("", "Nothing to do here", reason="not in this stage")]


def _of_menu(title: str, menu: Menu) -> Iterator[Line]:
    if title:
        yield Line("", title, sign=" ", kind=STRONG)
    yield from (_entry(one) for one in menu.entries)
    yield from (_refused(one) for one in menu.refused)


def _entry(one: Entry) -> Line:
    return Line(one.move, one.text, one.price, one.detail, sign=">")


def _refused(one: Refused) -> Line:
    return Line("", one.text, reason=one.reason)
