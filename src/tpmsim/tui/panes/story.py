"""One week of a past run: what lay there, what was done, and what came of it."""

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll

from tpmsim.game.desk import Desk
from tpmsim.game.pages import EndPage, Message, Reveal, Step
from tpmsim.game.past import Past
from tpmsim.tui.messages import AskWhy
from tpmsim.tui.panes.pane import Pane
from tpmsim.tui.shown import BAD, GOOD, INBOX, QUIET, STRONG, turned
from tpmsim.tui.widgets.choices import Choices, Line
from tpmsim.tui.widgets.pairs import Pair, Pairs


class Story(Pane):
    """A week of a run that is looked back at."""

    def __init__(self) -> None:
        super().__init__(id="week")

    def compose(self) -> ComposeResult:
        with Container(id="story-sides"):
            with VerticalScroll(id="story-text", can_focus=False):
                yield Pairs(id="story-told")
            yield Choices(id="story-steps")

    def on_mount(self) -> None:
        steps = self.query_one(Choices)
        steps.border_title = "What changed"
        steps.border_subtitle = "enter or w tells why, J and K scroll the week"

    def show(self, desk: Desk) -> None:
        assert isinstance(desk, Past)
        came = desk.came()
        self.query_one(Pairs).show(tuple(_told(desk, came)))
        self.query_one("#story-text").scroll_home(animate=False)
        steps = self.query_one(Choices)
        steps.show(tuple(_step(one) for one in came.steps) if came is not None else ())
        steps.display = came is not None and bool(came.steps)

    def describe(self, desk: Desk) -> str:
        return f"{desk.view.clock(desk.seen)}: {len(desk.made)} moves were made."

    def scroll(self, rows: int) -> None:
        """Scroll the text by so many rows."""
        self.query_one("#story-text").scroll_relative(y=rows, animate=False)

    @property
    def present(self) -> str:
        """The number of the present row; empty where nothing changed."""
        present = self.query_one(Choices).present
        return present.id if present is not None else ""

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        self.post_message(AskWhy(event.line.id))


def _told(past: Past, came: Reveal | None) -> Iterator[Pair]:
    yield from _part("In the inbox", (_message(one) for one in past.inbox()))
    if not past.over:
        made = [Pair(">", past.view.told(move, past.week)) for move in past.made]
        yield from _part("What you did", iter(made or [Pair(" ", "nothing", QUIET)]))
    if past.over:
        yield from _ended(past.ending())
        return
    if came is None:
        yield Pair("", "The run goes on from here.", QUIET)
        return
    yield from _part(
        "What came of it", (Pair(" " if one.below else "-", one.text, first_kind=QUIET) for one in came.happened)
    )


def _ended(page: EndPage) -> Iterator[Pair]:
    """How it ended, and what the points are for."""
    yield Pair("", f"The run is over. {page.title}: {page.points:.1f} of 100 points", STRONG)
    yield Pair("", "+ A good end" if page.good else "x Not a good end", GOOD if page.good else BAD)
    yield Pair("", " ".join(page.text))
    yield Pair("", "")
    for one in page.parts:
        yield Pair(f"{one.got:.1f} of {one.weight:.1f}", f"{one.says}: {one.value}", right=True)


def _part(title: str, pairs: Iterator[Pair]) -> Iterator[Pair]:
    """A heading with its lines; nothing where there are none."""
    rows = tuple(pairs)
    if rows:
        yield from (Pair("", title, STRONG), *rows, Pair("", ""))


def _message(one: Message) -> Pair:
    kind = BAD if one.warns else ""
    return Pair(INBOX[one.kind], one.text, kind, kind)


def _step(one: Step) -> Line:
    return Line(one.number, f"{one.title} {one.step}: {one.causes}", sign=one.turn.sign, kind=turned(one.turn.word))
