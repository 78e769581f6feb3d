"""The run of a preview: what its author did, done again on each edition of a scenario.

A *track* is all that was done and not taken back, week by week. An *edition* is a run of one edition of the scenario
without a file, on which the track was gone through again as far as it can be. What cannot be done is skipped and told,
and stays on the track: an answer whose card comes back with a later edition is given again. Pure: no files, no
screens, no clock; opening a scenario is `editions`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from tpmsim.errors import IllegalMove
from tpmsim.game.records import Delegate, Forecast, Mark, Move, Note, Record, Undo, Week
from tpmsim.game.session import Session, answer_what_must_be
from tpmsim.scenario.loading import Loaded

Did = Move | Delegate | Forecast | Note | Mark
Track = tuple[tuple[Did, ...], ...]
"""What was done in each week, from week 0; the last week is not ended."""

FRESH: Final[Track] = ((),)


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was to be done and cannot be.

    Attributes:
        week: in which it was to be done.
        what: the id of the move, or the number of the forecast.
        reason: why not.
    """

    week: int
    what: str
    reason: str

    @property
    def line(self) -> str:
        """In a line."""
        return f"{self.what} ({self.reason})"


@dataclass(frozen=True, slots=True)
class Edition:
    """A run of one edition of a scenario.

    Attributes:
        session: the run; it has no file.
        track: what was to be done.
        place: the week of the track at which the replay came to stand.
        now: what stands on the track for that week, each with whether it was done.
        records: how many records of the session the replay made.
        skipped: what could not be done, in order.
        answers: moves made so that a week could end, as a card of it must be answered.
        stopped: why the replay stands before the end of the track; or empty.
    """

    session: Session
    track: Track
    place: int
    now: tuple[tuple[Did, bool], ...]
    records: int
    skipped: tuple[Skipped, ...] = ()
    answers: tuple[str, ...] = ()
    stopped: str = ""


def edition(loaded: Loaded, seed: str, track: Track = FRESH) -> Edition:
    """A run of this scenario on which the track is gone through again, as far as it can be.

    Args:
        loaded: the edition of the scenario.
        seed: of the world; the same one gives the same luck on every edition.
        track: what is to be done.
    """
    session = Session.start(loaded, seed)
    skipped, answers = list[Skipped](), list[str]()
    now, place, stopped = list[tuple[Did, bool]](), 0, ""
    for place, week in enumerate(track):
        now = list(_made(session, week, skipped))
        last = place == len(track) - 1
        stopped = _unplayed(session, now) if last else _ended(session, answers)
        if stopped:
            break
    made = len(session.records)
    return Edition(session, track, place, tuple(now), made, tuple(skipped), tuple(answers), stopped)


def begun(session: Session) -> Edition:
    """The first edition, at the point to which its run was played; all of that is its track."""
    return Edition(session, FRESH, 0, (), 0)


def track_on(one: Edition) -> Track:
    """The track after all that was done on an edition since its replay.

    Where the run is over before the end of the track, nothing but thoughts can have been added; the rest stays.
    """
    since = one.session.records[one.records :]
    return (*_with(one.track[: one.place], one.now, since), *one.track[one.place + 1 :])


def track_of(records: Iterable[Record]) -> Track:
    """What a run file tells of what its player did; what was taken back is gone."""
    return _with((), (), records)


def _with(before: Track, now: Iterable[tuple[Did, bool]], records: Iterable[Record]) -> Track:
    """A track with more records: the weeks before the present one, what stands there for that, and what was done."""
    weeks, week = list(before), list(now)
    for record in records:
        match record:
            case Undo():
                made = [row for row, (did, done) in enumerate(week) if done and isinstance(did, Move)]
                for row in made[-1:]:
                    del week[row]
            case Week():
                weeks.append(tuple(did for did, _ in week))
                week = []
            case Move() | Delegate() | Forecast() | Note() | Mark():
                week.append((record, True))
            case _:
                pass
    return (*weeks, tuple(did for did, _ in week))


def _made(session: Session, week: tuple[Did, ...], skipped: list[Skipped]) -> Iterator[tuple[Did, bool]]:
    """Do what stands on the track for a week; each with whether it was done. After the end thoughts alone can be."""
    for did in week:
        if session.position.over and not isinstance(did, Note | Mark):
            yield did, False
            continue
        reason = _done(session, did)
        if reason:
            skipped.append(Skipped(session.position.week, did.id if isinstance(did, Move) else "forecast", reason))
        yield did, not reason


def _done(session: Session, did: Did) -> str:
    """Do one thing; why it cannot be done, or an empty text."""
    try:
        match did:
            case Move(move_id):
                session.play(move_id)
            case Forecast(name, low, point, high):
                session.forecast(name, low, point, high)
            case _:
                session.repeat(did)
    except IllegalMove as error:
        return "no such move" if error.code == "unknown" and isinstance(did, Move) else error.reason
    return ""


def _ended(session: Session, answers: list[str]) -> str:
    """End the week; why it cannot end, or an empty text. A card that must be answered takes its first possible answer.

    There is always one: a scenario in which a card could hold the week for good is not sound.
    """
    if session.position.over:
        return f"the run ends in week {session.position.week} now"
    answers += answer_what_must_be(session)
    session.end_week()
    return ""


def _unplayed(session: Session, now: list[tuple[Did, bool]]) -> str:
    """Whether the run was over before all of its last week was done, in words; or an empty text."""
    left = any(not done for _, done in now)
    return f"the run ends in week {session.position.week} now" if left and session.position.over else ""
