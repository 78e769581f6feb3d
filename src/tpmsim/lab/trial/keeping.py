"""Run files of what was found: the moves of a run played once more at a table, for `tpmsim replay` to show."""

from pathlib import Path

from tpmsim.core.rolls import seed_text
from tpmsim.game.files import prepare_folder, run_path
from tpmsim.game.session import Session
from tpmsim.lab.trial.playing import Script
from tpmsim.scenario.loading import Loaded

ALIAS = "test"


def kept(loaded: Loaded, seed: int, script: Script, week: int, ended: bool, folder: Path) -> Path:
    """The file of a run.

    Args:
        loaded: the scenario.
        seed: of the run.
        script: legal moves, week by week.
        week: the last week that is played.
        ended: whether that week ended.
        folder: where the file goes.

    Raises:
        StorageFailed: it cannot be written.
    """
    prepare_folder(folder)
    text = seed_text(seed)
    path = run_path(folder, loaded.scenario.id, text, ALIAS)
    with Session.start(loaded, text, path) as session:
        for number in range(week + 1):
            for row in script[number] if number < len(script) else ():
                session.play(loaded.rules.moves[row].id)
            if number < week or ended:
                session.end_week()
    return path
