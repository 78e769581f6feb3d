"""The recorded view: a run as its file tells it, moves and visible numbers, without any re-simulation."""

from collections.abc import Iterator
from dataclasses import dataclass

from tpmsim.core.outcome import SCORE_UNIT
from tpmsim.game.journal import Journal
from tpmsim.game.records import End, Mark, Move, Note, Undo, Week

OPEN = "A week that was not ended, or of which no end is left"


@dataclass(frozen=True, slots=True)
class RecordedWeek:
    """A week in a file.

    Attributes:
        week: its number; -1 where no end of it is left.
        title: the week, and the stage after it.
        made: ids of moves, and notes.
        numbers: what was written down at its end, in the smallest units.
    """

    week: int
    title: str
    made: tuple[str, ...]
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recorded:
    """A run that can be viewed and not be simulated again.

    Attributes:
        journal: what was read.
        problem: why not.
        weeks: one after the other.
        ending: a sentence about the end; empty where none is recorded.
    """

    journal: Journal
    problem: str
    weeks: tuple[RecordedWeek, ...]
    ending: str

    @property
    def scenario(self) -> str:
        """Id of what was played."""
        return self.journal.header.scenario.id

    @property
    def seed(self) -> str:
        """Of its world."""
        return self.journal.header.seed


def recorded(journal: Journal, problem: str) -> Recorded:
    """What a file tells.

    Args:
        journal: what was read of it.
        problem: why it is not simulated again.
    """
    ends = [record for record in journal.records if isinstance(record, End)]
    ending = f"Recorded ending: {ends[0].ending}, score {ends[0].score / SCORE_UNIT:.1f}." if ends else ""
    return Recorded(journal, problem, tuple(_weeks(journal)), ending)


def _weeks(journal: Journal) -> Iterator[RecordedWeek]:
    made: list[str] = []
    for record in journal.records:
        if isinstance(record, Move):
            made.append(record.id)
        elif isinstance(record, Undo) and made:
            made.pop()
        elif isinstance(record, Note | Mark):
            made.append(f"{'mark' if isinstance(record, Mark) else 'note'}: {record.text.plain()}")
        elif isinstance(record, Week):
            title = f"Week {record.week}, then {record.obs.get('stage', 'unknown')}"
            yield RecordedWeek(record.week, title, tuple(made), _numbers(record))
            made = []
    if made:
        yield RecordedWeek(-1, OPEN, tuple(made))


def _numbers(record: Week) -> tuple[str, ...]:
    numbers = record.obs.get("numbers")
    found = numbers.items() if isinstance(numbers, dict) else ()
    return tuple(f"{name}: {value} (in its smallest unit)" for name, value in found)
