"""`tpmsim fmt`: files of scenarios in house style, with their comments."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from tpmsim.cli.naming import named
from tpmsim.errors import InputRefused, render
from tpmsim.game.files import rewrite_file
from tpmsim.game.wording.prose import counted
from tpmsim.scenario.files import TESTS, model_of
from tpmsim.scenario.source import read_bytes
from tpmsim.text import shown_path

DIFFERENT, REFUSED = 1, 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file.

    Attributes:
        code: 0 in house style now, 1 not, 3 refused by the reader.
        said: one line; empty where there is nothing to say.
        changed: whether it was not in house style.
    """

    code: int
    said: str = ""
    changed: bool = False


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--check", is_flag=True, help="Write nothing; exit code 1 if a file is not in house style.")
@click.option("--diff", is_flag=True, help="Write nothing; print what would change.")
def fmt(paths: tuple[str, ...], check: bool, diff: bool) -> int:
    """Put the files of scenarios in house style.

    PATH is a file, the folder of a scenario or a folder of scenarios; without PATH: the scenario in this folder, else
    those in its folder 'scenarios'. Comments stay, and so does the meaning: a file that would not read exactly as
    before is left as it is.

    \b
    Examples:
      tpmsim fmt my-first
      tpmsim fmt my-first --diff
      tpmsim fmt scenarios --check
    """
    files = [file for path in named(paths) for file in _files(path)]
    outcomes = [_formatted(file, write=not check and not diff, diff=diff) for file in files]
    for one in outcomes:
        if one.said:
            click.echo(one.said, err=True)
    changed = sum(one.changed for one in outcomes)
    click.echo(f"{counted(len(files), 'file')}, {changed} {'to change' if check or diff else 'changed'}", err=True)
    return max((one.code for one in outcomes), default=0)


def _files(path: Path) -> Iterator[Path]:
    """A file itself, or the files of a scenario in a folder; links in it are not followed."""
    if not path.is_dir():
        yield path
        return
    for folder in (path, path / TESTS):
        files = [one for one in sorted(folder.glob("*.yaml")) if one.is_file() and not one.is_symlink()]
        yield from (one for one in files if model_of(one) is not None)


def _formatted(file: Path, write: bool, diff: bool) -> Outcome:
    from tpmsim.scenario.house_style import house_style

    shown = shown_path(str(file))
    try:
        data = read_bytes(file)
        styled = house_style(data, shown, model_of(file))
    except InputRefused as refused:
        return Outcome(REFUSED, "\n".join(render(refused)))
    if styled.problem:
        return Outcome(DIFFERENT, f"{shown}: left as it is: {styled.problem}")
    if styled.data == data:
        return Outcome(0)
    if diff:
        _print_difference(shown, data, styled.data)
    if not write:
        return Outcome(DIFFERENT, f"{shown}: not in house style", changed=True)
    rewrite_file(file, styled.data)
    return Outcome(0, f"{shown}: changed", changed=True)


def _print_difference(shown: str, before: bytes, after: bytes) -> None:
    old, new = (data.decode("utf-8").splitlines(keepends=True) for data in (before, after))
    for line in difflib.unified_diff(old, new, shown, shown, n=1):
        click.echo(_printable(line), nl=not line.endswith("\n"))


def _printable(line: str) -> str:
    """A line of a stranger's file for the terminal: no control characters."""
    return "".join(char if char in "\t\n" or (char >= " " and not "\x7f" <= char < "\xa0") else "?" for char in line)
