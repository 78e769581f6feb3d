"""Replay: a journal folded again by the same rules, and held against what it recorded.

Opening a run has three outcomes and never a dead end: exact (replay, branch, go on), recorded view (it differs, or its
rules are gone: shown from the stored observations, with the first difference in plain words), too new (refused).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tpmsim.core.outcome import SCORE_UNIT
from tpmsim.core.rolls import RNG
from tpmsim.errors import IllegalMove, ProblemsFound, TooNew
from tpmsim.game.delegation import area
from tpmsim.game.journal import Journal, other_rules, read
from tpmsim.game.jsonl import canonical
from tpmsim.game.position import Position, moved, opening, undone, week_ended
from tpmsim.game.recording import end_record, week_record
from tpmsim.game.records import ONE_FILE, Delegate, End, Forecast, Header, Mark, Move, Note, Record, Undo, Week
from tpmsim.scenario.loading import Loaded, parse
from tpmsim.text import SafeText, shown_path


@dataclass(frozen=True, slots=True)
class Difference:
    """The first place where the replay and the record part.

    Attributes:
        line: of the journal.
        week: that was ending, or in which the move was made.
        message: what differs, in plain words.
    """

    line: int
    week: int
    message: str


@dataclass(slots=True)
class Replayed:
    """A journal and its replay, as far as it goes.

    Attributes:
        journal: what was read.
        name: the file as it may be shown.
        loaded: the scenario that is in it.
        position: where the replay stands.
        weeks: positions before and after each week that was replayed.
        notes: notes and marks with their weeks.
        forecasts: with the week for whose end each was made.
        delegated: ids of the areas that are handed over.
        ended: whether the end was recorded.
        difference: the first one, or None if all agree.
    """

    journal: Journal
    name: str
    loaded: Loaded
    position: Position
    weeks: list[tuple[Position, Position]] = field(default_factory=list)
    notes: list[tuple[int, SafeText]] = field(default_factory=list)
    forecasts: list[tuple[int, Forecast]] = field(default_factory=list)
    delegated: set[str] = field(default_factory=set)
    ended: bool = False
    difference: Difference | None = None

    @property
    def exact(self) -> bool:
        """Whether the file is whole and every record is what the rules give."""
        return self.difference is None and self.journal.damage is None

    def problem(self) -> str:
        """The first thing that is wrong with it, or an empty text."""
        if self.journal.damage is not None:
            return self.journal.damage.message
        return "" if self.difference is None else self.difference.message

    def raise_unless_exact(self) -> None:
        """Refuse a run that cannot be gone on with.

        Raises:
            ProblemsFound: it is damaged, or the replay differs.
        """
        if not self.exact:
            line = self.difference.line if self.difference else None
            raise ProblemsFound(
                self.problem(),
                file=self.name,
                line=line,
                help="'tpmsim replay' shows it; 'tpmsim branch' goes on from the week before.",
            )


def replay(path: Path, language: str = "") -> Replayed:
    """Read a run file and replay it; never writes.

    Args:
        path: of the file.
        language: of the texts, where its scenario has it.

    Raises:
        InputRefused: no run can be made of it.
        TooNew: made by a later format, or by other rules.
    """
    return replayed(read(path), shown_path(path.name), language)


def replayed(journal: Journal, name: str, language: str = "") -> Replayed:
    """Replay a journal up to the first difference.

    Args:
        journal: what was read.
        name: of its file, as it may be shown.
        language: of the texts, where its scenario has it.

    Raises:
        InputRefused: the scenario in it is not sound.
        TooNew: made by other rules; it can only be viewed as it was recorded.
    """
    message = other_rules(journal.header)
    if message:
        raise TooNew(message, file=name, help="'tpmsim replay' shows it as it was recorded.")
    return resimulated(journal, name, language)


def resimulated(journal: Journal, name: str, language: str = "") -> Replayed:
    """Replay a journal by the rules of this program, whatever rules made it, up to the first difference.

    Of a run of other rules only what its player saw is compared: what was hidden had other fields then.

    Args:
        journal: what was read.
        name: of its file, as it may be shown.
        language: of the texts, where its scenario has it.

    Raises:
        InputRefused: the scenario in it is not sound.
    """
    loaded = embedded(journal, name, language)
    run = Replayed(journal, name, loaded, opening(loaded.rules, journal.header.seed))
    message = misnamed(loaded, journal.header)
    if message:
        run.difference = Difference(1, 0, message)
        return run
    for number, record in enumerate(journal.records, start=2):
        message = _step(run, record)
        if message:
            run.difference = Difference(number, run.position.week, message)
            break
    return run


def embedded(journal: Journal, name: str, language: str = "") -> Loaded:
    """The scenario in a run file.

    Args:
        journal: what was read.
        name: of its file, as it may be shown.
        language: of the texts, where its scenario has it.

    Raises:
        InputRefused: it is not sound.
    """
    return parse(journal.header.scenario.files, f"{name}/{ONE_FILE}").spoken(language)


def misnamed(loaded: Loaded, header: Header) -> str:
    """What the header says of its scenario and luck and is not so, or an empty text."""
    names = header.scenario
    if header.rng != RNG:
        return f"made with another random generator ({header.rng}); this program has {RNG}"
    said = [names.id, names.version, names.files, names.digest, names.text_digest]
    is_so = [loaded.scenario.id, str(loaded.scenario.version), loaded.files, loaded.digest, loaded.text_digest]
    alike = 3 if other_rules(header) else 5  # digests are over a scenario as its own rules read it
    return "" if said[:alike] == is_so[:alike] else "the scenario in the file is not the one that its header names"


def _step(run: Replayed, record: Record) -> str:
    """Take one record's step; what differs, or an empty text."""
    if run.ended and not isinstance(record, Note | Mark):
        return "a record after the end"
    try:
        match record:
            case Move(move_id):
                run.position = moved(run.position, move_id)
            case Undo():
                if run.journal.header.mode == "assigned":
                    return f"week {run.position.week}: a move was taken back in an assigned run"
                run.position = undone(run.position)
            case Week():
                return _week(run, record)
            case End():
                return _end(run, record)
            case Note(text) | Mark(text):
                run.notes.append((run.position.week, text))
            case Delegate(name, on):
                if area(name) is None:
                    return f"week {run.position.week}: an area was handed over that does not exist"
                (run.delegated.add if on else run.delegated.discard)(name)
            case Forecast(name):
                if name not in run.position.observation.numbers:
                    return f"week {run.position.week}: a forecast of a number that does not exist"
                run.forecasts.append((run.position.week, record))
            case _:
                return "a second header"
    except IllegalMove as error:
        return f"week {run.position.week}: a move that was not legal: {error.reason}"
    return ""


def _week(run: Replayed, record: Week) -> str:
    before = run.position
    if record.week != before.week:
        return f"week {before.week}: recorded as week {record.week}"
    run.position = week_ended(before)
    run.weeks.append((before, run.position))
    given = week_record(before.week, run.position)
    quanta = {number.id: number.quantum for number in run.loaded.rules.numbers}
    seen = _seen(record, given, quanta)
    return seen if seen or other_rules(run.journal.header) else _compared(record, given)


def _seen(recorded: Week, given: Week, quanta: Mapping[str, float]) -> str:
    """The first difference of two week records in a visible number that both have, in its own unit."""
    found = recorded.obs.get("numbers")
    old = found if isinstance(found, dict) else {}
    for name, value in given.obs["numbers"].items():
        if name in old and not _same(old[name], value):
            shown = [f"{one * quanta[name]:,.10g}" if type(one) is int else str(one) for one in (old[name], value)]
            return f"week {given.week}: {name}: recorded {shown[0]}, replay gives {shown[1]}"
    return ""


def _compared(recorded: Week, given: Week) -> str:
    """The first difference of two week records that agree in visible numbers: what else was seen, or the state."""
    for name, value in given.obs.items():
        if not _same(recorded.obs.get(name), value):
            return f"week {given.week}: {name}: recorded and replayed observation differ"
    for name, mark in given.fp.items():
        if recorded.fp.get(name) != mark:
            group, _, what = name.partition(".")
            held = recorded.fp.get(name, "nothing")
            return f"week {given.week}: {group}, field '{what}': recorded {held}, replay gives {mark}"
    if set(recorded.fp) != set(given.fp) or set(recorded.obs) != set(given.obs):
        return f"week {given.week}: the record names fields that do not exist"
    return ""


def _same(one: object, other: object) -> bool:
    """Whether two values are written alike: `true` is not 1."""
    return canonical({"is": one}) == canonical({"is": other})


def _end(run: Replayed, record: End) -> str:
    if not run.position.over:
        return f"week {run.position.week}: the run is recorded as ended and goes on"
    run.ended = True
    given = end_record(run.position)
    if record.score != given.score:
        return (
            f"week {given.weeks}: score: recorded {record.score / SCORE_UNIT:.4f}, "
            f"replay gives {given.score / SCORE_UNIT:.4f}"
        )
    if record != given:
        return f"week {given.weeks}: the recorded ending is not the one the rules give"
    return ""
