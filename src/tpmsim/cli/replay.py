"""`tpmsim replay` and `tpmsim branch`: a run week by week as it was, and another way on from one of its weeks."""

import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import get_terminal_size

import click

from tpmsim.cli.plain_storage import typeable
from tpmsim.cli.plain_text import NARROW, WIDE, wrapped
from tpmsim.cli.plain_why import happened
from tpmsim.errors import UsageError
from tpmsim.game.journal import Journal
from tpmsim.game.opening_run import branch_off
from tpmsim.game.past import Past, look_back
from tpmsim.game.recorded import Recorded
from tpmsim.game.session import WeekReport
from tpmsim.game.view import View
from tpmsim.text import shown_path


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--week", "only", type=click.IntRange(min=0), help="Show one week only.")
@click.option("--why", is_flag=True, help="Show all causes of every change.")
@click.option("--lang", "language", default="", metavar="L", help="Language of the texts, where the scenario has it.")
def replay(run: Path, only: int | None, why: bool, language: str) -> int:
    """Show a RUN week by week: what was done, what happened, what it changed and why.

    A run of other rules, or an edited one, is shown as it was recorded; the first difference is named.

    \b
    Examples:
      tpmsim replay saves/first-product-K7Q2-MX4D.tpmrun
      tpmsim replay saves/first-product-K7Q2-MX4D.tpmrun --week 5 --why
    """
    page = look_back(run, language)
    lines = list(_exact(page, only, why) if isinstance(page, Past) else _recorded(page, only))
    if not lines:
        raise UsageError(f"no week {only} is told in {shown_path(str(run))}", help="Leave --week out to see them all.")
    for line in lines:
        _say(line)
    return 0


def _exact(past: Past, only: int | None, why: bool) -> Iterator[str]:
    """A run that was re-simulated; of one week nothing but that week."""
    weeks = _weeks(past, only, why)
    if only is not None:
        yield from weeks
        return
    yield from _title(past.journal, past.view.scenario.title.plain())
    yield from weeks
    yield from _end(past)


def _recorded(page: Recorded, only: int | None) -> Iterator[str]:
    """A run as its file tells it."""
    if only is None:
        yield from _title(page.journal, page.title)
        yield f"Recorded view: {page.problem}."
        yield ""
    for week in page.weeks:
        if only in (None, week.week):
            yield week.title
            yield from (f"  > {move}" for move in week.made)
            yield from (f"    {number}" for number in week.numbers)
            yield ""
    if only is None and page.ending:
        yield page.ending


def _say(line: str) -> None:
    """A line, wrapped in a terminal; as it is for a program that reads it."""
    if not sys.stdout.isatty():
        click.echo(line)
        return
    for part in wrapped(line, max(NARROW, min(WIDE, get_terminal_size().columns - 2))):
        click.echo(part)


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--week", type=click.IntRange(min=0), required=True, help="The week in which to choose otherwise.")
def branch(run: Path, week: int) -> int:
    """Make a new run that is RUN up to the start of a week, with the same luck after it.

    \b
    Examples:
      tpmsim branch saves/first-product-K7Q2-MX4D.tpmrun --week 3
    """
    with branch_off(run, week) as session:
        path = session.path or run
    click.echo(f"{shown_path(str(path))} stands at the start of week {week}. Go on with: tpmsim play {typeable(path)}")
    return 0


def _title(journal: Journal, title: str) -> Iterator[str]:
    header = journal.header
    yield f"{title}, seed {header.seed}, {header.mode} run"
    if header.parent is not None:
        yield f"Branched from week {header.parent.week} of run {header.parent.run[:8]}."
    if journal.torn:
        yield f"1 unfinished record ({len(journal.torn)} bytes) at the end is not shown."
    yield ""


def _weeks(past: Past, only: int | None, why: bool) -> Iterator[str]:
    for report in past.all_reports:
        if only in (None, report.week):
            yield from _week(past.view, report, why)


def _week(view: View, report: WeekReport, why: bool) -> Iterator[str]:
    """One week of an exact replay."""
    yield f"{view.clock(report.before)}  {view.path(report.before)}"
    for move in report.made:
        yield f"  > {view.told(move, report.week)}"
    for line in happened(view, report.events, report.after):
        yield f"    {line}"
    yield from _changes(view, report, why)
    yield ""


def _changes(view: View, report: WeekReport, why: bool) -> Iterator[str]:
    """Each visible number that changed since the week began; with its causes, which sum to the change, if asked."""
    for name in view.all_numbers:
        mine = [entry for entry in report.entries if entry.number == name]
        change, new = sum(entry.change for entry in mine), report.after.numbers[name]
        if change == 0 or not (why or _tells(view, name, new - change, new)):
            continue
        yield f"    {view.figures.title(name)}: {view.figures.step(name, new - change, new)}"
        parts = mine if why else []
        digits = view.figures.digits(name, (entry.change for entry in parts))
        for entry in parts:
            written = view.figures.bare(name, entry.change, digits, True)
            yield f"        {written}  {view.cause(entry.cause, entry.week)}"


def _tells(view: View, name: str, old: int, new: int) -> bool:
    """Whether a change is worth a line where causes are not asked for: of a main number every one that can be seen."""
    if name in view.main_numbers:
        return view.figures.shows(name, old, new)
    return abs(view.figures.shown(name, new - old)) >= 0.5


def _end(past: Past) -> Iterator[str]:
    outcome = past.outcome
    if outcome is None:
        week = past.last_week
        yield f"The run goes on in {f'week {week}' if week else 'the planning week'}."
        return
    ending = past.view.scenario.endings[outcome.ending]
    yield f"{ending.title.plain()}. Score {outcome.points:.1f}."
