import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from table_reader import read_table
from tpmsim.core.mechanics import support

quick = settings(max_examples=60, deadline=None)
MOST = 60


def test_erlang_c_gives_table_26():
    for row in read_table("T26"):
        load = np.array(row["calls"] * row["aht_s"] / row["period_s"])
        agents, handling = row["agents"], row["aht_s"]
        assert load == pytest.approx(row["erlangs"])
        assert load / agents == pytest.approx(row["occupancy"], abs=5e-5)
        assert support.waiting_chance(load, agents, MOST) == pytest.approx(row["p_wait"], abs=1e-6)
        assert support.mean_wait(load, agents, handling, MOST) == pytest.approx(row["asa_s"], abs=6e-5)
        level = support.service_level(load, agents, handling, row["target_s"], MOST)
        assert level == pytest.approx(row["service_level"], abs=1e-6)


def test_loaded_teams_give_table_27():
    for row in read_table("T27"):
        u = np.array(row["utilisation"])
        wait = float(support.kingman(u, 1.0, 1.0))
        assert wait == pytest.approx(row["mm1_wait_over_service"], abs=1e-6)
        assert u * (wait + 1.0) == pytest.approx(row["mm1_jobs_in_system"], abs=1e-6), "Little's law"
        assert support.kingman(u, 0.5, 0.5) == pytest.approx(row["kingman_ca2_0.5_cs2_0.5"], abs=1e-6)
        assert support.kingman(u, 1.0, 2.0) == pytest.approx(row["kingman_ca2_1_cs2_2"], abs=1e-6)
    assert np.isfinite(support.kingman(np.array(1.0), 1.0, 1.0))


@quick
@given(st.integers(1, 20), st.floats(0.01, 0.97), st.floats(0.01, 0.97), st.floats(0.1, 10.0))
def test_the_wait_rises_with_load_and_falls_with_agents(agents, one, other, handling):
    low, high = sorted((one * agents, other * agents))
    waits = [float(support.mean_wait(np.array(load), agents, handling, MOST)) for load in (low, high)]
    assert 0.0 <= waits[0] <= waits[1] * (1.0 + 1e-9) + 1e-12
    assert support.mean_wait(np.array(low), agents + 1, handling, MOST) <= waits[0] + 1e-12
    assert 0.0 <= support.waiting_chance(np.array(high), agents, MOST) <= 1.0


@quick
@given(st.floats(0.0, 500.0), st.floats(0.0, 500.0), st.integers(1, 20), st.floats(0.1, 20.0))
def test_every_ticket_is_served_or_left(backlog, tickets, agents, handling):
    served, left = support.queue(np.array(backlog), tickets, agents, handling)
    assert served + left == pytest.approx(backlog + tickets)
    assert left >= 0.0
    assert served <= agents * support.HOURS / handling + 1e-9
    assert left == 0.0 or served == pytest.approx(agents * support.HOURS / handling)


@quick
@given(st.floats(0.0, 1e5), st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.floats(0.0, 9.0))
def test_who_is_let_down_asks_more(customers, little, much, incidents):
    low, high = sorted((little, much))
    few = support.tickets_a_week(np.array(customers), 0.05, low, incidents).sum()
    assert support.tickets_a_week(np.array(customers), 0.05, high, incidents).sum() >= few >= 0.05 * customers * 0.999
