"""Analyses kept beside their runs, as `RUN.analysis.json`: what took seconds is there at once the next time.

A kept analysis counts only for the very run, the rules, the evaluator and the rollouts it was made with, and can be
deleted at any time. It is never taken for proof: whoever grades evaluates anew, as anybody can edit a file.
"""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from tpmsim.core.rules import RULES_NUMBER
from tpmsim.debrief.analysis import LEAVE, Analysis, Matter, Unseen
from tpmsim.debrief.calibration import calibration
from tpmsim.debrief.steps import GROUPS, PLAN, SILENCE, SINGLE, digest
from tpmsim.errors import InputRefused, StorageFailed
from tpmsim.game.files import replace_file
from tpmsim.game.replay import Replayed
from tpmsim.game.saves import ANALYSIS
from tpmsim.lab.policy import Policy
from tpmsim.scenario.source import read_bytes

LARGEST: Final = 300.0
"""Of a hidden fact: no week and no logarithm is larger."""
MOST_BYTES: Final = 4 * 1024 * 1024

FORMAT: Final = 4
"""Raised where an analysis says more than before, or its worlds are imagined otherwise: what was kept is made anew.

2: hidden facts. 3: worlds know what a scenario began with.
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """What stands in the file."""

    format: int
    analysis: Analysis


_FORM: Final = TypeAdapter(Kept)
_STREAM: Final = re.compile(r"[a-z:]{1,32}")


def place(run: Path) -> Path:
    """Where the analysis of a run file is kept."""
    return run.with_name(run.name + ANALYSIS)


def kept(run: Path, found: Replayed, policy: Policy, n: int) -> Analysis | None:
    """The analysis that was kept of a run, with at least so many rollouts; None if there is none that counts.

    Args:
        run: its file.
        found: the run, replayed.
        policy: the evaluator.
        n: rollouts of an option.
    """
    try:
        raw = read_bytes(place(run), MOST_BYTES)
        there = _FORM.validate_json(raw, strict=True)
    except (InputRefused, ValidationError):
        return None
    if there.format != FORMAT:
        return None
    one = there.analysis
    who = one.evaluator
    same = (one.run, who.id, who.digest, who.rules) == (digest(found), policy.id, policy.digest, RULES_NUMBER)
    finite = b"NaN" not in raw and b"Infinity" not in raw
    if not (same and finite and who.n >= n and _names_what_is_there(found, one) and _adds_up(found, one)):
        return None
    return replace(one, calibration=calibration(found))  # forecasts are no part of what the digest is of


def keep(run: Path, analysis: Analysis) -> None:
    """Keep an analysis beside its run; where that cannot be done, it is made anew the next time."""
    try:
        replace_file(place(run), _FORM.dump_json(Kept(FORMAT, analysis), indent=1))
    except (StorageFailed, OSError):
        return


def _names_what_is_there(found: Replayed, one: Analysis) -> bool:
    """Whether it names only what the scenario has: a stranger's file brings in no text of its own."""
    rules, ids = found.loaded.rules, [move.id for move in found.loaded.rules.moves]
    moves = {LEAVE, PLAN, *ids}
    matters = {name.partition(":")[2].split("/")[0] for name in ids} | {card.id for card in rules.cards} | {""}
    kinds = {*GROUPS.values(), *SINGLE, SILENCE, PLAN}
    named = {name for each in one.decisions for name in (each.move, each.best, *each.made, *each.instead)}
    named |= {option.move for each in one.decisions for option in each.options}
    named |= {each.move for each in one.learned}
    streams = {part.stream for week in one.weeks for part in week.chances}
    return (
        named <= moves
        and {each.about for each in one.decisions} <= matters
        and {each.kind for each in one.decisions} <= kinds
        and {each.stage for each in one.decisions} <= {*rules.stages}
        and all(_is_there(found, fact) for week in one.weeks for fact in week.unseen)
        and all(_STREAM.fullmatch(stream) for stream in streams)
        and (one.scenario, one.seed) == (found.journal.header.scenario.id, found.journal.header.seed)
    )


def _is_there(found: Replayed, fact: Unseen) -> bool:
    """Whether a hidden fact is of something that the scenario has."""
    rules = found.loaded.rules
    segments = {*rules.segments} if fact.matter == "worth" else {""}
    matters: Mapping[Matter, Iterable[str]] = {
        "worth": rules.needs,
        "effort": rules.features,
        "faults": rules.features,
        "pace": rules.segments,
        "rival": rules.rivals,
        "leaning": rules.stakeholders,
        "trend": [trend.id for trend in rules.trends],
    }
    moves = {"", *(move.id for move in rules.moves)}
    sized = max(abs(fact.truth), abs(fact.mean), fact.sd) <= LARGEST and fact.sd > 0.0
    return fact.about in matters[fact.matter] and fact.segment in segments and fact.tool in moves and sized


def _adds_up(found: Replayed, one: Analysis) -> bool:
    """Whether its weeks are those of the run, its score is what the run came to, and its sums are sums."""
    sums = (
        (one.score, found.position.result().points),
        (one.gained, math.fsum(each.gain for each in one.decisions)),
        (one.luck, math.fsum(week.luck for week in one.weeks)),
        (one.residual, 0.0),
    )
    weeks = [before.week for before, _ in found.weeks]
    numbers = [week.week for week in one.weeks]
    return numbers == weeks and all(math.isclose(a, b, abs_tol=1e-6) for a, b in sums)
