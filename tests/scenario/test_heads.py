"""Heads: what a list tells of scenarios is what the whole files say, wherever it stands in them."""

from pathlib import Path

import pytest

from kept import scenario
from tpmsim.errors import InputRefused
from tpmsim.scenario.heads import _first, head_of
from tpmsim.scenario.library import folder, shipped
from tpmsim.scenario.loading import SCENARIO_FILE
from tpmsim.scenario.schema import Head

SMALL = (folder() / "first-product" / SCENARIO_FILE).read_text("utf-8")


def written(place: Path, text: str) -> Path:
    (place / SCENARIO_FILE).write_text(text, "utf-8")
    return place


def parts(head: Head) -> dict[str, object]:
    return {name: getattr(head, name) for name in Head.model_fields}


@pytest.mark.parametrize("name", shipped())
def test_the_head_of_a_shipped_scenario_is_read_without_the_rest(name: str) -> None:
    head = _first((folder() / name / SCENARIO_FILE).read_bytes())
    assert head is not None
    assert parts(head) == parts(scenario(name).scenario)


def test_what_stands_elsewhere_is_found_there(tmp_path: Path) -> None:
    moved = SMALL.replace("minutes: 20\n", "") + "\nminutes: 20\n"
    assert _first(moved.encode()) is None
    assert head_of(written(tmp_path, moved)).minutes == 20


@pytest.mark.parametrize("wrong", ["weeks: 800", "weeks: [8", "wekks: 8", "weeks: 8\nformat: 999"])
def test_a_head_that_is_not_sound_is_told_with_the_whole(tmp_path: Path, wrong: str) -> None:
    text = SMALL.replace("format: 2\n", "").replace("weeks: 8", wrong, 1)
    assert _first(text.encode()) is None
    with pytest.raises(InputRefused):
        head_of(written(tmp_path, text))
