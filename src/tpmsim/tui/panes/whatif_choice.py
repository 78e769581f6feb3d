"""The moves that were legal in a week and were not made, one a line; below them what the present one may do."""

from collections.abc import Iterator
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message
from textual.widgets import Static

from tpmsim.debrief.whatif_words import Offered
from tpmsim.game.wording.prose import counted
from tpmsim.tui.shown import QUIET, STRONG, cell, line
from tpmsim.tui.widgets.pairs import Pair, Pairs
from tpmsim.tui.widgets.reading import Reading
from tpmsim.tui.widgets.rows import Column, Row, Rows

SHAPE = (
    Column("says", "another move", 32, 3),
    Column("instead", "in place of", 22, 2),
    Column("price", "takes", 18),
)
ADDED = "added"
LOOKING = "The moves of the week are being looked up ..."
NONE = "No other move was legal then."
ASKS = "What if you had done something else in {week}? The luck stays the same where the same things happen."


class ChoicePane(Container):
    """What could have been done otherwise in a week."""

    can_focus = False

    @dataclass
    class Picked(Message):
        """A move was chosen; its id."""

        move: str

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._moves: tuple[Offered, ...] = ()

    def compose(self) -> ComposeResult:
        yield Static("", classes="headline", markup=False)
        yield Rows()
        with Reading(classes="told", can_focus=False):
            yield Pairs()

    @property
    def present(self) -> str:
        """Id of the present move; empty where there is none."""
        return self.query_one(Rows).present

    def show(self, week: int, moves: tuple[Offered, ...] | None) -> None:
        """Show the moves of a week; None while they are being looked up."""
        named = f"week {week}" if week else "the planning week"
        says = LOOKING if moves is None else ASKS.format(week=named) if moves else NONE
        self.query_one(".headline", Static).update(line(says, QUIET))
        self._moves = moves or ()
        rows = self.query_one(Rows)
        rows.show(SHAPE, tuple(_row(one) for one in self._moves))
        rows.display = bool(self._moves)
        self._tell()

    def describe(self) -> str:
        """The page in one line, for those who cannot see it."""
        return f"{counted(len(self._moves), 'other move')}: {'; '.join(one.says for one in self._moves)}."

    def scroll(self, rows: int) -> None:
        """Scroll the text by so many rows."""
        self.query_one(Reading).scroll_relative(y=rows, animate=False)

    def on_rows_present(self, event: Rows.Present) -> None:
        event.stop()
        self._tell()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        self.post_message(self.Picked(event.id))

    def _tell(self) -> None:
        one = next((one for one in self._moves if one.move == self.present), None)
        self.query_one(Pairs).show(tuple(_told(one)) if one is not None else ())


def _row(one: Offered) -> Row:
    return Row(one.move, (cell(one.says), cell(one.instead or ADDED, "" if one.instead else "dim"), cell(one.price)))


def _told(one: Offered) -> Iterator[Pair]:
    yield Pair("", one.says, STRONG)
    yield Pair("", f"In place of: {one.instead}" if one.instead else "Added to what was done in the week.")
    if one.does:
        yield Pair("", one.does)
    yield Pair("", f"Takes {one.price}. Its id: {one.move}", QUIET)
