"""Many runs simulated again as one batch, a column each, and held against their files week by week.

The rules are the same functions of arrays that play one run, so nothing is proved less strictly: every record of a
week is made again, byte by byte. It only is not said in words where a run differs: replaying it by itself does that.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tpmsim.core.arrays import Bools, Ints
from tpmsim.core.batch import merge, take
from tpmsim.core.conditions import rows
from tpmsim.core.ledger import quantised
from tpmsim.core.moves import allowed, apply
from tpmsim.core.opening import initial
from tpmsim.core.outcome import ending, parts, score_units
from tpmsim.core.rolls import parse_seed
from tpmsim.core.rules import Rules
from tpmsim.core.state import Known, State
from tpmsim.core.week import advance
from tpmsim.debrief.analysis import Range, Word
from tpmsim.debrief.calibration import against, calibration
from tpmsim.debrief.promised import Promised
from tpmsim.game.delegation import area
from tpmsim.game.journal import other_rules
from tpmsim.game.recording_many import Recorder
from tpmsim.game.records import Delegate, End, Forecast, Mark, Note
from tpmsim.game.replay import Replayed
from tpmsim.game.skimming import TAKEN_BACK, Skimmed, SkimmedWeek, body_of

BLOCK = 2048
"""Most runs side by side: more take much memory and are no faster."""

UNDO, NOTHING = -2, -1
"""In place of the row of a move."""


@dataclass(frozen=True, slots=True)
class Came:
    """What the rules make of the moves of a run.

    Attributes:
        score: W in whole SCORE_UNITs; None while the run goes on.
        ending: id; empty while it goes on.
        weeks: that have ended.
        parts: how far each objective was met, 0..1; empty while it goes on.
        words: of promises, whose week has come.
        ranges: forecasts of numbers against what came.
    """

    score: int | None
    ending: str
    weeks: int
    parts: tuple[float, ...]
    words: tuple[Word, ...]
    ranges: tuple[Range, ...]


def came_of(run: Replayed) -> Came:
    """Of one run that was replayed by itself."""
    held, outcome = calibration(run), run.position.outcome
    if outcome is None:
        return Came(None, "", len(run.weeks), (), held.words, held.ranges)
    return Came(outcome.score, outcome.ending, len(run.weeks), outcome.parts, held.words, held.ranges)


def resimulated(rules: Rules, runs: Sequence[Skimmed]) -> list[Came | None]:
    """What came of each run, None where its file is not what the rules give; the scenario must be theirs."""
    found: list[Came | None] = []
    for start in range(0, len(runs), BLOCK):
        found += _Columns(rules, runs[start : start + BLOCK]).played()
    return found


class _Columns:
    """One block of runs on their way.

    Args:
        rules: the scenario.
        runs: of it.
    """

    def __init__(self, rules: Rules, runs: Sequence[Skimmed]) -> None:
        self._rules, self._runs = rules, runs
        self._row = {move.id: row for row, move in enumerate(rules.moves)}
        self._recorder = Recorder(rules)
        self._came: list[Came | None] = [None] * len(runs)
        self._words = Promised(rules.features, len(runs))
        self._ranges: list[list[Range]] = [[] for _ in runs]

    def played(self) -> list[Came | None]:
        """Week after week, until no run is left in the batch."""
        places = np.array([place for place, run in enumerate(self._runs) if self._whole(run)], dtype=np.int64)
        seeds = [parse_seed(self._runs[place].header.seed) for place in places]
        state = initial(self._rules, np.array(seeds, dtype=np.uint64))
        week = 0
        while places.shape[0]:
            start = state.known
            state, sound = self._moved(places, state, week)
            self._words.given(places, start, state.known)
            ends = np.array([week < self._runs[place].ended for place in places])
            for place in places[sound & ~ends]:
                self._goes_on(place, week)
            places, state = _left(places, state, sound & ends & ~self._held_up(state.known))
            if places.shape[0]:
                places, state = self._week(places, state, week)
            week += 1
        return self._came

    def _whole(self, run: Skimmed) -> bool:
        """Whether a file can be what the rules give, as far as that is seen before anything is simulated."""
        if (
            run.damage is not None
            or other_rules(run.header)
            or not all(isinstance(one, Note | Mark) for one in run.late)
        ):
            return False
        numbers = {number.id for number in self._rules.numbers}
        for week in run.weeks:
            if run.header.mode == "assigned" and TAKEN_BACK in week.made:
                return False
            for one in week.asides:
                if isinstance(one, Forecast) and one.name not in numbers:
                    return False
                if isinstance(one, Delegate) and area(one.area) is None:
                    return False
        return True

    # Moves

    def _moved(self, places: Ints, state: State, week: int) -> tuple[State, Bools]:
        """The batch with the moves of a week made, and where all were legal when they were made."""
        plans = [self._plan(self._runs[place], week) for place in places]
        sound = np.array([plan is not None for plan in plans])
        made = [plan or () for plan in plans]
        back = any(UNDO in plan for plan in made)
        trail: list[State] = []
        depth = np.zeros(places.shape[0], dtype=np.int64)
        for step in range(max(map(len, made))):
            chosen = np.array([plan[step] if step < len(plan) else NOTHING for plan in made])
            chosen, sound = self._legal(state.known, chosen, sound & ((chosen != UNDO) | (depth > 0)))
            if back:
                trail, state = _traced(trail, state, depth, chosen)
                depth = depth + (chosen >= 0) - (chosen == UNDO)
            state = apply(self._rules, state, chosen)
        return state, sound

    def _plan(self, run: Skimmed, week: int) -> tuple[int, ...] | None:
        """Rows of what was done in a week; None where there is no such move."""
        made = run.weeks[week].made if week < len(run.weeks) else ()
        rows = tuple(UNDO if one == TAKEN_BACK else self._row.get(one, NOTHING) for one in made)
        return None if NOTHING in rows else rows

    def _legal(self, known: Known, chosen: Ints, sound: Bools) -> tuple[Ints, Bools]:
        """What is really done: nothing where it was not legal, nor after that; and where all was legal so far."""
        for row in np.unique(chosen):
            if row >= 0:
                sound = sound & ((chosen != row) | allowed(self._rules, known, int(row)))
        return np.where(sound, chosen, NOTHING), sound

    def _held_up(self, known: Known) -> Bools:
        """(N,) where a card must be answered before the week can end."""
        must = [known.open[e] > 0.0 for e, card in enumerate(self._rules.cards) if card.silence < 0]
        return np.any(must, axis=0) if must else np.zeros(known.week.shape, dtype=np.bool_)

    # The end of a week

    def _week(self, places: Ints, state: State, week: int) -> tuple[Ints, State]:
        """A week on; runs whose record is another one leave, and so do those that are over."""
        after = advance(self._rules, state)
        told = [self._runs[place].weeks[week] for place in places]
        given = self._recorder.bodies(week, after, [one.number for one in told])
        same = np.array([body_of(one.line) == body for one, body in zip(told, given, strict=True)])
        self._words.came(places, after.known, week)
        self._note_ranges(places, told, after.known, week)
        over = ~after.live
        if over.any():
            self._note_ends(places, np.flatnonzero(over & same), after.known, week)
        closed = np.array(
            [self._runs[place].end is not None and self._runs[place].ended == week + 1 for place in places]
        )
        return _left(places, after, same & ~over & ~closed)

    def _goes_on(self, place: int, week: int) -> None:
        """A run whose file ends before it is over."""
        run = self._runs[place]
        if run.end is None and len(run.weeks) <= week + 1:
            self._came[place] = Came(None, "", week, (), self._words.judged(place), tuple(self._ranges[place]))

    def _note_ends(self, places: Ints, columns: Ints, known: Known, week: int) -> None:
        scores, told, met = score_units(self._rules, known), ending(self._rules, known), parts(self._rules, known)
        for column in columns:
            place = int(places[column])
            run, name = self._runs[place], self._rules.endings[int(told[column])].id
            given = End(int(scores[column]), name, int(known.week[column]))
            if len(run.weeks) == week + 1 and run.end in (None, given):
                self._came[place] = Came(
                    given.score,
                    name,
                    week + 1,
                    tuple(float(one) for one in met[:, column]),
                    self._words.judged(place),
                    tuple(self._ranges[place]),
                )

    def _note_ranges(self, places: Ints, told: Sequence[SkimmedWeek], after: Known, week: int) -> None:
        numbers = {number.id: number for number in self._rules.numbers}
        for column, part in enumerate(told):
            for one in part.asides:
                if isinstance(one, Forecast):
                    number = numbers[one.name]
                    came = quantised(float(rows(after, number.value)[column]), number.quantum)
                    self._ranges[places[column]].append(against(week, one, came))


def _left(places: Ints, state: State, stay: Bools) -> tuple[Ints, State]:
    """The runs that stay in the batch."""
    return (places, state) if stay.all() else (places[stay], take(state, stay))


def _traced(trail: list[State], state: State, depth: Ints, chosen: Ints) -> tuple[list[State], State]:
    """Where each run stood before its moves of the week, deepest last; and the batch with moves taken back.

    Args:
        trail: so far.
        state: the batch.
        depth: (N,) moves that stand in each run.
        chosen: (N,) rows; UNDO where the last move is taken back.
    """
    trail = list(trail)
    moving, undoing = chosen >= 0, chosen == UNDO
    for level in np.unique(depth[moving]).tolist():
        here = moving & (depth == level)
        trail[level : level + 1] = [merge(here, state, trail[level]) if level < len(trail) else state]
    for level in np.unique(depth[undoing]).tolist():
        state = merge(undoing & (depth == level), trail[level - 1], state)
    return trail, state
