"""Files of tests: what is read, and every mistake in one go with its place and what was probably meant."""

import re
from pathlib import Path

import pytest

from small_trial import opened, written
from tpmsim.errors import InputRefused
from tpmsim.scenario.library import folder
from tpmsim.scenario.path_steps import End, Expect, Expectations, Make, Play, Refused, Until
from tpmsim.scenario.source import MOST_FILES

GOOD = """\
format: 1
paths:
  hello:
    says: All kinds of steps.
    seed: K7Q2-MX4D
    steps:
      - move: [interview:shops, survey:shops]
      - move: interview:shops
        times: 2
      - end: 1
      - until: open.hello == 1
      - answer: hello/aye
      - expect: stage == research
      - refused: gate:build/go
      - play: steady
        weeks: 2
    ending: other
always:
  solvent: {when: cash > 0, says: Nobody borrows.}
"""


def test_all_kinds_of_steps(tmp_path: Path) -> None:
    _, tests = opened(written(tmp_path / "small", GOOD))
    (path,) = tests.paths
    kinds = [type(step) for step in path.steps]
    assert kinds == [Make, Make, Make, Make, End, Until, Make, Expect, Refused, Play]
    assert path.ending == "other"
    assert [one.id for one in tests.always] == ["solvent"]
    assert path.steps[1].place[1:] == (7, 33)


def test_a_scenario_without_tests_has_none(tmp_path: Path) -> None:
    place = written(tmp_path / "small", GOOD)
    (place / "tests" / "paths.yaml").unlink()
    assert opened(place)[1] == Expectations()
    (place / "tests").rmdir()
    assert opened(place)[1] == Expectations()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "move: interview:shops\n",
            "move: interveiw:shops\n",
            "8:15: no move 'interveiw:shops'; did you mean 'interview:shops'?",
        ),
        (
            "[interview:shops, survey:shops]",
            "[interview:shops, survey:shop]",
            "7:33: no move 'survey:shop'; did you mean 'survey:shops'?",
        ),
        ("hello/aye", "hello/ayee", "12:17: no move 'hello/ayee'; did you mean 'hello/aye'?"),
        ("gate:build/go", "gate:build/goo", "14:18: no move 'gate:build/goo'; did you mean 'gate:build/go'?"),
        ("play: steady", "play: stedy", "15:15: no policy 'stedy'; did you mean 'steady'?"),
        ("ending: other", "ending: othr", "17:13: no ending 'othr'; did you mean 'other'?"),
        ("K7Q2-MX4D", "hello!", "5:11: 'hello!' is not a seed"),
        ("open.hello", "open.helo", "11:16: unknown name 'open.helo'; did you mean 'open.hello'?"),
        ("cash > 0", "csh > 0", "19:19: unknown name 'csh'; did you mean 'cash'?"),
        ("stage == research", "stage == reserch", "13:26: unknown word 'reserch'; did you mean 'research'?"),
        ("end: 1", "edn: 1", "10:9: unknown key 'edn' in 'paths.hello.steps.3'; did you mean 'end'?"),
        ("end: 1", "end: 0", "10:14: '0' is out of range"),
        ("end: 1", "weeks: 1", "10:9: a step without a deed"),
        ("end: 1", "end: 1\n        answer: hello/aye", "10:9: a step does one thing, this one 2"),
        ("end: 1", "end: 1\n        within: 2", "10:9: 'within' belongs to 'until'"),
        ("end: 1", "end: 1\n        times: 2", "10:9: 'times' belongs to 'move'"),
        ("        weeks: 2\n", "        weeks: x\n", "16:16: "),
        ("format: 1", "format: 2", "1:9: '2' is not possible here"),
    ],
)
def test_a_mistake_is_one_finding_at_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert GOOD.count(old) >= 1
    with pytest.raises(InputRefused) as refused:
        opened(written(tmp_path / "small", GOOD.replace(old, new, 1)))
    assert len(refused.value.findings) == 1
    assert f"paths.yaml:{said}" in str(refused.value)


def test_all_mistakes_of_all_files_come_in_one_go(tmp_path: Path) -> None:
    place = written(tmp_path / "small", GOOD.replace("hello/aye", "hello/a").replace("steady", "bold"))
    (place / "tests" / "more.yaml").write_text("format: 1\npaths: {x: {steps: [{move: fly}]}}\n", "utf-8")
    with pytest.raises(InputRefused) as refused:
        opened(place)
    assert len(refused.value.findings) == 3


def test_at_most_twenty_files_are_read(tmp_path: Path) -> None:
    place = written(tmp_path / "small", GOOD)
    for number in range(MOST_FILES):
        (place / "tests" / f"more-{number}.yaml").write_text("format: 1\n", "utf-8")
    with pytest.raises(InputRefused, match="TPM608"):
        opened(place)


def test_a_link_among_the_files_is_not_followed(tmp_path: Path) -> None:
    place = written(tmp_path / "small", GOOD)
    (tmp_path / "secret.yaml").write_text("format: 1\n", "utf-8")
    try:
        (place / "tests" / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    except OSError:
        pytest.skip("no links here")
    with pytest.raises(InputRefused, match="TPM606"):
        opened(place)


def test_the_example_of_the_format_page_can_be_read(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "scenario-format.md").read_text("utf-8")
    example = re.search(r"^```yaml\n(format: 1\npaths:\n.*?)^```", page, re.DOTALL | re.MULTILINE)
    assert example
    scenario = (folder() / "first-product" / "scenario.yaml").read_text("utf-8")
    _, tests = opened(written(tmp_path / "small", example[1], scenario))
    assert len(tests.paths[0].steps) == 8
    assert len(tests.always) == 1
