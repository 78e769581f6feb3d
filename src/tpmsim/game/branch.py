"""Branches: the same run up to the start of a week, with the same luck from there on; with a file or without."""

from pathlib import Path

from tpmsim.errors import InputRefused
from tpmsim.game.files import remove
from tpmsim.game.journal import Journal, lines_of, parse
from tpmsim.game.records import Delegate, Forecast, Mark, Move, Note, Parent, Record, Undo, Week
from tpmsim.game.replay import Replayed
from tpmsim.game.session import Session
from tpmsim.game.store import Store


def branch(run: Replayed, week: int, path: Path | None) -> Session:
    """A new run that goes through the same weeks as `run` and stands at the start of `week`.

    Args:
        run: what it branches from; weeks after a difference cannot be branched from.
        week: to choose otherwise in.
        path: of the new run file; None plays without one, and `keep` can write it later.

    Raises:
        InputRefused: the run never came to that week, or is not what the rules gave before it.
        StorageFailed: the file cannot be made; none is left then.
    """
    reached, over = (run.position.week, run.position.over) if run.exact else (len(run.weeks) - 1, False)
    if not 0 <= week <= reached or (over and week >= reached):
        last = reached - 1 if over else reached
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
        for made in {one for one in (path, session.path) if one is not None}:
            remove(made)
        raise
    return session


def journal_of(session: Session, name: str) -> Journal:
    """The journal of a run that was begun without a file, as if it had been read from one.

    Args:
        session: of the run.
        name: that a file of it would have.
    """
    return parse(b"".join(lines_of(session.header, session.records)), name)


def keep(session: Session, path: Path) -> Path:
    """Write a run that was begun without a file to a new one, all of it or nothing; where it is.

    Raises:
        StorageFailed: the file cannot be made; none is left then.
    """
    first, *others = lines_of(session.header, session.records)
    store = Store.create(path, first)
    try:
        if others:
            store.append(*others)
    except BaseException:
        store.close()
        remove(path)
        raise
    store.close()
    return store.path


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
