"""`tpmsim check`: all that can be found in scenarios without playing them."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click

from tpmsim.cli.naming import named
from tpmsim.errors import InputRefused
from tpmsim.game.files import rewrite_file
from tpmsim.game.wording.prose import counted
from tpmsim.lab.policies import POLICIES
from tpmsim.scenario.checking import Checked, check, checked
from tpmsim.scenario.codes import ERROR, NOTE, WARNING, Schema
from tpmsim.scenario.diagnostics import Diagnostic
from tpmsim.scenario.fixes import mended
from tpmsim.scenario.loading import SCENARIO_FILE, own_file
from tpmsim.scenario.rendering import as_json, github, long, sarif, short

FORMATS = ("text", "short", "json", "sarif", "github")
PROBLEMS, REFUSED, NEWER = 1, 3, 6


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="How it is told.")
@click.option("--strict", is_flag=True, help="Notes count as problems, too.")
@click.option("--fix", is_flag=True, help="Mend first what has one reading only; comments and layout stay.")
def check_command(paths: tuple[str, ...], form: str, strict: bool, fix: bool) -> int:
    """Find what is wrong in scenarios, all of it at once, each with its line and what to do.

    PATH is a scenario file, its folder, a folder of scenarios, or the id of one that ships. Without PATH: the scenario
    in this folder, else those in its folder 'scenarios'.

    Exit code 0: nothing but notes; 1: problems; 3: a scenario that cannot be played, or no scenario;
    6: a scenario for a later tpmsim.

    \b
    Examples:
      tpmsim check my-scenario
      tpmsim check my-scenario --fix
      tpmsim check scenarios --strict --format github
      tpmsim check my-scenario --format sarif > findings.sarif
    """
    results = [_mended(path) if fix else _checked(path) for path in named(paths)]
    FORMS[form](results)
    if any(found.code == Schema.NEW_FORMAT.id for one in results for found in one.findings):
        return NEWER
    if any(one.refused for one in results):
        return REFUSED
    sound = all(one.sound and not (strict and one.findings) for one in results)
    return 0 if sound else PROBLEMS


def _checked(path: Path) -> Checked:
    """The findings of a scenario; of one that cannot be opened, why."""
    try:
        return check(path, POLICIES)
    except InputRefused as refused:
        found = tuple(one for one in refused.findings if isinstance(one, Diagnostic))
        return Checked(found[0].file, found, {}, None, None)


def _mended(path: Path) -> Checked:
    """The findings that are left once a scenario was mended."""
    before = _checked(path)
    if before.file not in before.files:
        return before
    names = {file: file.rpartition("/")[2] for file in before.files}

    def look(data: bytes) -> Sequence[Diagnostic]:
        files = {names[file]: other for file, other in before.files.items()}
        return checked({**files, SCENARIO_FILE: data}, before.file).findings

    result = mended(before.files[before.file], look)
    if result.count:
        rewrite_file(own_file(path), result.data)
        click.echo(f"{before.file}: mended {counted(result.count, 'finding')}.", err=True)
    return _checked(path)


# The forms


def _text(results: Sequence[Checked]) -> None:
    for result in results:
        for one in result.findings:
            for line in long(one, result.files):
                click.echo(line)
            click.echo()
        click.echo(_summary(result))


def _short(results: Sequence[Checked]) -> None:
    for result in results:
        for one in result.findings:
            click.echo(short(one))


def _json(results: Sequence[Checked]) -> None:
    found = [as_json(one, result.files) for result in results for one in result.findings]
    files = [{"file": one.file, "playable": not one.refused} for one in results]
    click.echo(json.dumps({"files": files, "findings": found}, ensure_ascii=True, indent=1))


def _sarif(results: Sequence[Checked]) -> None:
    files = {name: data for result in results for name, data in result.files.items()}
    found = [one for result in results for one in result.findings]
    click.echo(json.dumps(sarif(found, files), ensure_ascii=True, indent=1))


def _github(results: Sequence[Checked]) -> None:
    for result in results:
        for one in result.findings:
            click.echo(github(one, result.files))


FORMS: dict[str, Callable[[Sequence[Checked]], None]] = {
    "text": _text,
    "short": _short,
    "json": _json,
    "sarif": _sarif,
    "github": _github,
}


def _summary(result: Checked) -> str:
    counts = ", ".join(_counts(result.findings)) or "nothing to say"
    more = ""
    if result.refused:
        more = " It cannot be played; more may show once the errors are mended."
    elif any(one.is_error for one in result.findings):
        more = " More may show once the errors are mended."
    return f"{result.file}: {counts}.{more}"


def _counts(findings: Sequence[Diagnostic]) -> Iterator[str]:
    for severity in (ERROR, WARNING, NOTE):
        count = sum(one.severity == severity for one in findings)
        if count:
            yield counted(count, severity)
