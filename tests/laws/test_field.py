"""A product in heavy use: defects, tickets, money and code are accounted for in every week, and imagined worlds fit."""

from functools import cache

import numpy as np
import pytest

from laws.players import Played, steps, weeks
from laws.test_ledger import summed, watched
from tpmsim.core.batch import arrays, take
from tpmsim.core.imagine import imagine
from tpmsim.core.ledger import Ledger
from tpmsim.core.mechanics.incidents import recovery_hours
from tpmsim.core.mechanics.support import CAUSES, HOURS
from tpmsim.core.observe import numbers, observe
from tpmsim.core.opening import initial
from tpmsim.core.readings import PERSON_DAY
from tpmsim.core.rolls import fork_key
from tpmsim.core.rules import Rules
from tpmsim.core.state import State
from tpmsim.core.week import advance
from tpmsim.core.world import RECENT
from tpmsim.game.events import events
from tpmsim.scenario.library import folder
from tpmsim.scenario.loading import parse

RUNS = 150
IN_USE = """
debt: {stars: 2.4, rebuild: 400}
field: {failures: 12, full_load: 50}
support: {agents: 1, choices: [1, 2, 4], pay: 500, handling: 1, target: 4, tickets: 0.2}
start:
  stage: live
  customers: {cafes: 240, clinics: 60}
  shipped: {swap_board: 0.1, rest_rules: 0.2}
"""


@cache
def busy() -> Rules:
    """The usual scenario, living already and in heavy use: what can fail does, and the desk is overrun at times."""
    text = (folder() / "first-product" / "scenario.yaml").read_text(encoding="utf-8")
    return parse(f"{text}{IN_USE}".encode()).rules


@pytest.fixture
def rules() -> Rules:
    return busy()


def lived(played: Played) -> np.ndarray:
    """(N,) runs that lived through the week, after the planning week."""
    return played.before.live & (played.before.known.week >= 1)


def left(state: State) -> np.ndarray:
    """(3, J, N) defects left by artifact; of one feature their sum counts, as an artifact may fail before its turn."""
    return state.truth.error * state.known.latent - state.known.removed


def test_defects_are_left_or_have_failed(rules):
    seen = 0.0
    for played in weeks(rules, RUNS):
        before, after = played.before.known, played.after.known
        failed = after.removed - before.removed
        assert (failed >= 0.0).all()
        assert (failed == np.rint(failed)).all(), "a defect fails whole"
        assert (after.latent >= before.latent).all()
        np.testing.assert_array_equal(after.removed.sum(axis=0), after.met_in)
        assert (left(played.after).sum(axis=0) >= -1e-9).all(), "no feature has failed more often than it had defects"
        seen += failed.sum()
    assert seen > 10.0 * RUNS, "the law was tried"


def test_every_cause_of_an_incident_exists(rules):
    """A defect fails only in what customers have, and only of an artifact that had some left."""
    for played in weeks(rules, RUNS):
        failed = (played.after.known.removed - played.before.known.removed) > 0.0
        there = played.after.truth.error * played.after.known.latent - played.before.known.removed
        assert (there[failed] > 0.0).all()
        assert (played.after.known.shipped[np.nonzero(failed)[1:]] == 1.0).all()


def test_incidents_are_those_of_the_weeks_and_cost_their_hours(rules):
    for played in weeks(rules, RUNS):
        before, after = played.before.known, played.after.known
        alive, week = lived(played), int(before.week.max())
        new = (after.met_in - before.met_in).sum(axis=0)
        np.testing.assert_array_equal(after.incidents_week[alive], new[alive])
        recent = after.incident_weeks[max(week - RECENT + 1, 0) : week + 1].sum(axis=0)
        np.testing.assert_array_equal(after.incidents[alive], recent[alive])
        hours = new * recovery_hours(rules.team.checks[before.profile], rules.field.recovery)
        plain = alive & (before.profile == after.profile)
        np.testing.assert_allclose(after.fires[plain], hours[plain])


def test_tickets_are_served_or_wait(rules):
    overrun = 0
    for played in weeks(rules, RUNS):
        before, after = played.before.known, played.after.known
        served = before.backlog + after.tickets - after.backlog
        most = after.agents * HOURS / rules.support.handling
        alive = lived(played)
        assert (served[alive] >= -1e-9).all()
        assert (served[alive] <= most[alive] + 1e-9).all()
        waits = alive & (after.backlog > 0.0)
        np.testing.assert_allclose(served[waits], most[waits])
        overrun += waits.sum()
        assert (after.wait >= 0.0).all()
        assert np.isfinite(after.wait).all()
    assert overrun > RUNS


def test_agents_are_paid_while_there_is_something_to_sell(rules):
    money = rules.money
    for played in weeks(rules, RUNS):
        before, after = played.before.known, played.after.known
        paid = before.headcount * rules.team.pay * (1.0 + 1.5 * before.overtime)
        earned = (after.cohort.sum(axis=0) * after.cohort_price).sum(axis=0) / money.contract
        desk = np.where(rules.sells[before.stage], after.agents * rules.support.pay, 0.0)
        week = earned - paid - after.spend - after.customers * money.hosting - desk
        plain = lived(played) & (before.stage == after.stage) & (before.open.sum(axis=0) == 0.0)
        np.testing.assert_allclose((after.cash - before.cash)[plain], week[plain], atol=1e-6)


def test_code_grows_by_what_was_written_and_takes_its_upkeep_first(rules):
    for played in weeks(rules, RUNS):
        before, after = played.before.known, played.after.known
        written = (after.worked - before.worked).sum(axis=0)
        np.testing.assert_allclose(after.rebuild - before.rebuild, written / PERSON_DAY, atol=1e-9)
        assert ((after.stars >= 1.0) & (after.stars <= 5.0)).all()
        assert ((after.upkeep >= 0.0) & (after.upkeep <= 1.0)).all()
        assert (after.upkeep[lived(played)] > 0.0).all()


@pytest.mark.parametrize("seed", range(3))
def test_the_ledger_explains_incidents_waits_and_stars(rules, seed):
    state = initial(rules, np.array([seed], dtype=np.uint64))
    ledger: Ledger = watched(rules, state)
    causes: dict[str, set[str]] = {"incidents": set(), "wait": set(), "stars": set()}
    for played in steps(rules, state, ledger):
        before, after = numbers(rules, played.before.known), numbers(rules, played.after.known)
        told = summed(ledger.entries)
        assert {name: told[name] for name in after} == {name: after[name] - before[name] for name in after}
        for entry in ledger.entries:
            causes.get(entry.number, set()).add(entry.cause)
        ledger.entries.clear()
    assert causes["wait"] <= {"desk", *CAUSES}
    assert {"questions", "after incidents"} <= causes["wait"]
    assert "time" in causes["incidents"]
    assert any(cause.startswith("incident:") for cause in causes["incidents"])
    assert "new work" in causes["stars"] or "pay-down" in causes["stars"]


def test_incidents_are_told_with_their_place_and_what_they_cost(rules):
    state = initial(rules, np.array([1], dtype=np.uint64))
    told = 0.0
    for _ in range(4):
        after = advance(rules, state)
        happened = events(observe(rules, state.known), observe(rules, after.known))
        met = [one for one in happened if one.kind == "incident"]
        assert sum(one.amount for one in met) == after.known.incidents_week[0]
        assert all(one.subject in rules.features and one.other for one in met)
        assert [one.amount for one in happened if one.kind == "fires"] == [h for h in after.known.fires if h > 0.0]
        told, state = told + len(met), after
    assert told


def test_nothing_is_counted_in_the_field_while_nobody_has_the_product(rules):
    """Without customers the field and the desk stay as they were: they cost no time."""
    text = (folder() / "first-product" / "scenario.yaml").read_text(encoding="utf-8")
    quiet = parse(f"{text}{IN_USE.partition('start:')[0]}".encode()).rules
    state = initial(quiet, np.arange(20, dtype=np.uint64))
    for _ in range(3):
        after = advance(quiet, state)
        for (group, name, new), (_, _, old) in zip(arrays(after), arrays(state), strict=True):
            assert group not in ("field", "support") or new is old, name
        state = after


def test_imagined_worlds_had_the_defects_that_failed(rules):
    for played in weeks(rules, RUNS):
        state = take(played.after, played.after.live)
        if state.size:
            world = imagine(rules, state.known, fork_key(state.future, 5))
            assert (left(world).sum(axis=0) >= -1e-9).all()


def test_incidents_tell_of_a_features_error_rate(rules):
    """Imagined error rates follow the true ones, as far as incidents tell, and are neither too high nor too low."""
    runs = 600
    state = initial(rules, np.arange(80_000, 80_000 + runs, dtype=np.uint64))
    for _ in range(6):
        state = advance(rules, state)
    state = take(state, state.live)
    shipped = state.known.shipped.min(axis=1) > 0.0
    drawn = [imagine(rules, state.known, fork_key(state.future, salt)).truth.error[shipped] for salt in range(6)]
    true, mean = state.truth.error[shipped], np.mean(drawn, axis=0)
    for row, guess in zip(true, mean, strict=True):
        assert np.corrcoef(row, guess)[0, 1] > 0.3
        away = (guess - row).mean()
        assert abs(away) < 0.03 + 3.0 * (guess - row).std() / np.sqrt(state.size)
