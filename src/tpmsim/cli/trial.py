"""`tpmsim test`: a scenario tried out, by its author's paths and by play that looks for what was not reached yet."""

import json
from collections.abc import Mapping
from pathlib import Path

import click

from tpmsim.cli.naming import named
from tpmsim.cli.plain_storage import typeable
from tpmsim.cli.progress import progress
from tpmsim.cli.trial_page import page
from tpmsim.errors import render_findings
from tpmsim.game.files import saves_folder
from tpmsim.game.opening_run import seeded
from tpmsim.lab.policies import POLICIES
from tpmsim.lab.trial.keeping import kept
from tpmsim.lab.trial.proved import proved
from tpmsim.lab.trial.report import as_json as report
from tpmsim.lab.trial.trial import Trial, tried
from tpmsim.scenario.loading import load, own_file
from tpmsim.scenario.path_reading import read_tests
from tpmsim.text import shown_path

MOST_RUNS = 100_000
FAILED = 1

FAILURES = "failures"
"""The folder beside the runs of players for those that failed."""


@click.command()
@click.argument("scenarios", nargs=-1, metavar="[SCENARIO]...")
@click.option(
    "--random", "runs", type=click.IntRange(0, MOST_RUNS), default=200, show_default=True, help="Runs that look around."
)
@click.option("--seed", metavar="S", default="0", show_default=True, help="Seed of the first of them.")
@click.option("--coverage", is_flag=True, help="Show all that was reached, how often, and first by which seed.")
@click.option("--strict", is_flag=True, help="A card, answer or ending that was not reached is a failure, too.")
@click.option(
    "--save",
    type=click.Path(path_type=Path),
    help="Folder for the run files of failures; else 'failures' where runs are kept.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout; `tpmsim graph --hits` reads it.")
def test(
    scenarios: tuple[str, ...], runs: int, seed: str, coverage: bool, strict: bool, save: Path | None, as_json: bool
) -> int:
    """Try each SCENARIO out: a path, or the id of one that ships; without one, the scenario in this folder.

    Plays the paths in its folder tests/, then runs that look for what was not reached yet, and looks at every
    week of all of them. Each failure leaves a run file that `tpmsim replay` opens. The same seed and number of
    runs give the same result.

    \b
    Examples:
      tpmsim test
      tpmsim test my-scenario/
      tpmsim test first-product --random 2000 --coverage
      tpmsim test my-scenario/ --random 2000 --strict --json > hits.json
    """
    batch, done = seeded(seed), list[tuple[Trial, Mapping[int, str]]]()
    folder = saves_folder(save) if save else saves_folder() / FAILURES
    for place in named(scenarios):
        trial = _tried(place, batch, runs)
        files = _kept(trial, folder)
        done.append((trial, files))
        if not as_json:
            for line in page(trial, files, coverage):
                click.echo(line)
    if as_json:
        click.echo(json.dumps(report(done), ensure_ascii=True, indent=1, sort_keys=True))
    elif any(files for _, files in done):
        click.echo(f"Run files of failures are in {typeable(folder)}; --save names another folder.")
    failed = any(trial.problems or (strict and not trial.complete) for trial, _ in done)
    return FAILED if failed else 0


def _tried(place: Path, batch: int, runs: int) -> Trial:
    """One scenario, with progress; what its files of tests warn of goes to stderr."""
    loaded = load(place)
    file = own_file(place)
    tests = read_tests(file.parent, loaded.rules, loaded.names, POLICIES)
    for line in render_findings(tests.warnings):
        click.echo(line, err=True)
    with progress(runs) as told:
        return tried(loaded, tests, batch, runs, shown_path(str(file)), proved(loaded), told)


def _kept(trial: Trial, folder: Path) -> dict[int, str]:
    """The run files of the problems, by their places."""
    return {
        number: str(kept(trial.loaded, one.seed, one.script, one.week, one.ended, folder))
        for number, one in enumerate(trial.problems)
    }
