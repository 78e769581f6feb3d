import itertools
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from table_reader import read_table
from tpmsim.core.mechanics import negotiation
from tpmsim.core.mechanics.negotiation import Side, Table, negotiated

quick = settings(max_examples=60, deadline=None)
share = st.floats(0.05, 0.98)
GRID = np.linspace(0.0, 1.0, 1201)


def inputs(text):
    return [float(number) for number in re.findall(r"=(\d*\.?\d+)", text)]


def test_bargaining_gives_table_24():
    rows = read_table("T24")
    published = {row["item"]: row["value"] for row in rows if isinstance(row["value"], float)}
    for row in rows:
        if row["item"] == "Rubinstein first-mover share":
            assert negotiation.first_share(*inputs(row["inputs"])) == pytest.approx(row["value"], abs=1e-6)
    control, joke = (
        published["Thorsteinson 2011 control offer"],
        published["Thorsteinson 2011 offer after a $100000 joke anchor"],
    )
    weight = negotiation.implied_weight(control, joke, 100_000.0)
    assert weight == pytest.approx(published["implied weight of an implausible anchor"], abs=1e-4)
    assert weight == pytest.approx(negotiation.ABSURD_OFFER, abs=5e-4)
    assert published["Orr & Guthrie 2006 meta-analysis: correlation first offer - outcome"] == pytest.approx(
        negotiation.FIRST_OFFER, abs=0.01
    )
    asymmetric = negotiation.nash_product(GRID, 1.0 - GRID, 0.0, 0.0, 0.6)
    assert GRID[np.argmax(asymmetric)] == pytest.approx(published["Nash asymmetric"], abs=1e-3)


def test_zeuthen_comes_within_a_step_of_the_nash_point():
    row = next(row for row in read_table("T24") if row["item"] == "Nash = Zeuthen limit")
    one = Side((tuple(GRID.tolist()),), 0.0)
    other = Side((tuple(np.sqrt(1.0 - GRID).tolist()),), 0.0)
    (step,) = negotiated(one, other)
    assert GRID[step] == pytest.approx(row["value"], abs=1.5 * (GRID[1] - GRID[0]))
    product = negotiation.nash_product(GRID, np.sqrt(1.0 - GRID), 0.0, 0.0)
    assert GRID[np.argmax(product)] == pytest.approx(row["value"], abs=1e-3)


@quick
@given(st.floats(-10.0, 10.0), st.floats(0.0, 5.0), st.floats(0.1, 5.0), st.floats(0.0, 1.0))
def test_an_issue_settles_inside_the_zone(first, low, width, weight):
    settled = negotiation.settled_at(np.array(first), low, low + width, weight)
    assert low <= settled <= low + width
    more = negotiation.settled_at(np.array(first + 1.0), low, low + width, weight)
    assert more >= settled, "a higher first offer never lowers it"


@quick
@given(share, share, st.floats(0.001, 0.01))
def test_patience_never_hurts_its_owner(own, other, more):
    assert negotiation.first_share(own + more, other) >= negotiation.first_share(own, other)
    assert negotiation.first_share(own, other + more) <= negotiation.first_share(own, other)
    assert 0.0 < negotiation.first_share(own, other) <= 1.0
    assert negotiation.discount(0.1, 2.0) < negotiation.discount(0.1, 1.0) < 1.0


rises = st.lists(st.integers(1, 9), min_size=2, max_size=5)


@quick
@given(st.lists(st.tuples(rises, rises), min_size=1, max_size=4), st.floats(0.0, 0.6), st.floats(0.0, 0.6))
def test_a_deal_is_better_than_none_to_both(issues, walk_one, walk_other):
    """Each issue is a scale that one side likes upwards and the other downwards."""
    mine, theirs = [], []
    for up, down in issues:
        count = min(len(up), len(down))
        mine.append(tuple(np.cumsum(up[:count]).astype(float).tolist()))
        theirs.append(tuple(np.cumsum(down[:count])[::-1].astype(float).tolist()))
    most = [sum(max(steps) for steps in side) for side in (mine, theirs)]
    least = [sum(min(steps) for steps in side) for side in (mine, theirs)]
    walks = [low + part * (high - low) for low, high, part in zip(least, most, (walk_one, walk_other), strict=True)]
    one, other = Side(tuple(mine), walks[0]), Side(tuple(theirs), walks[1])
    deal = negotiated(one, other)
    if deal is not None:
        assert one.worth(deal) >= walks[0]
        assert other.worth(deal) >= walks[1]
    table = Table.laid(one, other)
    assert min(table.risk(0), table.risk(1)) >= 0.0
    assert negotiated(one, other) == deal, "no dice"


def test_a_better_walkaway_never_hurts_its_owner():
    steps = tuple(GRID[::40].tolist())
    falls = tuple((1.0 - GRID[::40]).tolist())
    worths = []
    for walk in (0.0, 0.2, 0.4, 0.6):
        deal = negotiated(Side((steps,), walk), Side((falls,), 0.0))
        assert deal is not None
        worths.append(Side((steps,), walk).worth(deal))
    assert worths == sorted(worths)
    assert negotiated(Side((steps,), 0.9), Side((falls,), 0.9)) is None, "no zone, no deal"


@st.composite
def tables(draw):
    """One to three issues, which one side likes upwards and the other downwards, and walkaways; all in halves.

    So products of gains are exact, and equal where they are.
    """
    scales = st.lists(st.tuples(rises, rises), min_size=1, max_size=3)
    mine, theirs = [], []
    for up, down in draw(scales):
        count = min(len(up), len(down))
        mine.append((0.0, *np.cumsum(up[:count]).astype(float).tolist()))
        theirs.append((*np.cumsum(down[:count])[::-1].astype(float).tolist(), 0.0))
    walks = [draw(st.integers(0, 2 * int(sum(max(steps) for steps in side)))) / 2.0 for side in (mine, theirs)]
    return Side(tuple(mine), walks[0]), Side(tuple(theirs), walks[1])


def gains(one, other):
    """Every offer that both prefer to walking away, with both gains."""
    offers = itertools.product(*(range(len(steps)) for steps in one.values))
    found = {offer: (one.worth(offer) - one.walkaway, other.worth(offer) - other.walkaway) for offer in offers}
    return {offer: both for offer, both in found.items() if min(both) > 0.0}


many = settings(max_examples=300, deadline=None)


@many
@given(tables())
def test_there_is_a_deal_just_where_both_can_gain_and_it_is_the_nash_point(sides):
    zone, deal = gains(*sides), negotiated(*sides)
    if not zone:
        assert deal is None
        return
    assert deal in zone, "both gain"
    assert zone[deal][0] * zone[deal][1] == max(mine * theirs for mine, theirs in zone.values())
    better = [both for both in zone.values() if both[0] >= zone[deal][0] and both[1] >= zone[deal][1]]
    assert set(better) == {zone[deal]}, "and nothing is left on the table"


@many
@given(tables(), st.integers(1, 20), st.sampled_from((0, 1)))
def test_a_better_walkaway_never_hurts_its_owner_over_several_issues(sides, more, who):
    def ends_with(walkaway):
        changed = replace(sides[who], walkaway=walkaway)
        deal = negotiated(*(changed, sides[1]) if who == 0 else (sides[0], changed))
        return walkaway if deal is None else changed.worth(deal)

    before = sides[who].walkaway
    assert ends_with(before + more / 2.0) >= ends_with(before)


@many
@given(tables())
def test_each_round_one_side_concedes_that_can_bear_less_risk(sides):
    table = Table.laid(*sides)
    while table.packages and not table.agreed:
        after = table.conceded()
        stays = 1 if after.stands[0] != table.stands[0] else 0
        assert after.stands[stays] == table.stands[stays]
        assert table.risk(1 - stays) <= table.risk(stays) + 1e-12
        for side in (0, 1):
            worths = [table.sides[side].worth(one.packages[one.stands[1 - stays]]) for one in (table, after)]
            assert (worths[1] > worths[0]) == (side == stays), "it costs who concedes, and gives to the other"
        table = after
