"""Routine: what was done last week and can be done again, so that a week of the same takes one decision.

Only moves that may well be wanted week after week: asking, talking, showing, giving credit. What decides something
(a promise, a gate, an answer, a price) is never repeated for the player.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from tpmsim.core.rules import Rules
from tpmsim.errors import IllegalMove
from tpmsim.game.position import Position, moved
from tpmsim.game.session import Session

ROUTINE: Final = ("talk", "share", "credit")
"""Kinds of moves that are repeated, beside the instruments of the scenario."""


def as_last_week(session: Session) -> tuple[str, ...]:
    """Ids of last week's routine moves that can be made again now, in order; one after the other all are legal.

    What was made again already this week is not proposed once more.
    """
    if not session.reports or session.position.over:
        return ()
    made = Counter(session.position.made)
    wanted = []
    for move in session.reports[-1].made:
        if made[move] > 0:
            made[move] -= 1
        elif is_routine(session.loaded.rules, move):
            wanted.append(move)
    return in_sequence(session.position, wanted)


def is_routine(rules: Rules, move_id: str) -> bool:
    """Whether a move is of a kind that is repeated."""
    kind = move_id.partition(":")[0]
    return kind in ROUTINE or any(tool.id == kind for tool in rules.instruments)


def in_sequence(position: Position, moves: Iterable[str]) -> tuple[str, ...]:
    """Those of the moves that can be made from here in this order; one that cannot be made is left out."""
    legal = []
    for move in moves:
        try:
            position = moved(position, move)
        except IllegalMove:
            continue
        legal.append(move)
    return tuple(legal)
