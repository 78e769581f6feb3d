"""The past: a run as it lay before its player, at any week of it. It is a desk at which nothing can be done.

A past stands at a *stop*: the end of a week, all its moves made and the world not yet advanced, or, after those, where
the run stands now. What is read is what the player could read there, so that the same pages lay both out.
"""

from pathlib import Path

from tpmsim.core.observe import Choice
from tpmsim.errors import InputRefused, TooNew
from tpmsim.game.desk import Desk
from tpmsim.game.journal import Journal, read
from tpmsim.game.pages import Reveal, Why
from tpmsim.game.position import Outcome, Position
from tpmsim.game.recorded import Recorded, recorded
from tpmsim.game.replay import Replayed, embedded, misnamed, replayed, resimulated
from tpmsim.game.reveal import reveal
from tpmsim.game.session import Session, WeekReport, week_report
from tpmsim.game.view import View
from tpmsim.game.why import why
from tpmsim.text import shown_path

BEGINNING, END = "planning week", "end"


def look_back(path: Path, language: str = "") -> "Past | Recorded":
    """A run file as it was: re-simulated where every record is what the rules give, else as it was written down.

    Raises:
        InputRefused: no run can be made of it.
        TooNew: made by a later format.
    """
    journal = read(path)
    name = shown_path(path.name)
    try:
        found = replayed(journal, name, language)
    except TooNew as error:
        problem = f"{error.message}{_played_again(journal, name, language)}"
    except InputRefused as error:
        problem = error.message
    else:
        if found.exact:
            return Past(found)
        problem = found.problem()
    return recorded(journal, problem, _words(journal, name, language))


def _words(journal: Journal, name: str, language: str) -> View | None:
    """The words of the scenario in a file; none if it cannot be read, or is not the one that its header names."""
    try:
        loaded = embedded(journal, name, language)
    except InputRefused:
        return None
    return None if misnamed(loaded, journal.header) else View(loaded)


def _played_again(journal: Journal, name: str, language: str) -> str:
    """Where a run of other rules parts from what the rules of this program make of it; nothing if they cannot."""
    try:
        found = resimulated(journal, name, language)
    except InputRefused:
        return ""
    if found.difference is None:
        return ", and all that was seen would be the same"
    return f", and by these it differs first in {found.difference.message}"


class Past(Desk):
    """A replayed run, at one of its stops.

    Args:
        found: the replay, which must be exact.

    Attributes:
        all_reports: of all weeks of the run, whatever the stop.
        stop: where it stands, from 0.
    """

    def __init__(self, found: Replayed) -> None:
        self._found = found
        self.all_reports: tuple[WeekReport, ...] = tuple(week_report(before, after) for before, after in found.weeks)
        self.stop = 0
        super().__init__(self._standing())

    @property
    def stops(self) -> int:
        """How many stops there are."""
        return len(self.all_reports) + 1

    @property
    def run(self) -> Replayed:
        """What was replayed."""
        return self._found

    @property
    def journal(self) -> Journal:
        """What was read of the file."""
        return self._found.journal

    @property
    def outcome(self) -> Outcome | None:
        """How the run ended, whatever the stop; None where it goes on."""
        return self._found.position.outcome

    @property
    def ended(self) -> bool:
        """Whether the run came to its end, whatever the stop."""
        return self._found.position.over

    @property
    def last_week(self) -> int:
        """The week in which the run stands, or ended."""
        return self._found.position.week

    @property
    def place(self) -> str:
        """The stop in a word or two: a week, or that the run is over."""
        return END if self.over else f"week {self.week}" if self.week else BEGINNING

    @property
    def choices(self) -> tuple[Choice, ...]:
        """None: what is past is not played."""
        return ()

    def go(self, stop: int) -> None:
        """Go to a stop, or to the first or last where there are fewer."""
        self.stop = min(max(stop, 0), self.stops - 1)
        self._session = self._standing()

    def came(self) -> Reveal | None:
        """What came of the shown week; None where it has not ended."""
        if self.stop == len(self.all_reports):
            return None
        return reveal(self.view, self.all_reports[: self.stop + 1], self._found.forecasts)

    def why_came(self, number: str) -> Why:
        """The causes of a visible number as it was when the shown week had ended; else as it stands."""
        if self.stop == len(self.all_reports):
            return self.why(number)
        after = self._found.weeks[self.stop][1]
        return why(self.view, self.all_reports[: self.stop + 1], after.observation, after.entries, number)

    def hints(self) -> tuple[tuple[str, str], ...]:
        """None: the guide speaks to those who play."""
        return ()

    def _standing(self) -> Session:
        """A run without a file that stands where this one stood."""
        found, position = self._found, self._position()
        header, tip = found.journal.header, found.journal.tip
        session = Session(found.loaded, header, None, tip, position)
        session.reports.extend(self.all_reports[: self.stop])
        session.notes.extend(one for one in found.notes if one[0] <= position.week)
        session.forecasts.extend(one for one in found.forecasts if one[0] <= position.week)
        return session

    def _position(self) -> Position:
        weeks = self._found.weeks
        return weeks[self.stop][0] if self.stop < len(weeks) else self._found.position
