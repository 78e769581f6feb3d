"""The docs say what the code does: tables are fresh, links lead somewhere, examples work, words exist."""

import ast
import re
from pathlib import Path

import pytest

import docs_tables
from docs_tables import COMMAND, DOCS, ROOT, TABLES
from tpmsim.cli import models_page
from tpmsim.debrief.constants import constants
from tpmsim.game.journal import START, chain
from tpmsim.scenario.library import open_scenario
from tpmsim.scenario.loading import parse
from tpmsim.scenario.usual import usual_values

PAGES = sorted([*DOCS.glob("*.md"), *ROOT.glob("*.md")])
SOURCE = ROOT / "src" / "tpmsim"
OF_NO_WORLD = ("conditions", "exact", "rolls", "rules")
"""Files of the core of which no number says anything about the world: arithmetic, luck, zero, a version."""

STATUSES = ("pub", "rec", "assumption", "definition")

MACHINE_PATHS = re.compile(r"(?<![\w.~/])/(?:work|home|root|tmp|Users)\b")
HOW_IT_WAS_MADE = re.compile(r"\b(?:claude|gpt|llm|chatbot|sub-?agent|prompt)s?\b", re.IGNORECASE)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCED = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("name", TABLES)
def test_generated_tables_are_fresh(name: str) -> None:
    text = (DOCS / name).read_text(encoding="utf-8")
    assert docs_tables.filled(text, TABLES[name]) == text, f"docs/{name} is out of date; run {COMMAND}"


def test_a_stale_table_is_found_and_mended() -> None:
    text = (DOCS / "scenario-format.md").read_text(encoding="utf-8")
    old = text.replace(
        "| `focus_hours` | number | hours a week | [4, 60] | 20 |",
        "| `focus_hours` | number | hours a week | [4, 60] | 21 |",
    )
    assert old != text
    assert docs_tables.filled(old, TABLES["scenario-format.md"]) == text


def test_a_page_without_markers_is_an_error() -> None:
    with pytest.raises(ValueError, match="no markers"):
        docs_tables.filled("# Nothing\n", TABLES["lifecycle.md"])


def test_every_constant_of_a_model_has_a_status() -> None:
    silent = [f"{one.module}.{one.name}" for one in models_page.constants() if not one.status]
    assert not silent, f"begin the docstring under each with one of {', '.join(STATUSES)} and name its source"


def test_no_number_of_the_core_stands_outside_the_list() -> None:
    listed = {(one.module, one.name) for one in models_page.constants()}
    found = [
        (one.module, one.name)
        for one in constants([path for path in (SOURCE / "core").glob("*.py") if path.stem not in OF_NO_WORLD])
        if re.search(r"\d", one.value)
    ]
    assert not [one for one in found if one not in listed]
    assert {("opening", "USUAL_CLAIM"), ("imagine", "APPEAL_SD"), ("repertoire", "CLAIMS")} <= listed


def test_a_default_that_is_a_constant_has_the_status_of_the_constant() -> None:
    """A key says what its default is; where that is a constant of a model, the constant says it, too."""
    status = {one.name: one.status for one in models_page.constants()}
    usual = {one.key: one.meaning.status for one in usual_values()}
    seen = 0
    for path in (SOURCE / "scenario").glob("schema_*.py"):
        for model in ast.parse(path.read_text(encoding="utf-8")).body:
            for key in model.body if isinstance(model, ast.ClassDef) else ():
                if isinstance(key, ast.AnnAssign) and isinstance(key.target, ast.Name) and key.value is not None:
                    names = [node.id for node in ast.walk(key.value) if isinstance(node, ast.Name)]
                    for constant in (name for name in names if name in status):
                        seen += 1
                        assert isinstance(model, ast.ClassDef)
                        assert usual[f"{model.name}.{key.target.id}"].startswith(status[constant])
    assert seen >= 10


def test_a_default_is_told_by_the_model_that_reads_it() -> None:
    assert {one.meaning.model for one in usual_values()} - {""} <= set(models_page.names())
    told = [row[0] for table in models_page.tables() for row in table.rows if table.header[1] == "default"]
    assert sorted(told) == sorted(f"`{one.key}`" for one in usual_values())


def test_a_function_that_no_run_calls_is_told_as_such_wherever_it_stands() -> None:
    below = next(path for path in models_page.modules_of_models() if path.stem == "telling")
    used = models_page.used_functions()
    assert {"telling.weight", "telling.plan_padding", "readings.overhead", "estimates.cone_sigma"} <= used
    assert not {"incidents.percentile", "adoption.two_generations", "negotiation.negotiated"} & used
    rows = models_page.functions(below, used - {"telling.weight"}).rows
    told = {row[0]: row[-1] for row in rows}
    assert (told["`weight`"], told["`plan_padding`"]) == ("not yet", "")


def test_every_public_function_of_a_model_says_what_it_gives() -> None:
    assert "| `` |" not in docs_tables.equations()
    assert not re.findall(r"^\| `\w+` \|  \|", docs_tables.equations(), re.MULTILINE)


def test_every_kind_of_move_is_explained() -> None:
    text = (DOCS / "scenario-format.md").read_text(encoding="utf-8")
    loaded = open_scenario("first-product")
    kinds = {move.kind for move in loaded.rules.moves} - set(loaded.scenario.instruments)
    assert not [kind for kind in sorted(kinds) if f"`{kind}:" not in text]


def test_the_first_file_of_the_format_page_can_be_played() -> None:
    text = (DOCS / "scenario-format.md").read_text(encoding="utf-8")
    example = re.search(r"^```yaml\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert example
    assert parse(example[1].encode(), "example").warnings == ()


def test_the_default_lifecycle_is_the_one_that_is_drawn() -> None:
    text = (DOCS / "lifecycle.md").read_text(encoding="utf-8")
    drawn = re.search(r"^```mermaid\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert drawn
    assert drawn[1] == docs_tables.default_lifecycle().mermaid()


def test_the_example_run_hangs_together() -> None:
    text = (DOCS / "run-format.md").read_text(encoding="utf-8")
    example = re.search(r"^```json\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert example
    before, checked = START.h, 0
    for number, line in enumerate(example[1].splitlines(), start=1):
        found = re.search(r'"h":"([0-9a-f]{32})",', line)
        assert found, line
        assert f'"n":{number}' in line
        if "..." not in line:
            assert chain(before, line.replace(found[0], "").encode()) == found[1], line
            checked += 1
        before = found[1]
    assert checked >= 5


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_relative_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(FENCED.sub("", page.read_text(encoding="utf-8"))):
        if "://" in target or target.startswith("mailto:"):
            continue
        place, _, anchor = target.partition("#")
        file = (page.parent / place) if place else page
        assert file.exists(), f"{named(page)}: {target}"
        assert not anchor or anchor in anchors(file), f"{named(page)}: {target}"


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", FENCED.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_pages_name_no_machine_and_no_maker(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert not MACHINE_PATHS.findall(text)
    assert not HOW_IT_WAS_MADE.findall(text)


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_pages_can_be_read_as_text(page: Path) -> None:
    text = re.sub(r"<!-- generated: .*?<!-- end: ", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    prose = [line for line in FENCED.sub("", text).splitlines() if not line.startswith("|")]
    assert not [line for line in prose if len(line) > 120]
    assert not [line for line in text.splitlines() if line.rstrip() != line]


def glossary() -> list[tuple[str, str, str]]:
    """(word, file, identifier) of every row."""
    rows = re.findall(
        r"^\| ([^|]+) \| [^|]+ \| `([\w/.]+)`: `(\w+)` \|$", (DOCS / "glossary.md").read_text(), re.MULTILINE
    )
    return [(word.strip(), file, name) for word, file, name in rows]


def test_the_glossary_is_read_whole() -> None:
    lines = [line for line in (DOCS / "glossary.md").read_text().splitlines() if line.startswith("| ")]
    heads = [line for line in lines if line.startswith(("| word | meaning |", "| ---"))]
    assert len(glossary()) == len(lines) - len(heads)


def test_one_row_per_word() -> None:
    words = [word for word, _, _ in glossary()]
    assert sorted(set(words)) == sorted(words)


@pytest.mark.parametrize(("word", "file", "name"), glossary(), ids=[row[0] for row in glossary()])
def test_a_word_of_the_glossary_is_defined_where_it_says(word: str, file: str, name: str) -> None:
    defined = re.compile(rf"^\s*(?:(?:def|class) {name}\b|{name}(?::| =))", re.MULTILINE)
    assert defined.search((SOURCE / file).read_text(encoding="utf-8")), f"{word}: {name} is not defined in {file}"


def test_paths_that_the_docs_name_exist() -> None:
    for page in PAGES:
        if page.name == "CHANGELOG.md":
            continue
        for path in re.findall(r"`((?:core|game|scenario|lab|cli)/[\w/]+\.\w+)`", page.read_text(encoding="utf-8")):
            assert (SOURCE / path).exists(), f"{named(page)}: {path}"
