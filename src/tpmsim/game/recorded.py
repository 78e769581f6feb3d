"""The recorded view: a run as its file tells it, moves and visible numbers, without any re-simulation.

Words and units are those of the scenario in the file where that can be read, and of this program. What it does not know
is told as it was written: by id, in the smallest unit.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tpmsim.core.outcome import SCORE_UNIT
from tpmsim.game.journal import Journal
from tpmsim.game.records import End, Mark, Move, Note, Undo, Week
from tpmsim.game.view import View
from tpmsim.game.wording.prose import line_of

OPEN = "A week that was not ended, or of which no end is left"


@dataclass(frozen=True, slots=True)
class RecordedWeek:
    """A week in a file.

    Attributes:
        week: its number; -1 where no end of it is left.
        title: the week, and the stage after it.
        made: moves, and notes.
        numbers: what was written down at its end.
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
        title: of the scenario; its id where it cannot be read.
    """

    journal: Journal
    problem: str
    weeks: tuple[RecordedWeek, ...]
    ending: str
    title: str

    @property
    def scenario(self) -> str:
        """Id of what was played."""
        return self.journal.header.scenario.id

    @property
    def seed(self) -> str:
        """Of its world."""
        return self.journal.header.seed


def recorded(journal: Journal, problem: str, view: View | None = None) -> Recorded:
    """What a file tells.

    Args:
        journal: what was read of it.
        problem: why it is not simulated again.
        view: words of the scenario in it; None where that cannot be read.
    """
    ends = [record for record in journal.records if isinstance(record, End)]
    ending = f"Recorded ending: {_ending(ends[0], view)}, score {ends[0].score / SCORE_UNIT:.1f}." if ends else ""
    title = journal.header.scenario.id if view is None else line_of(view.scenario.title)
    return Recorded(journal, problem, tuple(_weeks(journal, view)), ending, title)


def _ending(end: End, view: View | None) -> str:
    told = view.scenario.endings.get(end.ending) if view is not None else None
    return end.ending if told is None else f'"{line_of(told.title)}"'


def _weeks(journal: Journal, view: View | None) -> Iterator[RecordedWeek]:
    made: list[str] = []
    week = 0
    for record in journal.records:
        if isinstance(record, Move):
            made.append(record.id if view is None else view.told(record.id, week))
        elif isinstance(record, Undo) and made:
            made.pop()
        elif isinstance(record, Note | Mark):
            made.append(f"{'mark' if isinstance(record, Mark) else 'note'}: {record.text.plain()}")
        elif isinstance(record, Week):
            yield RecordedWeek(record.week, _title(record, view), tuple(made), tuple(_numbers(record, view)))
            made, week = [], record.week + 1
    if made:
        yield RecordedWeek(-1, OPEN, tuple(made))


def _title(record: Week, view: View | None) -> str:
    stage = record.obs.get("stage")
    if not isinstance(stage, str):
        stage = "unknown"
    elif view is not None:
        stage = view.titles.stage(stage)
    return f"{f'Week {record.week}' if record.week else 'Planning week'}, then {stage}"


def _numbers(record: Week, view: View | None) -> Iterator[str]:
    numbers = record.obs.get("numbers")
    for name, value in numbers.items() if isinstance(numbers, dict) else ():
        if view is not None and name in view.figures.numbers and type(value) is int:
            yield f"{view.figures.title(name)}: {view.figures.value(name, value)}"
        else:
            yield f"{name}: {value} (in its smallest unit)"
