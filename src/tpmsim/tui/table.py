"""The table at which one run is played: the only place of the screens where a session is held.

Screens read its desk and tell it what the player does. Whatever is stored either counts, is refused with a reason, or
waits because it could not be stored; none of the three is an exception to a screen.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tpmsim.errors import IllegalMove, InUse, StorageFailed
from tpmsim.game.delegation import Standing, standings
from tpmsim.game.desk import Desk
from tpmsim.game.opening_run import begin
from tpmsim.game.pages import Reveal
from tpmsim.game.routine import as_last_week
from tpmsim.game.session import Session
from tpmsim.lab.delegate import hand_over
from tpmsim.text import SafeText, TextRefused, shown_path

PATH_CHARS = 1_000

Forecasts = dict[str, tuple[int, int, int]]


@dataclass(frozen=True, slots=True)
class Told:
    """What came of something the player did.

    Attributes:
        done: whether it counts.
        lines: what there is to say about it.
        unsaved: what could not be stored and why; the move then waits.
        week_ended: whether a week ended with it.
    """

    done: bool
    lines: tuple[str, ...] = ()
    unsaved: str = ""
    week_ended: bool = False


class Table:
    """One run being played on the screen.

    Attributes:
        desk: what there is to read about it.
        revealed: the week that ended last in this sitting, with how its forecasts went.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._forecasts: Forecasts = {}
        self.desk = Desk(session)
        self.revealed: Reveal | None = None

    @property
    def file(self) -> str:
        """Where the run is kept, harmless to show; empty for a run without a file."""
        return "" if self._session.path is None else shown_path(str(self._session.path), PATH_CHARS)

    @property
    def path(self) -> Path | None:
        """Where the run is kept."""
        return self._session.path

    @property
    def pending(self) -> bool:
        """Whether something waits to be stored."""
        return self._session.pending

    @property
    def note(self) -> str:
        """A sentence about the opening of the file; or empty."""
        return self._session.opening_note

    @property
    def seed(self) -> str:
        """The seed of the run as text."""
        return self._session.header.seed

    @property
    def unanswered(self) -> tuple[str, ...]:
        """Cards that must be answered before the week can end."""
        return tuple(self._session.position.unanswered)

    @property
    def forecasts(self) -> Forecasts:
        """What was forecast for the end of this week."""
        return self._forecasts

    def make(self, move: str) -> Told:
        """Make a move."""
        return self._stored(lambda: self._session.play(move), lambda: self.desk.after_move(move))

    @property
    def as_last_week(self) -> tuple[str, ...]:
        """Labels of what was done last week and can be done again now."""
        return tuple(self.desk.view.label(move, self.desk.week) for move in as_last_week(self._session))

    def repeat(self) -> Told:
        """Do again what was done last week, as far as it can be."""
        moves = as_last_week(self._session)
        return self._stored(lambda: self._each(moves), lambda: (f"Again: {self._labels(moves)}.", self._hours()))

    @property
    def standings(self) -> tuple[Standing, ...]:
        """The areas that colleagues can take over, and how they stand."""
        return standings(self._session.loaded, self.desk.seen, self._session.delegated)

    def delegate(self, area: str, on: bool) -> Told:
        """Hand an area over, or take it back; whoever takes it over begins at once."""

        def handed() -> None:
            self._session.delegate(area, on)
            if on:
                made.extend(hand_over(self._session, (area,)))

        made: list[str] = []
        return self._stored(handed, lambda: self._delegated(made) or ("Handed over." if on else "Yours again.",))

    def begin_week(self) -> Told:
        """Let the delegates begin the week."""
        made: list[str] = []
        return self._stored(lambda: made.extend(hand_over(self._session)), lambda: self._delegated(made))

    def undo(self) -> Told:
        """Take back the last move of this week."""
        made = self.desk.made
        last = self.desk.view.label(made[-1], self.desk.week) if made else ""
        return self._stored(self._session.undo, lambda: (f"Taken back: {last}.",))

    def end_week(self) -> Told:
        """Let the world advance."""
        return self._stored(self._session.end_week)

    def keep(self, text: str, mark: bool = False) -> Told:
        """Keep a thought, or a mark, with the week."""
        try:
            clean = SafeText.clean(text)
        except TextRefused as error:
            return Told(False, (f"Not kept: {error}.",))
        return self._stored(lambda: self._session.note(clean, mark), lambda: ("Kept.",))

    def forecast(self, number: str, low: int, point: int, high: int) -> Told:
        """Keep a forecast of a number for the end of this week, in its whole quanta."""

        def kept() -> tuple[str, ...]:
            self._forecasts[number] = (low, point, high)
            return (f"Kept: your forecast of {self.desk.view.figures.title(number)}.",)

        return self._stored(lambda: self._session.forecast(number, low, point, high), kept)

    def retry(self) -> Told:
        """Try again to store what waits."""
        return self._stored(self._session.retry, lambda: ("Saved.",))

    def save_elsewhere(self, path: str) -> Told:
        """Write the whole run to another file and go on there."""
        try:
            usable = bool(path) and not SafeText.clean(path, PATH_CHARS, 1).changed
            target = Path(path).expanduser() if usable else None
        except (TextRefused, RuntimeError):
            target = None
        if target is None:
            return Told(False, unsaved="that is not the name of a file")
        return self._stored(lambda: self._session.save_elsewhere(target), lambda: (f"Saved in {self.file}.",))

    def withdraw(self) -> Told:
        """Forget what waits."""
        self._session.withdraw()
        return Told(False, ("Taken back; nothing has changed.",))

    def again(self, seed: str | None) -> "Table":
        """A new run of the same scenario, beside this one.

        Args:
            seed: of its world; None rolls one.

        Raises:
            StorageFailed: the file cannot be made.
        """
        session = self._session
        folder = session.path.parent if session.path is not None else Path()
        return Table(begin(session.loaded, seed, session.header.alias.plain(), folder))

    def close(self) -> None:
        """Leave the table. Nothing is saved here: what is confirmed is on the disk."""
        self._session.close()

    def _each(self, moves: Iterable[str]) -> None:
        for move in moves:
            self._session.play(move)

    def _delegated(self, made: Sequence[str]) -> tuple[str, ...]:
        return (f"Your delegates: {self._labels(made)}.", self._hours()) if made else ()

    def _labels(self, moves: Sequence[str]) -> str:
        return "; ".join(self.desk.view.label(move, self.desk.week) for move in moves)

    def _hours(self) -> str:
        return f"{self.desk.seen.hours:g} h left."

    def _stored(self, action: Callable[[], object], says: Callable[[], tuple[str, ...]] = lambda: ()) -> Told:
        ended = len(self._session.reports)
        try:
            action()
        except IllegalMove as error:
            return Told(False, (f"Not now: {error.reason}.",))
        except (StorageFailed, InUse) as error:
            return Told(False, unsaved=f"{error.message}. {error.help}")
        week_ended = len(self._session.reports) > ended
        if week_ended:
            self.revealed = self.desk.reveal(self._forecasts)
            self._forecasts = {}
        return Told(True, says(), week_ended=week_ended)
