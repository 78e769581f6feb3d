"""Replay finds what was edited, and says so in plain words; G01, G02, S09 and D01."""

import base64
import random
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest

from forging import edited, line_of
from players import random_run
from tpmsim.core.rules import RULES_NUMBER
from tpmsim.errors import InputRefused, ProblemsFound, TooNew, TpmsimError
from tpmsim.game.replay import replay
from tpmsim.game.session import Session
from tpmsim.scenario.library import open_scenario

SEED = "K7Q2-MX4D"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("runs") / "run.tpmrun"
    with Session.start(open_scenario("first-product"), SEED, path) as session:
        random_run(session, 11)
    return path


def test_an_honest_run_is_exact(run: Path) -> None:
    found = replay(run)
    assert found.exact
    assert found.problem() == ""
    assert found.position.outcome is not None


def test_an_edited_score_is_found(run: Path, tmp_path: Path) -> None:
    def better(data: dict[str, Any]) -> None:
        data["score"] = 97 << 20

    found = replay(edited(run, tmp_path / "x.tpmrun", line_of(run, "end"), better))
    assert not found.exact
    assert "score: recorded 97.0000, replay gives" in found.problem()


def test_edited_cash_is_found_with_both_values(run: Path, tmp_path: Path) -> None:
    def richer(data: dict[str, Any]) -> None:
        data["obs"]["numbers"]["cash"] += 100_000

    found = replay(edited(run, tmp_path / "x.tpmrun", line_of(run, "week", 3), richer))
    assert "week 3: cash: recorded" in found.problem()
    assert "replay gives" in found.problem()


def test_an_edited_move_is_found_in_its_week(run: Path, tmp_path: Path) -> None:
    line = line_of(run, "move")

    def other(data: dict[str, Any]) -> None:
        data["id"] = "talk:sponsor" if data["id"] != "talk:sponsor" else "talk:sales"

    found = replay(edited(run, tmp_path / "x.tpmrun", line, other))
    assert found.difference is not None
    assert found.difference.line > line
    assert found.problem().startswith("week ")


def test_a_move_that_was_not_legal_is_found(run: Path, tmp_path: Path) -> None:
    def impossible(data: dict[str, Any]) -> None:
        data["id"] = "wave:100"

    found = replay(edited(run, tmp_path / "x.tpmrun", line_of(run, "move"), impossible))
    assert "a move that was not legal: belongs to launch" in found.problem()


@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.soak)])
def test_every_field_of_the_state_is_watched(run: Path, tmp_path: Path, step: int) -> None:
    """One flipped digit in the fingerprint of any field is found, and the field is named; each fifth in short runs."""
    import json

    line = line_of(run, "week", 2)
    prints = json.loads(run.read_bytes().splitlines()[line - 1])["fp"]
    for name in list(prints)[::step]:

        def flip(data: dict[str, Any], name: str = name) -> None:
            old = data["fp"][name]
            data["fp"][name] = ("0" if old[0] != "0" else "1") + old[1:]

        found = replay(edited(run, tmp_path / "x.tpmrun", line, flip))
        group, _, what = name.partition(".")
        assert found.problem().startswith(f"week 2: {group}, field '{what}': recorded")


@pytest.mark.parametrize("value", [[], "x", None, 3, {"cash": {"a": 1}}, {}])
def test_numbers_of_another_shape_are_a_difference(run: Path, tmp_path: Path, value: object) -> None:
    def other(data: dict[str, Any]) -> None:
        data["obs"]["numbers"] = value

    found = replay(edited(run, tmp_path / "x.tpmrun", line_of(run, "week", 2), other))
    assert found.problem().startswith("week 2: ")


def test_true_is_not_1_nor_false_0(run: Path, tmp_path: Path) -> None:
    def other(data: dict[str, Any]) -> None:
        name, (committed, *rest) = next(iter(data["obs"]["features"].items()))
        data["obs"]["features"][name] = [bool(committed), *rest]

    found = replay(edited(run, tmp_path / "x.tpmrun", line_of(run, "week", -1), other))
    assert "features" in found.problem()


def test_a_file_that_the_scenario_does_not_use_is_found(run: Path, tmp_path: Path) -> None:
    def more(data: dict[str, Any]) -> None:
        files = data["scenario"]["data"]
        data["scenario"]["data"] = {**files, "other.yaml": files["scenario.yaml"]}

    found = replay(edited(run, tmp_path / "x.tpmrun", 1, more))
    assert found.problem() == "the scenario in the file is not the one that its header names"


def test_a_finding_in_the_embedded_scenario_names_it_and_not_a_line_of_the_journal(run: Path, tmp_path: Path) -> None:
    def spoilt(data: dict[str, Any]) -> None:
        data["scenario"]["data"] = base64.b64encode(zlib.compress(b"format: 1\nnew_key: 1\n")).decode()

    with pytest.raises(InputRefused) as refused:
        replay(edited(run, tmp_path / "x.tpmrun", 1, spoilt))
    assert {one.file for one in refused.value.findings} == {"x.tpmrun/scenario.yaml"}


def found_out(path: Path) -> bool:
    """Whether a spoilt file is refused, or its replay differs."""
    try:
        return not replay(path).exact
    except TpmsimError as error:
        return error.exit_code in (3, 6)


@pytest.mark.parametrize("places", [40, pytest.param(200, marks=pytest.mark.soak)])
def test_one_flipped_bit_anywhere_is_found(run: Path, tmp_path: Path, places: int) -> None:
    """S09: 200 random places, some of them in the short suite."""
    dice, raw, target = random.Random(1), run.read_bytes(), tmp_path / "x.tpmrun"
    for _ in range(places):
        place, bit = dice.randrange(len(raw) - 1), dice.randrange(8)
        spoilt = bytearray(raw)
        spoilt[place] ^= 1 << bit
        target.write_bytes(bytes(spoilt))
        assert found_out(target)
        assert target.read_bytes() == bytes(spoilt)


def test_rules_of_another_number_are_viewed_and_not_gone_on_with(run: Path, tmp_path: Path) -> None:
    """G02: the file stays as it is, and the engine that made it is named."""

    def later(data: dict[str, Any]) -> None:
        data["rules"] += 1
        data["engine"] = "9.1.0"

    other = edited(run, tmp_path / "x.tpmrun", 1, later)
    before = other.read_bytes()
    with pytest.raises(TooNew, match=rf"made by rules {RULES_NUMBER + 1} \(tpmsim 9\.1\.0\)"):
        replay(other)
    with pytest.raises(TooNew):
        Session.resume(other)
    assert other.read_bytes() == before


def test_an_edited_run_is_not_gone_on_with(run: Path, tmp_path: Path) -> None:
    def better(data: dict[str, Any]) -> None:
        data["obs"]["numbers"]["customers"] = 5

    other = edited(run, tmp_path / "x.tpmrun", line_of(run, "week", 4), better)
    with pytest.raises(ProblemsFound, match=r"customers: recorded 0\.05"):
        Session.resume(other)


BROKEN = """
import itertools, sys
from dataclasses import replace
from pathlib import Path
from tpmsim.core import week
from tpmsim.core.mechanics.finance import finance
from tpmsim.core.state import evolve
from tpmsim.game.replay import replay

calls = itertools.count()

def leaking(rules, state, flows, luck, trace):
    after = finance(rules, state, flows, luck, trace)
    return replace(after, known=evolve(after.known, {field}=after.known.{field} + next(calls) * 1e-9))

week.ORDER = tuple(leaking if one is finance else one for one in week.ORDER)
print(replay(Path(sys.argv[1])).problem())
"""


@pytest.mark.parametrize(
    ("field", "named"), [("goodwill", "market, field 'goodwill'"), ("burn", "money, field 'burn'")]
)
def test_the_negative_control_is_caught_and_the_field_named(run: Path, field: str, named: str) -> None:
    """D01: a mechanic that counts its own calls, which no rule allows; it exists only in this test."""
    code = BROKEN.replace("{field}", field)
    ran = subprocess.run([sys.executable, "-c", code, str(run)], capture_output=True, text=True, check=True)
    assert ran.stdout.startswith("week ")
    assert named in ran.stdout
