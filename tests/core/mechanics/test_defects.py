import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from table_reader import read_table
from tpmsim.core.mechanics import defects

quick = settings(max_examples=50, deadline=None)
levels = st.floats(0.0, 5.0)
LEVELS = ("VL", "L", "N", "H", "VH", "XH")


def test_escapes_give_table_12():
    total = dict.fromkeys(LEVELS, 0.0)
    for row in read_table("T12"):
        level = float(LEVELS.index(row["level"]))
        if row["artifact"] == "TOTAL":
            assert total[row["level"]] == pytest.approx(row["residual_per_ksloc"], abs=1e-4)
            assert total[row["level"]] == pytest.approx(row["published_total"], abs=0.25)
            continue
        assert defects.INTRODUCED[row["artifact"]] == row["introduced_per_ksloc"]
        for activity, name in enumerate(defects.ACTIVITIES):
            assert defects.removal(row["artifact"], activity, level) == pytest.approx(row[name], abs=1e-12)
        left = float(defects.escaped(row["artifact"], 1.0, level, level, level))
        assert left == pytest.approx(row["residual_per_ksloc"], abs=1e-4)
        total[row["level"]] += left


def test_function_points_give_table_13():
    left = 0.0
    for row in read_table("T13"):
        if row["origin"] == "TOTAL":
            assert left == pytest.approx(row["delivered_per_fp"], abs=1e-9)
            assert sum(defects.POTENTIAL.values()) == pytest.approx(row["potential_per_fp"])
            continue
        potential, efficiency = defects.POTENTIAL[row["origin"]], defects.EFFICIENCY[row["origin"]]
        assert (potential, efficiency) == (row["potential_per_fp"], row["removal_efficiency"])
        delivered = float(defects.delivered(potential, efficiency))
        assert delivered == pytest.approx(row["delivered_per_fp"], abs=1e-12)
        left += delivered


@quick
@given(levels, levels, levels, st.floats(0.0, 5.0), st.floats(0.1, 50.0))
def test_more_removal_never_lets_more_escape(automated, reviews, testing, more, ksloc):
    for artifact in defects.INTRODUCED:
        here = defects.escaped(artifact, ksloc, automated, reviews, testing)
        assert 0.0 <= here <= defects.INTRODUCED[artifact] * ksloc * (1.0 + 1e-12)
        assert defects.escaped(artifact, ksloc, min(automated + more, 5.0), reviews, testing) <= here
        assert defects.escaped(artifact, ksloc, automated, min(reviews + more, 5.0), testing) <= here
        assert defects.escaped(artifact, ksloc, automated, reviews, min(testing + more, 5.0)) <= here


@quick
@given(levels, st.floats(0.1, 20.0))
def test_escapes_scale_with_size(level, ksloc):
    for artifact in defects.INTRODUCED:
        one = defects.escaped(artifact, ksloc, level, level, level)
        assert defects.escaped(artifact, 2.0 * ksloc, level, level, level) == pytest.approx(2.0 * one)
        parts = defects.escaped(artifact, np.array([0.3, 0.7]) * ksloc, level, level, level)
        assert parts.sum() == pytest.approx(float(one)), "written in two weeks it is as much"
