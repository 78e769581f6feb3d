"""The `tpmsim` command: the group, and the one place where errors and signals become messages and exit codes."""

import contextlib
import errno
import io
import os
import sys
import traceback
from collections.abc import Sequence
from typing import TextIO

import click

from tpmsim import __version__
from tpmsim.cli.commands import Commands
from tpmsim.cli.crash import report_crash
from tpmsim.cli.signals import INTERRUPTED, EndedBySignal, end_on, heard_at_once
from tpmsim.errors import PolicyFailed, StorageFailed, TpmsimError, render
from tpmsim.game.files import reason
from tpmsim.text import shown

USAGE, OUR_BUG, HUNG_UP = 2, 70, 129
NOBODY_THERE = (errno.EPIPE, errno.EIO, errno.EBADF)
FULL = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="tpmsim")
def tpmsim() -> None:
    """Play, replay and study the life of a product.

    \b
    Examples:
      tpmsim play                       go on with a run, or start the tutorial
      tpmsim play first-product         a new run of a scenario
      tpmsim run first-product --policy steady --runs 1000
      tpmsim test first-product         scripted paths, and what play reaches
      tpmsim balance first-product      whether play and choices matter
      tpmsim debrief my.tpmrun          what was decided, and what was luck
      tpmsim verify saves/*.tpmrun      re-simulate runs and find what was edited
      tpmsim new my-first               a scenario of your own
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and leave with its exit code; a user's mistake never shows a traceback."""
    _fill_closed_streams()
    end_on("SIGHUP", "SIGTERM")
    with heard_at_once():
        code = _run(arguments)
    sys.exit(code)


def _fill_closed_streams() -> None:
    """Where the shell closed input or output, nothing is read or shown; no file we open may take its place."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            with contextlib.suppress(OSError):
                os.fstat(number)
                continue
            os.open(os.devnull, os.O_RDONLY)
            setattr(sys, name, io.StringIO())


def _run(arguments: Sequence[str] | None) -> int:
    try:
        code = tpmsim.main(args=list(arguments) if arguments is not None else None, standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except TpmsimError as error:
        return _refused(error)
    except click.exceptions.Abort:
        return INTERRUPTED
    except click.ClickException as error:
        return _wrong_usage(error)
    except KeyboardInterrupt:
        return INTERRUPTED
    except EndedBySignal as ended:
        return ended.exit_code
    except OSError as error:
        return _unwritten(error)
    except Exception as error:
        return _broken(error)


def _refused(error: TpmsimError) -> int:
    if isinstance(error, PolicyFailed) and os.environ.get("TPMSIM_DEBUG") == "1":
        traceback.print_exception(error)
    for line in render(error):
        click.echo(line, err=True)
    return error.exit_code


def _wrong_usage(error: click.ClickException) -> int:
    context = getattr(error, "ctx", None)
    where = f" Try '{context.command_path} --help'." if context is not None else ""
    click.echo(f"tpmsim: error: {shown(error.format_message())}{where}", err=True)
    return USAGE


def _broken(error: Exception) -> int:
    if os.environ.get("TPMSIM_DEBUG") == "1":
        raise error
    return report_crash(error, OUR_BUG)


def _unwritten(error: OSError) -> int:
    """The output cannot take what we say. Nothing that was confirmed is lost by that."""
    if error.errno in NOBODY_THERE:
        _close(sys.stdout, sys.stderr)
        return HUNG_UP
    if error.errno in FULL:
        _close(sys.stdout)
        return _refused(StorageFailed(f"the output could not be written: {reason(error)}", help="Write it elsewhere."))
    return _broken(error)


def _close(*streams: TextIO) -> None:
    """Close, so that nothing is flushed once more at the very end."""
    for stream in streams:
        with contextlib.suppress(OSError):
            stream.close()
