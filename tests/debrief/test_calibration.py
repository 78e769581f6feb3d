"""Promises and ranges as forecasts."""

from typing import Any

import numpy as np
import pytest

from judged_runs import run_of
from kept import scenario
from tpmsim.core.opening import initial
from tpmsim.core.state import evolve
from tpmsim.debrief.analysis import Word
from tpmsim.debrief.calibration import calibration
from tpmsim.debrief.columns import came_of, resimulated
from tpmsim.debrief.promised import Promised
from tpmsim.game.replay import replay
from tpmsim.game.session import Session
from tpmsim.game.skimming import skim


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


AIM, COMMIT = 0.5, 0.9


def told(*weeks: dict[str, float]) -> tuple[Word, ...]:
    """The words of a history of one feature: at the end of each week what its player had said, and what then stood.

    `due`, `word` and `moved` are after the moves of the week, `complete` is after its end.
    """
    rules = scenario("first-product").rules
    known, here = initial(rules, np.array([1], dtype=np.uint64)).known, np.zeros(1, dtype=np.int64)
    promised = Promised(rules.features, 1)
    for week, one in enumerate(weeks):
        said = evolve(known, **{name: row(getattr(known, name), one.get(name, 0)) for name in ("due", "word", "moved")})
        promised.given(here, evolve(known, week=np.array([week])), evolve(said, week=np.array([week])))
        moved = one.get("moved", 0)
        due = 0 if moved < 0 or one.get("due", 0) + moved <= week else one["due"] + moved
        known = evolve(said, due=row(known.due, due), complete=row(known.complete, one.get("complete", 0)))
        known = evolve(known, moved=row(known.moved, 0))
        promised.came(here, known, week)
    return promised.judged(0)


def row(array: Any, value: float) -> Any:
    """An array with another value for the first feature."""
    copy = array.copy()
    copy[0] = value
    return copy


def outcomes(*weeks: dict[str, float]) -> list[tuple[int, float, bool]]:
    return [(one.due, one.confidence, one.kept) for one in told(*weeks)]


def test_a_word_is_judged_in_the_week_that_it_named_whatever_became_of_the_promise():
    first, off = {"due": 3, "word": COMMIT}, {"due": 3, "word": COMMIT, "moved": 2}
    then, done = {"due": 5, "word": COMMIT}, {"due": 5, "word": COMMIT, "complete": 1}
    nothing = {"word": COMMIT}
    assert outcomes({}, first, off, then, then, done) == [(3, COMMIT, False), (5, COMMIT, True)]
    assert outcomes({}, first, off, then | done) == [(3, COMMIT, True)]  # put off, done in time, and then the run ended
    assert outcomes({}, first, {**off, "moved": -1}, nothing) == [(3, COMMIT, False)]
    assert outcomes({}, first, {**off, "moved": -1}, {**nothing, "complete": 1}) == [(3, COMMIT, True)]
    assert outcomes({}, first, first, first) == [(3, COMMIT, False)]
    assert outcomes({}, first, first) == []


def test_of_a_week_only_the_last_word_counts():
    at_once = {"due": 3, "word": AIM, "moved": 1}
    then = {"due": 4, "word": AIM}
    assert outcomes({}, at_once, then, then, {**then, "complete": 1}) == [(4, AIM, True)]
    assert outcomes({}, {**at_once, "moved": -1}, {}, {}, {}) == []


def test_a_new_promise_after_one_that_was_taken_back_is_another_word():
    first, back = {"due": 4, "word": COMMIT}, {"due": 4, "word": COMMIT, "moved": -1}
    again = {"due": 4, "word": AIM}
    assert outcomes({}, first, back, again, {**again, "complete": 1}) == [(4, COMMIT, True), (4, AIM, True)]


def test_what_was_promised_before_the_run_began_is_taken_on():
    first = {"due": 1, "word": AIM}
    assert outcomes(first, {**first, "complete": 1}) == [(1, AIM, True)]


def test_a_promise_that_is_put_off_is_two_words_in_a_run(tmp_path):
    path = tmp_path / "run.tpmrun"
    with Session.start(scenario("first-product"), "0", path) as session:
        while session.outcome is None:
            for card in session.position.unanswered:
                session.play(next(one for one in session.legal_moves if one.startswith(f"answer:{card}/")))
            wanted = {1: "gate:research/leap", 2: "commit:swap_board/commit/in2", 3: "renegotiate:swap_board"}
            if move := wanted.get(session.position.week):
                session.play(move)
            session.end_week()
    run = replay(path)
    found = [(one.week, one.feature, one.due, one.confidence, one.kept) for one in calibration(run).words]
    assert found == [(4, "swap_board", 4, 0.9, False), (6, "swap_board", 6, 0.9, False)]
    assert came_of(run) == resimulated(run.loaded.rules, [skim(path)])[0]
