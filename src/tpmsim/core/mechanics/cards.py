"""Cards: authored events. They come when what is known allows it, by a draw of their own, and wait for an answer.

What a card says is text of the scenario; here it is a condition, a chance and the moves that answer it.
"""

from dataclasses import replace

import numpy as np

from tpmsim.core.conditions import holds
from tpmsim.core.flows import Flows
from tpmsim.core.ledger import Trace
from tpmsim.core.moves import apply
from tpmsim.core.rolls import Luck
from tpmsim.core.rules import Rules
from tpmsim.core.state import State, evolve


def silence(rules: Rules, state: State, flows: Flows, luck: Luck, trace: Trace) -> State:
    """A card that nobody answered takes the answer its author declared for silence; who asked was not heard by that."""
    for e, card in enumerate(rules.cards):
        waiting = (state.known.open[e] > 0.0) & state.live
        if card.silence >= 0 and waiting.any():
            unheard = state.known.unheard
            state = apply(rules, state, np.where(waiting, card.silence, -1), trace)
            state = replace(state, known=evolve(state.known, unheard=unheard))
    return state


def cards(rules: Rules, state: State, flows: Flows, luck: Luck, trace: Trace) -> State:
    """Each card whose condition holds comes with its own chance."""
    if not rules.cards:
        return state
    opened, came = state.known.open.copy(), state.known.came.copy()
    once = np.array([card.once for card in rules.cards])[:, None]
    may_come = state.live & (opened <= 0.0) & ((came <= 0.0) | ~once)
    for e in np.flatnonzero(may_come.any(axis=1)).tolist():
        card = rules.cards[e]
        ready = may_come[e] & holds(card.when, state.known)
        if not ready.any():
            continue
        comes = ready & luck.bernoulli(np.full(state.size, card.chance), "card", card.id)
        opened[e] = np.where(comes, 1.0, opened[e])
        came[e] = np.where(comes, came[e] + 1.0, came[e])
    return replace(state, known=evolve(state.known, open=opened, came=came))
