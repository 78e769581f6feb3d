"""The author's guide says what happens: its pieces are put into files, its commands typed, and both compared."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

import walk
from docs_tables import DOCS, ROOT
from fragments import laid_over
from tpmsim.cli.commands import COMMANDS
from tpmsim.cli.main import tpmsim
from tpmsim.scenario.checking import checked
from tpmsim.scenario.codes import REGISTRY
from tpmsim.scenario.loading import SCENARIO_FILE
from tpmsim.scenario.yaml_reader import read
from written import blocks

GUIDE = DOCS / "authors-guide.md"
PAGES = (GUIDE, DOCS / "cookbook.md", ROOT / "README.md")
MINUTES = 45
CARD = """\
cards:
  every_lever:
    when: {when}
    from: boss
    says: What now?
    answers:
      nothing: {{says: Nothing., then: {{satisfaction.boss: -0.1}}}}
      this: {{says: This., hours: 1, then: {{{lever}, satisfaction.boss: -0.1}}}}
  poster: {{when: week >= 1, from: boss, says: A poster., silence: waiting, answers: {{
    waiting: {{says: Yes., then: {{satisfaction.builder: -0.1}}}}, no: {{says: No., then: {{trust.boss: -0.1}}}}}}}}
memory: {{favours: {{high: 9}}}}
"""


@dataclass(frozen=True, slots=True)
class Written:
    """What comes of the guide but for what takes long: its page as it should be, the commands, the scenario."""

    page: str
    typed: tuple[walk.Typed, ...]
    scenario: str


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    folder = tmp_path_factory.mktemp("guide")
    page, typed = walk.walk(folder, long=False)
    return Written(page, typed, (folder / walk.SCENARIO / SCENARIO_FILE).read_text(encoding="utf-8"))


def test_what_is_typed_prints_what_the_guide_shows(written: Written) -> None:
    assert written.page == GUIDE.read_text(encoding="utf-8"), "python tests/walk.py --write writes what is printed"


def test_what_is_typed_ends_as_the_guide_says(written: Written) -> None:
    assert [one for one in written.typed if one.code != one.wanted] == []


def test_the_first_three_commands_print_what_the_guide_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The promise of the first page, kept by every commit; the other long commands are tried in the long runs."""
    block = GUIDE.read_text(encoding="utf-8").partition("```console\n")[2].partition("```")[0]
    line, _, shown = block.partition("\n")
    monkeypatch.chdir(tmp_path)
    printed = ""
    for typed in line.removeprefix("$ ").split(" && "):
        result = CliRunner().invoke(tpmsim, typed.split()[1:], standalone_mode=False)
        assert result.return_value == 0, result.output
        printed += result.stdout
    assert printed == shown


@pytest.mark.soak
def test_so_do_the_commands_that_take_long(tmp_path: Path) -> None:
    page, typed = walk.walk(tmp_path)
    assert [one for one in typed if one.code != one.wanted] == []
    assert {one.words[0] for one in typed} >= {*walk.LONG, "new", "check"}
    assert page == GUIDE.read_text(encoding="utf-8"), "python tests/walk.py --write writes what is printed"


def test_a_page_that_shows_something_else_is_mended(
    written: Written, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stale, folder = tmp_path / "stale.md", tmp_path / "folder"
    folder.mkdir()
    stale.write_text(written.page.replace("nothing to say.", "all is well."), encoding="utf-8")
    monkeypatch.setattr(walk, "PAGE", stale)
    page, _ = walk.walk(folder, long=False)
    assert page.count("nothing to say.") >= 3
    assert page.count("all is well.") == 1, "only below what takes long and was not typed"


def test_the_first_commands_are_make_check_and_try() -> None:
    first = next(block for block in blocks(GUIDE) if block.language == "console")
    assert list(walk.commands(first)) == [(name, walk.SCENARIO) for name in ("new", "check", "test")]


def test_the_scenario_has_six_decisions_and_nothing_is_said_of_it(written: Written) -> None:
    result = checked({SCENARIO_FILE: written.scenario.encode()}, SCENARIO_FILE)
    assert result.findings == ()
    assert result.loaded is not None
    cards = result.loaded.scenario.cards
    assert len(cards) == 6
    assert all(len(card.answers) >= 2 for card in cards.values())


def test_the_minutes_add_up() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    listed = [int(minutes) for minutes in re.findall(r"^\| (\d+) \| \[\d\.", text, re.MULTILINE)]
    told = [int(minutes) for minutes in re.findall(r"^\*(\d+) minutes", text, re.MULTILINE)]
    assert sum(listed) == MINUTES
    assert told == listed


def test_every_other_piece_of_yaml_can_be_read() -> None:
    plain = [block for block in blocks(GUIDE) if (block.language, block.about) == ("yaml", "")]
    assert plain
    for block in plain:
        assert read(block.text.encode(), f"{GUIDE.name}:{block.line}").warnings == ()


@cache
def table(head: str) -> tuple[str, ...]:
    """The examples in the table of the guide with this head."""
    rows = GUIDE.read_text(encoding="utf-8").partition(f"| {head} |")[2].partition("\n\n")[0]
    return tuple(re.findall(r"\| `([^`|]+)` \|$", rows, re.MULTILINE))


@pytest.mark.parametrize("example", table("name"))
def test_a_name_of_the_table_can_be_asked_for(example: str, written: Written) -> None:
    assert errors(written.scenario, CARD.format(when=f"{example} or week >= 3", lever="cash: -1")) == []


@pytest.mark.parametrize("example", table("lever"))
def test_a_lever_of_the_table_can_be_moved(example: str, written: Written) -> None:
    lever = example if not example.startswith("satisfaction.boss") else "cash: -1"
    assert errors(written.scenario, CARD.format(when="week >= 1", lever=lever)) == []


def errors(scenario: str, piece: str) -> list[str]:
    """What keeps the scenario with this piece from being played."""
    result = checked({SCENARIO_FILE: laid_over(piece, scenario).encode()}, SCENARIO_FILE)
    return [one.short() for one in result.findings if one.is_error]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("      size: 50000", "\t  size: 50000"),
        ("says: Tell her yes.", "says: 'Tell her yes."),
        ("says: Tell her yes.", "says: Look: yes."),
        ("minutes: 15", "minutes:15"),
        ("brief:", "breif:"),
        ("says: Readers who book", "says: Readers, who book"),
        ("mean: 0.6", "mean: 0,6"),
        ("      size: 50000", "     size: 50000"),
        ("minutes: 15", 'minutes: "15"'),
        ("weight: 3", 'weight: "3"'),
        ("  opening_day:", "  Opening Day:"),
        ("stage == roadmap", "stage = roadmap"),
        ("answered.saturdays", "answer.saturdays"),
        ("feature: seats", "feature: lanes"),
        ("silence: thank_him", "silence: ask_others"),
    ],
)
def test_a_mistake_that_everybody_makes_is_in_the_table(right: str, wrong: str, written: Written) -> None:
    assert right in written.scenario
    text = written.scenario.replace(right, wrong, 1)
    first = checked({SCENARIO_FILE: text.encode()}, SCENARIO_FILE).findings[0]
    assert re.search(rf"^\| [^|]*{first.code}", GUIDE.read_text(encoding="utf-8"), re.MULTILINE), first.short()


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_commands_and_codes_that_are_named_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    commands = set(re.findall(r"(?:`|\$ |&& )tpmsim ([a-z]+)", text))
    assert commands
    assert commands - set(COMMANDS) == set()
    assert set(re.findall(r"TPM\d{3}", text)) - set(REGISTRY) == set()
