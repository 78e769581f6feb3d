"""`tpmsim debrief`: a run judged, decision by decision: what was decided, what was luck, and how sure that is."""

import json
import os
from pathlib import Path

import click

from tpmsim.cli.debrief_page import page
from tpmsim.cli.progress import progress
from tpmsim.cli.written import refuse_run, write_or_print
from tpmsim.debrief import cache
from tpmsim.debrief.analysis import Analysis
from tpmsim.debrief.as_json import as_json as report
from tpmsim.debrief.evaluate import evaluated
from tpmsim.debrief.hands import Hands
from tpmsim.debrief.html import html as html_page
from tpmsim.debrief.luck import explained
from tpmsim.debrief.markdown import markdown
from tpmsim.debrief.worded import worded
from tpmsim.errors import UsageError
from tpmsim.game.replay import Replayed
from tpmsim.game.replay import replay as replayed
from tpmsim.lab.executor import as_sent, workers
from tpmsim.lab.own import Own, find_policy
from tpmsim.lab.policies import reference
from tpmsim.lab.policy import Policy
from tpmsim.text import shown_path

MOST_FUTURES = 100_000
JOBS = min(2, os.cpu_count() or 1)


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.option(
    "--n",
    "futures",
    type=click.IntRange(4, MOST_FUTURES),
    default=256,
    show_default=True,
    help="Most futures that are played for an option.",
)
@click.option(
    "--policy", "name", metavar="NAME", help=f"Who judges, by name or as FILE.py:NAME; left out: {reference().id}."
)
@click.option("--jobs", type=click.IntRange(1, 256), default=JOBS, show_default=True, help="Processes.")
@click.option("--luck", is_flag=True, help="Split the luck of each week by what was drawn; takes as long again.")
@click.option("--html", type=click.Path(path_type=Path), metavar="FILE", help="Write a report that opens in a browser.")
@click.option("--md", type=click.Path(path_type=Path), metavar="FILE", help="Write the same as Markdown.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout; progress goes to stderr.")
@click.option("--lang", "language", default="", metavar="L", help="Language of the texts, where the scenario has it.")
def debrief(
    run: Path,
    futures: int,
    name: str | None,
    jobs: int,
    luck: bool,
    html: Path | None,
    md: Path | None,
    as_json: bool,
    language: str,
) -> int:
    """Judge a RUN that is over: how much of its result was decided, and how much was luck.

    Every decision is played on many times, from worlds that fit what you could know, by the policy that judges. It
    says what that policy thinks, never what is correct. The same run, numbers and policy give the same debrief, with
    any --jobs. It is kept beside the run as RUN.analysis.json, which can be deleted.

    \b
    Examples:
      tpmsim debrief saves/first-product-K7Q2-MX4D.tpmrun
      tpmsim debrief my.tpmrun --luck --html my.html
      tpmsim debrief my.tpmrun --n 1000 --policy evidence --md my.md
      tpmsim debrief my.tpmrun --json > my.json
    """
    _distinct(run, html, md)
    policy = find_policy(name) if name is not None else None
    found = replayed(run, language)
    analysis = _analysed(run, found, futures, policy, jobs, luck)
    sheet = worded(found, analysis)
    if html is not None:
        write_or_print(html_page(sheet), html)
    if md is not None:
        write_or_print(markdown(sheet), md)
    if as_json:
        click.echo(json.dumps(report(sheet), ensure_ascii=True, allow_nan=False, indent=1))
    else:
        for line in page(sheet):
            click.echo(line)
    return 0


def _analysed(run: Path, found: Replayed, futures: int, policy: Policy | None, jobs: int, luck: bool) -> Analysis:
    """The analysis that was kept with just these numbers, or a new one; a lesser one is kept beside no better one."""
    who = policy or reference()
    judge = as_sent(who)
    best = cache.kept(run, found, who, 1)
    mine = best if best is not None and best.evaluator.n == futures else None
    if mine is not None and (mine.split or not luck):
        return mine
    with workers(jobs) as executor:
        hands = Hands(jobs, executor)
        mine = mine or _judged(found, futures, judge, hands)
        if luck:
            with progress(len(mine.weeks), "weeks") as told:
                mine = explained(found, mine, judge, hands, told)
    if who.id == reference().id and (best is None or best.evaluator.n <= futures):
        cache.keep(run, mine)
    return mine


def _distinct(run: Path, *files: Path | None) -> None:
    """Nothing is written over the run, or over what was just written.

    Raises:
        UsageError: two of the names mean the same file.
    """
    seen = [run.resolve()]
    for file in files:
        if file is not None:
            refuse_run(file)
            if file.resolve() in seen:
                raise UsageError(f"{shown_path(str(file))} is named twice", help="Give each file a name of its own.")
            seen.append(file.resolve())


def _judged(run: Replayed, futures: int, policy: str | Own | None, hands: Hands) -> Analysis:
    """The last analysis; each before it is told on stderr."""
    for analysis in evaluated(run, futures, policy, hands):
        click.echo(f"{analysis.evaluator.n} of {futures} futures an option", err=True)
    return analysis
