"""From a scenario to rules: digests, references, and each misspelt key of each shipped scenario (case Y10)."""

from pathlib import Path

import pytest

from tpmsim.errors import InputRefused
from tpmsim.scenario.loading import load, parse

SHIPPED = {path.parent.name: path for path in sorted(Path(__file__).parents[2].glob("scenarios/*/scenario.yaml"))}
EVERY = 12

SMALL = """\
format: 2
id: small
title: Small
brief: A small one.
market:
  segments:
    all: {title: All, size: 1000}
needs:
  fast: {title: Fast, known: true, worth: {all: {mean: 0.5, sd: 0.3}}}
features:
  engine: {title: Engine, serves: {fast: 1}, points: 20}
stakeholders:
  boss: {name: Bo, role: Boss, function: sponsor}
cards:
  hello:
    when: "week >= 1"
    from: boss
    says: Hello?
    silence: no
    answers:
      yes: {says: Yes., then: {trust.boss: 0.1}}
      no: {says: No.}
objectives:
  customers: {value: customers, worst: 0, best: 10, says: Customers}
endings:
  over: {when: "week >= 0", title: Over, says: It is over.}
"""


def small(old: str = "", new: str = "") -> bytes:
    assert old in SMALL
    return SMALL.replace(old, new, 1).encode()


# Digests


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("id: small\n", "id: small  # a comment\n"),
        ("market:\n", "\n# another\nmarket:\n"),
        ("{title: All, size: 1000}", "\n      title: All\n      size: 1000"),
        ("{title: All, size: 1000}", "{size: 1000, title: All}"),
        ("size: 1000", "size: 1000.0"),
        ("size: 1000", "size: 1e3"),
        ("title: Small", 'title: "Small"'),
        ("week >= 1", "week  >=  1"),
        ("id: small\n", "id: small\nweeks: 26\n"),
        ("format: 2\nid: small\n", "id: small\nformat: 2\n"),
    ],
)
def test_formatting_comments_and_written_defaults_leave_both_digests(old, new):
    one, other = parse(small()), parse(small(old, new))
    assert (one.digest, one.text_digest) == (other.digest, other.text_digest)


@pytest.mark.parametrize(
    ("old", "new"),
    [("title: Small", "title: Smaller"), ("says: Hello?", "says: Good day?"), ("says: Yes.", "says: Aye.")],
)
def test_texts_change_only_the_digest_with_texts(old, new):
    one, other = parse(small()), parse(small(old, new))
    assert one.digest == other.digest
    assert one.text_digest != other.text_digest


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("size: 1000", "size: 1001"),
        ("week >= 1", "week >= 2"),
        ("trust.boss: 0.1", "trust.boss: 0.2"),
        ("known: true", "known: false"),
        ("silence: no", "silence: yes"),
        ("best: 10", "best: 11"),
        ("      no: {says: No.}", "      no: {says: No.}\n      maybe: {says: Perhaps.}"),
    ],
)
def test_what_can_change_a_run_changes_both_digests(old, new):
    one, other = parse(small()), parse(small(old, new))
    assert one.digest != other.digest
    assert one.text_digest != other.text_digest


def test_words_of_yaml_are_ids_like_others():
    ids = [move.id for move in parse(small()).rules.moves]
    assert {"answer:hello/yes", "answer:hello/no"} <= set(ids)


def test_the_defaults_make_a_playable_scenario():
    rules = parse(small()).rules
    assert rules.stages == ("research", "roadmap", "build", "launch", "live", "ended")
    assert len({move.id for move in rules.moves}) == len(rules.moves)


# References


def findings_of(data: bytes) -> tuple:
    with pytest.raises(InputRefused) as refused:
        parse(data, "small.yaml")
    return tuple(refused.value.findings)


@pytest.mark.parametrize(
    ("right", "wrong", "code", "suggestion"),
    [
        ("serves: {fast: 1}", "serves: {fats: 1}", "TPM303", "fast"),
        ("from: boss", "from: bos", "TPM303", "boss"),
        ("silence: no", "silence: nope", "TPM303", "no"),
        ("trust.boss: 0.1", "trust.bos: 0.1", "TPM303", "trust.boss"),
        ("value: customers", "value: custmers", "TPM303", "customers"),
        ('when: "week >= 1"', 'when: "weak >= 1"', "TPM301", "week"),
        ('when: "week >= 0"', 'when: "stage == reserch"', "TPM302", "research"),
        ("function: sponsor", "function: sponser", "TPM208", "sponsor"),
        ("worth: {all:", "worth: {al:", "TPM303", "all"),
        ("worst: 0, best: 10", "worst: 10, best: 10", "TPM402", ""),
    ],
)
def test_a_broken_reference_is_one_finding_at_its_line(right, wrong, code, suggestion):
    data = small(right, wrong)
    (found,) = findings_of(data)
    assert found.code == code
    assert found.suggestion == suggestion
    assert found.line == data.decode()[: data.decode().index(wrong)].count("\n") + 1


def test_all_broken_references_come_in_one_run():
    data = SMALL.replace("from: boss", "from: bos").replace("fast: 1", "fats: 1").replace("boss: 0", "bosss: 0")
    assert len(findings_of(data.encode())) == 3


@pytest.mark.parametrize(
    ("lifecycle", "line"),
    [
        ("lifecycle:\n  build: {title: Build, go: live}\n", 2),
        ("lifecycle:\n  build: {title: Build}\n  live: {title: Live, sunset: true}\n", 3),
    ],
)
def test_a_lifecycle_that_cannot_be_played_is_found(lifecycle, line):
    (found,) = findings_of(SMALL.encode() + lifecycle.encode())
    assert (found.code, found.line) == ("TPM401", SMALL.count("\n") + line)


# Instruments that lean, and that cannot be asked everywhere

TWO = SMALL.replace(
    "    all: {title: All, size: 1000}", "    all: {title: All, size: 1000}\n    loud: {title: Loud, size: 10}"
)
TWO = TWO.replace("{all: {mean: 0.5, sd: 0.3}}", "{all: {mean: 0.5, sd: 0.3}, loud: {mean: 0.1, sd: 0.4}}")
SALES = "instruments:\n  sales: {title: Sales, lean: 0.5, loudest: loud, segments: [all]}\n"


def test_an_instrument_can_lean_to_a_segment_and_be_asked_in_some_only():
    rules = parse((TWO + SALES).encode()).rules
    tool = rules.instruments[rules.leaning_instrument]
    assert (tool.id, tool.lean, rules.segments[tool.loudest]) == ("sales", 0.5, "loud")
    assert [move.id for move in rules.moves if move.kind == "sales"] == ["sales:all"]
    assert [move.id for move in rules.moves if move.kind == "survey"] == ["survey:all", "survey:loud"]
    assert parse(TWO.encode()).rules.leaning_instrument == -1


@pytest.mark.parametrize(
    ("right", "wrong", "code", "suggestion"),
    [
        ("loudest: loud", "loudest: lout", "TPM303", "loud"),
        ("segments: [all]", "segments: [al]", "TPM303", "all"),
        ("lean: 0.5, loudest: loud,", "lean: 0.5,", "TPM212", ""),
        ("lean: 0.5, loudest: loud,", "loudest: loud,", "TPM212", ""),
        ("lean: 0.5, loudest: loud,", "about: rivals,", "TPM212", ""),
        (", segments: [all]", ", about: rivals", "TPM212", ""),
        ("lean: 0.5", "lean: 0.96", "TPM207", ""),
        ("lean: 0.5", "lean: 0.001", "TPM212", ""),
    ],
)
def test_what_does_not_fit_an_instrument_is_one_finding(right, wrong, code, suggestion):
    (found,) = findings_of((TWO + SALES).replace(right, wrong).encode())
    assert (found.code, found.suggestion, found.line) == (code, suggestion, TWO.count("\n") + 2)


def test_only_one_instrument_can_lean():
    (found,) = findings_of((TWO + SALES + "  board: {title: Board, lean: 0.3, loudest: loud}\n").encode())
    assert (found.code, found.line) == ("TPM406", TWO.count("\n") + 3)


def test_an_answer_cannot_ask_a_segment_that_cannot_be_asked():
    asks = TWO.replace("trust.boss: 0.1", "sales.all: 1") + SALES
    assert parse(asks.encode()).rules.move("answer:hello/yes") >= 0
    (found,) = findings_of(asks.replace("sales.all: 1", "sales.loud: 1").encode())
    assert found.code == "TPM303"


def test_younger_keys_are_in_the_digest_only_where_they_say_something():
    plain = TWO + "instruments:\n  sales: {title: Sales}\n"
    digests = [
        parse(plain.replace("{title: Sales}", sales).encode()).digest
        for sales in ("{title: Sales}", "{title: Sales, lean: 0, segments: []}", "{title: Sales, segments: [all]}")
    ]
    assert digests[0] == digests[1] != digests[2]
    assert parse((TWO + SALES).encode()).digest not in digests


@pytest.mark.parametrize("slug", SHIPPED)
def test_shipped_scenarios_load_without_a_warning(slug):
    loaded = load(SHIPPED[slug])
    assert loaded.warnings == ()
    assert loaded.rules.id == slug
