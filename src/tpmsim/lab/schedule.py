"""Schedule confidence: when the plan is likely to be done, by rollouts of worlds that fit what is known.

In each of `WORLDS` worlds drawn from the player's beliefs (`core.imagine`) the weeks pass and nobody makes a move. Of a
plan that waits for a gate, building is taken to begin with the coming week. A reading: no rule, score or condition uses
it, and it knows no more than the player.
"""

from dataclasses import dataclass, replace

import numpy as np

from tpmsim.core.arrays import Bools, Floats
from tpmsim.core.imagine import imagine
from tpmsim.core.rolls import Keys, fork_key
from tpmsim.core.rules import Rules
from tpmsim.core.state import Known, State, evolve
from tpmsim.core.week import advance
from tpmsim.lab.policy import of_runs

WORLDS = 256
"""Worlds from which a chance is told."""

STEP = 5
"""Per cent to which a chance is rounded: more would say more than is known."""

SCHEDULE_FORK = 1 << 43
"""The forks of a run's luck from which the worlds are drawn: never those of the world, policies or audits."""

NOT_IN_TIME = 999.0
"""In place of a week: not within the run."""


@dataclass(frozen=True, slots=True)
class Date:
    """When a feature that is planned or promised is likely to be reported complete.

    Attributes:
        feature: its id.
        planned: whether it is in the plan; else nobody works on it.
        due: promised week, 0 none.
        word: confidence that was given, 0..1.
        chance: per cent, to the nearest 5, that it is complete by that week; None where nothing is promised.
        half, likely, sure: weeks by which it is with 50, 80 and 95 %; NOT_IN_TIME if not within the run.
        curve: chance by the end of each week from the present one on, to the nearest 5 %.
    """

    feature: str
    planned: bool
    due: int
    word: float
    chance: int | None
    half: float
    likely: float
    sure: float
    curve: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Timetable:
    """What may become of a plan.

    Attributes:
        week: the present one.
        waits: whether nobody builds in the present stage.
        dates: of what is planned or promised and not complete, in the order of work, what is not planned last.
        kept: chance that all promises among them are kept, to the nearest 5 %; None where there is none.
    """

    week: int
    waits: bool
    dates: tuple[Date, ...]
    kept: int | None


def schedule(rules: Rules, known: Known, key: Keys) -> Timetable:
    """The timetable of one run.

    Args:
        rules: the scenario.
        known: of one run.
        key: (1,) of the luck that this may draw from, such as `Desk.luck`: it is forked.
    """
    week, waits = int(known.week[0]), not rules.works[int(known.stage[0])]
    planned, due = known.committed[:, 0] > 0.0, known.due[:, 0]
    asked = np.flatnonzero((planned | (due > 0)) & (known.complete[:, 0] <= 0.0))
    if not asked.shape[0] or not known.live[0]:
        return Timetable(week, waits, (), None)
    done = _done(rules, known, key)
    rows = sorted(asked.tolist(), key=lambda j: (not planned[j], float(known.rank[j, 0])))
    kept = _together([done[j] <= due[j] for j in rows if due[j] > 0])
    return Timetable(week, waits, tuple(_date(rules, known, j, np.sort(done[j])) for j in rows), kept)


def _together(kept: list[Bools]) -> int | None:
    return _nearest(np.asarray(np.stack(kept).all(axis=0))) if kept else None


def _date(rules: Rules, known: Known, j: int, weeks: Floats) -> Date:
    due = int(known.due[j, 0])
    half, likely, sure = (float(weeks[min(int(part * len(weeks)), len(weeks) - 1)]) for part in (0.5, 0.8, 0.95))
    return Date(
        rules.features[j],
        bool(known.committed[j, 0] > 0.0),
        due,
        float(known.word[j, 0]),
        _nearest(weeks <= due) if due > 0 else None,
        half,
        likely,
        sure,
        tuple(_nearest(weeks <= week) for week in range(int(known.week[0]), rules.weeks + 1)),
    )


def _nearest(came: Bools) -> int:
    """Per cent of the worlds, to the nearest STEP."""
    return STEP * round(100.0 / STEP * int(np.count_nonzero(came)) / int(came.shape[0]))


def _done(rules: Rules, known: Known, key: Keys) -> Floats:
    """(J, WORLDS) the week at whose end each feature is first reported complete."""
    many = of_runs(known, np.zeros(WORLDS, dtype=np.int64))
    keys = fork_key(np.repeat(key, WORLDS), SCHEDULE_FORK + np.arange(WORLDS))
    state = _begun(rules, imagine(rules, many, keys))
    done = np.where(known.complete > 0.0, float(known.week[0]), np.full(known.committed.shape, NOT_IN_TIME))
    done = np.repeat(done, WORLDS, axis=1)
    while state.live.any() and (state.known.committed * (done >= NOT_IN_TIME)).any():
        week = float(state.week)
        state = advance(rules, state)
        done = np.where((state.known.complete > 0.0) & (done >= NOT_IN_TIME), week, done)
    return done


def _begun(rules: Rules, state: State) -> State:
    """In a stage in which nobody builds the week passes, and then the next one in which somebody does has begun."""
    stage = int(state.known.stage[0])
    ahead = [number for number in range(stage, len(rules.stages)) if rules.works[number]]
    if rules.works[stage] or not ahead:
        return state
    state = advance(rules, state)
    begun = np.where(state.live, ahead[0], state.known.stage)
    return replace(
        state, known=evolve(state.known, stage=begun, stage_weeks=np.where(state.live, 0, state.known.stage_weeks))
    )
