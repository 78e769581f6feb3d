"""The schema for editors is sound, current, lets pass what is right and finds what is not."""

import io
import json
import re
from typing import Any

import pytest
from jsonschema import Draft7Validator
from ruamel.yaml import YAML

import docs_tables
from tpmsim.scenario.files import MODELS
from tpmsim.scenario.json_schema import page, schema_of
from tpmsim.scenario.library import folder, shipped
from tpmsim.scenario.reference_keys import models

SCHEMA = schema_of("scenario")
VALIDATOR = Draft7Validator(SCHEMA)
MODELINE = "# yaml-language-server: $schema=../.schema/scenario.json\n"


def plain(text: str) -> Any:
    """The content of a file as a reader of YAML 1.2 has it that is not ours."""
    return YAML(typ="safe", pure=True).load(io.StringIO(text))


def written(name: str) -> str:
    return (folder() / name / "scenario.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", MODELS)
def test_a_schema_is_one(kind: str) -> None:
    Draft7Validator.check_schema(schema_of(kind))


@pytest.mark.parametrize("path", docs_tables.schemas(), ids=lambda path: path.name)
def test_the_file_is_current(path: Any) -> None:
    assert path.read_text(encoding="utf-8") == docs_tables.schemas()[path], f"run {docs_tables.COMMAND}"


def test_a_schema_reads_back_as_it_was_made() -> None:
    assert json.loads(page(SCHEMA)) == SCHEMA


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_scenario_names_its_schema_and_passes_it(name: str) -> None:
    assert written(name).startswith(MODELINE)
    assert [error.message for error in VALIDATOR.iter_errors(plain(written(name)))] == []


def test_every_key_is_explained() -> None:
    made = {"Scenario": SCHEMA, **SCHEMA["definitions"]}
    assert set(made) == {model.__name__ for model in models()}
    for name, one in made.items():
        for key, about in one["properties"].items():
            assert re.match(r"[A-Z].*[.]\n\n", about["description"]), f"{name}.{key}"
            assert about["title"] == f"{name}: {key}"


BROKEN = {
    "a key is misspelt": ("chance: 0.8", "chanse: 0.8"),
    "a top key is misspelt": ("\nneeds:", "\nneds:"),
    "a number is out of range": ("chance: 0.8", "chance: 1.8"),
    "a bound that is not included": ("price: 99\n", "price: 0\n"),
    "a number is a word": ("weeks: 8\n", "weeks: eight\n"),
    "a whole number is broken": ("minutes: 20", "minutes: 20.5"),
    "a word is unknown": ("confidence: commit", "confidence: swear"),
    "a number of few is another": ("contract: 4", "contract: 5"),
    "an id is none": ("  cafes:\n", "  Cafés:\n"),
    "a lever is none": ("then: {claim: 0.8,", "then: {clam: 0.8,"),
    "an amount is a word": ("then: {claim: 0.8,", "then: {claim: bold,"),
    "a list is a word": ("horizons: [2, 3, 5]", "horizons: soon"),
    "a section is a list": ("discovery: {a: 3, b: 6}", "discovery: [3, 6]"),
    "a stage is unknown": ("  roadmap:\n    hours: 2", "  plan:\n    hours: 2"),
    "a required key is missing": ("      title: Shiftly\n", ""),
    "a response is unknown": ("      loyalty:", "      love:"),
    "a truth value is a word": ("known: true", "known: surely"),
    "a text is a list": ("title: First Product", "title: [First, Product]"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_scenario_does_not_pass(what: str) -> None:
    right, wrong = BROKEN[what]
    text = written("first-product")
    assert right in text
    assert list(VALIDATOR.iter_errors(plain(text.replace(right, wrong, 1))))


def test_every_map_of_entries_offers_a_new_one_that_passes() -> None:
    """What a snippet inserts, typed through without a change of the numbers, is an entry without marks."""
    for model in {"Scenario": SCHEMA, **SCHEMA["definitions"]}.values():
        for key, about in model["properties"].items():
            for snippet in about.get("defaultSnippets", ()):
                typed = plain(yaml_of(snippet["body"]))
                validator = Draft7Validator({**about, "definitions": SCHEMA["definitions"]})
                assert [error.message for error in validator.iter_errors(typed)] == [], key


def yaml_of(body: dict[str, Any], indent: str = "") -> str:
    """A snippet as the server inserts it, every stop left as it was offered."""
    lines = []
    for key, value in body.items():
        part = f"\n{yaml_of(value, indent + '  ')}" if isinstance(value, dict) else f" {value}"
        lines.append(f"{indent}{key}:{part}")
    return re.sub(r"\$\{\d+:([^}]*)\}", r"\1", "\n".join(lines))


def test_the_folder_of_schemas_is_no_scenario() -> None:
    assert (folder() / ".schema").is_dir()
    assert ".schema" not in list(shipped())
