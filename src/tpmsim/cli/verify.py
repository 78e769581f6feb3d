"""`tpmsim verify`: re-simulate runs and find what is not what the rules gave."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from tpmsim.errors import ProblemsFound, TpmsimError, render
from tpmsim.game.replay import Replayed, replay
from tpmsim.game.wording.prose import counted
from tpmsim.text import shown_path

LEFT_ALONE = "The file was left as it is; 'tpmsim replay' shows the part that is good."


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one file.

    Attributes:
        code: 0 exact, 1 damaged or edited, 3 no run can be made of it, 6 not to be re-simulated here.
        said: one line.
    """

    file: str
    code: int
    said: str
    weeks: int = 0
    score: float | None = None
    torn: int = 0

    def as_json(self) -> dict[str, Any]:
        """The verdict as JSON."""
        return {
            "file": self.file,
            "ok": self.code == 0,
            "code": self.code,
            "message": self.said,
            "weeks": self.weeks,
            "score": self.score,
            "torn_bytes": self.torn,
        }


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON list on stdout.")
def verify(files: tuple[Path, ...], as_json: bool) -> int:
    """Re-simulate FILES and compare every week; nothing is ever written.

    Exit code 0: all exact; 1: damaged or edited; 3: not a run; 6: made by rules that are not here.

    \b
    Examples:
      tpmsim verify saves/first-product-K7Q2-MX4D.tpmrun
      tpmsim verify --json saves/*.tpmrun
    """
    verdicts = [judged(file) for file in files]
    if as_json:
        click.echo(json.dumps([one.as_json() for one in verdicts], indent=2, ensure_ascii=True))
    else:
        for one in verdicts:
            click.echo(one.said, err=one.code != 0)
    return max(one.code for one in verdicts)


def judged(file: Path) -> Verdict:
    """Replay one file and say what came of it."""
    try:
        run = replay(file)
    except TpmsimError as error:
        said = "\n".join(render(error))
        return Verdict(_shown(file), error.exit_code, said)
    if run.exact:
        return _sound(file, run)
    line = run.journal.damage.line if run.journal.damage else (run.difference.line if run.difference else None)
    found = ProblemsFound(run.problem(), file=_shown(file), line=line, help=LEFT_ALONE)
    return Verdict(_shown(file), found.exit_code, "\n".join(render(found)), len(run.weeks))


def _sound(file: Path, run: Replayed) -> Verdict:
    outcome = run.position.outcome
    torn = len(run.journal.torn)
    weeks = len(run.weeks)
    end = f"goes on in week {run.position.week}"
    if outcome:
        end = f"score {outcome.points:.1f}, {run.loaded.scenario.endings[outcome.ending].title.plain()}"
    tail = f"; 1 unfinished record ({torn} bytes) at the end, not counted" if torn else ""
    said = f"{_shown(file)}: exact, {counted(weeks, 'week')} re-simulated, {end}{tail}"
    return Verdict(_shown(file), 0, said, weeks, outcome.points if outcome else None, torn)


def _shown(file: Path) -> str:
    return shown_path(str(file))
