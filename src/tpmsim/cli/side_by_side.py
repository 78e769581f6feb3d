"""Two courses as a table: of each week its moves, its main numbers and the score, one run above the other."""

from collections.abc import Iterator, Sequence

from tpmsim.debrief.courses import Course, CourseWeek
from tpmsim.game.view import View
from tpmsim.game.wording.prose import clip, spoken
from tpmsim.scenario.loading import Loaded

COLUMN = 14
MOST_NUMBERS = 5
OPEN = "-"


class Table:
    """Words and columns for two runs; ids and smallest units where a scenario of them cannot be read.

    Args:
        names: of the two runs, in few letters.
        scenarios: whose words they are told in; the same one twice where it fits both.
    """

    def __init__(self, names: tuple[str, str], scenarios: tuple[Loaded | None, Loaded | None]) -> None:
        one, other = scenarios
        self._views = (View(one), View(other)) if one is not None and other is not None else None
        self._common = self._views[0] if self._views is not None and one is other else None
        self._names = names

    def label(self, move: str, place: int) -> str:
        """What a move is called in the first run, 0, or in the other one, 1."""
        return self._views[place].label(move) if self._views is not None else move

    def title(self, number: str) -> str:
        """What a number is called."""
        return self._common.figures.title(number) if self._common is not None else spoken(number)

    def figure(self, number: str, quanta: int, place: int) -> str:
        """A number of one of the runs as it is shown."""
        return self._views[place].figures.bare(number, quanta) if self._views is not None else f"{quanta}"

    def ending(self, one: Course) -> str:
        """How a run ended."""
        if one.points is None:
            return "goes on"
        title = one.loaded.scenario.endings[one.ending].title.plain() if one.loaded is not None else one.ending
        return f"{one.points:.1f}, {title}"

    def numbers(self, one: Course, other: Course) -> tuple[str, ...]:
        """The numbers that get a column: the main ones, or the first that are told."""
        told = {name: None for course in (one, other) for week in course.weeks for name in week.numbers}
        if self._common is not None:
            return tuple(name for name in self._common.main_numbers if name in told)[:MOST_NUMBERS]
        return tuple(told)[:MOST_NUMBERS]

    def head(self, numbers: Sequence[str]) -> str:
        """The row of heads."""
        heads = ["score", *(clip(self.title(name), COLUMN - 2) for name in numbers)]
        return f"{'week':>6} {'':<6}" + "".join(f"{head:>{COLUMN}}" for head in heads)

    def week(
        self, number: int, pair: tuple[CourseWeek | None, CourseWeek | None], numbers: Sequence[str]
    ) -> Iterator[str]:
        """The two rows of a week; one where they are the same, or where the other run was over."""
        rows = [self._figures(one, numbers, place) for place, one in enumerate(pair)]
        if None in pair:
            gone = pair.index(None)
            yield f"{number:>6} {self._names[1 - gone]:<6}{rows[1 - gone]}".rstrip()
            return
        if rows[0] == rows[1]:
            yield f"{number:>6} {'both':<6}{rows[0]}".rstrip()
            return
        for place, row in enumerate(rows):
            yield f"{number if place == 0 else '':>6} {self._names[place]:<6}{row}".rstrip()

    def _figures(self, one: CourseWeek | None, numbers: Sequence[str], place: int) -> str:
        if one is None:
            return ""
        score = f"{one.points:.1f}" if one.points is not None else OPEN
        told = [self.figure(name, one.numbers[name], place) if name in one.numbers else OPEN for name in numbers]
        return "".join(f"{part:>{COLUMN}}" for part in (score, *told))
