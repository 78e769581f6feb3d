"""Analyses kept beside their runs, as `RUN.analysis.json`: what took seconds is there at once the next time.

A kept analysis counts only for the very run, the rules, the evaluator and the rollouts it was made with, and can be
deleted at any time. It is never taken for proof: whoever grades evaluates anew, as anybody can edit a file.
"""

from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from tpmsim.core.rules import RULES_NUMBER
from tpmsim.debrief.analysis import Analysis
from tpmsim.debrief.steps import digest
from tpmsim.errors import InputRefused, StorageFailed
from tpmsim.game.files import replace_file
from tpmsim.game.replay import Replayed
from tpmsim.lab.policy import Policy
from tpmsim.scenario.source import read_bytes

ENDING: Final = ".analysis.json"
MOST_BYTES: Final = 4 * 1024 * 1024

_FORM: Final = TypeAdapter(Analysis)


def place(run: Path) -> Path:
    """Where the analysis of a run file is kept."""
    return run.with_name(run.name + ENDING)


def kept(run: Path, found: Replayed, policy: Policy, n: int) -> Analysis | None:
    """The analysis that was kept of a run, with at least so many rollouts; None if there is none that counts.

    Args:
        run: its file.
        found: the run, replayed.
        policy: the evaluator.
        n: rollouts of an option.
    """
    try:
        one = _FORM.validate_json(read_bytes(place(run), MOST_BYTES), strict=True)
    except (InputRefused, ValidationError):
        return None
    who = one.evaluator
    same = (one.run, who.id, who.digest, who.rules) == (digest(found), policy.id, policy.digest, RULES_NUMBER)
    return one if same and who.n >= n and _sound(found, one) else None


def keep(run: Path, analysis: Analysis) -> None:
    """Keep an analysis beside its run; where that cannot be done, it is made anew the next time."""
    try:
        replace_file(place(run), _FORM.dump_json(analysis, indent=1))
    except (StorageFailed, OSError):
        return


def _sound(found: Replayed, one: Analysis) -> bool:
    """Whether it names only what the scenario has: a stranger's file brings in no text of its own."""
    rules = found.loaded.rules
    moves = {"", "plan", *(move.id for move in rules.moves)}
    about = {"", *rules.stages, *rules.features, *(card.id for card in rules.cards)}
    named = {name for each in one.decisions for name in (each.move, each.best, *each.made, *each.instead)}
    named |= {option.move for each in one.decisions for option in each.options}
    return named <= moves and {each.about for each in one.decisions} <= about and one.seed == found.journal.header.seed
