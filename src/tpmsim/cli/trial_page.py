"""The page that `tpmsim test` prints for a scenario: what failed, what was reached, and what was not."""

import sys
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path

from tpmsim.cli.plain_storage import typeable
from tpmsim.core.rolls import seed_text
from tpmsim.errors import one_line
from tpmsim.game.wording.prose import counted
from tpmsim.lab.trial.coverage import ASKED, GROUPS, Hit
from tpmsim.lab.trial.report import moves_of
from tpmsim.lab.trial.trial import Problem, Trial

WIDTH = 80
TITLES = {"kinds": "kinds of moves", "stages": "ways between stages"}
SHOWN = 8
"""Of what was not reached, where not everything is to be listed."""

MOST_WEEKS = 12
"""Weeks with moves of a failure that are shown; the run file has them all."""


def page(trial: Trial, files: Mapping[int, str], whole: bool) -> Iterator[str]:
    """The lines of one scenario.

    Args:
        trial: what came of it.
        files: run files of its problems, by their places.
        whole: whether everything is listed with its counts.
    """
    title, runs = trial.loaded.scenario.title.plain(), counted(trial.runs, "run")
    looked = f", {runs} from seed {seed_text(trial.batch)}" if trial.runs else ""
    yield f"{title}: {counted(len(trial.paths), 'path')}{looked}"
    for number, problem in enumerate(trial.problems):
        yield from _failure(trial, problem, files.get(number))
    for group in GROUPS:
        hits = trial.coverage.hits[group]
        reached = len(hits) - len(trial.coverage.missing(group))
        yield f"  {TITLES.get(group, group):<20} {reached:4} of {len(hits)} reached"
    for group in GROUPS if whole else ():
        yield from _table(trial, group)
    if trial.runs or whole:
        yield from _missing(trial, whole)
    yield f"{title}: {_verdict(trial)}"


def _failure(trial: Trial, problem: Problem, file: str | None) -> Iterator[str]:
    """A problem in its one line, and the way to see it."""
    yield one_line(problem.found).removeprefix("tpmsim: ")
    if problem.runs > 1:
        yield f"    in {problem.runs} of {trial.runs} runs"
    if not problem.path:
        yield from _moves(trial, problem)
    if file is not None:
        yield f"    tpmsim replay {typeable(Path(file))}"


def _moves(trial: Trial, problem: Problem) -> Iterator[str]:
    """The moves that are needed for it; weeks without any are ended and nothing else."""
    weeks = [(number, made) for number, made in enumerate(moves_of(trial, problem)) if made]
    if not weeks:
        yield "    without any move"
    for number, made in weeks[:MOST_WEEKS]:
        yield from _wrapped(f"    week {number}: ", ", ".join(made))
    if len(weeks) > MOST_WEEKS:
        yield f"    and {len(weeks) - MOST_WEEKS} weeks more"


def _table(trial: Trial, group: str) -> Iterator[str]:
    """All that a table lists, the seldom first."""
    hits = sorted(trial.coverage.hits[group].items(), key=lambda one: (one[1].count, one[0]))
    if sys.stdout.isatty():
        yield from _rich(group, hits)
        return
    yield f"  {TITLES.get(group, group)}"
    for name, hit in hits:
        yield f"    {name:<52} {hit.count:8}  {_first(hit)}".rstrip()


def _rich(group: str, hits: list[tuple[str, Hit]]) -> Iterator[str]:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=TITLES.get(group, group), title_justify="left")
    table.add_column("reached")
    table.add_column("times", justify="right")
    table.add_column("first by")
    for name, hit in hits:
        table.add_row(Text(name), Text(str(hit.count)), Text(_first(hit)))
    console = Console()
    with console.capture() as capture:
        console.print(table)
    yield from capture.get().splitlines()


def _first(hit: Hit) -> str:
    return "" if hit.first_seed is None else seed_text(hit.first_seed)


def _missing(trial: Trial, whole: bool) -> Iterator[str]:
    """What was not reached, and apart from it what never can be."""
    for group in (*ASKED, "stages", "moves"):
        if missing := trial.missing(group):
            head = f"  not reached, {TITLES.get(group, group)}: "
            shown = missing if whole else missing[:SHOWN]
            more = f", and {len(missing) - len(shown)} more" if len(missing) > len(shown) else ""
            yield from _wrapped(head, ", ".join(shown) + more)
    for name, why in trial.proved.items():
        yield from _wrapped(f"  proved unreachable, {name}: ", why)


def _verdict(trial: Trial) -> str:
    missing = sum(len(trial.missing(group)) for group in ASKED)
    parts = [counted(len(trial.problems), "failure") if trial.problems else "nothing failed"]
    if trial.runs:
        some = f"{missing} of its cards, answers and endings not reached"
        parts.append(some if missing else "all its cards, answers and endings were reached")
    return ", ".join(parts)


def _wrapped(head: str, text: str) -> Iterator[str]:
    yield from textwrap.wrap(
        text, WIDTH, initial_indent=head, subsequent_indent="      ", break_on_hyphens=False, break_long_words=False
    )
