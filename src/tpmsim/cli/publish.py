"""`tpmsim publish`: write down what a scenario is as it is given away."""

from pathlib import Path

import click

from tpmsim.cli.naming import named
from tpmsim.errors import InputRefused, ProblemsFound
from tpmsim.game.files import rewrite_file
from tpmsim.lab.policies import POLICIES
from tpmsim.scenario.checking import check
from tpmsim.scenario.published import FILE, written
from tpmsim.text import shown_path


@click.command()
@click.argument("scenario", required=False)
def publish(scenario: str | None) -> int:
    """Write down the version, the digest and the ids of SCENARIO before you give it away.

    From then on `tpmsim check` tells what has gone or changed without a new version. SCENARIO is a folder; left out,
    the one you are in.

    \b
    Examples:
      tpmsim publish my-scenario
    """
    for path in named([scenario] if scenario else []):
        _published(path)
    return 0


def _published(folder: Path) -> None:
    result = check(folder, POLICIES)
    if result.loaded is None:
        raise InputRefused([one for one in result.findings if one.is_error])
    found = [one for one in result.findings if one.is_error]
    if found:
        raise ProblemsFound(found)
    loaded = result.loaded
    rewrite_file(folder / FILE, written(loaded.scenario, loaded.digest))
    name = shown_path(str(folder / FILE))
    click.echo(
        f"{name}: version {loaded.scenario.version}, digest {loaded.digest[:8]}. Give it away with the scenario."
    )
