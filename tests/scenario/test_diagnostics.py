"""Codes, their examples, the one-line form and suggestions; the tree of exceptions."""

import pickle
import re

import pytest

from fragments import laid_over
from tpmsim import errors
from tpmsim.core.conditions import Name, Ref
from tpmsim.scenario.checking import checked
from tpmsim.scenario.codes import (
    LAYERS,
    NOTE,
    REGISTRY,
    Balance,
    Conditions,
    Craft,
    Files,
    Logic,
    Names,
    Never,
    Paths,
    References,
    Runs,
    Schema,
    Texts,
    Yaml,
)
from tpmsim.scenario.condition_parser import parse_condition
from tpmsim.scenario.diagnostics import (
    Diagnostic,
    allowed_words,
    did_you_mean,
    explain,
    finding,
    in_order,
    nearest,
)
from tpmsim.scenario.loading import SCENARIO_FILE
from tpmsim.scenario.nodes import Scalar
from tpmsim.scenario.rendering import WINDOW, long
from tpmsim.scenario.yaml_reader import read

TABLE = {
    "week": Name(Ref("week"), "weeks", 0, 60, None, "The week."),
    "stage": Name(Ref("stage"), "", 0, 1, {"research": 0.0, "build": 1.0}, "The stage."),
}
FIRST = {
    "yaml": "1",
    "schema": "2",
    "references": "3",
    "logic": "4",
    "craft": "5",
    "files": "6",
    "tests": "7",
    "balance": "8",
}


def yaml_codes(text):
    try:
        return [one.code for one in read(text.encode(), "a.yaml").warnings]
    except errors.InputRefused as refused:
        return [one.code for one in refused.findings]


def condition_codes(text):
    return [one.code for one in parse_condition(Scalar(text, True, 1, 1, 0), TABLE).findings]


def scenario_codes(fragment):
    return [one.code for one in checked({SCENARIO_FILE: laid_over(fragment).encode()}, SCENARIO_FILE).findings]


TRIED = {
    **dict.fromkeys(Yaml, yaml_codes),
    **dict.fromkeys((*Conditions, *Names), condition_codes),
    **dict.fromkeys((*Schema, *References, *Logic, *Never, *Craft), scenario_codes),
}
"""How the examples of a code are tried."""

SHOWN = [pytest.param(code, id=code.id) for code in REGISTRY.values() if code.page.bad]


@pytest.mark.parametrize("code", SHOWN)
def test_the_bad_example_gives_the_code_and_nothing_else_the_good_one_nothing(code):
    """An example is no work of art: advice on its craft does not count, unless it is about that."""
    tried, advice = TRIED[code], {one.id for one in REGISTRY.values() if one.page.severity == NOTE} - {code.id}
    assert [one for one in tried(code.page.bad) if one not in advice] == [code.id]
    assert [one for one in tried(code.page.good) if one not in advice] == []


ELSEWHERE = {
    Yaml: "tests/scenario/test_yaml_reader.py",
    Files: "tests/scenario/test_source.py",
    Texts: "tests/scenario/test_words.py",
    Paths: "tests/lab/trial/test_trial.py",
    Runs: "tests/lab/trial/test_trial.py",
    References: "tests/scenario/test_published.py",
    Balance: "tests/lab/balance/test_balance.py",
}
"""Layers some codes of which no text of a scenario can show: it takes other bytes, files or runs."""


def test_a_code_without_an_example_is_one_that_no_scenario_can_show():
    for code in REGISTRY.values():
        assert code.page.bad or type(code) in ELSEWHERE


@pytest.mark.parametrize("layer", LAYERS)
def test_tables(layer):
    for code in LAYERS[layer]:
        page = code.page
        assert re.fullmatch(rf"TPM{FIRST[layer]}\d\d", page.id)
        assert page.title
        assert page.message
        assert not page.message.endswith(".")
        assert page.cause.endswith(".")
        assert page.severity in ("error", "warning", "note")
        assert bool(page.bad) == bool(page.good)


def test_there_are_many():
    assert len(REGISTRY) >= 80


def test_codes_are_unique():
    assert len(REGISTRY) == sum(map(len, LAYERS.values()))
    assert explain("tpm105") is Yaml.KEY_TWICE.page
    assert explain("TPM000") is None


def test_one_line_form():
    found = finding(Yaml.KEY_TWICE, "whale.yaml", 12, 5, key="'cost'", first=9)
    assert found.short() == (
        "tpmsim: error[TPM105]: whale.yaml:12:5: key 'cost' appears twice (first on line 9). Keep one of them."
    )
    assert errors.one_line(errors.UsageError("no such command")) == "tpmsim: error: no such command"
    assert finding(Yaml.CONTROL_CHARACTER).short() == "tpmsim: warning[TPM119]: control character replaced. Delete it."
    asked = finding(Schema.UNKNOWN_KEY, "a.yaml", 1, 1, meant="cost", key="'cots'", where="")
    assert asked.short() == "tpmsim: error[TPM201]: a.yaml:1:1: unknown key 'cots'; did you mean 'cost'?"


def test_a_line_never_breaks():
    assert errors.one_line(errors.StorageFailed("a\nb\x1b[0m\x9b")) == "tpmsim: error: a?b?[0m?"


def test_at_most_twenty_lines():
    found = [finding(Schema.UNKNOWN_KEY, "a.yaml", n, 1, key=f"'{n}'", where="") for n in range(1, 1_031)]
    lines = errors.render(errors.InputRefused(found))
    assert len(lines) == 21
    assert lines[-1] == "tpmsim: and 1,010 more"
    assert len(errors.render(errors.ProblemsFound(found[:20]))) == 20


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.ProblemsFound("x"), 1),
        (errors.IllegalMove("hours", "no hours left"), 1),
        (errors.UsageError("x"), 2),
        (errors.InputRefused([Diagnostic("TPM101", "error", "x", "a", 1, 2)]), 3),
        (errors.StorageFailed("x", file="a", help="Do."), 4),
        (errors.InUse("x"), 5),
        (errors.TooNew("x"), 6),
        (errors.TpmsimError("x"), 70),
    ],
)
def test_the_tree_of_errors(error, code):
    assert isinstance(error, errors.TpmsimError)
    assert error.exit_code == code
    again = pickle.loads(pickle.dumps(error))
    assert errors.render(again) == errors.render(error)
    assert errors.render(error) == (str(error),)


def test_refused_input_has_findings():
    one, two = Diagnostic("TPM101", "error", "x", "a", 1), Diagnostic("TPM105", "error", "y", "a", 2, 3)
    refused = errors.InputRefused([one, two])
    assert refused.findings == (one, two)
    assert (refused.code, refused.message, refused.line, refused.column) == ("TPM101", "x", 1, None)
    alone = errors.InputRefused("no", file="a", line=4)
    assert alone.findings == (alone,)
    with pytest.raises(ValueError, match="at least one"):
        errors.InputRefused([])


def test_order_and_doubles():
    late, early = Diagnostic("TPM201", "error", "b", "a", 9, 1), Diagnostic("TPM202", "error", "a", "a", 2, 7)
    assert in_order([late, early, late]) == (early, late)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("cots", "cost"),
        ("probabilty", "probability"),
        ("Weeks", "weeks"),
        ("zzz", None),
        ("", None),
        ("x" * 9_999, None),
    ],
)
def test_nearest(name, near):
    assert nearest(name, ["cost", "probability", "weeks"]) == near


def test_words_for_suggestions():
    assert did_you_mean("cost") == "; did you mean 'cost'?"
    assert did_you_mean(None) == ""
    assert allowed_words(["b", "a"]) == "Allowed here: a, b."
    assert allowed_words(map(str, range(10))) == "Allowed here: 0, 1, 2, 3, 4, 5, 6, 7, and 2 more."
    assert allowed_words([]) == ""


@pytest.mark.parametrize("column", [1, 8, 300, 5_000])
def test_of_a_long_line_a_part_is_shown_and_the_caret_stays_below_it(column):
    line = "title: " + "a" * 5_000
    found = finding(Schema.UNKNOWN_KEY, "a.yaml", 1, column, key="it", where="")
    shown, below = [one for one in long(found, {"a.yaml": line.encode()}) if "|" in one][1:]
    assert "^" in below
    assert max(len(shown), len(below)) <= WINDOW + len("1 | ") + len("......")


def test_a_file_of_thousands_of_unknown_names_is_compared_in_bounded_work():
    """Every one gets its line; suggestions, which cost most, stop after some hundreds."""
    text = "".join(f"weekz{number}: 1\n" for number in range(9_000))
    found = [one for one in checked({SCENARIO_FILE: text.encode()}, SCENARIO_FILE).findings if one.code == "TPM201"]
    assert len(found) == 9_000
    assert sum(one.asks for one in found) < 1_000
