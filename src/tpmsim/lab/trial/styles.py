"""The styles in which a scenario is tried out.

Dice that prefer what was seldom done, policies that are disturbed, and runs that are after something; a run may take
over the beginning of another one. Every run of a round has a style. Where it chooses by itself, it takes a legal move
by weight: the less it was made so far, the likelier. Choices are drawn from a fork of the run's luck and never touch
that of the world.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from tpmsim.core.arrays import Bools, Floats, Ints
from tpmsim.core.moves import allowed
from tpmsim.core.rolls import Luck, fork_key
from tpmsim.core.rules import Rules, Trigger
from tpmsim.core.state import Known, State
from tpmsim.lab.policies import get_policy
from tpmsim.lab.policy import END, Bound, of_runs
from tpmsim.lab.swift import swift
from tpmsim.lab.trial.breaches import unanswered
from tpmsim.lab.trial.legality import Legality
from tpmsim.lab.trial.playing import Script, move_at

FORK: Final = (1 << 40) + 1
"""The first of the forks of a run's luck from which styles draw; not that of the policies."""

ENOUGH: Final = (0.12, 0.02)
"""Chance, before each move, that a choice of its own is to leave the week as it is: of dice, and of who is after
something."""

SELDOM: Final = (1.0, 0.3)
"""Power by which past uses make a move less likely: for dice, and for who is after something."""

EARLY: Final = 0.02
"""Weight of moves that end a run, as a run that is over reaches nothing more."""


@dataclass(frozen=True, slots=True)
class Style:
    """Who plays, how often a choice of its own comes in between, and whether it is after something."""

    policy: str | None
    share: float
    after: bool


STYLES: Final = (
    Style(None, 1.0, False),
    Style("steady", 0.4, True),
    Style("naive", 0.4, True),
    Style(None, 1.0, True),
    Style("steady", 0.1, False),
    Style("steady", 0.75, True),
    Style("naive", 0.15, False),
    Style("steady", 0.15, True),
)
"""In turn, run by run."""

FREE: Final = 3
"""The one of every second run that takes up another: after something, and bound to no policy."""


class Styles:
    """The players of one round.

    Args:
        legality: of the moves of the scenario.
        rules: the scenario.
        uses: (M,) how often each move was made before the round.
        wishes: for each run of the round (M,) weights that lead to what it is after.
        first: how many runs there were before the round.
        begun: for each run the moves that it takes over from another, week by week.
    """

    def __init__(
        self,
        legality: Legality,
        rules: Rules,
        uses: Ints,
        wishes: Sequence[Floats],
        first: int,
        begun: Sequence[Script],
    ) -> None:
        self._legality = legality
        self._rules = rules
        self._first = first
        self._begun = begun
        self._lasts = np.array([len(script) for script in begun])
        turns = np.arange(len(wishes)) + first
        free = (turns % 2 == 0) | ~np.array([style.after for style in STYLES])[turns % len(STYLES)]
        self._style = np.where((self._lasts > 0) & free, FREE, turns % len(STYLES))
        self._bound: dict[str, Bound] = {
            name: swift(rules, get_policy(name).bind(rules))
            for name in sorted({one.policy for one in STYLES if one.policy})
        }
        ends = np.array([EARLY if _ends(rules, row) else 1.0 for row in range(uses.shape[0])])
        seldom = [ends * (1.0 + uses) ** -power for power in SELDOM]
        after = [STYLES[style].after for style in self._style]
        self._enough = np.array(ENOUGH)[np.array(after, dtype=np.int64)]
        table = [seldom[one] * (wish if one else 1.0) for one, wish in zip(after, wishes, strict=True)]
        self._weights: Floats = np.array(table).T

    def choose(self, state: State, places: Ints, step: int) -> Ints:
        """(N,) the next move of each run; END where it wants none and none is due."""
        luck = Luck(fork_key(state.future, FORK + self._first + places), state.week)
        own = luck.uniform("trial:own", str(step)) < np.array([one.share for one in STYLES])[self._style[places]]
        fresh = self._lasts[places] <= state.week
        chosen = np.full(state.size, END, dtype=np.int64)
        self._by_policy(state.known, luck, step, places, fresh & ~own, chosen)
        self._by_weight(state.known, luck, step, places, fresh & own, chosen)
        for run in np.flatnonzero(~fresh).tolist():
            chosen[run] = move_at(self._begun[places[run]], state.week, step)
        self._due(state.known, chosen)
        return chosen

    def _by_policy(self, known: Known, luck: Luck, step: int, places: Ints, wanted: Bools, chosen: Ints) -> None:
        for name, bound in self._bound.items():
            theirs = np.array([style.policy == name for style in STYLES])[self._style[places]]
            runs = np.flatnonzero(wanted & theirs)
            if runs.shape[0]:
                chosen[runs] = bound.choose(of_runs(known, runs), Luck(luck.key[runs], luck.week), step)

    def _by_weight(self, known: Known, luck: Luck, step: int, places: Ints, wanted: Bools, chosen: Ints) -> None:
        """A legal move by weight; now and then the end of the week."""
        runs = np.flatnonzero(wanted & (luck.uniform("trial:enough", str(step)) >= self._enough[places]))
        if not runs.shape[0]:
            return
        may = self._legality.legal(of_runs(known, runs))
        below = np.cumsum(np.where(may, self._weights[:, places[runs]], 0.0), axis=0)
        u = luck.uniform("trial:which", str(step))[runs] * below[-1]
        chosen[runs] = np.where(may.any(axis=0), np.argmax(below > u, axis=0), END)

    def _due(self, known: Known, chosen: Ints) -> None:
        """Where the week could not end for a card, its first legal answer is given."""
        holds = (chosen == END) & unanswered(self._rules, known)
        for number, card in enumerate(self._rules.cards if holds.any() else ()):
            for row in card.answers if card.silence < 0 else ():
                waits = holds & (chosen == END) & (known.open[number] > 0.0)
                if waits.any():
                    np.copyto(chosen, row, where=waits & allowed(self._rules, known, row))


def _ends(rules: Rules, row: int) -> bool:
    """Whether a move ends the run."""
    effects = rules.moves[row].effects
    return any(one.ref.field == "trigger" and one.value in (Trigger.KILL, Trigger.SUNSET) for one in effects)
