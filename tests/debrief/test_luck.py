"""Luck by named draws: the parts of a week sum to its luck, and name what was drawn."""

import numpy as np
import pytest

from judged_runs import analysis_of, run_of
from tpmsim.core.rolls import Luck, future_key
from tpmsim.core.week import advance
from tpmsim.debrief.analysis import UNKNOWN
from tpmsim.debrief.luck import Heard, Mixed, explained
from tpmsim.debrief.steps import weeks


@pytest.fixture(scope="module")
def told():
    return explained(run_of("naive"), analysis_of("naive"))


def test_the_parts_of_a_week_sum_to_its_luck(told):
    for week in told.weeks:
        assert sum(part.points for part in week.chances) == pytest.approx(week.luck, abs=1e-9)


def test_nothing_else_changes(told):
    plain = analysis_of("naive")
    assert [(week.week, week.before, week.decided, week.after) for week in told.weeks] == [
        (week.week, week.before, week.decided, week.after) for week in plain.weeks
    ]
    assert told.decisions == plain.decisions


def test_what_could_not_be_known_stands_last(told):
    assert all(week.chances[-1].stream == UNKNOWN for week in told.weeks)


def test_mixed_luck_takes_some_streams_from_the_run():
    key, real = future_key(np.arange(4)), future_key(9)
    mixed = Mixed(key, 3, real, frozenset(["card"]))
    assert (mixed.uniform("card", "a") == Luck(real, 3).uniform("card", "a")).all()
    assert (mixed.uniform("intent", "a") == Luck(key, 3).uniform("intent", "a")).all()
    assert (mixed.bernoulli(0.5, "card", "a") == (Luck(real, 3).uniform("card", "a") < 0.5)).all()
    assert mixed.poisson(2.0, "intent", "a", 9).shape == (4,)


def test_heard_luck_is_luck_that_remembers_its_streams():
    heard, plain = Heard(future_key(1), 2), Luck(future_key(1), 2)
    assert heard.normal("report", "x") == plain.normal("report", "x")
    assert heard.uniform("card") == plain.uniform("card")
    assert heard.uniform("report", "y") == plain.uniform("report", "y")
    assert heard.streams == ["report", "card"]


LANES = ("a", "b")


def test_draws_of_many_lanes_are_heard_and_mixed_as_those_of_one():
    key, real = future_key(np.arange(4)), future_key(9)
    mixed, heard = Mixed(key, 3, real, frozenset(["card"])), Heard(key, 3)
    for stream in ("card", "intent"):
        assert (mixed.uniforms(stream, LANES) == np.stack([mixed.uniform(stream, lane) for lane in LANES])).all()
        assert (mixed.normals(stream, LANES) == np.stack([mixed.normal(stream, lane) for lane in LANES])).all()
    assert (heard.normals("report", LANES) == Luck(key, 3).normals("report", LANES)).all()
    assert heard.streams == ["report"]


def test_every_stream_that_the_core_draws_from_in_a_week_is_heard():
    """A run that asks, builds and sells: its answers, reports, sign-ups and reviews are named, whoever draws them."""
    found: set[str] = set()
    for week in weeks(run_of("naive")):
        luck = Heard(week.end.future, week.end.week)
        advance(run_of("naive").loaded.rules, week.end, luck=luck)
        found |= set(luck.streams)
    assert {"answer", "report", "demand", "reviews", "intent", "card", "discovery"} <= found
