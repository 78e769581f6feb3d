"""Run files of what was found: the moves of a run played once more at a table, for `tpmsim replay` to show."""

import hashlib
import json
from pathlib import Path

from tpmsim.core.rolls import seed_text
from tpmsim.game.files import SUFFIX, exists, prepare_folder, remove
from tpmsim.game.session import Session
from tpmsim.lab.trial.playing import Script
from tpmsim.scenario.loading import Loaded
from tpmsim.text import slug

MARK = 8
"""Letters of the digest that tell runs of one seed apart."""


def kept(loaded: Loaded, seed: int, script: Script, week: int, ended: bool, folder: Path) -> Path:
    """The file of a run; the same run is kept once.

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
    path = folder / f"{slug(loaded.scenario.id, 32)}-{slug(text, 12)}-{_mark(loaded, script, week, ended)}{SUFFIX}"
    if exists(path):
        return path
    with Session.start(loaded, text, path) as session:
        for number in range(week + 1):
            for row in script[number] if number < len(script) else ():
                session.play(loaded.rules.moves[row].id)
            if number < week or ended:
                session.end_week()
    remove(path.with_name(f"{path.name}.lock"))
    return path


def _mark(loaded: Loaded, script: Script, week: int, ended: bool) -> str:
    """What tells apart the runs of one seed: the scenario and the moves, in a few letters."""
    moves = [[loaded.rules.moves[row].id for row in rows] for rows in script[: week + 1]]
    told = json.dumps([loaded.digest, loaded.text_digest, moves, week, ended])
    return hashlib.sha256(told.encode()).hexdigest()[:MARK]
