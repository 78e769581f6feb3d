"""`tpmsim whatif`: another move in one week of a run, with the same luck; and the fan, so that luck is not proof."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from tpmsim.cli.compare import course_json
from tpmsim.cli.plain_storage import typeable
from tpmsim.cli.side_by_side import Table
from tpmsim.debrief.hands import Hands
from tpmsim.debrief.judging import half
from tpmsim.debrief.whatif import Fan, Spread, Turn, WhatIf, turn, what_if
from tpmsim.game.files import run_path
from tpmsim.game.replay import replay
from tpmsim.lab.executor import workers
from tpmsim.lab.own import find_policy
from tpmsim.lab.policies import POLICIES, reference
from tpmsim.lab.policy import Policy

REFERENCE = "reference"
MOST = 10_000
CHART = 50
NAMES = ("was", "now")


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--week", type=click.IntRange(min=0), required=True, help="The week in which to choose otherwise.")
@click.option("--move", "move", required=True, metavar="ID", help="The other move, by its id: gate:research/hold.")
@click.option("--then", metavar="POLICY", help=f"Who plays on: {REFERENCE}, {', '.join(POLICIES)}; left out: you did.")
@click.option("--n", type=click.IntRange(2, MOST), default=200, show_default=True, help="Futures of each in the fan.")
@click.option("--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes.")
@click.option("--save", type=click.Path(path_type=Path), help="The new run file; left out: beside RUN.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def whatif(
    run: Path, week: int, move: str, then: str | None, n: int, jobs: int, save: Path | None, as_json: bool
) -> int:
    """Play RUN once more with another move in one week, and the same luck, into a run file of its own.

    The move takes the place of the one that answered the same question; else it is added. Your own later moves follow
    as far as they are legal, or a policy plays on. The fan shows many futures with the move and without it, in worlds
    that fit what you could know: one branch is one world.

    \b
    Examples:
      tpmsim whatif saves/mine.tpmrun --week 3 --move gate:roadmap/hold
      tpmsim whatif saves/mine.tpmrun --week 2 --move answer:watching/tell --then reference
      tpmsim whatif saves/mine.tpmrun --week 0 --move interview:cafes --n 1000 --jobs 2 --json
    """
    found = replay(run)
    policy = _policy(then)
    at = turn(found, week, move)
    header = found.journal.header
    path = save or run_path(run.absolute().parent, header.scenario.id, header.seed, f"what-if-{week}")
    with workers(jobs) as executor:
        other = what_if(found, at, path, policy, n, Hands(jobs, executor))
    if as_json:
        click.echo(json.dumps(report(other), ensure_ascii=True, indent=1))
    else:
        for line in page(other):
            click.echo(line)
    return 0


def _policy(then: str | None) -> Policy | None:
    if then is None:
        return None
    return reference() if then == REFERENCE else find_policy(then)


def page(other: WhatIf) -> Iterator[str]:
    """Lines about a run and its other way."""
    table = Table(other.was.loaded, NAMES)
    yield _turned(other.turn, table)
    yield f"was: {table.ending(other.was)}"
    yield f"now: {table.ending(other.now)}  (the same luck where the same things happen)"
    yield from _way(other, table)
    yield ""
    numbers = table.numbers(other.was, other.now)
    yield table.head(numbers)
    weeks = max(len(other.was.weeks), len(other.now.weeks))
    for week in range(other.turn.week, weeks):
        was, now = (one.weeks[week] if week < len(one.weeks) else None for one in (other.was, other.now))
        yield from table.week(week, (was, now), numbers)
    yield ""
    yield from fan_lines(other.fan)
    yield ""
    yield f"Written: {typeable(other.path)}, a branch of run {other.was.run[:8]} from week {other.turn.week}."


def _turned(at: Turn, table: Table) -> str:
    instead = f"in place of '{table.label(at.replaced)}'" if at.replaced else "added to what was done"
    return f"What if, in week {at.week}: '{table.label(at.move)}', {instead}."


def _way(other: WhatIf, table: Table) -> Iterator[str]:
    way = other.way
    if way.dropped:
        yield "Left out, as it was not legal any more:"
        for one in way.dropped:
            yield f"  week {one.week}: {table.label(one.move)} ({one.why})"
    for week, move in way.forced:
        yield f"In week {week} a card had to be answered that you never met: '{table.label(move)}'."
    if way.policy:
        whose = "the policy" if way.since == other.turn.week else "your run was over by then; the policy"
        yield f"From week {way.since} on {whose} '{way.policy}' played."


def fan_lines(one: Fan) -> Iterator[str]:
    """The fan as a chart of text: 10, 50 and 90 % of the futures on a scale of 0 to 100."""
    yield f"The fan: {one.n} futures of each, in worlds that fit what could be known then; '{one.policy}' plays on."
    yield f"{'':<9}{'10 %':>6}{'50 %':>6}{'90 %':>6}  0{'100':>{CHART - 1}}"
    for name, spread in (("without", one.without), ("with", one.with_)):
        figures = "".join(f"{value:>6.1f}" for value in (spread.low, spread.middle, spread.high))
        yield f"{name:<9}{figures}  {bar(spread)}"
    width = half(one.gain.error, one.gain.of)
    yield f"With the move {one.gain.value:+.1f} points on average, between {one.gain.value - width:+.1f} and " + (
        f"{one.gain.value + width:+.1f} (95 %)." if width < float("inf") else "anything."
    )


def bar(spread: Spread) -> str:
    """The span from 10 to 90 % with the middle marked."""
    low, middle, high = (round(value / 100.0 * (CHART - 1)) for value in (spread.low, spread.middle, spread.high))
    marks = ["|" if place == middle else "=" if low <= place <= high else "." for place in range(CHART)]
    return "".join(marks)


def report(other: WhatIf) -> dict[str, Any]:
    """Both ways and the fan, ready for `json.dumps`."""
    at, way, fan = other.turn, other.way, other.fan
    return {
        "week": at.week,
        "move": at.move,
        "in_place_of": at.replaced or None,
        "was": course_json(other.was),
        "now": course_json(other.now),
        "left_out": [{"week": one.week, "move": one.move, "reason": one.why} for one in way.dropped],
        "had_to_be_answered": [{"week": week, "move": move} for week, move in way.forced],
        "played_on_by": way.policy or None,
        "played_on_from": way.since if way.policy else None,
        "fan": {
            "n": fan.n,
            "policy": fan.policy,
            "without": _spread_json(fan.without),
            "with": _spread_json(fan.with_),
            "gain": round(fan.gain.value, 4),
            "gain_error": round(fan.gain.error, 4),
        },
        "file": str(other.path.name),
    }


def _spread_json(one: Spread) -> dict[str, float]:
    return {
        "p10": round(one.low, 4),
        "p50": round(one.middle, 4),
        "p90": round(one.high, 4),
        "mean": round(one.mean, 4),
    }
