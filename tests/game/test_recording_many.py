"""Records of a batch are, column by column, the bytes that each run has alone."""

import numpy as np
import pytest

from chosen import scenarios
from tpmsim.core.batch import take
from tpmsim.core.ledger import Ledger
from tpmsim.core.opening import initial
from tpmsim.core.week import advance
from tpmsim.game.jsonl import canonical
from tpmsim.game.position import Position
from tpmsim.game.recording import week_record
from tpmsim.game.recording_many import Recorder
from tpmsim.game.records import to_data
from tpmsim.lab.policies import get_policy
from tpmsim.lab.rollout import play_week
from tpmsim.scenario.library import open_scenario

RUNS, LOOKED_AT = 24, (0, 11, 23)


@pytest.mark.parametrize("policy", ["steady", "random"])
@pytest.mark.parametrize("name", scenarios())
def test_a_column_is_recorded_as_its_run_alone(name: str, policy: str) -> None:
    rules = open_scenario(name).rules
    bound, recorder = get_policy(policy).bind(rules), Recorder(rules)
    state = initial(rules, np.arange(RUNS, dtype=np.uint64))
    while state.live.any():
        week = state.week
        state = advance(rules, play_week(rules, state, bound))
        given = list(recorder.bodies(week, state, range(state.size)))
        for run in LOOKED_AT:
            if run < state.size:
                alone = Position(rules, take(state, [run]), Ledger({}))
                assert given[run] == canonical({"n": run, **to_data(week_record(week, alone))})
        state = take(state, state.live)
