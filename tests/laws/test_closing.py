"""Law: a product that is stopped earns no more and has no customers; only a sunset keeps those it served."""

import pytest

from laws.players import weeks
from laws.test_field import busy
from tpmsim.core.rules import EndedBy

RUNS = 150


@pytest.mark.parametrize("by", [EndedBy.KILL, EndedBy.MONEY, EndedBy.FIRED, EndedBy.SUNSET, EndedBy.TIME])
def test_the_books_of_a_stopped_product_are_closed(by):
    tried = 0
    for played in weeks(busy(), RUNS):
        before, after = played.before.known, played.after.known
        over = (after.ended == by) & (before.ended == EndedBy.NOTHING)
        had = over & (before.customers > 1.0)
        tried += int(had.sum())
        earns, stays = by == EndedBy.TIME, by in (EndedBy.TIME, EndedBy.SUNSET)
        assert ((after.revenue[had] > 0.0) == earns).all()
        assert ((after.customers[had] > 0.0) == stays).all()
        ever = before.customers + before.lost.sum(axis=0)
        assert (after.customers + after.lost.sum(axis=0) >= ever - 1e-9)[over].all(), "who left is counted as lost"
        going = after.ended == EndedBy.NOTHING
        assert (after.customers[going & (before.customers > 1.0)] > 0.0).all(), "nobody else is turned away"
    assert tried > 0, "the law was tried"
