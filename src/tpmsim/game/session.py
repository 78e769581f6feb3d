"""A session: one run being played. Each move is on the disk before its effect can be seen.

The session knows no screen and no words. Screens read `observation` and `choices`, and send moves by their text id.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

from tpmsim import __version__
from tpmsim.core.ledger import Entry
from tpmsim.core.observe import Choice, Observation
from tpmsim.core.rolls import RNG, parse_seed, seed_text
from tpmsim.core.rules import RULES_NUMBER
from tpmsim.errors import IllegalMove, StorageFailed
from tpmsim.game.delegation import AREAS, area, reason
from tpmsim.game.events import Event, events
from tpmsim.game.files import REAL, Os
from tpmsim.game.formats import SINCE
from tpmsim.game.journal import START, Tip, encode
from tpmsim.game.position import Outcome, Position, moved, opening, undone, week_ended
from tpmsim.game.recording import end_record, week_record
from tpmsim.game.records import (
    FORMAT,
    Delegate,
    Embedded,
    Forecast,
    Header,
    Mark,
    Move,
    Note,
    Parent,
    Record,
    Undo,
    Week,
)
from tpmsim.game.replay import Replayed, replayed
from tpmsim.game.store import Store, Stored
from tpmsim.scenario.loading import Loaded
from tpmsim.text import SafeText, quoted

Mode = Literal["free", "assigned"]


@dataclass(frozen=True, slots=True)
class WeekReport:
    """What an ended week brought.

    Attributes:
        week: the week that ended.
        made: ids of its moves.
        before, after: what was known when it began to end, and what is known now.
        entries: the causes of every change of a number since the week began, moves included.
        events: what happened, in the order of the week.
    """

    week: int
    made: tuple[str, ...]
    before: Observation
    after: Observation
    entries: tuple[Entry, ...]
    events: tuple[Event, ...]


class Session:
    """One run, its position and its file.

    Attributes:
        loaded: the scenario.
        header: the first record of the run.
        position: where the run stands, as confirmed.
        reports: of all ended weeks.
        notes: notes and marks of the player with the week in which they were made.
        forecasts: of the player, with the week for whose end they were made.
        records: what was recorded since the session began or was resumed, in order.
        week_begins: whether nothing was recorded since the last week ended.
    """

    def __init__(self, loaded: Loaded, header: Header, store: Store | None, tip: Tip, position: Position) -> None:
        self.loaded = loaded
        self.header = header
        self.position = position
        self.reports: list[WeekReport] = []
        self.notes: list[tuple[int, SafeText]] = []
        self.forecasts: list[tuple[int, Forecast]] = []
        self.records: list[Record] = []
        self.week_begins = False
        self._delegated: set[str] = set()
        self._written = store.journal.written if store is not None and store.journal is not None else FORMAT
        self._store = store
        self._tip = tip
        self._waiting: tuple[Position, Tip, tuple[Record, ...]] | None = None

    @classmethod
    def start(
        cls,
        loaded: Loaded,
        seed: str,
        path: Path | None = None,
        *,
        alias: SafeText | None = None,
        mode: Mode = "free",
        parent: Parent | None = None,
        system: Os = REAL,
    ) -> Self:
        """Begin a run.

        Args:
            loaded: the scenario.
            seed: seed text, or a whole number as text.
            path: the run file to make; None plays without one.
            alias: name of the player as shown in reports.
            mode: `assigned` runs cannot take moves back.
            parent: run and week from which this one branches.
            system: operating-system functions, for tests.

        Raises:
            StorageFailed: the file cannot be made.
        """
        seed = seed_text(parse_seed(seed))
        header = _header(loaded, seed, alias or SafeText.clean(""), mode, parent)
        line, tip = encode(header, START)
        store = Store.create(path, line, system) if path is not None else None
        return cls(loaded, header, store, tip, opening(loaded.rules, seed))

    @classmethod
    def resume(cls, path: Path, system: Os = REAL, *, language: str = "") -> Self:
        """Go on with a run where its file ends.

        Args:
            path: of the file.
            system: operating-system functions, for tests.
            language: of the texts, where its scenario has it.

        Raises:
            InputRefused: missing, malformed or damaged.
            TooNew: made by a later program, or by rules that cannot be re-simulated here.
            InUse: somebody else plays it.
            StorageFailed: it cannot be written to.
        """
        store = Store.open(path, system=system)
        try:
            assert store.journal is not None
            past = replayed(store.journal, path.name, language)
            past.raise_unless_exact()
            session = cls(past.loaded, store.journal.header, store, store.journal.tip, past.position)
            session._take_over(past)
        except BaseException:
            store.close()
            raise
        return session

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @property
    def path(self) -> Path | None:
        """The file that holds the run now."""
        return self._store.path if self._store is not None else None

    @property
    def opening_note(self) -> str:
        """A sentence about the opening of the file, such as a record set aside; or empty."""
        return self._store.note if self._store is not None else ""

    @property
    def observation(self) -> Observation:
        """What the player may know."""
        return self.position.observation

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Every move, with the reason why not where it is refused."""
        return self.position.choices

    @property
    def legal_moves(self) -> tuple[str, ...]:
        """Ids of the moves that can be made now."""
        return tuple(choice.id for choice in self.choices if choice.legal)

    @property
    def outcome(self) -> Outcome | None:
        """How the run ended; None while it goes on."""
        return self.position.outcome

    @property
    def delegated(self) -> tuple[str, ...]:
        """Ids of the areas that are handed over, whether or not somebody takes them just now."""
        return tuple(one.id for one in AREAS if one.id in self._delegated)

    @property
    def pending(self) -> bool:
        """Whether something the player did is not stored yet."""
        return self._waiting is not None

    def play(self, move_id: str) -> Stored | None:
        """Make a move.

        Raises:
            IllegalMove: with the reason.
            StorageFailed: not stored; it waits for `retry`, `save_elsewhere` or `withdraw`.
        """
        return self._commit(moved(self.position, move_id), Move(move_id))

    def undo(self) -> Stored | None:
        """Take back the last move of this week.

        Raises:
            IllegalMove: there is none, or the run is assigned.
            StorageFailed: as `play`.
        """
        if self.header.mode == "assigned":
            raise IllegalMove("assigned", "moves of an assigned run stand")
        return self._commit(undone(self.position), Undo())

    def end_week(self) -> WeekReport:
        """Let the world advance.

        Raises:
            IllegalMove: the run is over, or a card must be answered first.
            StorageFailed: as `play`; the report is then the last of `reports` after the retry.
        """
        before, after = self.position, week_ended(self.position)
        ends = (end_record(after),) if after.over else ()
        self._commit(after, week_record(before.week, after), *ends)
        return self.reports[-1]

    def note(self, text: SafeText, mark: bool = False) -> Stored | None:
        """Keep a thought, or a chapter mark, with the week, also of a run that is over. It never touches the state."""
        return self._commit(self.position, Mark(text) if mark else Note(text))

    def forecast(self, number: str, low: int, point: int, high: int) -> Stored | None:
        """Keep a forecast of a number for the end of this week, in its whole quanta, low <= point <= high.

        Raises:
            IllegalMove: the run is over, or there is no such number.
            StorageFailed: as `play`.
        """
        if self.position.over:
            raise IllegalMove("ended", "the run is over")
        if number not in self.observation.numbers:
            raise IllegalMove("unknown", f"no number {quoted(number)}")
        return self._commit(self.position, Forecast(number, low, point, high))

    def delegate(self, name: str, on: bool) -> Stored | None:
        """Hand an area of decisions over to a colleague, or take it back. It never touches the state.

        Args:
            name: id of the area.
            on: whether it is handed over from now on; nothing is recorded where that is so already.

        Raises:
            IllegalMove: there is no such area, nobody takes it now, or the run is of a format without such records.
            StorageFailed: as `play`.
        """
        wanted = area(name)
        if wanted is None:
            raise IllegalMove("unknown", f"no area {quoted(name)}; there are {', '.join(one.id for one in AREAS)}")
        if on is (name in self._delegated):
            return None
        why = reason(self.loaded, self.observation, wanted) if on or self.position.over else ""
        if self._written < SINCE["delegate"]:
            why = "this run was begun by an earlier version, whose runs do not keep who was asked; a new run does"
        if why:
            raise IllegalMove("delegate", why)
        return self._commit(self.position, Delegate(name, on))

    def repeat(self, record: Delegate | Forecast | Note | Mark) -> Stored | None:
        """Record once more what stands in the run from which this one branches; it was judged there.

        Raises:
            StorageFailed: as `play`.
        """
        return self._commit(self.position, record)

    def retry(self) -> Stored | None:
        """Try again to store what waits; once stored, it counts.

        Raises:
            StorageFailed: it still cannot be stored.
        """
        stored = self._store.retry() if self._store is not None else None
        self._adopt()
        return stored

    def save_elsewhere(self, path: Path) -> Stored | None:
        """Write the whole run, with what waits, to another file and go on there.

        Raises:
            StorageFailed: the other place fails too.
        """
        stored = self._store.save_elsewhere(path) if self._store is not None else None
        self._adopt()
        return stored

    def withdraw(self) -> None:
        """Forget what waits: the move was not made."""
        if self._store is not None:
            self._store.withdraw()
        self._waiting = None

    def close(self) -> None:
        """Close the file. Nothing is saved here: what is confirmed is on the disk."""
        if self._store is not None:
            self._store.close()

    def _take_over(self, past: Replayed) -> None:
        """Stand where a replay of the file ended; what was lost of its last records is added."""
        self.reports.extend(week_report(before, after) for before, after in past.weeks)
        self.notes.extend(past.notes)
        self.forecasts.extend(past.forecasts)
        self._delegated.update(past.delegated)
        records = past.journal.records
        self.week_begins = bool(records) and isinstance(records[-1], Week)
        if self.position.over and not past.ended:
            self._commit(self.position, end_record(self.position))

    def _commit(self, position: Position, *records: Record) -> Stored | None:
        """Store the records, all or none of them, then let their effect be seen."""
        if self._waiting is not None:
            raise StorageFailed("not saved: the last move still waits", help="Retry, save elsewhere or take it back.")
        lines, tip = list[bytes](), self._tip
        for record in records:
            line, tip = encode(record, tip, self._written)
            lines.append(line)
        self._waiting = (position, tip, records)
        stored = self._store.append(*lines) if self._store is not None else None
        self._adopt()
        return stored

    def _adopt(self) -> None:
        if self._waiting is None:
            return
        before = self.position
        self.position, self._tip, records = self._waiting
        self._waiting = None
        self.records.extend(records)
        for record in records:
            self._note_down(record, before)

    def _note_down(self, record: Record, before: Position) -> None:
        """Keep what a record tells beside the position."""
        self.week_begins = isinstance(record, Week)
        match record:
            case Week():
                self.reports.append(week_report(before, self.position))
            case Note(text) | Mark(text):
                self.notes.append((self.position.week, text))
            case Forecast():
                self.forecasts.append((self.position.week, record))
            case Delegate(name, on):
                (self._delegated.add if on else self._delegated.discard)(name)
            case _:
                pass


def week_report(before: Position, after: Position) -> WeekReport:
    """What a week brought, from where its player ended it to where the next one starts."""
    old, new = before.observation, after.observation
    entries = after.entries[len(before.trail[0].entries) :]
    return WeekReport(before.week, before.made, old, new, entries, events(old, new))


def answer_what_must_be(session: Session) -> list[str]:
    """Give each card that holds up the week its first legal answer; the ids of these.

    Raises:
        StorageFailed: a move could not be stored.
    """
    given = []
    for card in session.position.unanswered:
        given.append(next(one for one in session.legal_moves if one.startswith(f"answer:{card}/")))
        session.play(given[-1])
    return given


def _header(loaded: Loaded, seed: str, alias: SafeText, mode: Mode, parent: Parent | None) -> Header:
    embedded = Embedded(
        id=loaded.scenario.id,
        version=str(loaded.scenario.version),
        digest=loaded.digest,
        text_digest=loaded.text_digest,
        files=loaded.files,
    )
    return Header(
        engine=__version__,
        rules=RULES_NUMBER,
        rng=RNG,
        scenario=embedded,
        seed=seed,
        mode=mode,
        parent=parent,
        alias=alias,
    )
