"""Moments: whatever play comes to lies within what is said to be known then; proofs rest on it."""

from functools import cache

import numpy as np
import pytest

from laws.conftest import SHIPPED, opened
from laws.players import steps
from tpmsim.core.conditions import holds, rows
from tpmsim.core.moves import allowed
from tpmsim.core.opening import initial
from tpmsim.core.outcome import ending
from tpmsim.lab.golden import golden_scenario
from tpmsim.scenario.moments import Moments, distances
from tpmsim.scenario.unreachable import never, reach

RUNS = 10
CARDS = ("open", "came", "answered", "since")


@cache
def loaded_of(slug):
    return golden_scenario() if slug == "golden" else opened(slug)


@cache
def looked(slug):
    """What is known of the moments of a scenario, and of its cards."""
    loaded = loaded_of(slug)
    free = Moments.of(loaded.scenario, loaded.rules)
    return free, free.given(reach(free))


def within(known, state, names, mask, but=()):
    """Every row that has a name is, in the runs of the mask, what it can be; every fact holds."""
    if not mask.any():
        return
    for name, one in names.items():
        if one.ref.field in but:
            continue
        values, seen = known.of(one.ref), np.unique(rows(state.known, one.ref)[mask])
        assert all(values.has(float(x)) for x in seen), (name, values, seen)
    for fact, _ in known.facts:
        assert holds(fact, state.known)[mask].all(), fact


@pytest.mark.parametrize("slug", ["golden", *(pytest.param(slug, marks=pytest.mark.soak) for slug in SHIPPED)])
def test_play_stays_within_what_is_known(slug):
    free, moments = looked(slug)
    rules, cards, told = moments.rules, moments.cards, {}
    gone = {one.id for one in never(free, moments)}
    go = {stage: rules.move(f"gate:{stage}/go") for stage, one in moments.scenario.lifecycle.items() if one.go}
    gates = {stage: moments.gate(stage) for stage in go}
    answers = {card.id: moments.answer(card.id) for card in rules.cards}
    start = initial(rules, np.arange(RUNS, dtype=np.uint64))
    within(moments.anytime, start, moments.names, start.live)
    for one in steps(rules, start):
        before, state, week = one.before, one.after, one.after.week
        within(moments.anytime, state, moments.names, np.ones(state.size, dtype=bool))
        if one.chosen is None:
            known = told.setdefault(week, free.card(week, cards))
            within(known, state, moments.names, state.live, but=CARDS)
            within(free.every_card(), state, moments.names, state.live)
            for e, card in enumerate(rules.cards):
                if (state.known.came[e] > before.known.came[e]).any():
                    assert cards.first[card.id] <= week, card.id
        for stage, row in go.items():
            within(gates[stage], state, moments.names, allowed(rules, state.known, row))
        for e, card in enumerate(rules.cards):
            within(answers[card.id], state, moments.names, state.live & (state.known.open[e] > 0.0))
            for row in card.answers:
                given = rules.moves[row].id.partition(":")[2]
                assert given not in gone or not allowed(rules, state.known, row).any()
    over = moments.ending()
    within(over, state, moments.names, ~state.live)
    assert not {rules.endings[row].id for row in ending(rules, state.known)} & gone


def test_the_way_to_each_stage():
    assert distances(loaded_of("first-product").scenario) == {
        "research": 0,
        "roadmap": 1,
        "build": 2,
        "launch": 3,
        "live": 4,
    }
