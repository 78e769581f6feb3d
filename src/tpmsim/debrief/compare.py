"""Two runs side by side: what they share, where they first part, and what each decided.

Runs of any length, of other seeds and of other rules can be laid side by side; what is not known of one is left open,
and nothing is compared that cannot be: numbers of other worlds differ by luck from the first week on.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from tpmsim.debrief.courses import Course, CourseWeek
from tpmsim.debrief.steps import Asked, question
from tpmsim.scenario.loading import Loaded


@dataclass(frozen=True, slots=True)
class Parting:
    """The first difference.

    Attributes:
        week: in which it is.
        place: of the move in the week, from 0; None where the moves are the same and what came of them is not.
        one, other: ids of the moves; empty where the one had made all of its moves by then, or was over.
        number: id of the first number that differs, where the moves do not.
    """

    week: int
    place: int | None
    one: str = ""
    other: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """A decision: of each run the weeks and the ids of its answers, in order; none where none was given."""

    kind: str
    about: str
    one: tuple[tuple[int, str], ...]
    other: tuple[tuple[int, str], ...]

    @property
    def alike(self) -> bool:
        """Whether both gave the same answers in the same weeks."""
        return self.one == self.other


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs side by side.

    Attributes:
        one, other: the runs.
        same_scenario: whether they played the same, texts aside.
        same_seed: whether they played in the same world.
        same_rules: whether results mean the same.
        parent: 1 where the first branches off the second, 2 the other way round, 0 neither.
        parting: the first difference; None where there is none.
        weeks: of both, side by side.
        decisions: all that either took, in the order in which they came.
    """

    one: Course
    other: Course
    same_scenario: bool
    same_seed: bool
    same_rules: bool
    parent: int
    parting: Parting | None
    weeks: tuple[tuple[CourseWeek | None, CourseWeek | None], ...]
    decisions: tuple[Given, ...]

    @property
    def scenarios(self) -> tuple[Loaded | None, Loaded | None]:
        """Whose words fit each run: of the same scenario one for both; None where it cannot be read."""
        common = self.one.loaded or self.other.loaded
        return (common, common) if self.same_scenario else (self.one.loaded, self.other.loaded)


def compared(one: Course, other: Course) -> Comparison:
    """Lay two runs side by side."""
    mine, theirs = one.header, other.header
    same_seed = mine.seed == theirs.seed
    return Comparison(
        one=one,
        other=other,
        same_scenario=mine.scenario.digest == theirs.scenario.digest,
        same_seed=same_seed,
        same_rules=mine.rules == theirs.rules,
        parent=_parent(one, other),
        parting=next(_partings(one, other), None),
        weeks=tuple(zip_longest(one.weeks, other.weeks)),
        decisions=tuple(_decisions(one, other)),
    )


def _parent(one: Course, other: Course) -> int:
    if one.header.parent is not None and one.header.parent.run == other.run:
        return 1
    return 2 if other.header.parent is not None and other.header.parent.run == one.run else 0


def _partings(one: Course, other: Course) -> Iterator[Parting]:
    """Differences of moves, and of what came of them, week by week."""
    for mine, theirs in zip_longest(one.weeks, other.weeks):
        if mine is None or theirs is None:
            going_on = mine or theirs
            first = next(iter(going_on.made), "")
            yield Parting(going_on.week, 0, first if mine else "", first if theirs else "")
            continue
        for place, (a, b) in enumerate(zip_longest(mine.made, theirs.made, fillvalue="")):
            if a != b:
                yield Parting(mine.week, place, a, b)
                break
        for name in mine.numbers:
            if name in theirs.numbers and mine.numbers[name] != theirs.numbers[name]:
                yield Parting(mine.week, None, number=name)
                break


def _decisions(one: Course, other: Course) -> Iterator[Given]:
    mine, theirs = _answers(one), _answers(other)
    for asked in sorted({*mine, *theirs}, key=lambda each: (_first(mine, theirs, each), each)):
        yield Given(*asked, tuple(mine.get(asked, ())), tuple(theirs.get(asked, ())))


def _first(mine: dict[Asked, list[tuple[int, str]]], theirs: dict[Asked, list[tuple[int, str]]], asked: Asked) -> int:
    return min(found[asked][0][0] for found in (mine, theirs) if asked in found)


def _answers(one: Course) -> dict[Asked, list[tuple[int, str]]]:
    found: dict[Asked, list[tuple[int, str]]] = {}
    for week in one.weeks:
        for move in week.made:
            asked = question(move)
            if asked is not None:
                found.setdefault(asked, []).append((week.week, move))
    return found
