"""The course of a run: its weeks in a row, with moves and visible numbers, to be laid beside another one.

A run that can be simulated again also tells what its score would have been each week; a recorded view tells what its
file holds, and that is less.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tpmsim.core.observe import numbers
from tpmsim.core.outcome import SCORE_UNIT
from tpmsim.errors import InputRefused, TooNew
from tpmsim.game.journal import Journal, read
from tpmsim.game.records import End, Header, Move, Undo, Week
from tpmsim.game.replay import Replayed, replayed
from tpmsim.scenario.loading import Loaded
from tpmsim.text import shown_path


@dataclass(frozen=True, slots=True)
class CourseWeek:
    """A week of a course.

    Attributes:
        week: its number.
        made: ids of the moves that stood.
        numbers: at its end, in whole quanta; empty where it has not ended.
        points: W as it would have been judged then; None where that is not known.
        stage: id of the stage after it; empty where it is not known.
    """

    week: int
    made: tuple[str, ...]
    numbers: Mapping[str, int]
    points: float | None
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """A run as a course.

    Attributes:
        name: of the file as it may be shown.
        run: id of its chain.
        header: its first record.
        loaded: the scenario; None where it is only told as it was recorded.
        problem: why it is only told so; empty else.
        weeks: in order; the last one may go on.
        points: the result; None while the run goes on.
        ending: its id; empty while it goes on.
    """

    name: str
    run: str
    header: Header
    loaded: Loaded | None
    problem: str
    weeks: tuple[CourseWeek, ...]
    points: float | None
    ending: str


def course(path: Path) -> Course:
    """The course of the run in a file: simulated again where every record is what the rules give, else as recorded.

    Raises:
        InputRefused: no run can be made of it.
        TooNew: made by a later format.
    """
    journal, name = read(path), shown_path(path.name)
    try:
        run = replayed(journal, name)
    except (TooNew, InputRefused) as error:
        return _recorded(journal, name, error.message)
    return course_of(run) if run.exact else _recorded(journal, name, run.problem())


def course_of(run: Replayed) -> Course:
    """Of a run that was replayed and is exact."""
    rules, outcome = run.loaded.rules, run.position.outcome
    weeks = [
        CourseWeek(
            week=before.week,
            made=before.made,
            numbers=numbers(rules, after.state.known),
            points=after.result().points,
            stage=rules.stages[int(after.state.known.stage[0])],
        )
        for before, after in run.weeks
    ]
    if outcome is None and run.position.made:
        weeks.append(CourseWeek(run.position.week, run.position.made, {}, None))
    points, ending = (None, "") if outcome is None else (outcome.points, outcome.ending)
    return Course(run.name, run.journal.run_id, run.journal.header, run.loaded, "", tuple(weeks), points, ending)


def _recorded(journal: Journal, name: str, problem: str) -> Course:
    ends = [one for one in journal.records if isinstance(one, End)]
    points, ending = (ends[0].score / SCORE_UNIT, ends[0].ending) if ends else (None, "")
    return Course(name, journal.run_id, journal.header, None, problem, tuple(_weeks(journal)), points, ending)


def _weeks(journal: Journal) -> Iterator[CourseWeek]:
    made: list[str] = []
    week = 0
    for record in journal.records:
        if isinstance(record, Move):
            made.append(record.id)
        elif isinstance(record, Undo) and made:
            made.pop()
        elif isinstance(record, Week):
            yield CourseWeek(record.week, tuple(made), _numbers(record.obs), None, _stage(record.obs))
            made, week = [], record.week + 1
    if made:
        yield CourseWeek(week, tuple(made), {}, None)


def _numbers(seen: Mapping[str, Any]) -> dict[str, int]:
    found = seen.get("numbers")
    told = found.items() if isinstance(found, dict) else ()
    return {name: value for name, value in told if type(value) is int}


def _stage(seen: Mapping[str, Any]) -> str:
    stage = seen.get("stage")
    return stage if isinstance(stage, str) else ""
