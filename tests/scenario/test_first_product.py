"""First Product keeps its promise to a beginner: who does what the guide says ends well, mostly."""

from statistics import mean

from guided import Guided
from tpmsim.scenario.library import open_scenario

LOADED = open_scenario("first-product")
RUNS = 40


def test_who_follows_the_guide_ends_well_mostly() -> None:
    outcomes = [Guided(LOADED, str(seed)).play().outcome for seed in range(RUNS)]
    good = [one for one in outcomes if one and LOADED.scenario.endings[one.ending].good]
    assert len(good) >= 0.75 * RUNS
    assert mean(one.points for one in outcomes if one) >= 65.0
