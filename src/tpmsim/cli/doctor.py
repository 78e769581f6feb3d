"""`tpmsim doctor`: what a report of a problem should contain, and whether this machine computes as others do."""

import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from shutil import get_terminal_size

import click

from tpmsim import __version__
from tpmsim.core.rules import RULES_NUMBER
from tpmsim.errors import StorageFailed
from tpmsim.game.files import prepare_folder, saves_folder
from tpmsim.game.records import FORMAT
from tpmsim.text import shown, shown_path

PACKAGES = ("numpy", "textual", "transitions", "pydantic", "pyyaml", "click", "filelock", "platformdirs")


@click.command()
@click.option("--saves", metavar="FOLDER", help="Where runs are kept.")
def doctor(saves: str | None) -> int:
    """Check versions, terminal, save folder, and that golden runs give the same bits here as everywhere.

    Exit code 0 when all is well, 1 when something is not.

    \b
    Examples:
      tpmsim doctor
    """
    click.echo(f"tpmsim      {__version__}, rules {RULES_NUMBER}, run format {FORMAT}")
    click.echo(f"python      {platform.python_version()} on {platform.platform(terse=True)}, {platform.machine()}")
    for name in PACKAGES:
        click.echo(f"{name:<11} {_version(name)}")
    click.echo(f"terminal    {_terminal()}")
    sound = _saves(saves)
    return 0 if _golden() and sound else 1


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _terminal() -> str:
    size = get_terminal_size()
    kind = shown(os.environ.get("TERM", "unknown"))
    where = "a terminal" if sys.stdout.isatty() else "not a terminal"
    colour = "no colour wished" if "NO_COLOR" in os.environ else "colour allowed"
    return f"{kind}, {size.columns}x{size.lines}, {where}, encoding {sys.stdout.encoding}, {colour}"


def _saves(option: str | None) -> bool:
    folder = saves_folder(option)
    try:
        prepare_folder(folder)
    except StorageFailed as error:
        click.echo(f"saves       {error.message}")
        return False
    click.echo(f"saves       {shown_path(str(folder))}, can be written to")
    return True


def _golden() -> bool:
    from tpmsim.lab.golden import RUNS, digest, expected

    given, wanted = digest(), expected()
    if given == wanted:
        click.echo(f"golden      {RUNS} runs give {given[:16]}: the same bits as everywhere")
        return True
    click.echo(f"golden      {RUNS} runs give {given[:16]}, expected {wanted[:16]}: runs made here will not verify")
    click.echo("            elsewhere. Please report this page.")
    return False
