"""A forecast by three keys: low, most likely, high. First the number, then three values out of nine around it."""

import math
from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from tpmsim.game.desk import Desk
from tpmsim.tui.screens.dialog import Dialog
from tpmsim.tui.shown import QUIET, STRONG, line
from tpmsim.tui.widgets.choices import Choices, Line
from tpmsim.tui.widgets.clickrow import ClickRow, Item

FOR = "Kept with the run and judged when the week ends. 8 times in 10 it should lie between low and high."

BOUNDS = {"progress": (0, 100), "health": (0, 100), "sentiment": (-100, 100), "customers": (0, None)}
"""Lowest and highest value in shown units, where there are such; the rest is open on both sides."""

VALUES = 9
STEADY = 0.05
"""Of the value, or of the whole range: the step where the past says nothing."""

USUAL = 3
"""Steps in the usual change of a week, before the step is rounded up to 1, 2 or 5."""

PAST = 4
"""Ended weeks from which the usual change is taken."""

ASKS = ("low", "most likely", "high")
SMALLEST = 1


class ForecastScreen(Dialog[tuple[str, int, int, int] | None]):
    """Gives back a number with low, most likely and high in its whole quanta, or None.

    Args:
        desk: of the run; only its main numbers can be forecast.
    """

    CSS_PATH = "../styles/forecast.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "skip"),
        Binding("backspace,h,left", "take_back", "take the last back"),
        Binding("plus,equals_sign", "widen(1)", "widen"),
        Binding("minus", "widen(-1)", "narrow"),
        *(Binding(str(place), f"pick({place})", show=False) for place in range(1, VALUES + 1)),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._number = ""
        self._step = SMALLEST
        self._typed: tuple[int, ...] = ()

    def compose(self) -> ComposeResult:
        with Vertical(id="forecast-box"):
            yield Static(line(FOR, QUIET), markup=False)
            yield Static("", id="forecast-asks", markup=False)
            yield Choices(id="forecast-values")
            yield ClickRow(id="forecast-keys")

    def on_mount(self) -> None:
        self._draw()
        self.query_one(Choices).focus()

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Take what was chosen, unless it was chosen of a list that is gone by now."""
        if any(one.id == event.line.id for one in self._offered()):
            self._take(event.line.id)

    def on_click_row_chosen(self, event: ClickRow.Chosen) -> None:
        """Do what the key does that was clicked on."""
        if event.id == "leave":
            self.action_leave()
        elif event.id == "back":
            self.action_take_back()
        else:
            self.action_widen(1 if event.id == "widen" else -1)

    def action_pick(self, place: int) -> None:
        offered = self._offered()
        if place <= len(offered):
            self._take(offered[place - 1].id)

    def action_take_back(self) -> None:
        """One key back; at the first one back to the numbers."""
        if self._typed:
            self._typed = self._typed[:-1]
        else:
            self._number = ""
        self._draw()

    def action_widen(self, by: int) -> None:
        """Another step; what was typed stood on the old scale and is forgotten."""
        if self._number:
            self._step, self._typed = next_step(self._step, by), ()
            self._draw()

    def action_leave(self) -> None:
        self.dismiss(None)

    def _take(self, id: str) -> None:
        if not self._number:
            self._number, self._typed = id, ()
            self._step = first_step(self._past(), self._now(), BOUNDS.get(id, (None, None)))
        else:
            self._typed = tuple(sorted((*self._typed, int(id))))
        if len(self._typed) < len(ASKS):
            self._draw()
        else:
            low, point, high = (self._desk.view.figures.quanta(self._number, value) for value in self._typed)
            self.dismiss((self._number, low, point, high))

    # Drawing

    def _draw(self) -> None:
        box, choices = self.query_one("#forecast-box"), self.query_one(Choices)
        title = self._desk.view.figures.title(self._number) if self._number else ""
        box.border_title = line(f"Forecast: {title} at the end of this week" if title else "What do you forecast?")
        asks = f"{ASKS[len(self._typed)].capitalize()}?" if self._number else ""
        now = f"Now {self._desk.value(self._number)}. " if self._number else "Which number, at the end of this week?"
        self.query_one("#forecast-asks", Static).update(line(f"{now}{asks}", STRONG))
        near = ""
        if self._number and choices.present is not None and choices.present.id in self._desk.seen.numbers:
            near = str(nearest(self._scale(), self._now()))
        choices.show(self._offered(), at=near)
        keys = (Item("back", "backspace", "back"), Item("widen", "+", "widen"), Item("narrow", "-", "narrow"))
        self.query_one(ClickRow).show((*(keys if self._number else ()), Item("leave", "q", "skip")))

    def _offered(self) -> tuple[Line, ...]:
        """The numbers, or the values of the scale with the bar as far as it is typed."""
        if not self._number:
            view = self._desk.view
            return tuple(
                Line(name, f"{view.figures.title(name)}: {self._desk.value(name)}", sign=str(place))
                for place, name in enumerate(view.main_numbers[:VALUES], start=1)
            )
        scale = self._scale()
        written = tuple(self._written(value) for value in scale)
        width = max(len(text) for text in written)
        here = nearest(scale, self._now())
        return tuple(
            Line(
                str(value),
                f"{text:>{width}}  {bar(value, self._typed)}".rstrip(),
                price="about as now" if value == here else "",
                sign=str(place),
                kind=STRONG if value in self._typed else "",
            )
            for place, (value, text) in enumerate(zip(scale, written, strict=True), start=1)
        )

    def _scale(self) -> tuple[int, ...]:
        return scale(self._now(), self._step, BOUNDS.get(self._number, (None, None)))

    def _written(self, value: int) -> str:
        figures = self._desk.view.figures
        figure = figures.figure(self._number)
        return figures.bare(self._number, figures.quanta(self._number, value), sign=figure.signed) + figure.unit

    def _now(self) -> float:
        return self._desk.view.figures.shown(self._number, self._desk.seen.numbers[self._number])

    def _past(self) -> tuple[float, ...]:
        """The changes of the last weeks, in shown units."""
        figures, reports = self._desk.view.figures, self._desk.reports[-PAST:]
        changes = (sum(entry.change for entry in report.entries if entry.number == self._number) for report in reports)
        return tuple(figures.shown(self._number, change) for change in changes)


def first_step(past: Sequence[float], now: float, bounds: tuple[int | None, int | None]) -> int:
    """The step of a scale, in shown units: part of the usual change of a week, else a twentieth of the value.

    Args:
        past: the changes of the weeks before.
        now: the value.
        bounds: lowest and highest value; the range counts where both are known.
    """
    usual = sum(abs(change) for change in past) / len(past) if past else 0.0
    if usual > 0.0:
        return _round_up(usual / USUAL)
    lowest, highest = bounds
    whole = highest - lowest if lowest is not None and highest is not None else abs(now)
    return _round_up(whole * STEADY)


def next_step(step: int, by: int) -> int:
    """The next wider (1) or narrower (-1) step out of 1, 2, 5, 10, 20, 50..."""
    power: int = 10 ** (len(str(step)) - 1)
    place = (1, 2, 5).index(step // power) + by
    if place < 0:
        return 5 * power // 10 if power > 1 else SMALLEST
    wider: int = (1, 2, 5, 10)[place]
    return wider * power


def scale(now: float, step: int, bounds: tuple[int | None, int | None]) -> tuple[int, ...]:
    """Nine values around the present one, whole steps where that fits, within the bounds; fewer in a narrow range."""
    lowest, highest = bounds
    start = round(now / step) * step - VALUES // 2 * step
    if highest is not None:
        start = min(start, highest - (VALUES - 1) * step)
    if lowest is not None:
        start = max(start, lowest)
    return tuple(value for value in range(start, start + VALUES * step, step) if highest is None or value <= highest)


def nearest(values: Sequence[int], now: float) -> int:
    """The value that lies nearest to the present one."""
    return min(values, key=lambda value: abs(value - now))


def bar(value: int, typed: Sequence[int]) -> str:
    """What stands beside a value: its name where it was typed, the bar where it lies between."""
    if value in typed:
        names = [name for name, one in zip(ASKS, typed, strict=False) if one == value]
        return f"[#] {' and '.join(names)}"
    return " |" if typed and min(typed) < value < max(typed) else ""


def _round_up(wanted: float) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50... that is no less."""
    step = SMALLEST
    while step < math.ceil(wanted):
        step = next_step(step, 1)
    return step
