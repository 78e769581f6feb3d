"""Trying a scenario out from end to end: its scripted paths, the play that looks around, and what came of both."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from tpmsim.core.state import Known
from tpmsim.lab.trial.breaches import Checks
from tpmsim.lab.trial.coverage import ASKED, Coverage
from tpmsim.lab.trial.explore import Exploration, Failure, explore
from tpmsim.lab.trial.minimise import minimised
from tpmsim.lab.trial.playing import Script, Week, again
from tpmsim.lab.trial.scripted import Broken, walked
from tpmsim.lab.trial.synctest import synctest
from tpmsim.lab.trial.telling import breach_found, when_and_where
from tpmsim.scenario.diagnostics import Diagnostic, finding
from tpmsim.scenario.loading import Loaded
from tpmsim.scenario.path_steps import Expectations, ScriptedPath

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong, with the run that shows it.

    Attributes:
        found: what, and where.
        seed: of the run.
        week: after which it shows, or which cannot end.
        script: the moves of the run, week by week.
        ended: whether its last week could end.
        path: id of the scripted path; empty where the run looked around.
        runs: how many runs had it.
    """

    found: Diagnostic
    seed: int
    week: int
    script: Script
    ended: bool
    path: str = ""
    runs: int = 1


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of trying out a scenario.

    Attributes:
        loaded: the scenario.
        paths: ids of the scripted paths that were played.
        batch: seed of the runs that looked around.
        runs: how many those were.
        coverage: what all of them reached.
        problems: what is wrong.
        proved: why something can never be reached, by its table and id, such as `cards/demo`.
    """

    loaded: Loaded
    paths: tuple[str, ...]
    batch: int
    runs: int
    coverage: Coverage
    problems: tuple[Problem, ...]
    proved: Mapping[str, str] = field(default_factory=dict)

    def missing(self, group: str) -> tuple[str, ...]:
        """What of a table was not reached and is not proved unreachable."""
        return tuple(name for name in self.coverage.missing(group) if f"{group}/{name}" not in self.proved)

    @property
    def complete(self) -> bool:
        """Whether all that is asked for was reached or is proved unreachable."""
        return not any(self.missing(group) for group in ASKED)


def tried(
    loaded: Loaded,
    tests: Expectations,
    batch: int,
    runs: int,
    file: str = "",
    proved: Mapping[str, str] | None = None,
    progress: Progress = lambda done, of: None,
) -> Trial:
    """Try a scenario out.

    Args:
        loaded: the scenario.
        tests: of its author.
        batch: seed of the runs that look around.
        runs: how many of those.
        file: of the scenario, as it may be shown.
        proved: why something can never be reached, by table and id, from whoever proves such things.
        progress: told how many runs of how many are done.
    """
    checks = Checks(loaded.rules, loaded.names, tests.always)
    coverage = Coverage(loaded.rules)
    problems = [problem for path in tests.paths for problem in _by_path(checks, path, coverage, file)]
    if runs:
        found = explore(checks, batch, runs, coverage, progress)
        problems += _looking_around(checks, found, file)
    paths = tuple(path.id for path in tests.paths)
    return Trial(loaded, paths, batch, runs, coverage, tuple(problems), proved or {})


def _by_path(checks: Checks, path: ScriptedPath, coverage: Coverage, file: str) -> Iterator[Problem]:
    broken = walked(checks, path, coverage)
    if broken is not None:
        yield Problem(_broken(checks, broken, file), path.seed, broken.week, broken.script, broken.ended, path=path.id)


def _broken(checks: Checks, broken: Broken, file: str) -> Diagnostic:
    if broken.breach is not None or broken.code is None:
        assert broken.breach is not None
        failure = Failure(broken.breach, broken.path.seed, broken.week, broken.script)
        return breach_found(checks, failure.breach, _known_then(checks, failure), failure.seed, failure.week, file)
    help = " ".join(part for part in (broken.help, when_and_where(broken.path.seed, broken.week)) if part)
    return finding(broken.code, *broken.place, help=help, path=broken.path.id, **broken.said)


def _looking_around(checks: Checks, found: Exploration, file: str) -> Iterator[Problem]:
    for failure in found.failures.values():
        small = minimised(checks, failure)
        yield _problem(checks, small, file)
    for witness in found.witnesses:
        for failure in synctest(checks.rules, witness):
            yield _problem(checks, failure, file)


def _problem(checks: Checks, failure: Failure, file: str) -> Problem:
    known = _known_then(checks, failure)
    told = breach_found(checks, failure.breach, known, failure.seed, failure.week, file)
    ended = failure.breach.kind not in ("crash", "blocked")
    return Problem(told, failure.seed, failure.week, failure.script, ended, runs=failure.runs)


def _known_then(checks: Checks, failure: Failure) -> Known | None:
    """What was known in the run of a failure when it showed; None where its moves do not give it again."""
    last: Week | None = None
    for last in again(checks, [failure.seed], [failure.script]):
        if int(last.before.known.week[0]) == failure.week:
            return last.after.known if np.all(~last.stayed) else last.before.known
    return None
