"""Runs with their evaluations, for the tests of the debrief. Small: a few worlds tell whether the sum is right."""

import tempfile
from functools import cache
from pathlib import Path

from kept import scenario
from tpmsim.debrief.analysis import Analysis
from tpmsim.debrief.evaluate import Evaluation, evaluated
from tpmsim.debrief.hands import ALONE
from tpmsim.game.replay import Replayed, replay
from tpmsim.game.session import Session
from tpmsim.lab.policies import get_policy
from tpmsim.lab.recorded import record

FEW = 16


@cache
def run_of(player: str, seed: int = 0, name: str = "first-product") -> Replayed:
    """A run of a policy, from its file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}-{player}-{seed}.tpmrun"
        with Session.start(scenario(name), str(seed), path) as session:
            record(session, get_policy(player))
        return replay(path)


@cache
def analysis_of(player: str, seed: int = 0, worlds: int = FEW, name: str = "first-product") -> Analysis:
    """What the reference says of it."""
    *_, last = evaluated(run_of(player, seed, name), worlds)
    return last


def evaluation_of(player: str, seed: int = 0, name: str = "first-product") -> Evaluation:
    """One that has played nothing yet."""
    return Evaluation.of(run_of(player, seed, name), None, ALONE)
