"""Our own bugs: one line on the screen and a file that tells where, without anything private in it."""

import platform
import sys
import traceback
from pathlib import Path

import click
import platformdirs

from tpmsim import __version__
from tpmsim.errors import StorageFailed
from tpmsim.game.files import keep_newest, prepare_folder, replace_file, spare_path
from tpmsim.text import shown_path

KEPT = 20


def report_crash(error: BaseException, code: int) -> int:
    """Write the crash file and say so; gives the exit code back."""
    try:
        path = str(_written(_page(error)))
        kept = f"Everything you confirmed is on the disk. Please report {shown_path(path)}."
    except (OSError, StorageFailed):
        kept = "Everything you confirmed is on the disk. No crash file could be written."
    click.echo(f"tpmsim: error: our bug ({type(error).__name__}). {kept}", err=True)
    return code


def _page(error: BaseException) -> str:
    """Versions, type and frames as module, function and line: no values, no messages, no paths, no names."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"tpmsim {__version__}", f"python {platform.python_version()} on {sys.platform}", type(error).__name__]
    lines += [f"  {Path(frame.filename).stem} / {frame.name} / {frame.lineno}" for frame in frames]
    return "\n".join(lines) + "\n"


def _written(page: str) -> Path:
    folder = platformdirs.user_data_path("tpmsim", appauthor=False) / "crashes"
    prepare_folder(folder)
    keep_newest(folder, "crash", KEPT - 1)
    path = spare_path(folder / "crash", "txt")
    replace_file(path, page.encode())
    return path
