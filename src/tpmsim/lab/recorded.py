"""A policy at the table: it plays a session move by move and leaves a run file, with the result it has in a batch."""

from collections.abc import Callable

import numpy as np

from tpmsim.core.rolls import Luck, fork_key
from tpmsim.game.session import Session, answer_what_must_be
from tpmsim.lab.policy import Policy
from tpmsim.lab.rollout import MOST_MOVES, POLICY_FORK, week_of

ALONE = np.ones(1, dtype=np.bool_)
"""The one run at the table is busy."""


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
        luck = Luck(fork_key(session.position.state.future, POLICY_FORK), session.position.week)
        week = week_of(bound, luck)
        for _ in range(MOST_MOVES):
            chosen = week.choose(session.position.state.known, ALONE)
            if chosen[0] < 0:
                break
            session.play(rules.moves[int(chosen[0])].id)
            week.made(chosen)
        answer_what_must_be(session)
        session.end_week()
    return True
