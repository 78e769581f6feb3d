"""`tpmsim compare`: two runs side by side, the first difference marked."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from tpmsim.cli.side_by_side import Table
from tpmsim.debrief.compare import Comparison, Given, Parting, compared
from tpmsim.debrief.courses import Course, course

NAMES = ("one", "other")
NOTHING = "nothing"


@click.command()
@click.argument("one", type=click.Path(path_type=Path), metavar="RUN")
@click.argument("other", type=click.Path(path_type=Path), metavar="RUN")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def compare(one: Path, other: Path, as_json: bool) -> int:
    """Lay two runs side by side: what they share, where they first part, week by week, decision by decision.

    They may have other lengths, seeds or rules; what cannot be compared is said. Nothing is ever written.

    \b
    Examples:
      tpmsim compare saves/mine.tpmrun saves/mine-week-3.tpmrun
      tpmsim compare --json ada.tpmrun ben.tpmrun
    """
    found = compared(course(one), course(other))
    if as_json:
        click.echo(json.dumps(report(found), ensure_ascii=True, indent=1))
    else:
        for line in page(found):
            click.echo(line)
    return 0


def page(found: Comparison) -> Iterator[str]:
    """Lines about two runs."""
    table = Table(NAMES, found.scenarios)
    for name, run in zip(NAMES, (found.one, found.other), strict=True):
        yield f"{name + ':':<7}{run.name}, seed {run.header.seed}, {table.ending(run)}"
        if run.problem:
            yield f"       recorded view: {run.problem}"
    yield from _shared(found)
    yield _parting(found.parting, table, found)
    yield ""
    numbers = table.numbers(found.one, found.other)
    yield table.head(numbers)
    for pair in found.weeks:
        number = next(week.week for week in pair if week is not None)
        if found.parting is not None and found.parting.week == number:
            yield f"{'>':>6} here they part"
        yield from table.week(number, pair, numbers)
    yield ""
    yield from _decisions(found, table)


def _shared(found: Comparison) -> Iterator[str]:
    if not found.same_scenario:
        yield "They play different scenarios, or different editions of one: only their moves can be compared."
    elif not found.same_seed:
        yield "The same scenario with other seeds: their luck differs from the first week on."
    else:
        yield "The same scenario with the same seed: the same luck where the same things happen."
    if not found.same_rules:
        rules = found.one.header.rules, found.other.header.rules
        yield f"Made by other rules ({rules[0]} and {rules[1]}): the same moves can have other results."
    parents = {1: found.one.header.parent, 2: found.other.header.parent}
    parent = parents.get(found.parent)
    if parent is not None:
        yield f"'{NAMES[found.parent - 1]}' branches off the other run at the start of week {parent.week}."


def _parting(parting: Parting | None, table: Table, found: Comparison) -> str:
    if parting is None:
        return "No difference: the same moves, and the same came of them."
    if parting.place is None:
        cause = "" if found.same_seed and found.same_rules else ", by luck or rules and not by a move"
        return f"First difference: at the end of week {parting.week}, in {table.title(parting.number)}{cause}."
    moves = (parting.one, parting.other)
    one, other = (f"'{table.label(move, place)}'" if move else NOTHING for place, move in enumerate(moves))
    return f"First difference: week {parting.week}, move {parting.place + 1}: {one} against {other}."


def _decisions(found: Comparison, table: Table) -> Iterator[str]:
    yield "Decisions (= where both decided alike)"
    for given in found.decisions:
        if given.alike:
            yield f"  = {_told(given.one, table, 0)}"
            continue
        yield f"    {NAMES[0]:<6}{_told(given.one, table, 0)}"
        yield f"    {NAMES[1]:<6}{_told(given.other, table, 1)}"


def _told(answers: tuple[tuple[int, str], ...], table: Table, place: int) -> str:
    return "; ".join(f"week {week}: {table.label(move, place)}" for week, move in answers) or NOTHING


def report(found: Comparison) -> dict[str, Any]:
    """The comparison, ready for `json.dumps`."""
    parting = found.parting
    return {
        "one": course_json(found.one),
        "other": course_json(found.other),
        "same_scenario": found.same_scenario,
        "same_seed": found.same_seed,
        "same_rules": found.same_rules,
        "branch_of_the_other": NAMES[found.parent - 1] if found.parent else None,
        "first_difference": None
        if parting is None
        else {
            "week": parting.week,
            "move": parting.place + 1 if parting.place is not None else None,
            "one": parting.one or None,
            "other": parting.other or None,
            "number": parting.number or None,
        },
        "decisions": [_given_json(given) for given in found.decisions],
    }


def _given_json(given: Given) -> dict[str, Any]:
    sides = {
        name: [{"week": week, "move": move} for week, move in answers]
        for name, answers in zip(NAMES, (given.one, given.other), strict=True)
    }
    return {"kind": given.kind, "about": given.about, "alike": given.alike, **sides}


def course_json(one: Course) -> dict[str, Any]:
    """A course, ready for `json.dumps`."""
    return {
        "file": one.name,
        "run": one.run,
        "scenario": one.header.scenario.id,
        "digest": one.header.scenario.digest,
        "seed": one.header.seed,
        "rules": one.header.rules,
        "recorded_view": one.problem or None,
        "score": one.points,
        "ending": one.ending or None,
        "weeks": [
            {"week": week.week, "moves": list(week.made), "score": week.points, "numbers": dict(week.numbers)}
            for week in one.weeks
        ],
    }
