"""Four runs whose players did well or badly, and were lucky or not: the debrief says so, in words too."""

import pytest

from judged_runs import analysis_of, run_of
from tpmsim.debrief.analysis import UNKNOWN
from tpmsim.debrief.luck import explained
from tpmsim.debrief.worded import worded

WORLDS = 64


@pytest.mark.parametrize(
    ("player", "seed", "where"),
    [
        ("naive", 655, "dumb luck"),
        ("random", 1, "deserved setback"),
        ("steady", 6, "bad break"),
    ],
)
def test_a_run_is_in_its_quadrant_beyond_doubt(player, seed, where):
    one = analysis_of(player, seed, WORLDS)
    assert one.quadrant == where
    assert one.clear


def test_good_play_and_a_good_result_are_deserved():
    one = analysis_of("steady", 1)
    assert one.score > one.start
    assert one.quadrant == "deserved success"


def test_what_the_player_could_not_know_is_named():
    """The reference's own worst run: none of it was decided badly, and no draw of a week explains it."""
    run = run_of("steady", 6)
    one = explained(run, analysis_of("steady", 6, WORLDS))
    unknown = sum(part.points for week in one.weeks for part in week.chances if part.stream == UNKNOWN)
    assert unknown < 0.8 * one.luck < -20.0
    assert "could not be known" in " ".join(worded(run, one).overview.story)
