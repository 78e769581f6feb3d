"""What the evaluator would have done in a week of the run: its own moves, from where the player stood."""

import numpy as np

from tpmsim.core.moves import apply
from tpmsim.core.rules import Rules
from tpmsim.core.state import State
from tpmsim.debrief.futures import Branch
from tpmsim.lab.barred import Barred
from tpmsim.lab.policy import Bound, Mindful
from tpmsim.lab.rollout import moves_of
from tpmsim.lab.swift import swift


def own_moves(rules: Rules, bound: Bound, start: State, branch: Branch) -> tuple[str, ...]:
    """Ids of the moves that a policy makes after those of a branch.

    Args:
        rules: the scenario.
        bound: the policy.
        start: when the week of the branch began, a batch of one.
        branch: whose moves are made first.
    """
    state = start
    for row in branch.moves:
        state = apply(rules, state, np.array([row]))
    barred = np.zeros((len(rules.moves), 1), dtype=np.bool_)
    barred[list(branch.quiet)] = True
    return own_week(rules, Barred(swift(rules, bound), barred), state)


def own_week(rules: Rules, bound: Bound | Mindful, state: State) -> tuple[str, ...]:
    """Ids of the moves that a policy makes from a state, a batch of one, until it ends the week.

    Args:
        rules: the scenario.
        bound: the policy.
        state: where it stands.
    """
    states, made = [state], []
    for row in moves_of(bound, lambda: states[-1]):
        made.append(rules.moves[row].id)
        states.append(apply(rules, states[-1], np.array([row])))
    return tuple(made)
