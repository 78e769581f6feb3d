"""What was published stays: ids that go, scenarios that change without saying so."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from fragments import BASE, laid_over
from small_trial import written
from tpmsim.cli.main import tpmsim
from tpmsim.scenario.checking import check
from tpmsim.scenario.published import FILE, ids_of

CARD = """\
cards:
  hello:
    when: week >= 1
    from: boss
    says: Hello?
    silence: not_yet
    answers:
      not_yet: {says: Not yet., then: {trust.boss: -0.1}}
      aye: {says: Aye., then: {trust.boss: 0.1, satisfaction.builder: -0.1}}
"""


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """A scenario that was published."""
    (tmp_path / "scenario.yaml").write_text(laid_over(CARD))
    result = CliRunner().invoke(tpmsim, ["publish", str(tmp_path)], standalone_mode=False)
    assert "version 1, digest" in result.output
    return tmp_path


def told(place: Path, old: str, new: str) -> list[tuple[str, str]]:
    text = laid_over(CARD)
    assert old in text
    (place / "scenario.yaml").write_text(text.replace(old, new))
    return [(one.code, one.suggestion) for one in check(place).findings]


def test_what_is_as_it_was_says_nothing(given):
    assert check(given).findings == ()
    assert told(given, "says: Hello?", "says: Good day?") == []
    assert told(given, "weeks: 12", "weeks: 12  # a dozen") == []


def test_a_change_without_a_new_version_is_told(given):
    assert told(given, "weeks: 12", "weeks: 13") == [("TPM307", "")]
    assert told(given, "weeks: 12", "weeks: 13\nversion: 2") == []


def test_a_renamed_and_a_removed_id_are_told(given):
    renamed = told(given, "  hello:\n", "  hullo:\n")
    assert sorted(renamed) == [
        ("TPM306", "hullo"),
        ("TPM306", "hullo/aye"),
        ("TPM306", "hullo/not_yet"),
        ("TPM307", ""),
    ]
    aye = "      aye: {says: Aye., then: {trust.boss: 0.1, satisfaction.builder: -0.1}}\n"
    other = aye.replace("aye:", "yes_of_course:")
    assert sorted(told(given, aye, other)) == [("TPM306", ""), ("TPM307", "")]


def test_a_new_id_is_no_matter(given):
    extra = "  slow_path: {title: Slow path, serves: {speed: 0.5}, points: 6}\nstakeholders:"
    assert told(given, "stakeholders:", f"{extra}\n  # people") == [("TPM307", "")]


def test_the_file_names_every_id(given):
    text = (given / FILE).read_text()
    for section, ids in ids_of(check(given).loaded.scenario).items():
        assert f"  {section}:" in text
        assert all(re.search(rf"^    - {one}$", text, re.MULTILINE) for one in ids)


def test_a_file_that_is_none_is_told_with_its_place(given):
    (given / FILE).write_text("version: one\n")
    found = check(given).findings
    assert {one.code for one in found} == {"TPM202", "TPM204"}
    assert all(one.file.endswith(FILE) for one in found)
    (given / FILE).write_text("- 1\n")
    assert [one.code for one in check(given).findings] == ["TPM103"]


def test_what_cannot_be_played_is_not_published(tmp_path):
    (tmp_path / "scenario.yaml").write_text(BASE.replace("weeks: 12", "weeks: many"))
    result = CliRunner().invoke(tpmsim, ["publish", str(tmp_path)], standalone_mode=False)
    assert "TPM204" in str(result.exception)
    assert not (tmp_path / FILE).exists()


def test_a_scenario_whose_paths_let_a_policy_play_is_published(tmp_path: Path) -> None:
    written(tmp_path / "small", "paths:\n  played:\n    steps: [{play: steady}]\n", BASE)
    result = CliRunner().invoke(tpmsim, ["publish", str(tmp_path / "small")], standalone_mode=False)
    assert result.exception is None
    assert (tmp_path / "small" / FILE).exists()
