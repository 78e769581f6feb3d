"""`tpmsim docs`: the reference of the scenario format by topic, on the terminal or as a page."""

from collections.abc import Sequence
from pathlib import Path
from shutil import get_terminal_size

import click

from tpmsim.cli import models_page
from tpmsim.cli.written import write_or_print
from tpmsim.errors import UsageError
from tpmsim.scenario.diagnostics import did_you_mean, nearest
from tpmsim.scenario.library import open_scenario
from tpmsim.scenario.reference import OF_A_SCENARIO, TOPICS
from tpmsim.scenario.reference_table import Table
from tpmsim.text import quoted

EVERYTHING = "all"
MODELS = "models"
WIDEST = 120


@click.command()
@click.argument("topic", required=False)
@click.argument("scenario", required=False)
@click.option("--markdown", is_flag=True, help="As Markdown tables; so is what goes to a file.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write it to FILE.")
def docs(topic: str | None, scenario: str | None, markdown: bool, out: Path | None) -> int:
    """Print the reference of the scenario format, or of the models.

    TOPIC is one of those that `tpmsim docs` lists. With a SCENARIO, names, levers, moves and texts are its own; behind
    `models` it is the name of one.

    \b
    Examples:
      tpmsim docs                       what there is to read
      tpmsim docs keys                  every key, with unit, range and default
      tpmsim docs names the-loud-whale  the names its conditions can read
      tpmsim docs models support        equations, sources, values of one model
      tpmsim docs all --out format.md
    """
    if topic is None:
        for line in _topics():
            click.echo(line)
        return 0
    tables = _tables(topic, scenario)
    page = "\n\n".join(_shown(one, markdown or out is not None) for one in tables)
    write_or_print(f"{page}\n", out)
    return 0


def _topics() -> Sequence[str]:
    said = {name: about for name, (about, _) in TOPICS.items()}
    said |= {"moves SCENARIO": "every move of a scenario, what it takes and when it is refused"}
    said |= {"texts SCENARIO": "every text of a scenario by its id, and the languages it is missing in"}
    said |= {
        MODELS: "every model: what it is, equations, sources, values and defaults with status; or one: models NAME"
    }
    said |= {EVERYTHING: "all of it, one after the other"}
    lines = [f"  {name:<16} {about}" for name, about in said.items()]
    return ["Topics (tpmsim docs TOPIC; names and levers take a scenario, too):", *lines]


def _tables(topic: str, scenario: str | None) -> tuple[Table, ...]:
    """The tables of a topic, general or of one scenario.

    Raises:
        UsageError: there is no such topic, or it is not one that differs between scenarios.
        InputRefused: the scenario is not sound.
    """
    if topic == MODELS:
        return _models(scenario)
    known = [*TOPICS, MODELS, *(name for name in OF_A_SCENARIO if name not in TOPICS), EVERYTHING]
    if topic not in known:
        message = f"no topic {quoted(topic)}{did_you_mean(nearest(topic, known))}"
        raise UsageError(message, help=f"There are: {', '.join(known)}.")
    if scenario is not None:
        if topic not in OF_A_SCENARIO:
            raise UsageError(f"{topic} are the same in every scenario", help=f"Write: tpmsim docs {topic}.")
        loaded = open_scenario(scenario)
        return (OF_A_SCENARIO[topic](loaded),)
    if topic == EVERYTHING:
        return tuple(one for name in TOPICS for one in _titled(name))
    if topic not in TOPICS:
        raise UsageError(f"{topic} are those of a scenario", help=f"Write: tpmsim docs {topic} SCENARIO.")
    return TOPICS[topic][1]()


def _models(name: str | None) -> tuple[Table, ...]:
    """One model, or all of them.

    Raises:
        UsageError: there is none of this name.
    """
    known = models_page.names()
    if name is not None and name not in known:
        message = f"no model {quoted(name)}{did_you_mean(nearest(name, known))}"
        raise UsageError(message, help=f"There are: {', '.join(known)}.")
    return models_page.tables(name)


def _titled(name: str) -> tuple[Table, ...]:
    """The tables of a topic, the first of them with its heading if it has none."""
    first, *others = TOPICS[name][1]()
    if not first.title:
        first = Table(first.header, first.rows, name.capitalize(), first.says)
    return (first, *others)


def _shown(table: Table, markdown: bool) -> str:
    return table.markdown() if markdown else table.text(min(get_terminal_size().columns, WIDEST))
