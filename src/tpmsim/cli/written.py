"""What a command made, on standard output or in the file that was asked for."""

from pathlib import Path

import click

from tpmsim.errors import UsageError
from tpmsim.game.files import SUFFIX, rewrite_file
from tpmsim.text import shown_path


def write_or_print(text: str, out: Path | None) -> None:
    """Print a text, or write it and say where.

    Raises:
        StorageFailed: the file could not be written; what was there before is still there.
    """
    if out is None:
        click.echo(text, nl=False)
        return
    rewrite_file(out, text.encode("utf-8"))
    click.echo(f"written: {shown_path(str(out))}", err=True)


def refuse_run(file: Path) -> None:
    """Nothing that is made takes the place of a run.

    Raises:
        UsageError: the name is that of a run file.
    """
    if file.name.lower().endswith(SUFFIX):
        raise UsageError(f"{shown_path(str(file))} is the name of a run", help="Give the file another ending.")
