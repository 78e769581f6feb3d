"""All legal moves at once are those that the core calls legal."""

import numpy as np
import pytest

from tpmsim.core.moves import legal
from tpmsim.core.opening import initial
from tpmsim.core.week import advance
from tpmsim.lab.policies import get_policy
from tpmsim.lab.rollout import play_week
from tpmsim.lab.trial.legality import Legality
from tpmsim.scenario.library import open_scenario


@pytest.mark.parametrize("name", ["first-product"])
def test_the_tables_agree_with_the_core_in_every_week(name: str) -> None:
    rules = open_scenario(name).rules
    tables, bound = Legality.of(rules), get_policy("random").bind(rules)
    state = initial(rules, np.arange(30, dtype=np.uint64))
    while state.live.any():
        assert np.array_equal(tables.legal(state.known), legal(rules, state.known)[0])
        state = play_week(rules, state, bound)
        assert np.array_equal(tables.legal(state.known), legal(rules, state.known)[0])
        state = advance(rules, state)
