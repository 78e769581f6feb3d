"""Rollouts: a batch of runs played to the end by one policy.

The law of this module: what becomes of a run does not depend on the batch around it, on the place in it or on the size
of the blocks; run i alone equals run i among thousands, bit for bit. Therefore a batch may be cut wherever it is
convenient: finished runs leave it, and large batches are played in blocks that fit a cache.

Not for spreading blocks over processes; that is `executor`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from tpmsim.core.arrays import Bools, Ints
from tpmsim.core.batch import join, of_places, take
from tpmsim.core.moves import allowed, apply
from tpmsim.core.opening import initial
from tpmsim.core.outcome import ending, score_units
from tpmsim.core.rolls import Luck, fork_key
from tpmsim.core.rules import Rules
from tpmsim.core.state import Known, State
from tpmsim.core.week import advance
from tpmsim.lab.course import Course
from tpmsim.lab.policy import END, Bound, Mindful, Policy, Week
from tpmsim.lab.swift import swift

Array = TypeVar("Array", Ints, Bools)

BLOCK = 8192
"""Most runs played side by side. Measured: 4,096 are a tenth slower, 1,024 take twice as long."""

MOST_MOVES = 40
"""Moves a week after which a policy is not asked any more."""

POLICY_FORK = 1 << 40
"""The fork of a run's luck that policies draw from: never the luck of the world."""


Watch = Callable[[Ints, Known], None]

Heed = Callable[[State, Ints], None]
"""Is shown a batch and (N,) the moves about to be made in it, negative where a run makes none."""


@dataclass(frozen=True, slots=True, eq=False)
class Results:
    """How runs ended, in the order of their seeds.

    Attributes:
        endings: ids of the endings of the scenario.
        seeds: of the runs.
        scores: (N,) W in whole SCORE_UNITs.
        ending: (N,) row of each run's ending.
        weeks: (N,) the week in which each run ended.
        numbers: (V, N) the visible numbers of the scenario at the end, in whole quanta.
        rose, fell: (V, N) whether a number ever did, from one week to the next.
    """

    endings: tuple[str, ...]
    seeds: tuple[int, ...]
    scores: Ints
    ending: Ints
    weeks: Ints
    numbers: Ints
    rose: Bools
    fell: Bools

    def __len__(self) -> int:
        return len(self.seeds)


def unheeded(state: State, chosen: Ints) -> None:
    """Nobody looks at the moves."""


def play(
    rules: Rules,
    state: State,
    policy: Policy,
    watch: Watch = lambda places, known: None,
    heed: Heed = unheeded,
) -> State:
    """Every run of the batch played to its end.

    Args:
        rules: the scenario.
        state: runs of which those that go on stand in the same week.
        policy: asked for the moves.
        watch: is shown the places in the batch and what is known there, after each week.
        heed: is shown the moves before they are made.
    """
    bound = swift(rules, policy.bind(rules))
    places = np.arange(state.size)
    over: list[tuple[Ints, State]] = []
    while state.live.any():
        state = advance(rules, play_week(rules, state, bound, heed))
        watch(places, state.known)
        live = state.live
        if live.any() and not live.all():
            over.append((places[~live], take(state, ~live)))
            places, state = places[live], take(state, live)
    if not over:
        return state
    over.append((places, state))
    order = np.argsort(np.concatenate([where for where, _ in over]), kind="stable")
    return take(join([part for _, part in over]), order)


def play_week(rules: Rules, state: State, bound: Bound | Mindful, heed: Heed = unheeded) -> State:
    """The batch with the moves of this week made, ready to advance.

    Args:
        rules: the scenario.
        state: the batch.
        bound: asked for the moves.
        heed: is shown the moves before they are made.
    """
    week = _week(bound, state)
    busy, made = state.live, np.zeros(state.size, dtype=np.int64)
    while busy.any():
        chosen = week.choose(state.known, busy)
        moves = chosen >= 0
        if moves.any():
            heed(state, chosen)
            state = apply(rules, state, chosen)
            week.made(chosen)
        made = made + moves
        busy = (chosen != END) & (made < MOST_MOVES)
    return answer_what_must_be(rules, state)


def _week(bound: Bound | Mindful, state: State) -> Week:
    return week_of(bound, Luck(fork_key(state.future, POLICY_FORK), state.week))


def week_of(bound: Bound | Mindful, luck: Luck) -> Week:
    """A week that begins, asked of any policy.

    Args:
        bound: the policy.
        luck: its own, of N runs; see `POLICY_FORK`.
    """
    return bound.asking(luck) if isinstance(bound, Mindful) else Asked(bound, luck)


def moves_of(bound: Bound | Mindful, now: Callable[[], State]) -> Iterator[int]:
    """Rows of the moves that a policy makes in a week of one run, as in a batch.

    Args:
        bound: the policy.
        now: the run as it stands; a move is to be made before the next one is asked for.
    """
    week = _week(bound, now())
    for _ in range(MOST_MOVES):
        chosen = week.choose(now().known, np.ones(1, dtype=np.bool_))
        if chosen[0] < 0:
            return
        yield int(chosen[0])
        week.made(chosen)


class Asked:
    """The week of a policy that keeps nothing in mind; if few runs are busy, only they are looked at.

    Args:
        bound: the policy.
        luck: its own.
    """

    def __init__(self, bound: Bound, luck: Luck) -> None:
        self._bound, self._luck, self._step = bound, luck, 0

    def choose(self, known: Known, busy: Bools) -> Ints:
        """(N,) the policy's next move in the runs that are busy, END in the others."""
        runs = np.flatnonzero(busy)
        if 2 * runs.shape[0] > busy.shape[0]:
            return np.where(busy, self._bound.choose(known, self._luck, self._step), END)
        chosen = np.full(busy.shape, END, dtype=np.int64)
        luck = Luck(self._luck.key[runs], self._luck.week)
        chosen[runs] = self._bound.choose(of_places(known, runs), luck, self._step)
        return chosen

    def made(self, chosen: Ints) -> None:
        """Another step of the week."""
        self._step += 1


def joined(parts: Sequence[tuple[Ints, State]]) -> list[tuple[Ints, State]]:
    """The batches as one; none of none."""
    if len(parts) < 2:
        return list(parts)
    return [(np.concatenate([places for places, _ in parts]), join([state for _, state in parts]))]


def answer_what_must_be(rules: Rules, state: State) -> State:
    """A card that silence does not answer holds up the week: if the policy left it, the first legal answer it is."""
    for number, card in enumerate(rules.cards):
        if card.silence >= 0:
            continue
        for row in card.answers:
            held_up = _open(state.known, number) & state.live
            if not held_up.any():
                break
            state = apply(rules, state, np.where(held_up & allowed(rules, state.known, row), row, END))
    return state


def _open(known: Known, card: int) -> Bools:
    return np.asarray(known.open[card] > 0.0)


def simulate(rules: Rules, policy: Policy, seeds: Sequence[int], block: int = BLOCK) -> Results:
    """One run a seed, played to the end in blocks.

    Args:
        rules: the scenario.
        policy: plays all runs.
        seeds: whole numbers below 2**40.
        block: runs side by side; no result depends on it.
    """
    return merged([played(rules, policy, part) for part in blocks(seeds, block)], rules)


def played(rules: Rules, policy: Policy, seeds: Sequence[int], heed: Heed = unheeded) -> Results:
    """One block of runs."""
    state = initial(rules, np.array(seeds, dtype=np.uint64))
    course = Course(rules, state.known)
    known = play(rules, state, policy, course.see, heed).known
    return Results(
        endings=tuple(one.id for one in rules.endings),
        seeds=tuple(seeds),
        scores=score_units(rules, known),
        ending=ending(rules, known),
        weeks=known.week,
        numbers=course.last,
        rose=course.rose,
        fell=course.fell,
    )


def blocks(seeds: Sequence[int], block: int = BLOCK) -> Iterator[Sequence[int]]:
    """The seeds in order, at most so many at a time, in parts of nearly equal size."""
    parts = -(-len(seeds) // block)
    size = -(-len(seeds) // parts) if parts else 1
    for start in range(0, len(seeds), size):
        yield seeds[start : start + size]


def merged(parts: Sequence[Results], rules: Rules) -> Results:
    """The results of blocks as one, in the order given."""

    def whole(pick: Callable[[Results], Ints]) -> Ints:
        return np.concatenate([np.zeros(0, dtype=np.int64), *(pick(part) for part in parts)])

    def table(pick: Callable[[Results], Array], kind: type) -> Array:
        return np.concatenate([np.zeros((len(rules.numbers), 0), dtype=kind), *(pick(part) for part in parts)], axis=1)

    return Results(
        endings=tuple(one.id for one in rules.endings),
        seeds=tuple(seed for part in parts for seed in part.seeds),
        scores=whole(lambda part: part.scores),
        ending=whole(lambda part: part.ending),
        weeks=whole(lambda part: part.weeks),
        numbers=table(lambda part: part.numbers, np.int64),
        rose=table(lambda part: part.rose, np.bool_),
        fell=table(lambda part: part.fell, np.bool_),
    )
