"""A small scenario with tests beside it, for the tests of `tpmsim test`."""

from pathlib import Path

from fragments import laid_over
from tpmsim.lab.policies import POLICIES
from tpmsim.scenario.loading import Loaded, load
from tpmsim.scenario.path_reading import read_tests
from tpmsim.scenario.path_steps import Expectations

SMALL = laid_over(
    """\
weeks: 8
cards:
  hello:
    when: week >= 1
    from: boss
    says: Hello?
    answers:
      aye: {says: Aye.}
      nay: {says: Nay., hours: 4}
  never:
    when: cash > 900000000 and week > 100
    from: boss
    says: Rich?
    silence: later
    answers:
      later: {says: Later.}
endings:
  launched: {when: "customers > 0", title: Launched, says: It is out., good: true}
  other: {when: "week >= 0", title: Over, says: That was all.}
"""
)


def written(place: Path, tests: str, scenario: str = SMALL) -> Path:
    """A scenario's folder with one file of tests."""
    (place / "tests").mkdir(parents=True)
    (place / "scenario.yaml").write_text(scenario, "utf-8")
    (place / "tests" / "paths.yaml").write_text(tests, "utf-8")
    return place


def opened(place: Path) -> tuple[Loaded, Expectations]:
    """The scenario of a folder, and its tests."""
    loaded = load(place)
    return loaded, read_tests(place, loaded.rules, loaded.names, POLICIES)
