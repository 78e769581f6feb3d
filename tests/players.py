"""Players for tests: they choose among what is legal, by a seed of their own."""

import random

from tpmsim.game.session import Session


def random_week(session: Session, dice: random.Random, most: int = 5) -> None:
    """Make some legal moves, take one back now and then, and end the week."""
    for _ in range(dice.randrange(most + 1)):
        legal = [one for one in session.legal_moves if not one.endswith("/kill")]
        if legal:
            session.play(dice.choice(legal))
        if dice.random() < 0.15 and session.position.before is not None:
            session.undo()
    for card in session.position.unanswered:
        session.play(next(one for one in session.legal_moves if one.startswith(f"answer:{card}/")))
    session.end_week()


def random_run(session: Session, seed: int) -> None:
    """Play a run to its end."""
    dice = random.Random(seed)
    while session.outcome is None:
        random_week(session, dice)
