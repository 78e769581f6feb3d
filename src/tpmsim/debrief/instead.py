"""What the evaluator would have done in a week of the run: its own moves, from where the player stood."""

from tpmsim.core.moves import apply
from tpmsim.core.rolls import Luck, fork_key
from tpmsim.core.rules import Rules
from tpmsim.core.state import State
from tpmsim.lab.policy import Bound
from tpmsim.lab.rollout import MOST_MOVES, POLICY_FORK


def own_week(rules: Rules, bound: Bound, state: State) -> tuple[str, ...]:
    """Ids of the moves that a policy makes from a state, a batch of one, until it ends the week.

    Args:
        rules: the scenario.
        bound: the policy.
        state: when the week began.
    """
    luck = Luck(fork_key(state.future, POLICY_FORK), state.week)
    made: list[str] = []
    for step in range(MOST_MOVES):
        row = int((chosen := bound.choose(state.known, luck, step))[0])
        if row < 0:
            break
        made.append(rules.moves[row].id)
        state = apply(rules, state, chosen)
    return tuple(made)
