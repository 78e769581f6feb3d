"""`tpmsim class`: the runs of a folder together, verified first; as a page, JSON, a table or an HTML page."""

import json
from pathlib import Path

import click

from tpmsim.cli.class_page import page
from tpmsim.cli.progress import progress
from tpmsim.cli.written import refuse_run, write_or_print
from tpmsim.debrief.class_data import as_json as report
from tpmsim.debrief.class_data import table
from tpmsim.debrief.class_html import html
from tpmsim.debrief.cohort import cohort
from tpmsim.debrief.papers import handed_in, papers
from tpmsim.debrief.spreadsheet import csv
from tpmsim.errors import InputRefused
from tpmsim.text import shown_path

PROBLEMS = 1


@click.command("class")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--html", "html_file", type=click.Path(path_type=Path), metavar="FILE", help="Write one HTML page.")
@click.option("--csv", "csv_file", type=click.Path(path_type=Path), metavar="FILE", help="Write a table, a row a run.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout; progress goes to stderr.")
@click.option("--names", is_flag=True, help="Tell aliases and names of files; left out, runs have pseudonyms.")
@click.option("--no-verify", "unproved", is_flag=True, help="Take the files at their word; nothing is simulated again.")
@click.option("--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes.")
def class_command(
    folder: Path,
    html_file: Path | None,
    csv_file: Path | None,
    as_json: bool,
    names: bool,
    unproved: bool,
    jobs: int,
) -> int:
    """Look at all runs in FOLDER together: how they went, where they parted, what they foresaw.

    Every run is simulated again first; one that is damaged, edited, copied or of another scenario is left out, with the
    reason. The runs go by pseudonyms, in alphabetical order: this is no ranking.

    Exit code 0: all runs count; 1: some were left out.

    \b
    Examples:
      tpmsim class handed-in
      tpmsim class handed-in --html class.html --csv class.csv --jobs 2
      tpmsim class handed-in --json --names > class.json
      tpmsim class handed-in --no-verify
    """
    for file in (html_file, csv_file):
        if file is not None:
            refuse_run(file)
    found = handed_in(folder)
    if not found:
        raise InputRefused("no runs here", file=shown_path(str(folder)), help="Runs are files such as NAME.tpmrun.")
    with progress(len(found)) as told:
        taken = papers(folder, not unproved, jobs, progress=told)
    seen = cohort(taken, folder, not unproved)
    if csv_file is not None:
        write_or_print(csv(table(seen, names)), csv_file)
    if html_file is not None:
        write_or_print(html(seen, names), html_file)
    if as_json:
        click.echo(json.dumps(report(seen, names), ensure_ascii=True, indent=1))
    else:
        for line in page(seen, names):
            click.echo(line)
    return PROBLEMS if seen.failed else 0
