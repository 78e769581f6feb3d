"""Delegates: the moves that colleagues make in the areas that are handed over to them.

A delegate is a policy, so it sees what the player sees. What it does are ordinary moves of the run: journalled one by
one, and taken back like any other.
"""

from collections.abc import Collection

from tpmsim.core.rolls import Luck, fork_key
from tpmsim.game.delegation import AREAS, Area, kinds, refusal
from tpmsim.game.position import Position, moved
from tpmsim.game.session import Session
from tpmsim.lab.policies.areas import DELEGATES
from tpmsim.lab.rollout import POLICY_FORK

MOST_EACH = 8
"""Moves of one delegate in a week, at most."""


def proposals(position: Position, areas: Collection[str]) -> tuple[str, ...]:
    """Ids of the moves that delegates would make now, in order; one after the other all are legal.

    Args:
        position: where the run stands.
        areas: ids of the areas that are handed over; one that nobody takes just now rests.
    """
    made: list[str] = []
    for one in AREAS:
        if one.id in areas and not refusal(position.rules, position.observation, one):
            position, moves = _acted(position, one)
            made += moves
    return tuple(made)


def hand_over(session: Session, areas: Collection[str] | None = None) -> tuple[str, ...]:
    """Let the delegates make their moves now; the ids of what was made.

    Args:
        session: the run.
        areas: whose delegates act; all that are handed over where it is None.

    Raises:
        StorageFailed: a move could not be stored; it waits, and what comes after it was not made.
    """
    moves = proposals(session.position, session.delegated if areas is None else areas)
    for move in moves:
        session.play(move)
    return moves


def _acted(position: Position, one: Area) -> tuple[Position, list[str]]:
    """Where the delegate of an area leads, and by which moves; each at most once a week."""
    rules, moves = position.rules, list[str]()
    bound, own = DELEGATES[one.id].bind(rules), kinds(rules, one)
    luck = Luck(fork_key(position.state.future, POLICY_FORK), position.week)
    for step in range(MOST_EACH):
        row = int(bound.choose(position.state.known, luck, step)[0])
        if row < 0 or rules.moves[row].kind not in own or rules.moves[row].id in position.made:
            break
        moves.append(rules.moves[row].id)
        position = moved(position, moves[-1])
    return position, moves
