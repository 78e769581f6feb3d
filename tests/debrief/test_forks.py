"""Decisions of a class: the first answer that stood counts, and spread is what chance does not explain."""

import random

import pytest

from tpmsim.debrief.columns import Came
from tpmsim.debrief.forks import answers_of, forks, spread, widest
from tpmsim.debrief.papers import Paper
from tpmsim.debrief.steps import GROUPS, SINGLE, question
from tpmsim.scenario.library import open_scenario, shipped


def paper(points: float | None, *moves: str, cards: tuple[str, ...] = ()) -> Paper:
    score = None if points is None else round(points * 2**20)
    return Paper("x", weeks=(moves,), cards=cards, came=Came(score, "other", 1, (), (), ()))


@pytest.mark.parametrize("name", shipped())
def test_a_question_is_known_by_the_id_alone(name: str) -> None:
    rules = open_scenario(name).rules
    for card in rules.cards:
        assert {question(rules.moves[row].id) for row in card.answers} == {("card", card.id)}
    for move in rules.moves:
        kind, about = question(move.id) or ("", "")
        if move.kind == "gate":
            assert kind == "gate"
            assert move.stages[rules.stages.index(about)]
        if move.kind == "commit":
            assert kind == "promise"
            assert about in rules.features
        assert bool(kind) == (move.kind in GROUPS or move.kind in SINGLE)


def test_the_first_answer_counts_and_an_open_card_was_answered_by_silence() -> None:
    one = paper(50.0, "price:10", "talk:boss", "price:20", "answer:ask/yes", cards=("ask", "later"))
    assert answers_of(one) == {
        ("price", ""): "price:10",
        ("card", "ask"): "answer:ask/yes",
        ("card", "later"): "silence",
    }


def test_answers_are_counted_with_their_means() -> None:
    runs = [paper(20.0, "gate:build/go"), paper(40.0, "gate:build/go"), paper(80.0, "gate:build/hold"), paper(None)]
    (found,) = forks(runs)
    assert [(one.move, one.runs, one.mean) for one in found.answers] == [
        ("gate:build/go", 2, 30.0),
        ("gate:build/hold", 1, 80.0),
    ]
    assert found.left == 1
    assert found.spread == 0.0
    assert widest([found]) == ()


def test_the_widest_comes_first() -> None:
    runs = []
    for place in range(12):
        bold, cheap = place % 2 == 0, place % 3 == 0
        points = (70.0 if bold else 30.0) + (5.0 if cheap else 0.0) + place / 10
        runs.append(paper(points, f"gate:build/{'go' if bold else 'hold'}", f"price:{10 if cheap else 20}"))
    found = forks(runs)
    assert (found[0].kind, found[0].about) == ("gate", "build")
    assert found[0].spread == pytest.approx(20.0, abs=2.0)
    assert (found[0].low, found[0].high) == pytest.approx((32.0, 72.0), abs=3.0)


def test_spread_is_not_made_by_chance() -> None:
    dice = random.Random(1)
    sizes = [spread([[dice.gauss(50, 20) for _ in range(10)] for _ in range(4)]) ** 2 for _ in range(400)]
    assert sum(sizes) / len(sizes) < 15.0
    assert spread([[0.0, 0.0], [10.0, 10.0]]) == 5.0
    assert spread([[1.0, 2.0]]) == 0.0
