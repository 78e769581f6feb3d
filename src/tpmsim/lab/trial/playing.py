"""A batch played week by week with its moves kept and every week looked at; and a run played again from its moves.

Whoever chooses the moves is a `Player`. A run ends here with the first breach that is found in it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from tpmsim.core.arrays import Bools, Ints
from tpmsim.core.batch import join, take
from tpmsim.core.moves import allowed, apply
from tpmsim.core.opening import initial
from tpmsim.core.rules import Rules
from tpmsim.core.state import State
from tpmsim.core.week import advance
from tpmsim.lab.policy import END
from tpmsim.lab.rollout import MOST_MOVES
from tpmsim.lab.trial.breaches import Breach, Checks, Found, unanswered

SKIPPED = -2
"""In place of the row of a move: none now, but ask again."""

Script = tuple[tuple[int, ...], ...]
"""The moves of a run as rows, week by week."""


class Player(Protocol):
    """Chooses the moves of a batch."""

    def choose(self, state: State, places: Ints, step: int) -> Ints:
        """(N,) rows of legal moves, SKIPPED for none now, END where a run wants no more of them this week.

        Args:
            state: N runs that go on.
            places: (N,) which runs of the whole batch they are.
            step: how many moves were asked for before in this week.
        """
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Week:
    """One week of the runs that still went on.

    Attributes:
        places: (N,) their places in the batch.
        made: (N,) rows of moves for each step, negative where a run made none.
        before: when the week began to end, moves made.
        after: when it had ended; where it could not end, as before.
        stayed: (N,) runs whose week could not end.
        breaches: what was found.
    """

    places: Ints
    made: tuple[Ints, ...]
    before: State
    after: State
    stayed: Bools
    breaches: tuple[Found, ...]

    @property
    def sound(self) -> Bools:
        """(N,) runs that had no breach and whose week ended."""
        good = ~self.stayed
        for _, mask in self.breaches:
            good = good & ~mask
        return good


def weeks(checks: Checks, state: State, player: Player) -> Iterator[Week]:
    """Every week of a batch, until each run is over, has a breach, or holds at a card."""
    places = np.arange(state.size)
    while state.size:
        week = _week(checks, state, places, player)
        yield week
        going = week.sound & week.after.live
        places, state = places[going], take(week.after, going)


def _week(checks: Checks, state: State, places: Ints, player: Player) -> Week:
    made: list[Ints] = []
    busy = np.ones(state.size, dtype=np.bool_)
    for step in range(MOST_MOVES):
        chosen = np.where(busy, player.choose(state, places, step), END)
        busy = chosen != END
        if not busy.any():
            break
        made.append(chosen)
        state = apply(checks.rules, state, chosen)
    return finished(checks, state, places, made)


def finished(checks: Checks, state: State, places: Ints, made: Sequence[Ints]) -> Week:
    """The week of a batch whose moves are made, ended and looked at."""
    rules = checks.rules
    waits = unanswered(rules, state.known)
    after, crashed, what = ended(rules, state)
    found = [*checks.blocked(state.known), *((Breach("crash", what), crashed) for _ in range(int(crashed.any())))]
    fine = ~(waits | crashed)
    found += [(breach, mask & fine) for breach, mask in checks.after_week(after) if (mask & fine).any()]
    return Week(places, tuple(made), state, after, waits | crashed, tuple(found))


def ended(rules: Rules, state: State) -> tuple[State, Bools, str]:
    """The batch one week on; (N,) the runs whose week could not be computed and so is as it was; and by what error.

    Any error may come out of numbers that nobody thought of, and one run must not take the others with it: a batch
    that fails is parted until the runs are found that fail alone.
    """
    try:
        with np.errstate(all="ignore"):  # what comes of it is found among the breaches
            return advance(rules, state), np.zeros(state.size, dtype=np.bool_), ""
    except Exception as error:
        if state.size == 1:
            return state, np.ones(1, dtype=np.bool_), type(error).__name__
    half = state.size // 2
    parts = [ended(rules, take(state, slice(None, half))), ended(rules, take(state, slice(half, None)))]
    whole = join([after for after, _, _ in parts])
    return whole, np.concatenate([mask for _, mask, _ in parts]), next((what for _, _, what in parts if what), "")


@dataclass(frozen=True, slots=True, eq=False)
class Again:
    """A player who follows scripts, one a run; what is not legal any more is left out."""

    checks: Checks
    scripts: Sequence[Script]

    def choose(self, state: State, places: Ints, step: int) -> Ints:
        """The move of the script at this step of this week."""
        week = state.week
        wanted = np.array([move_at(self.scripts[place], week, step) for place in places.tolist()], dtype=np.int64)
        legal = np.zeros(wanted.shape, dtype=np.bool_)
        for row in np.unique(wanted[wanted >= 0]).tolist():
            legal |= (wanted == row) & allowed(self.checks.rules, state.known, row)
        return np.where(wanted == END, END, np.where(legal, wanted, SKIPPED))


def move_at(script: Script, week: int, step: int) -> int:
    """The move of a script at a step of a week; END after the last."""
    moves = script[week] if week < len(script) else ()
    return moves[step] if step < len(moves) else END


def again(checks: Checks, seeds: Sequence[int], scripts: Sequence[Script]) -> Iterator[Week]:
    """Runs of these seeds played by these scripts."""
    state = initial(checks.rules, np.array(seeds, dtype=np.uint64))
    return weeks(checks, state, Again(checks, scripts))


def script_of(played: Sequence[Week], place: int) -> Script:
    """The moves that the run at a place of the batch made, week by week."""
    script = []
    for week in played:
        at = np.flatnonzero(week.places == place)
        if at.shape[0]:
            script.append(tuple(int(step[at[0]]) for step in week.made if step[at[0]] >= 0))
    return tuple(script)
