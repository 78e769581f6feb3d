"""`tpmsim graph`: stages, cards, answers and endings of a scenario as a graph."""

from pathlib import Path

import click

from tpmsim.cli.naming import named
from tpmsim.errors import InputRefused
from tpmsim.game.jsonl import LineRefused, read_object
from tpmsim.scenario.graph import Hits, counted_hits, graph
from tpmsim.scenario.graph_forms import FORMS
from tpmsim.scenario.loading import load
from tpmsim.scenario.source import read_bytes
from tpmsim.text import quoted, shown_path

LARGEST = 4 << 20
"""Bytes of a file of hits."""


@click.command("graph")
@click.argument("scenario", required=False)
@click.option("--format", "form", type=click.Choice(list(FORMS)), default="text", show_default=True, help="The form.")
@click.option("--hits", type=click.Path(path_type=Path), help="Counts from 'tpmsim test SCENARIO --json'.")
def graph_command(scenario: str | None, form: str, hits: Path | None) -> int:
    """Draw SCENARIO: which cards may come in which stage, and which answer leads to what.

    SCENARIO is a path or the id of one that ships; left out, the scenario in this folder. With --hits each node says
    how often random play came there, and what it never reached is dashed.

    \b
    Examples:
      tpmsim graph my-scenario
      tpmsim graph my-scenario --format mermaid > graph.mmd
      tpmsim test my-scenario --json > hits.json
      tpmsim graph my-scenario --format dot --hits hits.json | dot -Tsvg > a.svg
    """
    loaded = load(next(named([scenario] if scenario else [])))
    counts = _counts(hits, loaded.scenario.id) if hits is not None else None
    click.echo(FORMS[form](graph(loaded, counts)), nl=False)
    return 0


def _counts(file: Path, scenario: str) -> Hits:
    name = shown_path(str(file))
    data = read_bytes(file, LARGEST)
    try:
        report = read_object(data)
        if report.get("scenario", scenario) != scenario:
            raise InputRefused(f"this is the report of {quoted(str(report['scenario']))}", file=name)
        return counted_hits(report)
    except (LineRefused, ValueError):
        help = "Make one with 'tpmsim test SCENARIO --json'."
        raise InputRefused("this is no report of tpmsim test", file=name, help=help) from None
