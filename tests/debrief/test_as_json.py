"""JSON: the keys that other programs read, and a sum that is exact."""

import json

from judged import analysis, sheet, unseen
from tpmsim.debrief.as_json import as_json

KEYS = {"score", "start", "decisions", "luck", "residual", "luck_adjusted", "par", "moves", "evaluator"}


def test_it_has_the_keys_that_were_promised() -> None:
    page = as_json(sheet())
    assert page.keys() >= KEYS
    assert page["luck_adjusted"].keys() == {"value", "low", "high"}
    assert page["evaluator"].keys() == {"id", "digest", "rules", "n"}
    assert all(one.keys() >= {"week", "move", "best", "loss", "se", "mark"} for one in page["moves"])
    assert len(page["moves"]) == len(analysis().decisions)


def test_the_sum_is_exact_after_a_trip_through_text() -> None:
    page = json.loads(json.dumps(as_json(sheet()), allow_nan=False))
    assert abs(page["score"] - (page["start"] + page["decisions"] + page["luck"])) < 1e-9
    assert abs(page["residual"]) < 1e-9
    assert abs(page["luck_adjusted"]["value"] - (page["score"] - page["luck"])) < 1e-9
    assert abs(sum(one["gain"] for one in page["moves"]) - page["decisions"]) < 1e-9
    assert abs(sum(one["luck"] for one in page["weeks"]) - page["luck"]) < 1e-9


def test_the_words_are_those_of_the_sheet() -> None:
    page = json.loads(json.dumps(as_json(sheet())))
    assert page["words"]["overview"]["quadrant"] == sheet().overview.quadrant
    assert "analysis" not in page["words"]


def test_hidden_facts_are_numbers_and_words() -> None:
    page = json.loads(json.dumps(as_json(unseen()), allow_nan=False))
    fact = page["weeks"][0]["unseen"][0]
    assert (fact["matter"], fact["about"]) == ("worth", "swap")
    assert page["words"]["weeks"][0]["hidden"][0]["says"] == unseen().weeks[0].hidden[0].says
