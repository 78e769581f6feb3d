"""`tpmsim check`, `explain` and `upgrade` as their users call them."""

import json
import re
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from fragments import BASE, laid_over
from tpmsim.cli.main import tpmsim
from tpmsim.errors import NewerFormat
from tpmsim.scenario.codes import REGISTRY
from tpmsim.scenario.edits import edited
from tpmsim.scenario.library import folder, shipped
from tpmsim.scenario.loading import parse
from tpmsim.scenario.upgrade import upgrades
from tpmsim.scenario.yaml_reader import read

SARIF = Path(sys.prefix) / "node/node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
SLIPS = """\
team: {experiencd: 6}
money: {cash: "200000"}
cards:
  late:
    when: "week > 30"
    from: bos
    says: Are we late?
    silence: 'no'
    answers:
      'no': {says: 'No.', then: {trust.boss: -0.1}}
      aye: {says: Aye., then: {trust.boss: 0.1}}
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(tpmsim, list(arguments), standalone_mode=False)


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A scenario with four slips."""
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "scenario.yaml").write_text(laid_over(SLIPS))
    return tmp_path / "bad"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    (tmp_path / "good").mkdir()
    (tmp_path / "good" / "scenario.yaml").write_text(BASE)
    return tmp_path / "good"


def test_all_that_ship_are_clean_in_strict_mode() -> None:
    result = run("check", "--strict", *shipped())
    assert result.return_value == 0, result.output
    assert result.output.count("nothing to say") == len(list(shipped()))


def test_a_folder_of_scenarios_is_all_of_them() -> None:
    result = run("check", "--format", "json", str(folder()))
    assert [Path(one["file"]).parent.name for one in json.loads(result.output)["files"]] == list(shipped())


def test_the_long_form_is_what_the_docs_show(bad: Path) -> None:
    file = bad / "scenario.yaml"
    lines = run("check", str(bad)).output.split("\n")
    number = 1 + file.read_text().split("\n").index("team: {experiencd: 6}")
    start = next(place for place, line in enumerate(lines) if line.startswith("error[TPM201]"))
    assert lines[start : start + 7] == [
        "error[TPM201]: unknown key 'experiencd' in 'team'",
        f"  --> {file}:{number}:8",
        "   |",
        f"{number} | team: {{experiencd: 6}}",
        "   |        ^^^^^^^^^^ did you mean 'experienced'?",
        "   = help: Allowed here: experienced, most, new, pay, recruiting.",
        "   = see: tpmsim explain TPM201",
    ]


def test_one_line_a_finding(bad: Path) -> None:
    lines = run("check", "--format", "short", str(bad)).output.splitlines()
    assert len(lines) == 3
    assert all(re.match(r"tpmsim: error\[TPM\d+\]: .*/bad/scenario\.yaml:\d+:\d+: ", line) for line in lines)


def test_json_has_places_and_what_was_meant(bad: Path) -> None:
    found = json.loads(run("check", "--format", "json", str(bad)).output)["findings"]
    cash = next(one for one in found if one["code"] == "TPM205")
    assert cash["suggestion"] == "200000"
    assert cash["safe"] is True
    assert cash["end_column"] - cash["column"] == len('"200000"')


def results(log: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = log["runs"][0]["results"]
    return found


@pytest.mark.skipif(not SARIF.is_file(), reason="the schema of SARIF comes from npm; run: make node")
def test_sarif_is_valid_by_its_own_schema(bad: Path, good: Path) -> None:
    schema = json.loads(SARIF.read_text())
    for path in (bad, good):
        log = json.loads(run("check", "--format", "sarif", str(path)).output)
        jsonschema.validators.validator_for(schema)(schema).validate(log)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"version": "2.1.0", "runs": [{"results": []}]}, schema)


def test_sarif_says_what_json_says(bad: Path) -> None:
    log = json.loads(run("check", "--format", "sarif", str(bad)).output)
    plain = json.loads(run("check", "--format", "json", str(bad)).output)["findings"]
    assert len(results(log)) == len(plain) == 3
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    for one, other in zip(results(log), plain, strict=True):
        place = one["locations"][0]["physicalLocation"]
        assert rules[one["ruleIndex"]]["id"] == one["ruleId"] == other["code"]
        assert place["region"]["startLine"] == other["line"]
        assert place["region"]["startColumn"] == other["column"]
        assert ("fixes" in one) is other["safe"]


def commands(output: str) -> list[tuple[str, dict[str, str], str]]:
    """Workflow commands as the runner of GitHub Actions reads them: a name, properties and a message, unescaped."""
    found = []
    for line in output.splitlines():
        if match := re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line):
            pairs = dict(part.split("=", 1) for part in match[2].split(","))
            named = {name: _unescaped(value) for name, value in pairs.items()}
            found.append((match[1], named, _unescaped(match[3])))
    return found


def _unescaped(text: str) -> str:
    for code, char in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(code, char)
    return text


def test_github_gets_commands_that_its_runner_shows(bad: Path, tmp_path: Path) -> None:
    odd = tmp_path / "50%, a: b"
    bad.rename(odd)
    output = run("check", "--format", "github", str(odd)).output
    found = commands(output)
    assert len(found) == len(output.splitlines()) == 3
    kind, properties, message = found[0]
    assert kind == "error"
    assert properties["file"] == str(odd / "scenario.yaml")
    assert int(properties["line"]) > 0
    assert int(properties["endColumn"]) > int(properties["col"])
    assert properties["title"].split()[0] in REGISTRY
    assert "%" not in message


# Exit codes


def test_exit_codes(good: Path, bad: Path, tmp_path: Path) -> None:
    assert run("check", str(good)).return_value == 0
    assert run("check", str(bad)).return_value == 3
    assert run("check", str(tmp_path / "nothing")).return_value == 3
    file = good / "scenario.yaml"
    file.write_text(BASE.replace("title: Small", "title: Sm\x07all"))
    assert run("check", str(good)).return_value == 1
    file.write_text(laid_over("todo: more\n"))
    assert run("check", str(good)).return_value == 0
    assert run("check", "--strict", str(good)).return_value == 1
    file.write_text(
        laid_over(SLIPS.replace("experiencd", "experienced").replace('"200000"', "1").replace("bos\n", "boss\n"))
    )
    assert run("check", str(good)).return_value == 1


def test_nothing_a_stranger_wrote_reaches_the_terminal_as_it_is(good: Path) -> None:
    hostile = "\x1b]0;x\x07\u202e\x9b31m"
    (good / "scenario.yaml").write_text(laid_over(f"title: a{hostile}b\nteam: {{a{hostile}: 1}}\n"), encoding="utf-8")
    for form in ("text", "short", "json", "sarif", "github"):
        output = run("check", "--format", form, str(good)).output
        assert output
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", output)


# Mending


def test_fix_mends_what_has_one_reading_and_keeps_the_rest(bad: Path) -> None:
    file = bad / "scenario.yaml"
    before = file.read_text().replace("team: {experiencd: 6}", "team: {experiencd: 6}  # six of us")
    file.write_text(before)
    result = run("check", "--fix", "--format", "short", str(bad))
    after = file.read_text()
    assert after == before.replace("experiencd", "experienced").replace('"200000"', "200000")
    assert [line.split("]")[0][-6:] for line in result.output.splitlines() if "error[" in line] == ["TPM303"]


def test_fix_leaves_a_file_alone_that_it_cannot_better(bad: Path) -> None:
    file = bad / "scenario.yaml"
    file.write_text(
        laid_over("cards:\n  a: {when: week > 1, frm: boss, from: boss, says: A, answers: {b: {says: B}}}\n")
    )
    before = file.read_bytes()
    run("check", "--fix", str(bad))
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("weeks: 12", "weeks: 012"),
        ("weeks: 12", "weeks: '12'"),
        ("known: true", "known: yes"),
        ("good: true", "good: True"),
        ("points: 12", "size: 0.6"),
        ("title: Small", "titel: Small"),
        ("function: build", "function: biuld"),
        ("format: 2", "format: 1"),
    ],
)
def test_each_slip_that_is_safe_to_mend_is_mended(old: str, new: str, good: Path) -> None:
    file = good / "scenario.yaml"
    assert old in BASE
    file.write_text(BASE.replace(old, new, 1))
    assert run("check", "--fix", str(good)).return_value == 0
    assert parse(file.read_bytes()).digest == parse(BASE.encode()).digest


# Pages and formats


def test_every_code_has_a_page() -> None:
    for code in REGISTRY:
        output = run("explain", code.lower()).output
        assert output.startswith(f"{code}: ")
        assert max(map(len, output.splitlines())) <= 106
    assert all(code in run("explain").output for code in REGISTRY)


def test_a_code_that_is_none(tmp_path: Path) -> None:
    result = CliRunner().invoke(tpmsim, ["explain", "TPM2011"])
    assert "did you mean 'TPM" in str(result.exception)


OLD = BASE.replace("format: 2", "format: 1").replace("points: 12}", "size: 0.6}  # thousand lines")


def test_upgrade_keeps_comments_and_meaning(good: Path) -> None:
    file = good / "scenario.yaml"
    file.write_text(OLD)
    assert parse(OLD.encode()).digest == parse(BASE.encode()).digest
    dry = run("upgrade", "--dry-run", "--diff", str(good)).output
    assert file.read_text() == OLD
    assert "+format: 2" in dry
    assert "would be brought from format 1 to 2" in dry
    run("upgrade", str(good))
    assert file.read_text() == BASE.replace("points: 12}", "points: 12}  # thousand lines")
    assert "of format 2 already" in run("upgrade", str(good)).output


def test_a_key_of_an_older_format_is_told_with_the_new_one_and_the_authors_value(good: Path) -> None:
    (good / "scenario.yaml").write_text(BASE.replace("points: 12", "size: 0.35"))
    output = run("check", "--format", "short", str(good)).output
    assert "'size: 0.35' is written 'points: 7' since format 2" in output


# Files beside a scenario, and where they are looked for


def test_the_scenario_one_stands_in_is_checked_with_its_tests(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (good / "tests").mkdir()
    (good / "tests" / "first.yaml").write_text("paths: {one: {steps: [{play: nobody}]}}\n")
    monkeypatch.chdir(good)
    for arguments in ([], ["."], ["scenario.yaml"]):
        result = run("check", "--format", "short", *arguments)
        assert "tests/first.yaml" in result.output, arguments


@pytest.mark.parametrize("name", ["words.DE.yaml", "words.yaml", "notes.yml", "tests/First.yaml"])
def test_a_file_that_nobody_reads_is_named(good: Path, name: str) -> None:
    (good / "tests").mkdir()
    (good / name).write_text("paths: {}\n")
    result = run("check", "--format", "short", str(good))
    assert "TPM609" in result.output
    assert name.rpartition("/")[2] in result.output
    assert result.return_value == 1


def test_a_linked_folder_of_tests_is_refused(good: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "first.yaml").write_text("paths: {}\n")
    (good / "tests").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert "TPM606" in run("check", "--format", "short", str(good)).output


def test_a_name_that_no_file_can_have_is_refused() -> None:
    result = run("check", "--format", "short", "a" * 300)
    assert (result.return_value, "TPM601" in result.output) == (3, True)


# What may be mended unasked


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("team: {experiencd: 6}\n", True),  # one letter wrong
        ("team: {epxerienced: 6}\n", True),  # two letters the wrong way round
        ("cards: {late: {face: 0.5}}\n", False),  # chance?
        ("cards: {late: {tone: true}}\n", False),  # once?
    ],
)
def test_only_a_slip_of_one_letter_is_mended_unasked(text: str, safe: bool, tmp_path: Path) -> None:
    (tmp_path / "scenario.yaml").write_text(laid_over(text))
    found = json.loads(run("check", "--format", "json", str(tmp_path)).output)["findings"]
    assert [one["safe"] for one in found if one["code"] == "TPM201"] == [safe]


def test_mending_keeps_the_rights_of_a_file_and_a_link_to_it(tmp_path: Path) -> None:
    (tmp_path / "real.yaml").write_text(laid_over("team: {experiencd: 6}\n"))
    (tmp_path / "real.yaml").chmod(0o600)
    (tmp_path / "link.yaml").symlink_to(tmp_path / "real.yaml")
    run("check", "--fix", str(tmp_path / "link.yaml"))
    assert (tmp_path / "link.yaml").is_symlink()
    assert "experienced: 6" in (tmp_path / "real.yaml").read_text()
    assert (tmp_path / "real.yaml").stat().st_mode & 0o777 == 0o600


# Formats


def test_a_scenario_of_a_newer_format_is_left_alone_by_all(tmp_path: Path) -> None:
    file = tmp_path / "scenario.yaml"
    file.write_text(laid_over("{}").replace("format: 2", "format: 99") + "sections_to_come: 1\n")
    before = file.read_bytes()
    assert "format: 99" in before.decode()
    for arguments in (["check"], ["check", "--fix"]):
        result = run(*arguments, "--format", "short", str(tmp_path))
        assert (result.return_value, result.output.count("TPM")) == (6, 1)
    refused = run("upgrade", str(tmp_path)).exception
    assert isinstance(refused, NewerFormat)
    assert refused.exit_code == 6
    assert file.read_bytes() == before


@pytest.mark.parametrize(("old", "new"), [("size: 0.25", "points: 5"), ('size: "0.25"', "points: 5")])
def test_an_old_size_is_converted_however_it_is_written(old: str, new: str) -> None:
    root = read(f"features:\n  basket: {{{old}}}\n".encode()).root
    assert edited(f"features:\n  basket: {{{old}}}\n", upgrades(root)) == f"features:\n  basket: {{{new}}}\n"


def test_an_old_size_that_is_no_number_stays_under_its_old_name() -> None:
    root = read(b"features:\n  basket: {size: a quarter}\n").root
    assert list(upgrades(root)) == []
