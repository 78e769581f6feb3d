"""What a question is worth: more where it may change a plan, less where much is known or little time is left."""

from typing import Any

import numpy as np

from tpmsim.core.conditions import describe
from tpmsim.core.opening import initial
from tpmsim.core.rules import Rules
from tpmsim.core.state import Known, evolve
from tpmsim.lab import aids
from tpmsim.lab.policies.inquiry import best_question, net_values, questions, wanted
from tpmsim.lab.policy import END, Book
from tpmsim.scenario.library import open_scenario, shipped

RULES = open_scenario("the-loud-whale").rules
BOOK = Book(RULES)
ASKED = questions(BOOK)


def known(**changes: Any) -> Known:
    return evolve(initial(RULES, np.array([1], dtype=np.uint64)).known, **changes)


def value(name: str, state: Known, rules: Rules = RULES) -> float:
    place = [one.row for one in ASKED].index(BOOK.rows[name])
    return float(net_values(rules, state, ASKED)[place, 0])


def sourced(**changes: Any) -> Known:
    """Two sources have spoken, so that only answers count."""
    asked = known().asked.copy()
    asked[:2] = 1.0
    return known(asked=asked, **changes)


def test_all_that_can_be_asked_is_found() -> None:
    kinds = {RULES.moves[one.row].kind for one in ASKED}
    assert kinds == {tool.id for tool in RULES.instruments if tool.about != "rivals"}


def test_what_is_known_well_is_not_worth_asking() -> None:
    sure = np.full(known().sd.shape, 1e-6)
    assert value("survey:small", sourced(sd=sure)) < 0.0
    assert value("survey:small", sourced()) > value("survey:small", sourced(sd=sure))


def test_the_same_question_again_is_worth_less() -> None:
    queue = known().queue.copy()
    queue[0, 0] = 3.0
    assert value("interview:small", sourced(queue=queue)) < value("interview:small", sourced())


def test_an_answer_at_the_end_is_worth_nothing() -> None:
    late = np.array([RULES.weeks])
    assert value("interview:small", sourced(week=late)) < 0.0


def test_a_second_source_is_worth_a_gate() -> None:
    asked = known().asked.copy()
    asked[0] = 1.0
    one, two = known(asked=asked), sourced()
    assert value("survey:small", one) > value("survey:small", two) + 0.5
    assert value("interview:small", one) < 0.9


def test_a_new_source_is_wanted_only_where_a_gate_to_come_or_the_score_counts_sources() -> None:
    for slug in shipped():
        rules = open_scenario(slug).rules
        state = initial(rules, np.array([1], dtype=np.uint64)).known
        asked = questions(Book(rules))
        gates = any("sources" in describe(item.holds) for gate in rules.gates for item in gate)
        scored = any(one.value.field == "sources" for one in rules.objectives)
        assert wanted(rules, state, asked).any() == (gates or scored), slug
    assert not wanted(rules, state, asked)[[rules.instruments[one.tool].about != "needs" for one in asked]].any()


def test_what_an_answer_saves_is_told_without_what_a_new_source_is_worth() -> None:
    aid = {one.move: one for one in aids.asked(RULES, known())}
    survey = aid["survey:small"]
    assert survey.wanted
    assert survey.weeks < value("survey:small", known()) - 0.9


def test_the_best_question_fits_the_week_and_may_be_none() -> None:
    pick = best_question(BOOK, ASKED)
    assert int(pick.choose(RULES, known())[0]) in pick.rows
    assert RULES.moves[int(pick.choose(RULES, known(hours=np.array([1.0])))[0])].hours <= 1.0
    assert pick.choose(RULES, known(hours=np.array([0.0]))).tolist() == [END]
