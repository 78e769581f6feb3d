"""Schedule confidence: when the plan is likely to be done, by rollouts of worlds that fit what is known.

In each of `WORLDS` worlds drawn from the player's beliefs (`core.imagine`) the weeks pass and nobody makes a move. Of a
plan that waits for a gate, building is taken to begin with the coming week. A reading: no rule, score or condition uses
it, and it knows no more than the player.
"""

from dataclasses import dataclass

import numpy as np

from tpmsim.core.arrays import Floats
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
    """When a feature of the plan is likely to be reported complete.

    Attributes:
        feature: its id.
        due: promised week, 0 none.
        word: confidence that was given, 0..1.
        chance: per cent, to the nearest 5, that it is complete by that week; None where nothing is promised.
        half, likely, sure: weeks by which it is with 50, 80 and 95 %; NOT_IN_TIME if not within the run.
    """

    feature: str
    due: int
    word: float
    chance: int | None
    half: float
    likely: float
    sure: float


def schedule(rules: Rules, known: Known, key: Keys) -> tuple[Date, ...]:
    """The dates of all features in the plan that are not complete, in the order of work.

    Args:
        rules: the scenario.
        known: of one run.
        key: (1,) of the luck that this may draw from, such as the run's own future: it is forked.
    """
    open_rows = np.flatnonzero((known.committed[:, 0] > 0.0) & (known.complete[:, 0] <= 0.0))
    if not open_rows.shape[0] or not known.live[0]:
        return ()
    done = _done(rules, known, key)
    rows = sorted(open_rows.tolist(), key=lambda j: float(known.rank[j, 0]))
    return tuple(_date(rules, known, j, np.sort(done[j])) for j in rows)


def _date(rules: Rules, known: Known, j: int, weeks: Floats) -> Date:
    due = int(known.due[j, 0])
    chance = None if due <= 0 else round(100.0 * float((weeks <= due).mean()) / STEP) * STEP
    half, likely, sure = (float(weeks[min(int(part * len(weeks)), len(weeks) - 1)]) for part in (0.5, 0.8, 0.95))
    return Date(rules.features[j], due, float(known.word[j, 0]), chance, half, likely, sure)


def _done(rules: Rules, known: Known, key: Keys) -> Floats:
    """(J, WORLDS) the week at whose end each feature is first reported complete."""
    many = of_runs(known, np.zeros(WORLDS, dtype=np.int64))
    keys = fork_key(np.repeat(key, WORLDS), SCHEDULE_FORK + np.arange(WORLDS))
    state = imagine(rules, many, keys)
    state = State(state.truth, state.hidden, _building(rules, state.known), state.future)
    done = np.where(known.complete > 0.0, float(known.week[0]), np.full(known.committed.shape, NOT_IN_TIME))
    done = np.repeat(done, WORLDS, axis=1)
    while state.live.any() and (state.known.committed * (done >= NOT_IN_TIME)).any():
        week = float(state.week)
        state = advance(rules, state)
        done = np.where((state.known.complete > 0.0) & (done >= NOT_IN_TIME), week, done)
    return done


def _building(rules: Rules, known: Known) -> Known:
    """In a stage in which nobody builds, as if the next one that does had begun."""
    stage = int(known.stage[0])
    ahead = [number for number in range(stage, len(rules.stages)) if rules.works[number]]
    return evolve(known, stage=np.full(known.week.shape, ahead[0])) if ahead else known
