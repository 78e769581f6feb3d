"""Branches: the same run up to the start of a week, in a file of its own, with the same luck from there on."""

from pathlib import Path

from tpmsim.errors import InputRefused
from tpmsim.game.files import remove
from tpmsim.game.records import Delegate, Forecast, Mark, Move, Note, Parent, Record, Undo, Week
from tpmsim.game.replay import Replayed
from tpmsim.game.session import Session


def branch(run: Replayed, week: int, path: Path) -> Session:
    """A new run that goes through the same weeks as `run` and stands at the start of `week`.

    Args:
        run: what it branches from; weeks after a difference cannot be branched from.
        week: to choose otherwise in.
        path: of the new run file.

    Raises:
        InputRefused: the run never came to that week, or is not what the rules gave before it.
        StorageFailed: the file cannot be made; none is left then.
    """
    reached = run.position.week if run.exact else len(run.weeks) - 1
    if not 0 <= week <= reached or (run.position.over and week >= reached):
        last = reached - 1 if run.position.over else reached
        raise InputRefused(
            f"no branch from week {week}: the run can be branched from week 0 to {max(last, 0)}", file=run.name
        )
    header = run.journal.header
    session = Session.start(
        run.loaded,
        header.seed,
        path,
        alias=header.alias,
        mode=header.mode,
        parent=Parent(run.journal.run_id, week),
    )
    try:
        _repeat(session, run.journal.records, week)
    except BaseException:
        session.close()
        for made in {path, session.path or path}:
            remove(made)
        raise
    return session


def _repeat(session: Session, records: tuple[Record, ...], week: int) -> None:
    for record in records:
        if session.position.week == week:
            return
        match record:
            case Move(move_id):
                session.play(move_id)
            case Undo():
                session.undo()
            case Week():
                session.end_week()
            case Delegate() | Forecast() | Note() | Mark():
                session.repeat(record)
            case _:
                pass
