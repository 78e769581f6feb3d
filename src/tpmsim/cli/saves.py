"""`tpmsim rename` and `tpmsim delete`: order among the kept runs. What is deleted goes to the trash."""

import contextlib
import sys
from pathlib import Path

import click

from tpmsim.cli.lines import Lines
from tpmsim.cli.signals import end_on
from tpmsim.errors import UsageError
from tpmsim.game.files import exists, saves_folder
from tpmsim.game.saves import delete as put_away
from tpmsim.game.saves import rename as renamed
from tpmsim.game.wording.prose import counted
from tpmsim.text import shown_path


@click.command()
@click.argument("run")
@click.argument("name")
@click.option("--saves", "folder", metavar="FOLDER", help="Where runs are kept.")
def rename(run: str, name: str, folder: str | None) -> int:
    """Give RUN another NAME, in its folder.

    RUN is a path, or the name of a file among the kept runs. Of NAME only letters, digits, _ and - stay. Where a run
    is called so already, a number is added.

    \b
    Examples:
      tpmsim rename saves/first-product-K7Q2-MX4D.tpmrun "with a survey"
      tpmsim rename first-product-K7Q2-MX4D.tpmrun monday
    """
    target = renamed(_found(run, folder), name)
    click.echo(f"It is called {shown_path(target.name)} now.")
    return 0


@click.command()
@click.argument("runs", nargs=-1, required=True, metavar="RUN...")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--saves", "folder", metavar="FOLDER", help="Where runs are kept.")
def delete(runs: tuple[str, ...], yes: bool, folder: str | None) -> int:
    """Put each RUN into the trash, a folder beside the runs; 'tpmsim list --trash' shows what is there.

    RUN is a path, or the name of a file among the kept runs. A run in the trash can still be played, and comes back
    when its file is moved back.

    \b
    Examples:
      tpmsim delete saves/first-product-K7Q2-MX4D.tpmrun
      tpmsim delete --yes monday.tpmrun tuesday.tpmrun
    """
    paths = [_found(run, folder) for run in runs]
    if not yes and not _agreed(paths):
        click.echo("Nothing was deleted.")
        return 0
    for path in paths:
        gone = put_away(path, saves=saves_folder(folder) if folder is not None else None)
        click.echo(f"{shown_path(path.name)} is in the trash: {shown_path(str(gone))}")
    return 0


def _found(run: str, folder: str | None) -> Path:
    """The file that is meant: a path, else a file of this name among the kept runs."""
    path = Path(run)
    with contextlib.suppress(OSError):
        kept = saves_folder(folder) / run
        return kept if len(path.parts) == 1 and not exists(path) and exists(kept) else path
    return path


def _agreed(paths: list[Path]) -> bool:
    if not sys.stdin.isatty():
        raise UsageError("nobody is there to be asked", help="Add --yes to delete without a question.")
    end_on("SIGINT")
    answer = Lines().read(f"Put {counted(len(paths), 'run')} into the trash? (y/n) ")
    return (answer or "").strip().lower() in ("y", "yes")
