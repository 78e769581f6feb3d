"""`tpmsim schema`: a JSON Schema of the files that an author writes, for editors."""

from pathlib import Path

import click

from tpmsim.cli.written import write_or_print
from tpmsim.scenario.files import MODELS
from tpmsim.scenario.json_schema import page, schema_of


@click.command()
@click.argument("kind", type=click.Choice(list(MODELS)), default="scenario")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write it to FILE.")
def schema(kind: str, out: Path | None) -> int:
    """Print the JSON Schema of a KIND of file: scenario, if none is named.

    An editor with the YAML language server completes, explains and marks by it, if the first line of a file names it:
    `# yaml-language-server: $schema=PATH`. `tpmsim new` puts both in place.

    \b
    Examples:
      tpmsim schema --out scenario.json
      tpmsim schema words --out words.json
    """
    write_or_print(page(schema_of(kind)), out)
    return 0
