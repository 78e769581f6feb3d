"""`tpmsim debrief`: the page, the files, and what is refused."""

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

import tpmsim
from judged import GOLDEN, sheet
from kept import keep, of_other_rules
from tpmsim.cli.debrief_page import page
from tpmsim.core.rules import RULES_NUMBER
from tpmsim.game.journal import START, encode, read
from tpmsim.game.records import Week

Command = Callable[..., tuple[int, str, str]]

FEW = ("--n", "4", "--jobs", "1")


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run in a folder of its own, as its analysis is kept beside it."""
    return Path(shutil.copy(GOLDEN, tmp_path / "run.tpmrun"))


def test_the_page_fits_a_terminal_and_says_who_judged(run: Path, command: Command) -> None:
    code, out, err = command("debrief", run, *FEW)
    assert code == 0
    assert all(len(line) <= 80 for line in out.splitlines())
    assert re.search(r"^evaluator steady@\d+ [0-9a-f]{8}  N=4$", out, re.MULTILINE)
    assert re.search(r"^Result 23\.0   par \d+\.\d   luck [+-]\d+\.\d   decisions [+-]\d+\.\d$", out, re.MULTILINE)
    assert re.search(
        r"^Luck-adjusted \d+\.\d \[-?\d+\.\d to \d+\.\d\]   points lost a decision \d+\.\d$", out, re.MULTILINE
    )
    assert "Looks like a deserved setback." in out
    assert "Expected result: D where your decisions moved it, L where luck did" in out
    assert "Whom did you serve last, and what did it cost?" in out
    assert "never 'correct'" in out
    assert err == "4 of 4 futures an option\n"


def test_signs_are_explained_where_they_stand() -> None:
    lines, found = list(page(sheet())), sheet()
    assert found.notable
    assert "?? blunder  ? mistake  ?! inaccuracy  ! only move  !? good gamble" in lines
    nothing = list(page(replace(found, decisions=tuple(replace(one, mark="", sign="") for one in found.decisions))))
    assert not [line for line in nothing if "?! inaccuracy" in line]


def test_the_same_run_gives_the_same_page_at_once(run: Path, command: Command) -> None:
    """The second time it is read from beside the run; another number of futures is played."""
    first, again = command("debrief", run, *FEW), command("debrief", run, *FEW)
    assert first[:2] == again[:2]
    assert again[2] == ""
    assert command("debrief", run, "--n", "5", "--jobs", "1")[2] == "5 of 5 futures an option\n"


def test_luck_is_split_when_asked_for(run: Path, command: Command) -> None:
    _, plain, _ = command("debrief", run, *FEW)
    _, split, err = command("debrief", run, *FEW, "--luck")
    assert "Luck by what was drawn" in split
    assert "Luck by what was drawn" not in plain
    assert "weeks" in err


def test_it_writes_a_report_and_markdown_and_gives_json(run: Path, command: Command, tmp_path: Path) -> None:
    html, md = tmp_path / "out.html", tmp_path / "out.md"
    code, out, err = command("debrief", run, *FEW, "--html", html, "--md", md, "--json")
    assert code == 0
    assert "written: " in err
    HTMLParser().feed(html.read_text(encoding="utf-8"))
    assert html.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert md.read_text(encoding="utf-8").startswith("# Debrief: First Product")
    told = json.loads(out)
    assert abs(told["score"] - (told["start"] + told["decisions"] + told["luck"])) < 1e-9
    assert told["evaluator"]["n"] == 4


def test_another_policy_may_judge_and_is_named(run: Path, command: Command, tmp_path: Path) -> None:
    own = tmp_path / "my_policy.py"
    own.write_text(
        "import numpy as np\n\nclass Idle:\n    def __init__(self, rules):\n        pass\n"
        "    def choose(self, known, luck, step):\n        return np.full(known.week.shape, -1)\n"
    )
    code, out, _ = command("debrief", run, *FEW, "--policy", f"{own}:Idle")
    assert code == 0
    assert "evaluator my_policy.py:Idle@" in out
    assert "the policy my_policy.py:Idle thinks" in " ".join(out.split())


def test_texts_may_be_in_another_language(run: Path, command: Command) -> None:
    code, out, _ = command("debrief", run, *FEW, "--lang", "de")
    assert code == 0
    assert "Wem hast du zuletzt gedient" in out


def test_a_run_that_goes_on_is_refused_with_the_next_step(run: Path, command: Command, tmp_path: Path) -> None:
    code, out, err = command("debrief", keep(tmp_path, weeks=2), *FEW)
    assert (code, out) == (3, "")
    assert "the run is not over: it goes on in week 2" in err
    assert "tpmsim play" in err


def test_a_run_of_other_rules_is_refused(command: Command, tmp_path: Path) -> None:
    code, out, err = command("debrief", of_other_rules(keep(tmp_path)), *FEW)
    assert (code, out) == (6, "")
    assert f"made by rules 999 (tpmsim {tpmsim.__version__}); this program plays rules {RULES_NUMBER}." in err
    assert "'tpmsim replay' shows it as it was recorded." in err


def test_of_a_run_that_differs_the_first_difference_is_said(command: Command, tmp_path: Path) -> None:
    """As after a change of the rules whose number was not raised: another sum of money stands in the file."""
    path = keep(tmp_path)
    journal = read(path)
    tip, raw, line = START, b"", 0
    for number, record in enumerate((journal.header, *journal.records), start=1):
        if isinstance(record, Week) and record.week == 3:
            numbers = {**record.obs["numbers"], "cash": record.obs["numbers"]["cash"] + 100}
            record, line = replace(record, obs={**record.obs, "numbers": numbers}), number
        written, tip = encode(record, tip)
        raw += written
    path.write_bytes(raw)
    code, out, err = command("debrief", path, *FEW)
    assert (code, out) == (1, "")
    assert f"{path.name}:{line}" in err
    assert "week 3" in err
    assert "cash" in err
    assert "'tpmsim replay' shows it" in err


def test_a_damaged_run_is_refused(command: Command, tmp_path: Path) -> None:
    path = keep(tmp_path)
    data = path.read_bytes()
    path.write_bytes(data.replace(b'"week":3', b'"week":4', 1))
    code, out, err = command("debrief", path, *FEW)
    assert (code, out) == (1, "")
    assert "'tpmsim replay' shows it" in err


def test_nothing_is_written_over_the_run_or_over_itself(command: Command, tmp_path: Path) -> None:
    path = keep(tmp_path)
    before = path.read_bytes()
    code, _, err = command("debrief", path, *FEW, "--html", path)
    assert code == 2
    assert "is the name of a run" in err
    assert path.read_bytes() == before
    assert command("debrief", path, *FEW, "--html", tmp_path / "a", "--md", tmp_path / "a")[0] == 2
    assert not (tmp_path / "a").exists()


def test_a_place_that_cannot_be_written_is_a_storage_failure(run: Path, command: Command, tmp_path: Path) -> None:
    code, _, err = command("debrief", run, *FEW, "--html", tmp_path / "none" / "out.html")
    assert code == 4
    assert "out.html" in err or "none" in err
