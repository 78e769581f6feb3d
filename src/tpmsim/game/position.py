"""One run at one moment, and the steps that lead on: a fold over moves, undos and ended weeks.

Everything is new data; nothing is stored, shown or worded here. A session and a replay take the same steps.
"""

from dataclasses import dataclass, replace

import numpy as np

from tpmsim.core.ledger import Entry, Ledger
from tpmsim.core.moves import Reason, apply, refusal
from tpmsim.core.observe import Choice, Observation, choices, explain, observe, values
from tpmsim.core.opening import initial
from tpmsim.core.outcome import SCORE_UNIT, ending, parts, score_units
from tpmsim.core.rolls import parse_seed
from tpmsim.core.rules import Rules
from tpmsim.core.state import State
from tpmsim.core.week import advance
from tpmsim.errors import IllegalMove
from tpmsim.scenario.diagnostics import did_you_mean, nearest
from tpmsim.text import quoted


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run has ended.

    Attributes:
        score: W in whole units of 1/2**20 point.
        parts: how far each objective was met, 0..1, in the order of the scenario.
        ending: id of the ending that is told.
        weeks: the week in which it ended.
    """

    score: int
    parts: tuple[float, ...]
    ending: str
    weeks: int

    @property
    def points(self) -> float:
        """W, 0 to 100."""
        return self.score / SCORE_UNIT


@dataclass(frozen=True, slots=True)
class Position:
    """A run at one moment.

    Attributes:
        rules: the scenario.
        state: a batch of one.
        ledger: why each visible number is what it is.
        made: ids of this week's moves.
        before: where the last move of this week was made from; None at the start of a week.
    """

    rules: Rules
    state: State
    ledger: Ledger
    made: tuple[str, ...] = ()
    before: "Position | None" = None

    @property
    def trail(self) -> "tuple[Position, ...]":
        """The positions of this week from its start on, one a move; this one last."""
        found = [self]
        while (before := found[-1].before) is not None:
            found.append(before)
        return tuple(found[::-1])

    @property
    def week(self) -> int:
        """The week now played; of an ended run its last."""
        return int(self.state.known.week[0])

    @property
    def over(self) -> bool:
        """Whether the run has ended."""
        return not self.state.live[0]

    @property
    def observation(self) -> Observation:
        """What the player may know."""
        return observe(self.rules, self.state.known)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Every move, with the reason why not where it is refused."""
        return choices(self.rules, self.state.known)

    @property
    def unanswered(self) -> tuple[str, ...]:
        """Cards that must be answered before the week can end."""
        return tuple(
            card.id for e, card in enumerate(self.rules.cards) if card.silence < 0 and self.state.known.open[e, 0] > 0.0
        )

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The causes of every change so far."""
        return tuple(self.ledger.entries)

    @property
    def outcome(self) -> Outcome | None:
        """How it ended; None while it goes on."""
        return self.result() if self.over else None

    def result(self) -> Outcome:
        """How it would be judged if it ended as it stands."""
        known = self.state.known
        return Outcome(
            score=int(score_units(self.rules, known)[0]),
            parts=tuple(float(part) for part in parts(self.rules, known)[:, 0]),
            ending=self.rules.endings[int(ending(self.rules, known)[0])].id,
            weeks=self.week,
        )


def opening(rules: Rules, seed: str) -> Position:
    """The planning week of a run."""
    state = initial(rules, np.array([parse_seed(seed)], dtype=np.uint64))
    ledger = Ledger({number.id: number.quantum for number in rules.numbers})
    ledger.start(values(rules, state.known))
    return Position(rules, state, ledger)


def moved(position: Position, move_id: str) -> Position:
    """The position after a move.

    Raises:
        IllegalMove: there is no such move, or it is refused; the reason says why.
    """
    rules = position.rules
    try:
        row = rules.move(move_id)
    except KeyError:
        close = nearest(move_id, (move.id for move in rules.moves))
        raise IllegalMove("unknown", f"no move {quoted(move_id)}{did_you_mean(close)}") from None
    code = int(refusal(rules, position.state.known, row)[0])
    if code != Reason.LEGAL:
        name = Reason(min(code, Reason.CHECK)).name.lower()
        raise IllegalMove(name, explain(rules, position.state.known, rules.moves[row], code))
    ledger = position.ledger.copy()
    state = apply(rules, position.state, np.array([row]), ledger)
    return Position(rules, state, ledger, (*position.made, move_id), position)


def undone(position: Position) -> Position:
    """The position before the last move of this week.

    Raises:
        IllegalMove: no move was made this week.
    """
    if position.before is None:
        raise IllegalMove("nothing", "nothing to take back: no move was made this week")
    return position.before


def week_ended(position: Position) -> Position:
    """The position at the start of the next week, or at the end of the run.

    Raises:
        IllegalMove: the run is over, or a card must be answered first.
    """
    if position.over:
        raise IllegalMove("ended", "the run is over")
    if position.unanswered:
        raise IllegalMove("unanswered", f"answer first: {', '.join(position.unanswered)}")
    ledger = position.ledger.copy()
    state = advance(position.rules, position.state, ledger)
    ledger.week += 1
    return replace(position, state=state, ledger=ledger, made=(), before=None)
