"""What `tpmsim play` without an argument offers: runs to go on with, or a new one."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tpmsim.cli.listing import state_of
from tpmsim.game.saves import KnownRun, known_runs, title_in
from tpmsim.scenario.library import place_of, shipped
from tpmsim.scenario.loading import SCENARIO_FILE
from tpmsim.text import quoted, shown_path

OFFERED = 5


@dataclass(frozen=True, slots=True)
class Choice:
    """A run to go on with, or the scenario of a new one."""

    scenario: str = ""
    run: Path | None = None


def choose(
    folder: Path, tutorial: str, read: Callable[[str], str | None], write: Callable[[str], None]
) -> Choice | None:
    """Ask what to play; the tutorial at once where there is nothing to choose from; None to leave."""
    going = [run for run in known_runs(folder) if run.goes_on][:OFFERED]
    if not going:
        return Choice(scenario=tutorial)
    options = _options(going)
    for number, (text, _) in enumerate(options, start=1):
        write(f"{number:3}  {text}")
    while True:
        answer = read("What shall it be? (number, q to leave) ")
        if answer is None or answer.strip().lower() in ("q", "quit"):
            return None
        wanted = {str(number): choice for number, (_, choice) in enumerate(options, start=1)}
        if answer.strip() in wanted:
            return wanted[answer.strip()]
        write(f"No {quoted(answer)} here: a number from 1 to {len(options)}, or q.")


def _options(going: list[KnownRun]) -> list[tuple[str, Choice]]:
    on = [(_going(run), Choice(run=run.path)) for run in going]
    return on + [(f"New run: {_title(name)}", Choice(scenario=name)) for name in shipped()]


def _going(run: KnownRun) -> str:
    return f"Go on: {run.title.plain()}, {state_of(run)}, seed {run.seed} ({shown_path(run.path.name)})"


def _title(name: str) -> str:
    """The title of a shipped scenario; its id where the title is not plain to see."""
    title = title_in((place_of(name) / SCENARIO_FILE).read_bytes())
    return title.plain() if title is not None else name
