"""A policy at the table: it plays a session move by move and leaves a run file, with the result it has in a batch."""

from collections.abc import Callable

from tpmsim.game.session import Session, answer_what_must_be
from tpmsim.lab.policy import Policy
from tpmsim.lab.rollout import moves_of


def record(session: Session, policy: Policy) -> None:
    """Play a session to its end.

    Raises:
        StorageFailed: a move could not be stored.
    """
    record_until(session, policy, lambda: False)


def record_until(session: Session, policy: Policy, there: Callable[[], bool]) -> bool:
    """Play a session to the first week at whose start something holds; whether it ever did.

    Args:
        session: the run, at the start of a week.
        policy: who plays.
        there: asked at the start of each week, and after the last one.

    Raises:
        StorageFailed: a move could not be stored.
    """
    rules = session.loaded.rules
    bound = policy.bind(rules)
    while not there():
        if session.outcome is not None:
            return False
        for row in moves_of(bound, lambda: session.position.state):
            session.play(rules.moves[row].id)
        answer_what_must_be(session)
        session.end_week()
    return True
