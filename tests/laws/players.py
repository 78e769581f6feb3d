"""A player without a plan: any legal move, by keyed luck, so that every run of a batch plays the same alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from tpmsim.core.ledger import Silent, Trace
from tpmsim.core.moves import allowed, apply
from tpmsim.core.opening import initial
from tpmsim.core.rolls import Luck, fork_key
from tpmsim.core.rules import Move, Rules
from tpmsim.core.state import State
from tpmsim.core.week import advance

OWN_LUCK = 7
MOST_MOVES = 14
STOPS = 0.1


def eagerness(move: Move) -> float:
    """Some moves more often than others, so that runs get somewhere before they end."""
    words = {"/kill": 0.02, "/sunset": 0.03, "/hold": 0.05, "/recycle": 0.1, "/leap": 0.2, "/go": 8.0}
    for word, weight in words.items():
        if move.kind == "gate" and move.id.endswith(word):
            return weight
    kinds = {"target": 3.0, "problem": 3.0, "wave": 6.0, "criteria": 2.0, "answer": 2.0}
    kinds |= {"commit": 0.4, "drop": 0.1, "withdraw": 0.1, "release": 0.3}
    return kinds.get(move.kind, 1.0)


def choose(rules: Rules, state: State, step: int) -> np.ndarray:
    """(N,) rows of random legal moves; -1 where the player has had enough and nothing has to be answered."""
    luck = Luck(fork_key(state.future, OWN_LUCK), state.week)
    chosen, most = np.full(state.size, -1), np.full(state.size, -1.0)
    draws = luck.uniforms(f"player/{step}", tuple(move.id for move in rules.moves))
    for row, (move, draw) in enumerate(zip(rules.moves, draws, strict=True)):
        able = allowed(rules, state.known, row)
        if able.any():
            drawn = draw ** (1.0 / eagerness(move))
            better = able & (drawn > most)
            chosen, most = np.where(better, row, chosen), np.where(better, drawn, most)
    enough = luck.uniform(f"player/{step}", "stop") < STOPS
    return np.where(enough | ~state.live, -1, chosen)


def unanswered(rules: Rules, state: State) -> np.ndarray:
    """(N,) a legal answer of a card that must be answered; -1 where there is none."""
    chosen = np.full(state.size, -1)
    for e, card in enumerate(rules.cards):
        if card.silence < 0:
            for row in card.answers:
                waits = (state.known.open[e] > 0.0) & (chosen < 0)
                if waits.any():
                    chosen = np.where(waits & allowed(rules, state.known, row), row, chosen)
    return chosen


@dataclass(frozen=True)
class Played:
    """One step of a batch: what was chosen (None for the end of the week), and the states around it."""

    before: State
    chosen: np.ndarray | None
    after: State


def steps(rules: Rules, state: State, trace: Trace | None = None) -> Iterator[Played]:
    """Every move and every week of a batch, until all runs are over."""
    listener: Trace = Silent() if trace is None else trace
    while state.live.any():
        for step in range(MOST_MOVES):
            chosen = choose(rules, state, step)
            if not (chosen >= 0).any():
                break
            after = apply(rules, state, chosen, listener)
            yield Played(state, chosen, after)
            state = after
        while (chosen := unanswered(rules, state)).max() >= 0:
            after = apply(rules, state, chosen, listener)
            yield Played(state, chosen, after)
            state = after
        after = advance(rules, state, listener)
        yield Played(state, None, after)
        state = after


@cache
def weeks(rules: Rules, n: int, first: int = 0) -> tuple[Played, ...]:
    """Only the ends of the weeks of n runs."""
    seeds = np.arange(first, first + n, dtype=np.uint64)
    return tuple(played for played in steps(rules, initial(rules, seeds)) if played.chosen is None)
