"""Craft: warnings that are worth reading, and none for what is well written."""

import pytest

from fragments import opened_over as laid_over
from laws.conftest import SHIPPED, opened
from tpmsim.game.wording.titles import NAME, TITLE, Titles
from tpmsim.scenario import craft
from tpmsim.scenario.codes import Craft
from tpmsim.scenario.craft_texts import COLUMNS

ALONE = {"TPM510", "TPM511", "TPM512"}
"""What the first file of the docs leaves open."""


def found(example):
    loaded = laid_over(example)
    return list(craft.findings(loaded.scenario, loaded.rules))


def codes(example):
    return {one.code.id for one in found(example)} - ALONE


def answers(*some, when="week >= 3"):
    text = "".join(f"      {one}\n" for one in some)
    return f"cards:\n  late:\n    when: {when}\n    from: boss\n    says: Well?\n    silence: no\n    answers:\n{text}"


NO = "no: {says: No., then: {trust.boss: -0.1}}"


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("{trust.boss: 0.1}", "{trust.boss: -0.1}"),
        ("{trust.boss: -0.1}", "{trust.boss: -0.1, fatigue: 0.1}"),
        ("{trust.boss: -0.1, cash: 500}", "{trust.boss: -0.1}"),
        ("{trust.boss: -0.1, interview.shops: 1}", "{trust.boss: -0.1}"),
        ("{trust.boss: -0.1, found.speed: 1}", "{trust.boss: -0.1, found.speed: 0}"),
        ("{trust.boss: -0.1, overtime: 0.1}", "{trust.boss: -0.2, overtime: 0.1}"),
    ],
)
def test_an_answer_that_another_beats(better, worse):
    told = found(answers(f"yes: {{says: Yes., then: {better}}}", f"no: {{says: No., then: {worse}}}"))
    assert [one.path[-1] for one in told if one.code is Craft.BEATEN] == ["no"]


@pytest.mark.parametrize(
    "other",
    [
        "says: Yes., hours: 1, then: {trust.boss: 0.1}",
        "says: Yes., cost: 100, then: {trust.boss: 0.1}",
        "says: Yes., when: week > 4, then: {trust.boss: 0.1}",
        "says: Yes., then: {trust.boss: 0.1, trust.builder: -0.1}",
        "says: Yes., then: {trust.boss: 0.1, overtime: 0.1}",
        "says: Yes., then: {trust.boss: 0.1, committed.fast_path: 1}",
        "says: Yes., then: {trust.boss: 0.1}, promise: {feature: fast_path, week: 9, confidence: aim}",
    ],
)
def test_answers_that_differ_in_something_are_left_alone(other):
    assert codes(answers(f"yes: {{{other}}}", NO)) == set()


def test_an_answer_that_asks_less_beats_one_that_asks_more():
    first = "yes: {says: Yes., when: week > 4, then: {trust.boss: 0.1}}"
    second = "never: {says: Never., when: week > 6, then: {trust.boss: -0.2}}"
    none = "no: {says: No., then: {trust.boss: 0.05, trust.builder: -0.1}}"
    assert [one.path[-1] for one in found(answers(first, second, none)) if one.code is Craft.BEATEN] == ["never"]


def test_limits_are_those_of_the_screens():
    name = "x" * 200
    person = f"stakeholders:\n  builder: {{name: {name}, role: R, function: build}}\n  boss: {{name: B, role: R}}\n"
    titles = Titles(laid_over(person).scenario)
    assert len(titles.person("builder")) == NAME == COLUMNS["stakeholders", "*", "name"]
    assert COLUMNS["lifecycle", "*", "title"] == NAME
    assert COLUMNS["needs", "*", "title"] == TITLE
    feature = f"features:\n  fast_path: {{title: {name}, serves: {{speed: 1}}, points: 12}}\n"
    assert len(Titles(laid_over(feature).scenario).feature("fast_path")) >= COLUMNS["features", "*", "title"]


def test_a_text_that_just_fits_is_left_alone():
    fits = "x" * COLUMNS["features", "*", "title"]
    assert codes(f"features:\n  fast_path: {{title: {fits}, serves: {{speed: 1}}, points: 12}}\n") == set()
    assert codes(f"features:\n  fast_path: {{title: {fits}x, serves: {{speed: 1}}, points: 12}}\n") == {"TPM503"}


@pytest.mark.parametrize("slug", SHIPPED)
def test_shipped_scenarios_are_well_made(slug):
    loaded = opened(slug)
    told = {(one.code.id, *one.path) for one in craft.findings(loaded.scenario, loaded.rules)}
    assert told == set()
