"""`tpmsim upgrade`: bring scenario files up to the present format, comments and layout kept."""

import difflib
from pathlib import Path

import click

from tpmsim.cli.naming import named
from tpmsim.game.files import rewrite_file
from tpmsim.game.wording.prose import counted
from tpmsim.scenario.edits import edited
from tpmsim.scenario.loading import own_file
from tpmsim.scenario.source import read_bytes
from tpmsim.scenario.upgrade import FORMAT, format_of, refuse_newer, upgrades
from tpmsim.scenario.yaml_reader import read
from tpmsim.text import shown, shown_path


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--dry-run", is_flag=True, help="Change nothing; say what would be done.")
@click.option("--diff", is_flag=True, help="Show each line before and after.")
def upgrade(paths: tuple[str, ...], dry_run: bool, diff: bool) -> int:
    """Bring scenarios up to the present format. Files of older formats are read for ever; this is for their authors.

    PATH is a scenario file, its folder or a folder of scenarios. Without PATH: the scenario in this folder, else
    those in its folder 'scenarios'.

    \b
    Examples:
      tpmsim upgrade my-scenario --dry-run --diff
      tpmsim upgrade my-scenario
    """
    for path in named(paths):
        _upgraded(own_file(path), dry_run, diff)
    return 0


def _upgraded(file: Path, dry_run: bool, diff: bool) -> None:
    name = shown_path(str(file))
    data = read_bytes(file)
    root = read(data, name).root
    refuse_newer(root, name)
    edits = list(upgrades(root))
    if not edits:
        click.echo(f"{name}: is of format {FORMAT} already.")
        return
    before = data.decode("utf-8")
    after = edited(before, edits)
    if diff:
        for line in difflib.unified_diff(before.split("\n"), after.split("\n"), name, name, n=1, lineterm=""):
            click.echo(shown(line, limit=4_000))
    if not dry_run:
        rewrite_file(file, after.encode())
    old = format_of(root)[0]
    done = f"brought from format {old} to {FORMAT}" if old != FORMAT else f"rid of keys older than format {FORMAT}"
    click.echo(f"{name}: {'would be ' if dry_run else ''}{done}, {counted(len(edits), 'place')}.")
