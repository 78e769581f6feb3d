"""`tpmsim replay` and `tpmsim branch`: a run week by week as it was, and another way on from one of its weeks."""

import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import get_terminal_size

import click

from tpmsim.cli.plain_storage import typeable
from tpmsim.cli.plain_text import NARROW, WIDE, wrapped
from tpmsim.cli.plain_why import happened
from tpmsim.core.ledger import Entry
from tpmsim.core.outcome import SCORE_UNIT
from tpmsim.errors import InputRefused, TooNew, UsageError
from tpmsim.game.branch import branch as branch_from
from tpmsim.game.events import events
from tpmsim.game.files import run_path
from tpmsim.game.journal import Journal, read
from tpmsim.game.position import Position
from tpmsim.game.records import End, Mark, Move, Note, Undo, Week
from tpmsim.game.replay import Replayed, replayed
from tpmsim.game.view import View
from tpmsim.text import shown_path


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--week", "only", type=click.IntRange(min=0), help="Show one week only.")
@click.option("--why", is_flag=True, help="Show all causes of every change.")
def replay(run: Path, only: int | None, why: bool) -> int:
    """Show a RUN week by week: what was done, what happened, what it changed and why.

    A run of other rules, or an edited one, is shown as it was recorded; the first difference is named.

    \b
    Examples:
      tpmsim replay saves/first-product-K7Q2-MX4D.tpmrun
      tpmsim replay saves/first-product-K7Q2-MX4D.tpmrun --week 5 --why
    """
    journal = read(run)
    try:
        found = replayed(journal, shown_path(run.name))
    except (TooNew, InputRefused) as error:
        page = _recorded(journal, error.message, only)
    else:
        page = _exact(found, only, why) if found.exact else _recorded(journal, found.problem(), only)
    lines = list(page)
    if not lines:
        raise UsageError(f"no week {only} is told in {shown_path(str(run))}", help="Leave --week out to see them all.")
    for line in lines:
        _say(line)
    return 0


def _exact(found: Replayed, only: int | None, why: bool) -> Iterator[str]:
    """A run that was re-simulated; of one week nothing but that week."""
    view = View(found.loaded)
    if only is not None:
        yield from _weeks(found, view, only, why)
        return
    yield from _title(found.journal, found.loaded.scenario.title.plain())
    yield from _weeks(found, view, only, why)
    yield from _end(found)


def _recorded(journal: Journal, problem: str, only: int | None) -> Iterator[str]:
    """A run as its file tells it."""
    weeks = _told(journal, only)
    if only is not None:
        yield from weeks
        return
    yield from _title(journal, journal.header.scenario.id)
    yield f"Recorded view: {problem}."
    yield ""
    yield from weeks
    for end in [record for record in journal.records if isinstance(record, End)][:1]:
        yield f"Recorded ending: {end.ending}, score {end.score / SCORE_UNIT:.1f}."


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
    found = replayed(read(run), shown_path(run.name))
    header = found.journal.header
    path = run_path(run.absolute().parent, header.scenario.id, header.seed, f"week-{week}")
    branch_from(found, week, path).close()
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


def _weeks(found: Replayed, view: View, only: int | None, why: bool) -> Iterator[str]:
    for before, after in found.weeks:
        if only is None or before.week == only:
            yield from _week(view, before, after, why)


def _week(view: View, before: Position, after: Position, why: bool) -> Iterator[str]:
    """One week of an exact replay."""
    old, new = before.observation, after.observation
    yield f"{view.clock(old)}  {view.path(old)}"
    for move in before.made:
        yield f"  > {view.label(move, before.week)}"
    for line in happened(view, events(old, new), new):
        yield f"    {line}"
    start = before
    while start.before is not None:
        start = start.before
    yield from _changes(view, start, after, after.entries[len(start.entries) :], why)
    yield ""


def _changes(view: View, start: Position, after: Position, entries: tuple[Entry, ...], why: bool) -> Iterator[str]:
    """Each visible number that changed; with its causes, which sum to the change, if asked."""
    old, new = start.observation.numbers, after.observation.numbers
    for name in view.all_numbers:
        if old[name] == new[name] or not (why or _tells(view, name, new[name] - old[name])):
            continue
        yield f"    {view.figures.title(name)}: {view.figures.step(name, old[name], new[name])}"
        parts = [entry for entry in entries if entry.number == name] if why else []
        digits = view.figures.digits(name, (entry.change for entry in parts))
        for entry in parts:
            change = view.figures.bare(name, entry.change, digits, True)
            yield f"        {change}  {view.cause(entry.cause, entry.week)}"


def _tells(view: View, name: str, change: int) -> bool:
    """Whether a change is worth a line where causes are not asked for."""
    return name in view.main_numbers or abs(view.figures.shown(name, change)) >= 0.5


def _told(journal: Journal, only: int | None) -> Iterator[str]:
    """The weeks as the file tells them, moves and visible numbers, without any re-simulation."""
    made: list[str] = []
    for record in journal.records:
        if isinstance(record, Move):
            made.append(record.id)
        elif isinstance(record, Undo) and made:
            made.pop()
        elif isinstance(record, Note | Mark):
            made.append(f"{'mark' if isinstance(record, Mark) else 'note'}: {record.text.plain()}")
        elif isinstance(record, Week):
            if only is None or record.week == only:
                yield from _recorded_week(record, made)
            made = []
    if made and only is None:
        yield "A week that was not ended, or of which no end is left"
        yield from (f"  > {move}" for move in made)
        yield ""


def _recorded_week(record: Week, made: list[str]) -> Iterator[str]:
    yield f"Week {record.week}, then {record.obs.get('stage', 'unknown')}"
    for move in made:
        yield f"  > {move}"
    numbers = record.obs.get("numbers")
    if isinstance(numbers, dict):
        for name, value in numbers.items():
            yield f"    {name}: {value} (in its smallest unit)"
    yield ""


def _end(found: Replayed) -> Iterator[str]:
    outcome = found.position.outcome
    if outcome is None:
        week = found.position.week
        yield f"The run goes on in {f'week {week}' if week else 'the planning week'}."
        return
    ending = found.loaded.scenario.endings[outcome.ending]
    yield f"{ending.title.plain()}. Score {outcome.points:.1f}."
