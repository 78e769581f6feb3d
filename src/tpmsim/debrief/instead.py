"""What the evaluator would have done in a week of the run: its own moves, from where the player stood."""

import numpy as np

from tpmsim.core.moves import apply
from tpmsim.core.rules import Rules
from tpmsim.core.state import State
from tpmsim.lab.policy import Bound
from tpmsim.lab.rollout import moves_of


def own_week(rules: Rules, bound: Bound, state: State) -> tuple[str, ...]:
    """Ids of the moves that a policy makes from a state, a batch of one, until it ends the week.

    Args:
        rules: the scenario.
        bound: the policy.
        state: when the week began.
    """
    states, made = [state], []
    for row in moves_of(bound, lambda: states[-1]):
        made.append(rules.moves[row].id)
        states.append(apply(rules, states[-1], np.array([row])))
    return tuple(made)
