"""`tpmsim run`: many runs of a scenario by a policy, as a table, as JSON, or as run files."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from tpmsim.cli.progress import progress
from tpmsim.core.rolls import seed_text
from tpmsim.errors import UsageError
from tpmsim.game.files import run_path
from tpmsim.game.opening_run import seeded
from tpmsim.game.session import Session
from tpmsim.game.view import View
from tpmsim.game.wording.prose import counted
from tpmsim.lab.executor import as_sent
from tpmsim.lab.jobs import batch_seeds
from tpmsim.lab.jobs import run as play_all
from tpmsim.lab.own import find_policy
from tpmsim.lab.policies import POLICIES
from tpmsim.lab.policy import Policy
from tpmsim.lab.recorded import record
from tpmsim.lab.report import as_json as report
from tpmsim.scenario.library import open_scenario
from tpmsim.scenario.loading import Loaded
from tpmsim.text import shown, shown_path

MOST_RUNS = 1_000_000
BARS = 40
OWN = "FILE.py:NAME, a class of your own: it is run as any program of yours"
LEGEND = "rose in, fell in: in how many of the runs the number ever went up, or down"


@click.command()
@click.argument("scenario")
@click.option("--policy", "name", required=True, metavar="NAME", help=f"Who plays: {', '.join(POLICIES)}; or {OWN}.")
@click.option("--seed", metavar="S", default="0", show_default=True, help="Seed of the first run.")
@click.option("--runs", type=click.IntRange(1, MOST_RUNS), default=1, show_default=True, help="How many.")
@click.option("--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes.")
@click.option("--save", type=click.Path(path_type=Path), help="Keep run files: a folder, or NAME.tpmrun for one run.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout; progress goes to stderr.")
def run(scenario: str, name: str, seed: str, runs: int, jobs: int, save: Path | None, as_json: bool) -> int:
    """Let a policy play SCENARIO many times.

    The same seed gives the same run, alone or in a batch, with any --jobs.

    \b
    Examples:
      tpmsim run first-product --policy steady --runs 1000
      tpmsim run first-product --policy random --runs 10000 --json > random.json
      tpmsim run first-product --policy steady --seed K7Q2-MX4D --save one.tpmrun
      tpmsim run first-product --policy my_policy.py:MyPolicy --runs 200
    """
    policy = find_policy(name)
    if save is not None and save.suffix == ".tpmrun" and runs > 1:
        raise UsageError(f"{runs} runs do not go into one file", help="Give --save a folder.")
    loaded, batch = open_scenario(scenario), seeded(seed)
    seeds = batch_seeds(batch, runs)
    with progress(runs) as told:
        results = play_all(loaded, as_sent(policy), seeds, jobs=jobs, progress=told)
    page = report(loaded.rules, loaded.scenario.id, policy.id, results, batch)
    if save is not None:
        _save(loaded, policy, seeds, save)
    if as_json:
        click.echo(json.dumps(page, ensure_ascii=True, indent=1))
    else:
        for line in _table(loaded, page):
            click.echo(line)
    return 0


def _save(loaded: Loaded, policy: Policy, seeds: tuple[int, ...], place: Path) -> None:
    """Play the runs again, move by move, each into a file of its own."""
    one_file = len(seeds) == 1 and place.suffix == ".tpmrun"
    with progress(len(seeds)) as told:
        for number, seed in enumerate(seeds, start=1):
            text = seed_text(seed)
            path = place if one_file else run_path(place, loaded.scenario.id, text, policy.id)
            with Session.start(loaded, text, path) as session:
                record(session, policy)
            told(number, len(seeds))
    click.echo(f"saved {counted(len(seeds), 'run')} in {shown_path(str(place))}", err=True)


def _table(loaded: Loaded, page: dict[str, Any]) -> Iterator[str]:
    """Scores and endings for people."""
    summary, scores = page["summary"], [one["score"] for one in page["runs"]]
    title = loaded.scenario.title.plain()
    yield f"{title}, played by {shown(page['policy'])}, {counted(len(scores), 'run')} from seed {summary['batch']}"
    if len(scores) == 1:
        only = page["runs"][0]
        ending = loaded.scenario.endings[only["ending"]].title.plain()
        yield f"score {only['score']:.1f}, {ending}, week {only['weeks']}"
        return
    yield f"score: mean {summary['mean']:.1f}, sd {summary['sd']:.1f}"
    yield f"10 % below {summary['p10']:.1f}, half below {summary['p50']:.1f}, 90 % below {summary['p90']:.1f}"
    yield from _histogram(scores)
    yield "endings:"
    for name, count in sorted(summary["endings"].items(), key=lambda one: -one[1]):
        yield f"  {loaded.scenario.endings[name].title.plain():<32} {count / len(scores):6.1%}"
    yield from _numbers(loaded, summary["numbers"])


def _numbers(loaded: Loaded, told: dict[str, dict[str, float]]) -> Iterator[str]:
    """Where each visible number ends, and how often it moved either way."""
    figures = View(loaded).figures
    heads = "".join(f"{head:>12}" for head in ("10 % below", "half below", "90 % below"))
    yield f"{'numbers at the end':<24}{heads}{'rose in':>9}{'fell in':>9}"
    for name, one in told.items():
        scale = figures.figure(name).shown
        ends = "".join(f"{one[share] * scale:>12,.0f}" for share in ("p10", "p50", "p90"))
        yield f"  {figures.title(name):<22}{ends}{one['rose']:>9.0%}{one['fell']:>9.0%}"
    yield LEGEND


def _histogram(scores: list[float]) -> Iterator[str]:
    """How many runs fell into each ten points, as bars."""
    counts = [sum(low <= min(score, 99.9) < low + 10 for score in scores) for low in range(0, 100, 10)]
    for number, count in enumerate(counts):
        bar = "#" * round(BARS * count / max(counts))
        yield f"  {10 * number:3}-{10 * number + 10:<3} {bar:<{BARS}} {count / len(scores):6.1%}".rstrip()
