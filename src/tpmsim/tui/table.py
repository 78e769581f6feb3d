"""The table at which one run is played: the only place of the screens where a session is held.

Screens read its desk and tell it what the player does. Whatever is stored either counts, is refused with a reason, or
waits because it could not be stored; none of the three is an exception to a screen.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from tpmsim.errors import IllegalMove, InUse, StorageFailed
from tpmsim.game.aid_pages import AidsPage, TimetablePage
from tpmsim.game.delegation import Standing, accounts, resting, standings
from tpmsim.game.desk import Desk
from tpmsim.game.files import PATH_CHARS, typed_path
from tpmsim.game.opening_run import begin
from tpmsim.game.pages import Reveal
from tpmsim.game.routine import as_last_week
from tpmsim.game.session import Session
from tpmsim.game.wording.prose import counted
from tpmsim.lab.aid_words import aids_page, timetable_page
from tpmsim.lab.delegate import proposals
from tpmsim.text import SafeText, TextRefused, shown_path

Step = Callable[[], object]
Steps = Iterator[Step]
Says = Callable[[Sequence[str]], tuple[str, ...]]

STILL = "not saved: the last move still waits. Try again, save elsewhere or take it back."


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


@dataclass(frozen=True, slots=True)
class Doing:
    """Something under way that takes one step or several, each stored by itself.

    Attributes:
        steps: those that are left; one that could not be stored waits in the session and is not among them.
        says: what it comes to, given the moves that were made.
        before: how many moves of the week had been made when it began.
    """

    steps: Steps
    says: Says
    before: int

    def made(self, session: Session) -> tuple[str, ...]:
        """The moves that were made so far."""
        return session.position.made[self.before :]


NOTHING = Doing(iter(()), lambda made: (), 0)


class Table:
    """One run being played on the screen.

    Attributes:
        desk: what there is to read about it.
        revealed: the week that ended last in this sitting, with how its forecasts went.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known = session.path
        self._folder = session.path.parent if session.path is not None else Path()
        self._doing = NOTHING
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
    def aids(self) -> AidsPage:
        """What a question is worth, and in which order to work."""
        return aids_page(self.desk)

    @property
    def timetable(self) -> Callable[[], TimetablePage]:
        """Works out when the plan is likely to be done; takes a moment, so it is called beside the screen."""
        return partial(timetable_page, self.desk)

    def make(self, move: str) -> Told:
        """Make a move."""
        return self._do(lambda made: self.desk.after_move(move), lambda: self._session.play(move))

    @property
    def as_last_week(self) -> tuple[str, ...]:
        """Labels of what was done last week and can be done again now."""
        return tuple(self.desk.view.label(move, self.desk.week) for move in as_last_week(self._session))

    def repeat(self) -> Told:
        """Do again what was done last week, as far as it can be."""
        return self._do_each(
            lambda made: (f"Again: {self._labels(made)}.", self._hours()), self._moves(as_last_week(self._session))
        )

    @property
    def standings(self) -> tuple[Standing, ...]:
        """The areas that colleagues can take over, and how they stand."""
        return standings(self._session.loaded, self.desk.seen, self._session.delegated)

    def delegate(self, area: str, on: bool) -> Told:
        """Hand an area over, or take it back; whoever takes it over begins at once."""

        def steps() -> Steps:
            yield lambda: self._session.delegate(area, on)
            if on:
                yield from self._moves(proposals(self._session.position, (area,)))

        said = "Handed over." if on else "Yours again."
        return self._do_each(lambda made: self._accounts(made) or (said,), steps())

    def begin_week(self) -> Told:
        """Let the delegates begin the week, unless they had their chance; what they did, and who rests."""
        if not self._session.week_begins:
            return Told(True)
        moves = proposals(self._session.position, self._session.delegated)
        return self._do_each(lambda made: (*self._accounts(made), *resting(self.standings)), self._moves(moves))

    def undo(self) -> Told:
        """Take back the last move of this week."""
        made = self.desk.made
        last = self.desk.view.label(made[-1], self.desk.week) if made else ""
        return self._do(lambda _: (f"Taken back: {last}.",), self._session.undo)

    def end_week(self) -> Told:
        """Let the world advance."""
        return self._do(lambda _: (), self._session.end_week)

    def keep(self, text: str, mark: bool = False) -> Told:
        """Keep a thought, or a mark, with the week."""
        try:
            clean = SafeText.clean(text)
        except TextRefused as error:
            return Told(False, (f"Not kept: {error}.",))
        return self._do(lambda _: ("Kept.",), lambda: self._session.note(clean, mark))

    def forecast(self, number: str, low: int, point: int, high: int) -> Told:
        """Keep a forecast of a number for the end of this week, in its whole quanta."""
        return self._do(
            lambda _: (f"Kept: your forecast of {self.desk.view.figures.title(number)}.",),
            lambda: self._session.forecast(number, low, point, high),
        )

    def retry(self) -> Told:
        """Try again to store what waits, then go on with what was to follow it."""
        return self._pursue(self._session.retry, "Saved.")

    def save_elsewhere(self, path: str) -> Told:
        """Write the whole run to another file, go on there, and with what was to follow."""
        return self._pursue(lambda: self._session.save_elsewhere(typed_path(path)), "Saved.")

    def withdraw(self) -> Told:
        """Forget what waits, and what was to follow it."""
        before = self._doing.made(self._session)
        self._session.withdraw()
        self._doing = NOTHING
        stands = f"{counted(len(before), 'move')} before it {'is' if len(before) == 1 else 'are'} made"
        return Told(False, (f"Taken back; {stands if before else 'nothing has changed'}.",))

    def again(self, seed: str | None) -> "Table":
        """A new run of the same scenario, in the folder where this one was when it came to the table.

        Args:
            seed: of its world; None rolls one.

        Raises:
            StorageFailed: the file cannot be made.
        """
        session = self._session
        return Table(begin(session.loaded, seed, session.header.alias.plain(), self._folder))

    def close(self) -> None:
        """Leave the table. Nothing is saved here: what is confirmed is on the disk."""
        self._session.close()

    def _moves(self, moves: Iterable[str]) -> Steps:
        for move in moves:
            yield partial(self._session.play, move)

    def _accounts(self, made: Sequence[str]) -> tuple[str, ...]:
        """Who did what, and the hours that are left; nothing where nobody did anything."""
        told = accounts(self.desk.view, self.desk.seen, made)
        return (*told, self._hours()) if told else ()

    def _labels(self, moves: Sequence[str]) -> str:
        return "; ".join(self.desk.view.label(move, self.desk.week) for move in moves)

    def _hours(self) -> str:
        return f"{self.desk.seen.hours:g} h left."

    def _do(self, says: Says, action: Step) -> Told:
        return self._do_each(says, iter((action,)))

    def _do_each(self, says: Says, steps: Steps) -> Told:
        """Take steps one after the other; what it comes to is said once all are taken."""
        if self._session.pending:
            return Told(False, unsaved=STILL)
        self._doing = Doing(steps, says, len(self.desk.made))
        return self._pursue()

    def _pursue(self, first: Step | None = None, saved: str = "") -> Told:
        """Take the steps that are left, after that which stores the one that waits."""
        doing, ended = self._doing, len(self._session.reports)
        lines = (saved,) if saved else ()
        try:
            for step in doing.steps if first is None else chain((first,), doing.steps):
                step()
        except IllegalMove as error:
            self._doing = NOTHING
            return Told(False, (*lines, f"Not now: {error.reason}.", *self._moved_on()))
        except (StorageFailed, InUse) as error:
            done = len(doing.made(self._session))
            so_far = f" {counted(done, 'move')} {'is' if done == 1 else 'are'} made already." if done else ""
            return Told(False, unsaved=f"{error.message}. {error.help}{so_far}")
        self._doing = NOTHING
        week_ended = len(self._session.reports) > ended
        if week_ended:
            self.revealed = self.desk.reveal()
        return Told(True, (*lines, *doing.says(doing.made(self._session)), *self._moved_on()), week_ended=week_ended)

    def _moved_on(self) -> tuple[str, ...]:
        """Where the run goes on, if that is another file than the player was told of."""
        if self._session.path == self._known:
            return ()
        self._known = self._session.path
        return (f"The run goes on in {self.file}.",)
