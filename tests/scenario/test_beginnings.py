"""What a new scenario begins from passes all checks, can be played, and shows the format."""

from pathlib import Path, PurePosixPath

import pytest
from jsonschema import Draft7Validator
from ruamel.yaml import YAML

from tpmsim.core.outcome import SCORE_UNIT
from tpmsim.lab.jobs import batch_seeds, run
from tpmsim.lab.policies import POLICIES
from tpmsim.scenario.beginnings import TEMPLATES, beginnings, begun
from tpmsim.scenario.checking import check
from tpmsim.scenario.digests import text_digest
from tpmsim.scenario.files import kind_of, model_of
from tpmsim.scenario.house_style import house_style
from tpmsim.scenario.json_schema import schema_of
from tpmsim.scenario.library import folder, shipped
from tpmsim.scenario.loading import load, parse
from tpmsim.scenario.schema import Scenario
from tpmsim.scenario.yaml_reader import read

NAMES = ("minimal", "tour")
UNTOUCHED = {"todo", "language"}
"""Keys that a finished scenario in English does not have."""


def test_there_are_templates_and_the_scenarios_that_ship() -> None:
    assert beginnings() == (*NAMES, *shipped())


@pytest.mark.parametrize("name", NAMES)
def test_a_template_has_nothing_that_the_checks_mind(name: str) -> None:
    assert check(TEMPLATES / name, POLICIES).findings == ()


@pytest.mark.parametrize("path", TEMPLATES.rglob("*.yaml"), ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_a_file_of_a_template_is_in_house_style(path: Path) -> None:
    assert house_style(path.read_bytes(), model=model_of(path)).data == path.read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_a_template_passes_the_schema_for_editors(name: str) -> None:
    content = YAML(typ="safe", pure=True).load((TEMPLATES / name / "scenario.yaml").read_text(encoding="utf-8"))
    assert [error.message for error in Draft7Validator(schema_of("scenario")).iter_errors(content)] == []


def test_the_tour_uses_every_section() -> None:
    root = read((TEMPLATES / "tour" / "scenario.yaml").read_bytes()).root
    assert set(Scenario.model_fields) - UNTOUCHED == {key.text for key, _ in root.entries}


def test_in_the_tour_a_sound_process_pays() -> None:
    loaded = load(TEMPLATES / "tour")
    seeds = batch_seeds(0, 60)
    mean = {policy: run(loaded, policy, seeds).scores.mean() / SCORE_UNIT for policy in ("random", "steady")}
    assert mean["random"] < 35
    assert mean["steady"] > 70


def test_the_smallest_is_small() -> None:
    lines = (TEMPLATES / "minimal" / "scenario.yaml").read_text(encoding="utf-8").splitlines()
    assert len([line for line in lines if line.strip() and not line.lstrip().startswith("#")]) <= 80


@pytest.mark.parametrize("origin", beginnings())
def test_what_is_begun_has_its_own_id_and_else_the_content_of_its_origin(origin: str) -> None:
    files = begun("my-first", origin)
    mine = parse(files["scenario.yaml"])
    assert mine.scenario.id == "my-first"
    place = TEMPLATES / origin if origin in NAMES else folder() / origin
    given = load(place).scenario
    assert mine.text_digest == text_digest(given.model_copy(update={"id": "my-first"}), {})


@pytest.mark.parametrize("origin", beginnings())
def test_every_file_that_has_a_schema_names_it_once(origin: str) -> None:
    files = begun("my-first", origin)
    for path, data in files.items():
        if path.endswith(".yaml"):
            text = data.decode()
            up = "../" * path.count("/")
            kind = kind_of(PurePosixPath(path))
            known = f".schema/{kind}.json" in files
            assert text.startswith(f"# yaml-language-server: $schema={up}.schema/{kind}.json\n") == known
            assert text.count("yaml-language-server") == known
