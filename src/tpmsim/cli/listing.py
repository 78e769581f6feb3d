"""`tpmsim list`: the scenarios that can be played, and the runs that are kept."""

import contextlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from tpmsim.core.outcome import SCORE_UNIT
from tpmsim.errors import TpmsimError
from tpmsim.game.files import saves_folder
from tpmsim.game.journal import Journal, read
from tpmsim.game.records import End, Week
from tpmsim.scenario.library import open_scenario, shipped
from tpmsim.text import shown_path


@dataclass(frozen=True, slots=True)
class KnownRun:
    """A run file as a list shows it.

    Attributes:
        path: of the file.
        scenario, seed: of the run; empty if it cannot be read.
        week: now played, or the last.
        score: once it has ended.
        problem: why it cannot be gone on with, or empty.
    """

    path: Path
    scenario: str = ""
    seed: str = ""
    week: int = 0
    score: float | None = None
    problem: str = ""

    @property
    def goes_on(self) -> bool:
        """Whether it can be played on."""
        return self.score is None and not self.problem

    @property
    def line(self) -> str:
        """One line about it."""
        name = shown_path(self.path.name)
        if self.problem:
            return f"{name}: {self.problem}"
        state = f"week {self.week}" if self.score is None else f"ended, score {self.score:.1f}"
        return f"{self.scenario}, seed {self.seed}, {state} ({name})"

    def as_json(self) -> dict[str, Any]:
        """The run as JSON."""
        return {
            "file": str(self.path),
            "scenario": self.scenario,
            "seed": self.seed,
            "week": self.week,
            "score": self.score,
            "problem": self.problem,
        }


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@click.option("--saves", metavar="FOLDER", help="Where runs are kept.")
def list_command(as_json: bool, saves: str | None) -> int:
    """List scenarios and kept runs.

    \b
    Examples:
      tpmsim list
      tpmsim list --json
    """
    scenarios = [_scenario(name) for name in shipped()]
    runs = known_runs(saves_folder(saves))
    if as_json:
        rows = [run.as_json() for run in runs]
        click.echo(json.dumps({"scenarios": scenarios, "runs": rows}, indent=2, ensure_ascii=True))
        return 0
    click.echo("Scenarios (tpmsim play ID):")
    for one in scenarios:
        click.echo(f"  {one['id']:<20} {one['title']}, {one['weeks']} weeks, about {one['minutes']} minutes")
        for line in one["teaches"]:
            click.echo(f"  {'':<20} - {line}")
    click.echo(f"Runs in {shown_path(str(saves_folder(saves)))}:")
    for run in runs:
        click.echo(f"  {run.line}")
    if not runs:
        click.echo("  none yet")
    return 0


def known_runs(folder: Path) -> list[KnownRun]:
    """The run files of a folder, the last played first; never writes."""
    try:
        found = list(folder.iterdir())
    except OSError:
        return []
    files = [path for path in found if path.name.endswith(".tpmrun") or ".tpmrun.recovered" in path.name]
    return [_known(path) for path in sorted(files, key=lambda path: (-_played(path), path.name))]


def _played(path: Path) -> float:
    """When a file was last written to; of a link that leads nowhere, when it was made."""
    with contextlib.suppress(OSError):
        return path.lstat().st_mtime
    return 0.0


def _known(path: Path) -> KnownRun:
    try:
        journal = read(path)
    except TpmsimError as error:
        return KnownRun(path, problem=error.message)
    problem = journal.damage.message if journal.damage else ""
    ends = [record for record in journal.records if isinstance(record, End)]
    score = ends[-1].score / SCORE_UNIT if ends else None
    return KnownRun(path, journal.header.scenario.id, journal.header.seed, _week(journal), score, problem)


def _week(journal: Journal) -> int:
    """The week now played as the file tells it, unchecked; 0 where it tells none."""
    weeks = [record.obs.get("week") for record in journal.records if isinstance(record, Week)]
    return weeks[-1] if weeks and type(weeks[-1]) is int else 0


def _scenario(name: str) -> dict[str, Any]:
    scenario = open_scenario(name).scenario
    return {
        "id": scenario.id,
        "title": scenario.title.plain(),
        "weeks": scenario.weeks,
        "minutes": scenario.minutes,
        "teaches": [text.plain() for text in scenario.teaches],
    }
