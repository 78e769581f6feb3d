"""Progress of many runs, on stderr: stdout stays with the result."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


@contextmanager
def progress(runs: int, what: str = "runs") -> Iterator[Callable[[int, int], None]]:
    """Progress on stderr: a bar in a terminal, else a line a block; nothing for a single one."""
    if runs <= 1:
        yield lambda done, of: None
    elif sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

        columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(what, total=runs)
            yield lambda done, of: bar.update(task, completed=done, total=of)
    else:
        yield lambda done, of: click.echo(f"{done} of {of} {what}", err=True)
