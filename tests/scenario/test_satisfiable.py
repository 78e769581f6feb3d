"""Satisfiability: never says `cannot` of what can, sees what an author gets wrong, and gives up in time."""

from itertools import product
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tpmsim.core.conditions import OPERATORS, And, Compare, Const, Name, Not, Or, Ref, Truthy, Value, holds
from tpmsim.scenario.condition_parser import parse_condition
from tpmsim.scenario.nodes import Scalar
from tpmsim.scenario.satisfiable import (
    STEPS,
    Knowledge,
    Patience,
    always_holds,
    can_hold,
    clash,
    dead_parts,
    implies,
)
from tpmsim.scenario.values import Values

STAGES = {"research": 0.0, "build": 1.0, "launch": 2.0}
WEEKS = 5
CAN_BE = {
    "stage": [0.0, 1.0, 2.0],
    "before": [0.0, 1.0, 2.0],
    "week": [1.0, 2.0, 3.0, 4.0, 5.0],
    "weeks.left": [1.0, 2.0, 3.0, 4.0, 5.0],
    "planned": [0.0, 1.0, 2.0],
    "trust": [0.0, 0.25, 0.5, 1.0],
    "cash": [-3.5, 0.0, 2.0, 1e6],
}
"""Every number that a name takes in these tests."""

NAMES = {
    name: Name(Ref(name), "", min(some), max(some), STAGES if name in ("stage", "before") else None, "")
    for name, some in CAN_BE.items()
}
KNOWN = Knowledge(
    {
        Ref("stage"): Values.listed(CAN_BE["stage"]),
        Ref("before"): Values.listed(CAN_BE["before"]),
        Ref("week"): Values.between(1, WEEKS, whole=True),
        Ref("weeks.left"): Values.between(1, WEEKS, whole=True),
        Ref("planned"): Values.between(0, 2, whole=True),
        Ref("trust"): Values.between(0, 1),
    },
    mirrors={Ref("weeks.left"): (Ref("week"), WEEKS + 1.0)},
)
STATES = SimpleNamespace(
    **{
        name: np.array(column)
        for name, column in zip(
            CAN_BE,
            zip(*(row for row in product(*CAN_BE.values()) if row[2] + row[3] == WEEKS + 1), strict=True),
            strict=True,
        )
    }
)
"""All combinations of them, with the weeks that are left as they must be."""


def cond(text):
    parsed = parse_condition(Scalar(text, True, 1, 1), NAMES)
    assert parsed.expr is not None, parsed.findings
    return parsed.expr


@pytest.mark.parametrize(
    "text",
    [
        "week > 5",
        "week > 2 and week < 3",
        "week > 4.5 and week != 5",
        "trust > 1 or week == 0",
        "stage == build and stage == launch",
        "stage != research and stage != build and stage != launch",
        "not (week >= 1)",
        "not week",
        "weeks.left <= 2 and week < 4",
        "week == 3 and weeks.left != 3",
        "planned > week and week > 1",
        "planned == week and week >= 3",
        "week < week",
        "trust < 0",
        "trust >= 0.5 and trust <= 0.5 and trust != 0.5",
        "stage == before and stage == build and before != build",
        "(week == 1 or week == 2) and (week == 3 or week > 4)",
        "(stage == build or trust > 1) and not (stage == build and week > 0)",
        "planned < week and week < planned",
    ],
)
def test_what_never_holds(text):
    assert not can_hold(cond(text), KNOWN)
    assert not holds(cond(text), STATES).any()
    assert always_holds(Not(cond(text)), KNOWN)


@pytest.mark.parametrize(
    "text",
    ["week > 4", "trust > 0.3 and trust < 0.4", "cash > 1e30", "planned == week", "stage == before", "week <= week"],
)
def test_what_may_hold(text):
    assert can_hold(cond(text), KNOWN)


@pytest.mark.parametrize(
    ("first", "then", "yes"),
    [
        ("week > 3", "week > 2", True),
        ("week > 2", "week >= 3", True),
        ("trust > 2", "trust >= 3", True),
        ("trust > 0.2", "trust >= 0.3", False),
        ("stage == build", "stage != launch", True),
        ("stage != launch", "stage == build", False),
        ("week == 2 or week == 4", "week < 5 and week > 1", True),
        ("planned > 1 and trust > 0.5", "planned == 2", True),
        ("weeks.left == 1", "week == 5", True),
    ],
)
def test_implication(first, then, yes):
    assert implies(cond(first), cond(then), KNOWN) == yes


def test_the_parts_that_exclude_each_other():
    assert clash(cond("trust > 0.5 and week > 30 and planned == 1"), KNOWN) == (cond("week > 30"),)
    assert clash(cond("week > 4 and trust > 0.5 and week < 3"), KNOWN) == (cond("week > 4"), cond("week < 3"))
    assert clash(cond("week != 1 and week != 2 and (week == 1 or week == 2)"), KNOWN) == ()


def test_alternatives_that_add_nothing():
    whole = cond("trust > 0.5 and (stage == build or week > 9 or (week > 1 and (week < 0 or week > 2)))")
    assert list(dead_parts(whole, KNOWN)) == [cond("week > 9"), cond("week < 0")]


def test_facts_count_where_all_their_names_are_read():
    fact = Compare("<=", Value(Ref("cash"), "cash"), Value(Ref("trust"), "trust"))
    knowing = Knowledge(KNOWN.values, ((fact, frozenset({Ref("cash"), Ref("trust")})),))
    assert can_hold(cond("cash > 2"), knowing)
    assert not can_hold(cond("cash > 2 and trust < 1"), knowing)


def value(name):
    return Value(NAMES[name].ref, name)


NUMBERS = st.sampled_from([-3.5, 0.0, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0]).map(Const)
PLAIN = st.sampled_from([name for name in NAMES if name not in ("stage", "before")]).map(value)
WORDED = st.sampled_from(["stage", "before"]).map(value)
TESTS = (
    st.builds(Compare, st.sampled_from(OPERATORS), PLAIN, NUMBERS | PLAIN)
    | st.builds(Compare, st.sampled_from(OPERATORS), NUMBERS, PLAIN)
    | st.builds(Compare, st.sampled_from(["==", "!="]), WORDED, st.sampled_from([0.0, 1.0, 2.0]).map(Const) | WORDED)
    | PLAIN.map(Truthy)
)
CONDITIONS = st.recursive(
    TESTS,
    lambda part: (
        part.map(Not)
        | st.lists(part, min_size=2, max_size=4).map(tuple).map(And)
        | st.lists(part, min_size=2, max_size=4).map(tuple).map(Or)
    ),
    max_leaves=10,
)


@settings(max_examples=300, deadline=None)
@given(CONDITIONS, CONDITIONS)
def test_sound_against_every_state(first, then):
    mask, other = holds(first, STATES), holds(then, STATES)
    assert can_hold(first, KNOWN) or not mask.any()
    assert not always_holds(first, KNOWN) or mask.all()
    assert not implies(first, then, KNOWN) or not (mask & ~other).any()
    if not can_hold(first, KNOWN):
        assert not any(holds(And(clash(first, KNOWN) or (first,)), STATES))


@settings(max_examples=300, deadline=None)
@given(st.lists(TESTS, min_size=1, max_size=4).map(tuple).map(And))
def test_few_conjunctions_of_words_and_whole_numbers_are_missed(whole):
    """Not only sound: with names of few values and no comparison between names the answer is exact."""
    read = {side for part in whole.parts for side in _sides(part)}
    exact_names = read <= {"stage", "before", "week", "planned"}
    between = any(isinstance(part, Compare) and len(_sides(part)) == 2 for part in whole.parts)
    if exact_names and not between:
        assert can_hold(whole, KNOWN) == bool(holds(whole, STATES).any())


def _sides(part):
    operands = (part.left, part.right) if isinstance(part, Compare) else (part.value,)
    return [one.name for one in operands if isinstance(one, Value)]


def hostile():
    """As many alternatives as the tokens of a condition allow, the contradiction last."""
    pairs = [f"(cash > {n} or trust < {n + 1})" for n in range(18)]
    yield cond(" and ".join([*pairs, "(week < 1 or planned < 0)"]))
    yield cond(" and ".join(f"(trust != {n / 100} or week != planned)" for n in range(19)))
    yield cond("not (" + " and ".join(f"(week == {n} or planned == week)" for n in range(19)) + ")")
    yield cond(" or ".join(["week"] * 100))
    yield cond(" and ".join(f"(week == {n % 5 + 1} or week == {(n + 1) % 5 + 1})" for n in range(19)))
    yield cond(" and ".join(f"(cash >= trust or planned < {n}.5 or before != stage)" for n in range(14)))


@pytest.mark.parametrize("expr", hostile(), ids=range(6))
@pytest.mark.timeout(30)
def test_a_hostile_condition_is_answered_in_time(expr):
    can_hold(expr, KNOWN)


def test_a_scenario_of_hostile_conditions_runs_out_of_patience():
    short = Knowledge(KNOWN.values, (), {}, Patience(STEPS))
    never, expr = cond("week > 5"), next(hostile())
    while short.patience.left > 0:
        can_hold(expr, short)
    assert can_hold(never, short), "without patience everything may hold"
