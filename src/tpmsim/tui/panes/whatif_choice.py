"""What could have been done otherwise in a week, one way a line; below them what the present one may do."""

from collections.abc import Iterator

from textual.widgets import Static

from tpmsim.debrief.whatif_words import Offered
from tpmsim.game.wording.prose import capital, counted
from tpmsim.tui.panes.read_pane import ReadRows
from tpmsim.tui.shown import QUIET, STRONG, cell, line
from tpmsim.tui.widgets.pairs import Pair, Pairs
from tpmsim.tui.widgets.rows import Column, Row, Rows

SHAPE = (
    Column("says", "what else", 32, 3),
    Column("instead", "in place of", 22, 2),
    Column("price", "takes", 18),
)
ADDED = "added"
LOOKING = "The moves of the week are being looked up ..."
NONE = "No other move was legal then."
ASKS = "What if you had done something else in {week}? The luck stays the same where the same things happen."


class ChoicePane(ReadRows):
    """What could have been done otherwise in a week; the ids of its rows are those of the moves."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._moves: tuple[Offered, ...] = ()

    def show(self, week: int, moves: tuple[Offered, ...] | None) -> None:
        """Show the moves of a week; None while they are being looked up."""
        named = f"week {week}" if week else "the planning week"
        says = LOOKING if moves is None else ASKS.format(week=named) if moves else NONE
        self.query_one(".headline", Static).update(line(says, QUIET))
        self._moves = moves or ()
        rows = self.query_one(Rows)
        rows.show(SHAPE, tuple(_row(one) for one in self._moves))
        rows.display = bool(self._moves)
        self.tell()

    def describe(self) -> str:
        """The page in one line, for those who cannot see it."""
        return f"{counted(len(self._moves), 'other way')}: {'; '.join(map(_said, self._moves))}."

    def tell(self) -> None:
        one = next((one for one in self._moves if one.move == self.present), None)
        self.query_one(Pairs).show(tuple(_told(one)) if one is not None else ())


def _said(one: Offered) -> str:
    return f"{one.says}, in place of {one.instead}" if one.instead else one.says


def _row(one: Offered) -> Row:
    return Row(one.move, (cell(one.says), cell(one.instead or ADDED, "" if one.instead else "dim"), cell(one.price)))


def _taken(price: str) -> str:
    """What a move takes, as the beginning of a sentence."""
    return capital(price) if price.startswith("costs") else f"Takes {price}"


def _told(one: Offered) -> Iterator[Pair]:
    yield Pair("", one.says, STRONG)
    yield Pair("", f"In place of: {one.instead}" if one.instead else "Added to what was done in the week.")
    if one.does:
        yield Pair("", one.does)
    yield Pair("", f"{_taken(one.price)}. Its id: {one.move}", QUIET)
