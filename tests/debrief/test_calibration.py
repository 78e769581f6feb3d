"""Promises and ranges as forecasts."""

import pytest

from judged_runs import run_of
from kept import scenario
from tpmsim.debrief.calibration import calibration
from tpmsim.game.replay import replay
from tpmsim.game.session import Session


def test_promises_that_came_due_are_scored():
    found = calibration(run_of("naive"))
    assert found.words
    misses = [(one.confidence - one.kept) ** 2 for one in found.words]
    assert found.brier == pytest.approx(sum(misses) / len(misses))
    assert found.brier == pytest.approx(found.reliability - found.resolution + found.uncertainty)
    assert {one.confidence for one in found.words} <= {0.5, 0.7, 0.9}


def test_ranges_are_held_against_what_came(tmp_path):
    path = tmp_path / "run.tpmrun"
    with Session.start(scenario("first-product"), "0", path) as session:
        cash = session.observation.numbers["cash"]
        session.forecast("cash", cash - 10**9, cash, cash + 10**9)
        session.end_week()
        session.forecast("cash", cash + 10**9, cash + 2 * 10**9, cash + 3 * 10**9)
        for card in session.position.unanswered:
            session.play(next(one for one in session.legal_moves if one.startswith(f"answer:{card}/")))
        session.end_week()
    found = calibration(replay(path))
    first, second = found.ranges
    assert first.low <= first.came <= first.high
    assert first.score == pytest.approx(2e9)
    assert second.came < second.low
    assert second.score == pytest.approx(second.high - second.low + 10.0 * (second.low - second.came))
    assert found.covered == 0.5


def test_who_promises_nothing_is_not_judged():
    found = calibration(run_of("random"))
    assert found.brier is None or found.words
