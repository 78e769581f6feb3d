"""Stopping in time is a win: in worlds in which a product fares worst, to stop it in good order beats to go on.

What makes a world bad differs: nobody wants the product, or it cannot be built for the money. So bad worlds are told by
what becomes of them: of many, those in which a sound player who never stops scored least under three lucks. They are
then played once more under a fourth: picked and judged by the same luck they would only show that bad luck is bad.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from tpmsim.core.arrays import Floats, Ints
from tpmsim.core.batch import take
from tpmsim.core.moves import allowed, apply
from tpmsim.core.opening import initial
from tpmsim.core.outcome import ending, score
from tpmsim.core.rolls import Luck, fork_key
from tpmsim.core.rules import Rules, Trigger
from tpmsim.core.state import Known, State
from tpmsim.core.week import advance
from tpmsim.lab.policies import get_policy
from tpmsim.lab.policy import END, Bound
from tpmsim.lab.rollout import play, play_week

WORLDS = 12_000
WORST = 100
LUCKS = 3
"""Futures under which going on is tried to tell bad worlds."""

MOSTLY = 0.9
"""Share of runs in which a stop must be told as a good ending to count as one."""


@dataclass(frozen=True)
class GoesOn:
    """A policy that never stops, whatever it hears.

    Attributes:
        rules: the scenario.
        bound: plays.
        stops: the moves that stop a product, which it never makes.
        preferred: the answers that it gives wherever it may.
    """

    rules: Rules
    bound: Bound
    stops: tuple[int, ...]
    preferred: tuple[int, ...]
    id: str = "goes on"
    digest: str = ""

    def bind(self, rules: Rules) -> "GoesOn":
        return self

    def choose(self, known: Known, luck: Luck, step: int) -> Ints:
        chosen = self.bound.choose(known, luck, step)
        chosen = np.where(np.isin(chosen, self.stops), END, chosen)
        for row in self.preferred:
            chosen = np.where(allowed(self.rules, known, row), row, chosen)
        return chosen


def rows_of(rules: Rules, *triggers: Trigger) -> tuple[int, ...]:
    """The moves that ask for one of these at a gate."""
    return tuple(
        row
        for row, move in enumerate(rules.moves)
        if any(effect.ref.field == "trigger" and effect.value in triggers for effect in move.effects)
    )


def preparing(rules: Rules) -> tuple[int, ...]:
    """The answers that add to how well customers can leave, where a scenario counts it."""
    care = [(row,) for row, one in enumerate(rules.memory) if one.id == "care"]
    return tuple(
        row
        for row, move in enumerate(rules.moves)
        if any(
            effect.ref.field == "memory" and effect.ref.row in care and effect.value > 0.0 for effect in move.effects
        )
    )


def under(state: State, luck: int) -> State:
    """The same worlds with another future."""
    return replace(state, future=fork_key(state.future, luck))


def worst(rules: Rules, sound: GoesOn) -> State:
    """The worlds in which going on fares worst, with a future that nobody has looked at."""
    state = initial(rules, np.arange(WORLDS, dtype=np.uint64))
    fared = sum(score(rules, play(rules, under(state, luck), sound).known) for luck in range(LUCKS))
    return under(take(state, np.argsort(fared, kind="stable")[:WORST]), LUCKS)


def stopped(rules: Rules, state: State, sound: GoesOn) -> Iterator[tuple[Ints, Floats]]:
    """Which runs can be stopped at the end of a week, and their scores, wherever it is mostly told as a good ending."""
    good, places = np.array([one.good for one in rules.endings]), np.arange(state.size)
    while True:
        state = advance(rules, play_week(rules, state, sound))
        state, places = take(state, state.live), places[state.live]
        if not state.size:
            return
        for row in sound.stops:
            may = allowed(rules, state.known, row)
            if may.mean() >= MOSTLY:
                asked = take(state, may)
                known = advance(rules, apply(rules, asked, np.full(asked.size, row))).known
                if good[ending(rules, known)].mean() >= MOSTLY:
                    yield places[may], score(rules, known)


def test_a_good_kill_scores_well(shipped):
    rules = shipped
    stops = rows_of(rules, Trigger.KILL, Trigger.SUNSET)
    sound = GoesOn(rules, get_policy("steady").bind(rules), stops, preparing(rules))
    state = worst(rules, sound)
    on = score(rules, play(rules, state, sound).known)
    leads = [scores - on[places] for places, scores in stopped(rules, state, sound)]
    assert leads, "in no week a stop is told as a good ending"
    best = max(leads, key=lambda one: one.mean())
    assert best.mean() > 3.0 * best.std() / np.sqrt(best.shape[0])
