"""`tpmsim new`: a scenario of one's own, from a template that passes all checks."""

from pathlib import Path

import click

from tpmsim.errors import UsageError
from tpmsim.game.authored import make_files
from tpmsim.scenario.beginnings import FIRST, beginnings, begun
from tpmsim.scenario.files import SCHEMAS
from tpmsim.scenario.library import shipped
from tpmsim.text import is_id, is_reserved, quoted, slug

NEXT = ("check", "test", "play")


@click.command()
@click.argument("name")
@click.option(
    "--from",
    "origin",
    metavar="ORIGIN",
    default=FIRST,
    show_default=True,
    help="minimal, tour, or the id of a scenario.",
)
def new(name: str, origin: str) -> int:
    """Make a folder NAME with a scenario to go on from.

    It holds the scenario, commented, a file of tests, and what editors need to complete and explain its keys. `minimal`
    is the smallest one that can be played, `tour` uses every section once.

    \b
    Examples:
      tpmsim new my-first
      tpmsim new harbour --from tour
      tpmsim new louder --from the-loud-whale
    """
    _check_name(name)
    if origin not in beginnings():
        raise UsageError(
            f"nothing to begin from is called {quoted(origin)}", help=f"There are: {', '.join(beginnings())}."
        )
    files = begun(name, origin)
    make_files(Path(name), files)
    click.echo("Made:")
    for path in files:
        if not path.startswith(SCHEMAS):
            click.echo(f"  {name}/{path}")
    click.echo(f"  {name}/{SCHEMAS}/  for your editor")
    click.echo("Next:")
    for command in NEXT:
        click.echo(f"  tpmsim {command} {name}")
    return 0


def _check_name(name: str) -> None:
    """Raise what is wrong with the id of a new scenario.

    Raises:
        UsageError: it is none, or it is taken.
    """
    if not is_id(name) or is_reserved(name) or name.startswith("-"):
        meant = slug(name)
        help = "Use a-z, 0-9, _ and -, at most 64 of them." + (f" Write {meant}." if meant else "")
        raise UsageError(f"{quoted(name)} cannot be the name of a scenario", help=help)
    if name in shipped():
        raise UsageError(
            f"{quoted(name)} is the name of a scenario that comes with the program", help="Choose another."
        )
