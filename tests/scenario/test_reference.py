"""The reference is complete, and its tables can be read as Markdown and on a terminal."""

import re

import pytest

from tpmsim.scenario.binding_scalars import Kind
from tpmsim.scenario.library import open_scenario
from tpmsim.scenario.reference import OF_A_SCENARIO, TOPICS
from tpmsim.scenario.reference_keys import meaning, models
from tpmsim.scenario.reference_table import Table
from tpmsim.scenario.usual import is_numeric, usual_values

KEYS = [
    pytest.param(info, id=f"{model.__name__}.{key}") for model in models() for key, info in model.model_fields.items()
]


@pytest.mark.parametrize("info", KEYS)
def test_every_key_has_a_meaning_and_every_number_a_unit(info) -> None:  # type: ignore[no-untyped-def]
    said, shape = meaning(info), str(info.annotation)
    assert re.fullmatch(r"[A-Z].*[.]", said.doc)
    assert bool(said.unit) == bool(re.search(r"\b(float|int)\b|Literal\[4", shape)), shape


def test_a_meaning_changes_no_range() -> None:
    share = {model.__name__: model for model in models()}["Card"].model_fields["chance"]
    assert Kind.of(share.annotation, share.metadata) == Kind(float, {"ge": 0.0, "le": 1.0})


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_fits_a_terminal(topic: str) -> None:
    for table in TOPICS[topic][1]():
        assert table.rows
        assert max(map(len, table.text(80).splitlines())) <= 80
        assert all(cell in table.markdown() for cell in table.header)


def test_names_levers_and_moves_of_a_scenario_have_its_ids() -> None:
    loaded = open_scenario("first-product")
    pages = {topic: make(loaded).markdown() for topic, make in OF_A_SCENARIO.items()}
    assert "`belief.cafes.swap`" in pages["names"]
    assert "`interview.clinics`" in pages["levers"]
    assert pages["moves"].count("\n") == len(loaded.rules.moves) + 1
    assert "| `cut:swap_board` | 1 | 0 | build, live | refused: it is not in the plan; " in pages["moves"]
    assert not any("SEGMENT" in page for page in pages.values())


TABLE = Table(("key", "unit", "meaning"), (("`a`", "", "[First](#first)."), ("`b|c`", "hours", "The second one.")))


def test_a_table_in_markdown_keeps_its_columns() -> None:
    assert TABLE.markdown().splitlines() == [
        "| key | unit | meaning |",
        "| --- | --- | --- |",
        "| `a` |  | [First](#first). |",
        "| `b\\|c` | hours | The second one. |",
    ]


def test_a_table_on_a_terminal_is_in_columns_where_they_fit_and_in_entries_where_not() -> None:
    assert TABLE.text(60).splitlines() == [
        "key  unit   meaning",
        "a           First.",
        "b|c  hours  The second one.",
    ]
    assert TABLE.text(20).splitlines() == ["a", "    First.", "b|c  unit hours", "    The second one."]


def test_heading_and_sentence_stand_above_a_table() -> None:
    table = Table(("a", "b"), (("1", "2"),), "The file", "All of `it`.")
    assert table.markdown().startswith("### The file\n\nAll of `it`.\n\n| a |")
    assert table.text(80).splitlines() == ["THE FILE", "All of it.", "a  b", "1  2"]


def test_every_number_that_is_a_default_has_a_status() -> None:
    silent = [
        one.key
        for one in usual_values()
        if not re.match(r"(pub|rec) \(.*\d{4}\)|assumption\b|definition\b", one.meaning.status)
    ]
    assert not silent, "say in the Meaning of the key: pub (source), rec (source), assumption or definition"


@pytest.mark.parametrize("info", KEYS)
def test_nothing_but_a_default_number_has_a_status(info) -> None:  # type: ignore[no-untyped-def]
    said = meaning(info)
    assert bool(said.status) == (not info.is_required() and is_numeric(info.default))
    assert said.status or not said.model
