"""`tpmsim list`: the scenarios that can be played, and the runs that are kept."""

import json
from typing import Any

import click

from tpmsim.game.files import saves_folder
from tpmsim.game.saves import KnownRun, known_runs, trash
from tpmsim.scenario.heads import head_of
from tpmsim.scenario.library import place_of, shipped
from tpmsim.text import shown_path


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@click.option("--trash", "deleted", is_flag=True, help="The runs that were deleted.")
@click.option("--saves", metavar="FOLDER", help="Where runs are kept.")
def list_command(as_json: bool, deleted: bool, saves: str | None) -> int:
    """List scenarios and kept runs.

    \b
    Examples:
      tpmsim list
      tpmsim list --json
      tpmsim list --trash
    """
    scenarios = [_scenario(name) for name in shipped()] if as_json or not deleted else []
    folder = trash(saves_folder(saves)) if deleted else saves_folder(saves)
    runs = known_runs(folder)
    if as_json:
        rows = [_as_json(run) for run in runs]
        click.echo(json.dumps({"scenarios": scenarios, "runs": rows}, indent=2, ensure_ascii=True))
        return 0
    if not deleted:
        _tell(scenarios)
    click.echo(f"Runs in {shown_path(str(folder))}:")
    for run in runs:
        click.echo(f"  {line_of(run)}")
    if not runs:
        click.echo("  none" if deleted else "  none yet")
    return 0


def _tell(scenarios: list[dict[str, Any]]) -> None:
    click.echo("Scenarios (tpmsim play ID):")
    for one in scenarios:
        click.echo(f"  {one['id']:<20} {one['title']}, {one['weeks']} weeks, about {one['minutes']} minutes")
        for line in one["teaches"]:
            click.echo(f"  {'':<20} - {line}")


def line_of(run: KnownRun) -> str:
    """One line about a run."""
    name = shown_path(run.path.name)
    if run.problem:
        return f"{name}: {run.problem}"
    return f"{run.scenario}, seed {run.seed}, {state_of(run)} ({name})"


def state_of(run: KnownRun) -> str:
    """How a run stands, in a few words."""
    if run.score is not None:
        return f"ended, score {run.score:.1f}"
    of = f" of {run.weeks}" if run.weeks else ""
    return f"week {run.week}{of}" if run.week else "planning week"


def _as_json(run: KnownRun) -> dict[str, Any]:
    return {
        "file": str(run.path),
        "scenario": run.scenario,
        "title": run.title.plain(),
        "seed": run.seed,
        "alias": run.alias.plain(),
        "week": run.week,
        "weeks": run.weeks,
        "score": run.score,
        "played": round(run.played),
        "problem": run.problem,
    }


def _scenario(name: str) -> dict[str, Any]:
    scenario = head_of(place_of(name))
    return {
        "id": scenario.id,
        "title": scenario.title.plain(),
        "weeks": scenario.weeks,
        "minutes": scenario.minutes,
        "teaches": [text.plain() for text in scenario.teaches],
    }
