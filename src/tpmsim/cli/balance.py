"""`tpmsim balance`: whether play matters in a scenario, whether its choices are real, whether it keeps its contract."""

import json
import re
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

import click

from tpmsim.cli.balance_page import page, solution_page
from tpmsim.cli.naming import named
from tpmsim.cli.progress import progress
from tpmsim.errors import InputRefused, UsageError
from tpmsim.game.opening_run import seeded
from tpmsim.lab.balance import target as solver
from tpmsim.lab.balance.balance import balanced
from tpmsim.lab.balance.ladder import runs_of
from tpmsim.lab.balance.report import as_json as report
from tpmsim.lab.balance.target import Solution, Target, Varied, text_of
from tpmsim.lab.executor import cluster, workers
from tpmsim.lab.jobs import batch_seeds, run
from tpmsim.lab.policies import POLICIES, get_policy
from tpmsim.lab.rollout import Results
from tpmsim.scenario.checking import Checked, check
from tpmsim.scenario.codes import NOTE
from tpmsim.scenario.loading import Loaded
from tpmsim.text import quoted

MOST_RUNS, MOST_STATES = 1_000_000, 1_000
PROBLEMS = 1

_TARGET = re.compile(r"\s*([a-z0-9_-]+)\s*=\s*([0-9]+(?:\.[0-9]+)?)\s*(%?)\s*")


@click.command()
@click.argument("scenario")
@click.option(
    "--n",
    "runs",
    type=click.IntRange(2, MOST_RUNS),
    default=1000,
    show_default=True,
    help="Runs a policy; lookahead plays a tenth.",
)
@click.option("--policies", metavar="A,B,...", help=f"Who plays; left out: {', '.join(POLICIES)}.")
@click.option("--seed", metavar="S", default="0", show_default=True, help="Seed of the first run.")
@click.option(
    "--states",
    type=click.IntRange(0, MOST_STATES),
    default=24,
    show_default=True,
    help="States in which each decision is looked at; 0 leaves decisions out.",
)
@click.option("--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes.")
@click.option("--dask", metavar="ADDRESS", help="A Dask cluster in their place, such as tcp://host:8786.")
@click.option("--target", metavar="'NAME=50%'", help="Look for the value of one number: NAME=50% wins, NAME=60 scores.")
@click.option("--vary", metavar="KEY", help="That number, by its keys with dots: money.cash.")
@click.option("--between", metavar="LOW,HIGH", help="Where to look; left out: outwards from the present value.")
@click.option("--strict", is_flag=True, help="Notes count as problems, too.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout; progress goes to stderr.")
def balance(
    scenario: str,
    runs: int,
    policies: str | None,
    seed: str,
    states: int,
    jobs: int,
    dask: str | None,
    target: str | None,
    vary: str | None,
    between: str | None,
    strict: bool,
    as_json: bool,
) -> int:
    """Measure SCENARIO: a ladder of policies on the same seeds, an audit of every decision, its contract.

    A policy wins a run that has a good ending. Scores and shares of fewer than 30 runs of a policy are measured and not
    judged; answers are judged by their states. The same seed, numbers and states give the same result, with any
    --jobs. With --target one number is solved for; the file stays as it is.

    Decisions: `best` and `level` are shares of the states in which an option is the best, alone or with others;
    `naive` is how often naive play takes it. The class of an option: never best; dominated (and better for no visible
    number); a trap, which naive play takes and pays for. The class of a decision: false choice (one option is nearly
    always right), coin-flip (none matters), unclear (more states would tell), plain gate. What the contract asks of
    answers concerns those of cards, not gates.

    Exit code 0: nothing but notes; 1: the contract or a rule is broken, or the target was not met.

    \b
    Examples:
      tpmsim balance my-scenario
      tpmsim balance first-product --n 2000 --states 40 --jobs 2
      tpmsim balance first-product --policies random,steady --states 0 --json
      tpmsim balance my-scenario --target 'steady=50%' --vary money.cash
      tpmsim balance mine --target steady=60 --vary money.cash --between 900,2000
    """
    batch, names = seeded(seed), _names(policies)
    wanted = _target(target, vary)
    found = _opened(scenario)
    assert found.loaded is not None
    with _hands(jobs, dask) as (executor, hands):
        if wanted is not None:
            one = _varied(found, vary or "")
            solution = _solved(one, wanted, _between(between), found.loaded, batch, runs, hands, executor)
            _told(found, one, solution, as_json)
            return 0 if solution.met else PROBLEMS
        with progress(sum(runs_of(name, runs) for name in names)) as told:
            measured = balanced(found.loaded, names, batch, runs, states, hands, executor, told)
    findings = found.placed(measured.faults)
    if as_json:
        click.echo(json.dumps(report(measured, findings, found.files), ensure_ascii=True, indent=1))
    else:
        for line in page(measured, findings, found.files):
            click.echo(line)
    return PROBLEMS if any(strict or one.severity != NOTE for one in findings) else 0


def _names(written: str | None) -> tuple[str, ...]:
    """The policies that are meant, each once."""
    if written is None:
        return tuple(POLICIES)
    names = tuple(dict.fromkeys(part.strip() for part in written.split(",") if part.strip()))
    if not names:
        raise UsageError("--policies names nobody", help=f"There are: {', '.join(POLICIES)}.")
    for name in names:
        get_policy(name)
    return names


def _target(written: str | None, vary: str | None) -> Target | None:
    if (written is None) != (vary is None):
        raise UsageError("--target and --vary go together", help="Such as --target 'steady=50%' --vary money.cash.")
    if written is None:
        return None
    match = _TARGET.fullmatch(written)
    if match is None or float(match[2]) > 100.0:
        help = "Write steady=50% for a share of good endings, steady=60 for a mean score; at most 100."
        raise UsageError(f"{quoted(written)} is no target", help=help)
    get_policy(match[1])
    return Target(match[1], float(match[2]), wins=bool(match[3]))


def _between(written: str | None) -> tuple[float, float] | None:
    if written is None:
        return None
    try:
        low, high = (float(part) for part in written.split(","))
    except ValueError:
        raise UsageError(f"{quoted(written)} is no range", help="Write LOW,HIGH, such as 100,900.") from None
    if not low < high or not abs(low) + abs(high) < float("inf"):
        raise UsageError(f"{quoted(written)} is no range", help="The first number must be the lower one.")
    return low, high


def _opened(scenario: str) -> Checked:
    """The scenario with the places of its parts.

    Raises:
        InputRefused: it cannot be played.
    """
    places = list(named([scenario]))
    if len(places) > 1:
        raise UsageError(f"{quoted(scenario)} has several scenarios", help="Name one of them.")
    found = check(places[0], POLICIES)
    wrong = [one for one in found.findings if one.is_error]
    if found.loaded is None or wrong:
        raise InputRefused(wrong)
    return found


@contextmanager
def _hands(jobs: int, dask: str | None) -> Iterator[tuple[Executor | None, int]]:
    """Who does the work, and how many they are."""
    if dask is not None:
        with cluster(dask) as (executor, count):
            yield executor, count
    else:
        with workers(jobs) as executor:
            yield executor, jobs


def _varied(found: Checked, key: str) -> Varied:
    assert found.loaded is not None
    assert found.examined is not None
    return solver.varied(found.loaded, found.examined, key)


def _solved(
    one: Varied,
    wanted: Target,
    between: tuple[float, float] | None,
    loaded: Loaded,
    batch: int,
    runs: int,
    jobs: int,
    executor: Executor | None,
) -> Solution:
    """The solution; each value that is tried is told on stderr."""
    seeds = batch_seeds(batch, runs)

    def play(loaded: Loaded, policy: str, value: float) -> Results:
        with progress(runs) as told:
            results = run(loaded, policy, seeds, jobs, executor, told)
        reached = wanted.measured(loaded, results)
        click.echo(f"{one.key}: {text_of(value)} gives {reached:.1f}{' %' if wanted.wins else ''}", err=True)
        return results

    return solver.solved(one, wanted, between, play)


def _told(found: Checked, one: Varied, solution: Solution, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"file": found.file, **solver.as_json(one, solution)}, ensure_ascii=True, indent=1))
        return
    for line in solution_page(found.file, one, solution):
        click.echo(line)
