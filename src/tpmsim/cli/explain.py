"""`tpmsim explain`: the page of a code, or all codes in a list."""

from collections.abc import Iterator

import click

from tpmsim.errors import UsageError
from tpmsim.scenario.codes import LAYERS, REGISTRY, Code
from tpmsim.scenario.diagnostics import did_you_mean, nearest
from tpmsim.text import quoted, shown

LINES = 14
"""Lines of an example that are shown."""


@click.command()
@click.argument("code", required=False, metavar="[CODE]")
def explain(code: str | None) -> int:
    """Tell what a finding means: why it is given, what to do, a bad and a good example.

    Without CODE: all codes, a line each.

    \b
    Examples:
      tpmsim explain TPM201
      tpmsim explain
    """
    for line in _list() if code is None else _page(_known(code)):
        click.echo(line)
    return 0


def _known(code: str) -> Code:
    found = REGISTRY.get(code.upper())
    if found is None:
        near = nearest(code, [one.lower() for one in REGISTRY])
        help = "'tpmsim explain' lists all codes."
        raise UsageError(f"no code {quoted(code)}{did_you_mean(near.upper() if near else None)}", help=help)
    return found


def _list() -> Iterator[str]:
    for layer, codes in LAYERS.items():
        yield f"{layer}:"
        for code in codes:
            yield f"  {code.id}  {code.page.severity:<8} {code.page.title}"


def _page(code: Code) -> Iterator[str]:
    page = code.page
    layer = next(name for name, codes in LAYERS.items() if code in codes)
    yield f"{page.id}: {page.title} ({page.severity}, layer {layer})"
    yield ""
    yield from click.wrap_text(page.cause, 78).split("\n")
    if page.help and "{" not in page.help:
        yield from click.wrap_text(page.help, 78).split("\n")
    for head, example in (("Bad:", page.bad), ("Good:", page.good)):
        if example:
            yield ""
            yield head
            yield from _example(example)


def _example(text: str) -> Iterator[str]:
    lines = text.rstrip("\n").split("\n")
    for line in lines[:LINES]:
        yield f"    {shown(line, 100)}"
    if len(lines) > LINES:
        yield f"    ... {len(lines) - LINES:,} more lines"
