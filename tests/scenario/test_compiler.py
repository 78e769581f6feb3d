"""From a scenario to rules: digests, references, and each misspelt key of each shipped scenario (case Y10)."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

import pytest
from pydantic import BaseModel

from tpmsim.errors import InputRefused
from tpmsim.scenario.loading import load, parse
from tpmsim.scenario.nodes import Mapping, Node, Scalar, Sequence
from tpmsim.scenario.positions import Path as Place
from tpmsim.scenario.schema import Scenario
from tpmsim.scenario.yaml_reader import read

SHIPPED = {path.parent.name: path for path in sorted(Path(__file__).parents[2].glob("scenarios/*/scenario.yaml"))}
EVERY = 12

SMALL = """\
format: 1
id: small
title: Small
brief: A small one.
market:
  segments:
    all: {title: All, size: 1000}
needs:
  fast: {title: Fast, known: true, worth: {all: {mean: 0.5, sd: 0.3}}}
features:
  engine: {title: Engine, serves: {fast: 1}, size: 1}
stakeholders:
  boss: {name: Bo, role: Boss, function: sponsor}
cards:
  hello:
    when: "week >= 1"
    speaker: boss
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
        ("format: 1\nid: small\n", "id: small\nformat: 1\n"),
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
        ("speaker: boss", "speaker: bos", "TPM303", "boss"),
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
    data = SMALL.replace("speaker: boss", "speaker: bos").replace("fast: 1", "fats: 1").replace("boss: 0", "bos: 0")
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


# Y10: misspelt keys


Key = tuple[Place, Scalar]


def keys(node: Node, path: Place = ()) -> Iterator[Key]:
    if isinstance(node, Mapping):
        for key, part in node.entries:
            yield (*path, key.text), key
            yield from keys(part, (*path, key.text))
    if isinstance(node, Sequence):
        for place, item in enumerate(node.items):
            yield from keys(item, (*path, place))


def bare(kind: Any) -> Any:
    """The model, dict or tuple behind an annotation with alternatives and limits."""
    if get_origin(kind) is Annotated:
        return bare(get_args(kind)[0])
    if isinstance(kind, type) or get_origin(kind) in (dict, tuple):
        return kind
    parts = [bare(part) for part in get_args(kind)]
    return next((p for p in parts if get_origin(p) or (isinstance(p, type) and issubclass(p, BaseModel))), kind)


def is_field(path: Place) -> bool:
    """Whether the last key of a path is one of a model, and not an id that somebody chose."""
    kind, field = Scenario, False
    for step in path:
        kind = bare(kind)
        field = isinstance(kind, type) and issubclass(kind, BaseModel)
        kind = kind.model_fields[step].annotation if field else get_args(kind)[-1 if get_origin(kind) is dict else 0]
    return field


REFERENCES = ("worth", "strengths", "serves", "goals", "influences", "then", "lines")
"""Mappings whose keys are not chosen there: ids, names and words that exist already."""


@cache
def text_of(slug: str) -> list[str]:
    return SHIPPED[slug].read_text(encoding="utf-8").splitlines(keepends=True)


def misspelt(slug: str, key: Scalar) -> bytes:
    """The file with the last letter of a key doubled."""
    lines = list(text_of(slug))
    line, start = lines[key.line - 1], key.column - 1 + (0 if key.plain else 1)
    assert line[start:].startswith(key.text)
    end = start + len(key.text)
    lines[key.line - 1] = line[:end] + key.text[-1] + line[end:]
    return "".join(lines).encode()


@cache
def cases(slug: str) -> list[Key]:
    root = read(SHIPPED[slug].read_bytes(), slug).root
    return [one for one in keys(root) if is_field(one[0]) or (len(one[0]) > 1 and one[0][-2] in REFERENCES)]


def check(slug: str, some: list[Key]) -> None:
    for path, key in some:
        with pytest.raises(InputRefused) as refused:
            parse(misspelt(slug, key), slug)
        where = ".".join(map(str, path))
        assert len(refused.value.findings) == 1, f"{where}: {[one.short() for one in refused.value.findings]}"
        (found,) = refused.value.findings
        assert (found.line, found.column) == (key.line, key.column), f"{where}: {found.short()}"
        assert found.suggestion == key.text, f"{where}: {found.short()}"


@pytest.mark.parametrize("slug", SHIPPED)
def test_a_misspelt_key_is_one_finding_with_its_place_and_the_right_word(slug):
    check(slug, cases(slug)[::EVERY])


@pytest.mark.soak
@pytest.mark.parametrize("slug", SHIPPED)
def test_each_misspelt_key_is_one_finding_with_its_place_and_the_right_word(slug):
    check(slug, cases(slug))


@pytest.mark.parametrize("slug", SHIPPED)
def test_shipped_scenarios_load_without_a_warning(slug):
    loaded = load(SHIPPED[slug])
    assert loaded.warnings == ()
    assert loaded.rules.id == slug
