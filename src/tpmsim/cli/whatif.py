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
from tpmsim.debrief.whatif import WITHOUT, Spread, WhatIf, branch_path, turn, what_if
from tpmsim.debrief.whatif_words import ONE_WORLD, ending, fan_chart, fan_page, told, turned
from tpmsim.errors import UsageError
from tpmsim.game.replay import replay
from tpmsim.game.view import View
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
@click.option("--move", "move", metavar="ID", help="The other move, by its id: gate:research/hold.")
@click.option("--without", "left_out", metavar="ID", help="In place of --move: a move of that week, which is left out.")
@click.option("--then", metavar="POLICY", help=f"Who plays on: {REFERENCE}, {', '.join(POLICIES)}; left out: you did.")
@click.option("--n", type=click.IntRange(2, MOST), default=200, show_default=True, help="Futures of each in the fan.")
@click.option("--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes.")
@click.option("--save", type=click.Path(path_type=Path), help="The new run file; left out: beside RUN.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def whatif(
    run: Path,
    week: int,
    move: str | None,
    left_out: str | None,
    then: str | None,
    n: int,
    jobs: int,
    save: Path | None,
    as_json: bool,
) -> int:
    """Play RUN once more with another move in one week, or none, and the same luck, into a run file of its own.

    The move takes the place of the one that answered the same question; else it is added. Your own later moves follow
    as far as they are legal, or a policy plays on. The fan shows many futures with the move and without it, in worlds
    that fit what you could know: one branch is one world.

    \b
    Examples:
      tpmsim whatif my.tpmrun --week 3 --move gate:roadmap/hold
      tpmsim whatif my.tpmrun --week 3 --without gate:roadmap/go
      tpmsim whatif my.tpmrun --week 2 --move answer:watch/tell --then reference
      tpmsim whatif my.tpmrun --week 0 --move interview:cafes --n 1000 --json
    """
    wanted = _wanted(move, left_out)
    found = replay(run)
    policy = _policy(then)
    at = turn(found, week, wanted)
    header = found.journal.header
    path = save or branch_path(run, header, week)
    with workers(jobs) as executor:
        other = what_if(found, at, path, policy, n, Hands(jobs, executor))
    if as_json:
        click.echo(json.dumps(report(other), ensure_ascii=True, indent=1))
    else:
        for line in page(other):
            click.echo(line)
    return 0


def _wanted(move: str | None, left_out: str | None) -> str:
    if move is not None and left_out is None:
        return move
    if left_out is not None and move is None:
        return f"{WITHOUT}{left_out}"
    raise UsageError("one of --move and --without is needed, and only one", help="Both name a move by its id.")


def _policy(then: str | None) -> Policy | None:
    if then is None:
        return None
    return reference() if then == REFERENCE else find_policy(then)


def page(other: WhatIf) -> Iterator[str]:
    """Lines about a run and its other way."""
    assert other.was.loaded is not None
    table, view = Table(NAMES, (other.was.loaded, other.was.loaded)), View(other.was.loaded)
    yield turned(other.turn, view)
    yield f"was: {ending(other.was)}"
    yield f"now: {ending(other.now)}  (the same luck where the same things happen)"
    yield from told(other.way, other.turn.week, view)
    yield ""
    numbers = table.numbers(other.was, other.now)
    yield table.head(numbers)
    weeks = max(len(other.was.weeks), len(other.now.weeks))
    for week in range(other.turn.week, weeks):
        was, now = (one.weeks[week] if week < len(one.weeks) else None for one in (other.was, other.now))
        yield from table.week(week, (was, now), numbers)
    yield ""
    fan = fan_page(other.fan)
    yield fan.head
    yield from fan_chart(fan, CHART)
    yield fan.gain
    yield fan.share
    yield ONE_WORLD
    yield ""
    yield f"Written: {typeable(other.path)}, a branch of run {other.was.run[:8]} from week {other.turn.week}."


def report(other: WhatIf) -> dict[str, Any]:
    """Both ways and the fan, ready for `json.dumps`."""
    at, way, fan = other.turn, other.way, other.fan
    return {
        "week": at.week,
        "move": at.move or None,
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
            "better": fan.better,
            "worse": fan.worse,
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
