"""The end of a run: how it ended, the score with its parts, one question, and what next."""

from collections.abc import Iterator
from typing import ClassVar, Literal, get_args

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Digits, Static

from tpmsim.game.pages import EndPage, ScorePart
from tpmsim.tui.screens.dialog import Dialog
from tpmsim.tui.shown import BAD, GOOD, QUIET, STRONG, joined, line, lines
from tpmsim.tui.widgets.clickrow import ClickRow, Item

Next = Literal["look", "debrief", "replay", "again", "new", "home"]
"""What can follow: look at the last state, debrief, replay, the same world again, another one, the first screen."""

STEPS: tuple[tuple[Next, str, str], ...] = (
    ("look", "l", "look"),
    ("debrief", "d", "debrief"),
    ("replay", "v", "replay"),
    ("again", "a", "same world"),
    ("new", "n", "new world"),
    ("home", "q", "first screen"),
)
"""What can be chosen, its key, its words; a row and no list, so that the question is seen in a small window too."""

BAR = 20
"""Columns of a bar; a full one is all that a part of the score can give."""


class EndScreen(Dialog[Next]):
    """Gives back what shall follow.

    Args:
        page: how the run ended.
        file: where it is kept; empty if it is not.
    """

    CSS_PATH = "../styles/end.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"go('{what}')", words) for what, key, words in STEPS),
        Binding("escape,enter", "go('look')", "look", show=False),
        Binding("j,down,space,pagedown", "scroll(3)", show=False),
        Binding("k,up,pageup", "scroll(-3)", show=False),
    ]

    def __init__(self, page: EndPage, file: str) -> None:
        super().__init__()
        self._page, self._file = page, file

    def compose(self) -> ComposeResult:
        page = self._page
        with Vertical(id="end-box"):
            with VerticalScroll(id="end-told", can_focus=False):
                with Horizontal(id="end-head"):
                    with Vertical(id="end-score"):
                        yield Digits(f"{page.points:.1f}", id="end-points")
                        yield Static(line("of 100 points", QUIET), markup=False)
                    yield Static(lines(*_story(page)), id="end-story", markup=False)
                yield Static(lines(*(row for part in page.parts for row in _part(part))), id="end-parts", markup=False)
                yield Static(lines(*_last(page, self._file)), id="end-last", markup=False)
            yield ClickRow(tuple(Item(what, key, words) for what, key, words in STEPS), id="end-steps")

    def on_mount(self) -> None:
        box = self.query_one("#end-box")
        box.border_title = line(self._page.title)
        box.set_class(self._page.good, "-good")

    def on_click_row_chosen(self, event: ClickRow.Chosen) -> None:
        event.stop()
        self.action_go(event.id)

    def action_go(self, what: str) -> None:
        self.dismiss(next(one for one in get_args(Next) if one == what))

    def action_scroll(self, way: int) -> None:
        self.query_one("#end-told").scroll_relative(y=way, animate=False)


def _story(page: EndPage) -> Iterator[Content]:
    """Whether it ended well, said before anything else; then how."""
    yield line("+ A good end", GOOD) if page.good else line("x Not a good end", BAD)
    yield from (line(text) for text in page.text)


def _part(part: ScorePart) -> tuple[Content, Content]:
    """A part of the score: the points and what for, then the bar, with what counts nothing and what counts in full."""
    share = part.got / part.weight if part.weight else 0.0
    full = min(max(round(BAR * share), 0), BAR)
    points = line(f"{part.got:>5.1f} of {part.weight:<4.1f}", STRONG)
    bar = joined("[", line("#" * full, GOOD if full == BAR else ""), line("-" * (BAR - full), QUIET), "]")
    ends = line(f"  nothing at {part.worst}, all at {part.full}", QUIET)
    return joined(points, f"  {part.says}: ", line(part.value, STRONG)), joined("  ", bar, ends)


def _last(page: EndPage, file: str) -> Iterator[Content]:
    if page.question:
        yield line("To think about", STRONG)
        yield line(page.question)
    if file:
        yield line(f"Saved in {file}", QUIET)
