"""What the debrief claims of many runs, measured: luck that is none on average, intervals that hold, fair marks.

Long: only in `make soak`, which prints the figures.
"""

import numpy as np
import pytest

from judged_runs import evaluation_of, run_of
from tpmsim.debrief.analysis import Analysis
from tpmsim.debrief.evaluate import evaluated
from tpmsim.debrief.judging import NOTHING, careful, t_95

pytestmark = pytest.mark.soak

RUNS = 150
WORLDS = 4
"""Of a mean over many runs the noise of each matters little."""


def told(player: str, runs: int = RUNS, worlds: int = WORLDS) -> list[Analysis]:
    return [list(evaluated(run_of(player, 5_000 + seed), worlds))[-1] for seed in range(runs)]


@pytest.mark.parametrize("player", ["steady", "random"])
def test_on_average_nobody_is_lucky(player, capsys):
    """The luck of a run, as its debrief tells it; so the luck-adjusted results have the mean of the raw ones."""
    found = told(player)
    luck = np.array([one.luck for one in found])
    error = luck.std(ddof=1) / np.sqrt(len(luck))
    raw, adjusted = (np.mean([getattr(one, name) for one in found]) for name in ("score", "adjusted"))
    with capsys.disabled():
        print(f"\n{player}: mean luck {luck.mean():+.2f} ± {error:.2f}; raw {raw:.1f}, luck-adjusted {adjusted:.1f}")
    assert abs(luck.mean()) <= 3.0 * error
    assert max(abs(one.residual) for one in found) < 1e-9


def test_intervals_hold_for_decisions_of_runs(capsys):
    """Each decision in 32 times 64 worlds: how often the interval of a piece holds what all of them say.

    Options that never differ, or hardly, are held always; so these are left out.
    """
    held = of = 0
    for seed in range(4):
        evaluation = evaluation_of("naive", seed)
        evaluation._ask(tuple(dict.fromkeys(_pairs(evaluation))), 0, 2048)
        for link in evaluation.links:
            for one in link.decisions:
                for _, other in one.options[1:]:
                    lead = evaluation._played[other] - evaluation._played[one.after]
                    pieces = lead.reshape(32, 64)
                    if abs(lead.mean()) > NOTHING:
                        told = [careful(piece) for piece in pieces]
                        held += sum(abs(piece.value - lead.mean()) <= t_95(63) * piece.error for piece in told)
                        of += len(told)
    with capsys.disabled():
        print(f"\nintervals of {of} differences: {held / of:.1%} hold")
    assert 0.93 <= held / of <= 0.97


def _pairs(evaluation):
    for link in evaluation.links:
        for one in link.decisions:
            yield one.after
            yield from (branch for _, branch in one.options[1:])


def test_who_weighs_what_can_be_known_is_no_blunderer(capsys):
    """A policy that weighs the value of information, in worlds whose truth is hidden from it and from the evaluator."""
    found = told("evidence", 20, 64)
    marks = [one.mark for each in found for one in each.counted]
    blunders, bad = marks.count("blunder"), marks.count("blunder") + marks.count("mistake")
    with capsys.disabled():
        print(f"\nevidence: {blunders} blunders, {bad - blunders} mistakes in {len(marks)} decisions of 20 runs")
    assert blunders <= 0.01 * len(marks)
    assert bad <= 0.03 * len(marks)
