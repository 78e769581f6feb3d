"""Law: a product that is stopped earns no more and has no customers; only a sunset keeps those it served."""

from dataclasses import replace

import numpy as np
import pytest

from laws.players import weeks
from laws.test_field import busy
from tpmsim.core.rules import EndedBy, Trigger
from tpmsim.core.state import State, evolve
from tpmsim.core.week import advance

RUNS = 100
STOPPED_BY = {
    EndedBy.KILL: {"trigger": Trigger.KILL},
    EndedBy.SUNSET: {"trigger": Trigger.SUNSET},
    EndedBy.FIRED: {"trigger": Trigger.FIRED},
    EndedBy.MONEY: {"cash": -1e9},
}


def in_use() -> State:
    """Runs in their third week; those that live have customers."""
    return next(played.before for played in weeks(busy(), RUNS) if int(played.before.known.week.max()) == 3)


@pytest.mark.parametrize("by", STOPPED_BY)
def test_the_books_of_a_stopped_product_are_closed(by):
    rules, state = busy(), in_use()
    same = state.known.week.shape
    forced = {name: np.full(same, value) for name, value in STOPPED_BY[by].items()}
    after = advance(rules, replace(state, known=evolve(state.known, **forced))).known
    over = state.live & (after.ended == by) & (state.known.customers > 1.0)
    assert over.any()
    assert (after.revenue[over] == 0.0).all()
    assert ((after.customers[over] > 0.0) == (by == EndedBy.SUNSET)).all()
    ever = state.known.customers + state.known.lost.sum(axis=0)
    assert (after.customers + after.lost.sum(axis=0) >= ever - 1e-9)[over].all(), "who left is counted as lost"


def test_nobody_else_is_turned_away():
    after = advance(busy(), in_use()).known
    going = (after.ended == EndedBy.NOTHING) & (in_use().known.customers > 1.0)
    assert going.any()
    assert (after.customers[going] > 0.0).all()
    assert (after.revenue[going] > 0.0).all()
