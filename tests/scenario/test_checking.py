"""Checking as a whole: whatever stands in a file, findings come of it and never an exception, and they have places."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fragments import BASE, laid_over
from laws.conftest import SHIPPED
from tpmsim.scenario.checking import Checked, check, checked
from tpmsim.scenario.codes import Craft, Yaml
from tpmsim.scenario.faults import fault
from tpmsim.scenario.library import folder
from tpmsim.scenario.loading import SCENARIO_FILE

WORDS = ("0", "-1", "1e9", "no", "[]", "{}", "''", "week", "none", "- a", "a: b", "'x", "steady", "week >", "?", "\x07")


def looked_at(text: str) -> Checked:
    return checked({SCENARIO_FILE: text.encode("utf-8", "replace")}, SCENARIO_FILE)


def shaken(text: str, dice: random.Random, times: int) -> str:
    """A scenario with lines taken out, doubled, indented otherwise, or with another value."""
    lines = text.split("\n")
    for _ in range(times):
        place = dice.randrange(len(lines))
        match dice.randrange(5):
            case 0:
                del lines[place]
            case 1:
                lines.insert(place, lines[place])
            case 2:
                lines[place] = "  " + lines[place]
            case 3:
                lines[place] = lines[place].partition(":")[0] + ": " + dice.choice(WORDS)
            case _:
                lines[place] = lines[place].replace(dice.choice("aeiou:,{}") or "a", dice.choice("aeiou: "), 1)
    return "\n".join(lines)


def survives(text: str) -> None:
    result = looked_at(text)
    lines = text.count("\n") + 1
    assert all(one.code != Yaml.UNFORESEEN.id for one in result.findings)
    assert all(one.line is None or 1 <= one.line <= lines + 1 for one in result.findings)
    assert not result.refused or any(one.is_error for one in result.findings)


@pytest.mark.parametrize("seed", range(60))
def test_a_shaken_scenario_is_found_wrong_and_nothing_breaks(seed: int) -> None:
    dice = random.Random(seed)
    survives(shaken(BASE, dice, 1 + seed % 6))


@pytest.mark.soak
@pytest.mark.parametrize("slug", SHIPPED)
def test_a_thousand_shaken_scenarios_that_ship(slug: str) -> None:
    text = (folder() / slug / SCENARIO_FILE).read_text("utf-8")
    for seed in range(1_000):
        survives(shaken(text, random.Random(seed), 1 + seed % 12))


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet=st.sampled_from("aeiknorst :-\n{}[]'\"#>|0123456789.,_<=*&!%"), max_size=200))
def test_any_text_has_findings(text: str) -> None:
    survives(text)


def test_findings_of_different_layers_come_in_one_run() -> None:
    slips = (
        'weeks: "26"\nfeatures:\n  fast_path: {title: Fast, serves: {sped: 1}, points: 12, sponsor: bos}\ntodo: more\n'
    )
    found = [one.code for one in looked_at(laid_over(slips)).findings]
    assert found == ["TPM204", "TPM303", "TPM303", "TPM513"]


def test_what_follows_from_a_fault_is_not_told_again() -> None:
    found = [one.code for one in looked_at(laid_over("horizons: [8, 4, x]\n")).findings]
    assert found == ["TPM204"]


def test_a_fault_of_another_origin_finds_its_place() -> None:
    """As measurements over many runs will: they know ids, not lines."""
    result = looked_at(BASE)
    line = 1 + BASE.split("\n").index("  fast_path: {title: Fast path, serves: {speed: 1}, points: 12}")
    (found,) = result.placed([fault(Craft.TODO_LEFT, "features", "fast_path")])
    assert (found.file, found.line, found.column) == (SCENARIO_FILE, line, 3)
    with pytest.raises(ValueError, match="no places"):
        looked_at("- 1\n").placed([])


def test_a_hostile_scenario_is_looked_at_within_the_limits() -> None:
    """As many cards as fit, each with a condition as long as it may be; no clock: work is bounded by patience."""
    when = " and ".join(f"came.c{number % 40} >= {number % 3}" for number in range(40))
    cards = "".join(
        f"  c{number}:\n    when: {when}\n    from: boss\n    says: A?\n    answers: {{b: {{says: B.}}}}\n"
        for number in range(250)
    )
    result = looked_at(laid_over(f"weeks: 60\ncards:\n{cards}"))
    assert not result.refused


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    (tmp_path / SCENARIO_FILE).write_text("title: [\n")
    assert check(tmp_path).refused
