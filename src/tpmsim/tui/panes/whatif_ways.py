"""Both ways of a run: how they ended, a number of both over the weeks, the fan, and how the branch went on."""

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from tpmsim.debrief.text_charts import paths
from tpmsim.debrief.whatif_words import ONE_WORLD, FanPage, Track, WaysPage, fan_chart
from tpmsim.tui.panes.read_pane import ReadPane
from tpmsim.tui.shown import QUIET, STRONG, joined, line, lines
from tpmsim.tui.widgets.pairs import Pair, Pairs
from tpmsim.tui.widgets.reading import Reading
from tpmsim.tui.window import TALL

MARGIN = 5
"""Columns that are not for charts: padding and scrollbar."""

LOW, HIGH = 5, 11
"""Rows of the chart, in a window that is not tall and in one that is."""

FAN_MARGIN, FAN_CELLS = 29, 60
"""Columns before the scale of the fan, and the most that it takes."""

PLAYING = "The branch is being played, with the same luck ..."
NOTHING = "There is no branch; the last row says why."
ASKING = "The fan is being played: many futures with the move and without it ..."
LEGEND = "o the run, x the branch, * both"


class WaysPane(ReadPane):
    """A run and its branch."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._ways: WaysPage | None = None
        self._fan: FanPage | None = None
        self._playing, self._track = False, 0

    def compose(self) -> ComposeResult:
        with Reading():
            yield Static("", id="ways-ends", markup=False)
            yield Static("", id="ways-chart", markup=False)
            yield Static("", id="fan-head", markup=False)
            yield Static("", id="fan-chart", markup=False)
            yield Static("", id="fan-says", markup=False)
            yield Pairs(id="ways-told")

    def show(self, ways: WaysPage | None, fan: FanPage | None, playing: bool) -> None:
        """Show what is known by now.

        Args:
            ways: both ways.
            fan: the fan.
            playing: whether what is missing is being played.
        """
        if ways is None and self._ways is not None:
            self.query_one(Reading).scroll_home(animate=False)
            self._track = 0
        self._ways, self._fan, self._playing = ways, fan, playing
        self._draw()

    def step(self, way: int) -> None:
        """Draw another number."""
        if self._ways is not None and self._ways.tracks:
            self._track = (self._track + way) % len(self._ways.tracks)
            self._draw()

    def describe(self) -> str:
        """The page in one line, for those who cannot see it."""
        ways, fan = self._ways, self._fan
        if ways is None:
            return PLAYING if self._playing else NOTHING
        told = f"{ways.turned} Was: {ways.was}. Now: {ways.now}."
        return f"{told} {fan.gain} {fan.share}" if fan is not None else told

    def on_resize(self, event: Resize) -> None:
        self._draw()

    def _draw(self) -> None:
        ways, fan = self._ways, self._fan
        width, tall = self.app.size.width - MARGIN, self.app.size.height >= TALL
        track = ways.tracks[self._track] if ways is not None and ways.tracks else None
        chart = lines(*_chart(track, ways.week, width, HIGH if tall else LOW)) if ways and track else Content("")
        self.query_one("#ways-ends", Static).update(lines(*_ends(ways, self._playing)))
        self.query_one("#ways-chart", Static).update(chart)
        self.query_one("#fan-head", Static).update(lines(*_head(fan, ways is not None and self._playing)))
        cells = min(width - FAN_MARGIN, FAN_CELLS)
        self.query_one("#fan-chart", Static).update(lines(*map(line, fan_chart(fan, cells) if fan else ())))
        self.query_one("#fan-chart").display = fan is not None
        self.query_one("#fan-says", Static).update(lines(*_says(fan)))
        self.query_one("#ways-told", Pairs).show(tuple(_told(ways, track)))


def _ends(ways: WaysPage | None, playing: bool) -> Iterator[Content]:
    if ways is None:
        yield line(PLAYING if playing else NOTHING)
        return
    yield line(ways.turned, STRONG)
    yield joined(line("Was  ", QUIET), line(ways.was))
    yield joined(line("Now  ", QUIET), line(ways.now))


def _chart(track: Track, week: int, width: int, height: int) -> Iterator[Content]:
    yield line(f"{track.title}: {LEGEND}", QUIET)
    yield from map(line, paths(track.was, track.now, week, track.ends, width, height))


def _head(fan: FanPage | None, playing: bool) -> Iterator[Content]:
    if fan is not None:
        yield line(fan.head, STRONG)
    elif playing:
        yield line(ASKING, QUIET)


def _says(fan: FanPage | None) -> Iterator[Content]:
    if fan is not None:
        yield line(f"{fan.gain} {fan.share}")
        yield line(ONE_WORLD, QUIET)


def _told(ways: WaysPage | None, track: Track | None) -> Iterator[Pair]:
    """How the branch went on, then the figures of the chart from where the ways part."""
    if ways is None:
        return
    for text in ways.told:
        yield Pair("-", text.strip(), first_kind=QUIET)
    figures = [one for one in track.figures if one[0] >= ways.week] if track is not None else []
    if track is not None and figures:
        yield Pair("", "")
        yield Pair("Week", f"{track.title}: the run, the branch", QUIET, QUIET)
    for number, was, now in figures:
        yield Pair(str(number), f"{was or '-':>10} {now or '-':>10}", right=True)
