"""What options are worth: each is tried in worlds that fit what is known, and played on to the end.

The guide plays a week in imagined worlds (`core.imagine`); wherever it answers a question, each option is made in its
place, the rest of the week is the guide's again, and all of it is played on under the same luck, beside the guide's own
week (rollouts: Tesauro & Galperin 1997, Advances in Neural Information Processing Systems 9; common random numbers).
Which moves are options, and what is made of their leads, is `lookahead`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tpmsim.core.arrays import Floats, Ints
from tpmsim.core.batch import join, of_places, take
from tpmsim.core.imagine import imagine
from tpmsim.core.moves import apply
from tpmsim.core.outcome import score
from tpmsim.core.rolls import Keys, fork_key
from tpmsim.core.rules import Rules
from tpmsim.core.state import Known, State
from tpmsim.core.week import advance
from tpmsim.lab.policy import END
from tpmsim.lab.rollout import play_week
from tpmsim.lab.swift import Swift

NONE = -4
"""In a table of options: no option."""

WORLDS_FORK = 1 << 42
"""The first of the forks of the policy's luck from which worlds are imagined."""

Others = Callable[[Known, Ints], Ints]
"""(N, K) legal options beside the guide's moves (N,), NONE where there are fewer."""


@dataclass(frozen=True, slots=True, eq=False)
class Players:
    """Who plays in imagined worlds.

    Attributes:
        rules: the scenario.
        guide: plays the week.
        onward: plays on, to the end.
    """

    rules: Rules
    guide: Swift
    onward: Swift


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """B options of the questions of a week.

    Attributes:
        run: (B,) in which run.
        own: (B,) the move of the guide, END for the end of its week.
        option: (B,) the move in its place.
        leads: (worlds, B) by how many points it leads the guide's own week.
    """

    run: Ints
    own: Ints
    option: Ints
    leads: Floats


def weigh(players: Players, known: Known, key: Keys, worlds: int, horizon: int, others: Others) -> Weighed:
    """Try the options of all questions that the guide answers until the end of the week.

    Args:
        players: who plays in imagined worlds.
        known: in N runs, in each of which a question is due.
        key: (N,) of the policy's luck; all options of a run meet the same worlds.
        worlds: imagined for each run.
        horizon: weeks that are played on, at most.
        others: the options.
    """
    runs = np.repeat(np.arange(key.shape[0]), worlds)
    keys = fork_key(key[runs], WORLDS_FORK + np.tile(np.arange(worlds), key.shape[0]))
    fan = _Fan(players.rules, worlds, others)
    own = play_week(players.rules, imagine(players.rules, of_places(known, runs), keys), players.guide, fan.heed)
    fan.spread(own, np.full(key.shape[0], END))
    if not fan.states:
        none = np.zeros(0, dtype=np.int64)
        return Weighed(none, none, none, np.zeros((worlds, 0)))
    tried = play_week(players.rules, join(fan.states), players.guide)
    run, move, option = (np.concatenate(part) for part in zip(*fan.options, strict=True))
    scores = _played(players, join([own, tried]), horizon)
    base, reached = scores[: own.size].reshape(-1, worlds), scores[own.size :].reshape(-1, worlds)
    return Weighed(run, move, option, (reached - base[run]).T)


class _Fan:
    """The options of the guide's week, each with its move made in all worlds of its run.

    Attributes:
        options: for each step, of B options the run, the guide's move and the option, (B,) each.
        states: of each step, (B * worlds) runs.
    """

    def __init__(self, rules: Rules, worlds: int, others: Others) -> None:
        self._rules, self._worlds, self._others = rules, worlds, others
        self.options: list[tuple[Ints, Ints, Ints]] = []
        self.states: list[State] = []

    def heed(self, state: State, chosen: Ints) -> None:
        """A step of the guide: what it does in one world of a run it does in all. The end of its week comes later."""
        moves = chosen[:: self._worlds]
        self.spread(state, np.where(moves == END, NONE, moves))

    def spread(self, state: State, moves: Ints) -> None:
        """The options in place of the guide's moves (N,), NONE where it makes none."""
        asked = np.flatnonzero(moves != NONE)
        others = self._others(of_places(state.known, asked * self._worlds), moves[asked])
        place, column = np.nonzero(others != NONE)
        if not place.shape[0]:
            return
        run, option = asked[place], others[place, column]
        columns = (run[:, None] * self._worlds + np.arange(self._worlds)).ravel()
        self.options.append((run, moves[run], option))
        self.states.append(apply(self._rules, take(state, columns), np.repeat(option, self._worlds)))


def _played(players: Players, state: State, horizon: int) -> Floats:
    """(N,) what each run comes to, played on from the end of its week; runs that are over leave the batch."""
    scores, places = np.zeros(state.size), np.arange(state.size)
    for week in range(horizon):
        made = play_week(players.rules, state, players.onward) if week else state
        state = advance(players.rules, made)
        live = state.live
        if not live.any():
            break
        if not live.all():
            over = np.flatnonzero(~live)
            scores[places[over]] = score(players.rules, of_places(state.known, over))
            places, state = places[live], take(state, live)
    scores[places] = score(players.rules, state.known)
    return scores
