"""Delta debugging: of the moves of a run, those that are needed for its breach.

After Zeller & Hildebrandt 2002, IEEE TSE 28(2):183-200. Weeks are kept and moves are left out, in ever smaller parts; a
move that is not legal any more without those before it is left out as well. All candidates of one size are played side
by side.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from tpmsim.lab.trial.breaches import Breach, Checks
from tpmsim.lab.trial.explore import Failure
from tpmsim.lab.trial.playing import Script, Week, again, script_of

MOST_BATCHES: Final = 60
"""Batches after which the list is taken as it is: short enough, and a person waits."""

Made = tuple[tuple[int, int], ...]
"""Moves as pairs of week and row."""


def minimised(checks: Checks, failure: Failure) -> Failure:
    """The failure with as few moves as could be found; as it is where its moves do not give it again."""
    moves: Made = tuple((week, row) for week, rows in enumerate(failure.script) for row in rows)
    if not _failing(checks, failure, [moves]):
        return failure
    tries, size = 0, len(moves)
    while moves and tries < MOST_BATCHES:
        size = min(size, len(moves))
        starts = range(0, len(moves), size)
        found, tries = _failing(checks, failure, [_without(moves, size, {start}) for start in starts]), tries + 1
        if found:
            gone = {starts[place] for place in found}
            all_gone = _without(moves, size, gone)
            together, tries = _failing(checks, failure, [all_gone]), tries + 1
            moves = all_gone if together else _without(moves, size, {min(gone)})
        elif size == 1:
            break
        else:
            size = max(1, size // 2)
    (last,) = _failing(checks, failure, [moves]).values()
    return last


def _without(moves: Made, size: int, starts: Collection[int]) -> Made:
    """The moves without the parts of this size that start at these places."""
    return tuple(move for place, move in enumerate(moves) if place - place % size not in starts)


def _failing(checks: Checks, failure: Failure, candidates: Sequence[Made]) -> dict[int, Failure]:
    """Those candidates that have the same breach, by their places, each as it went."""
    scripts = [_script(one) for one in candidates]
    played: list[Week] = []
    found: dict[int, Failure] = {}
    for week in again(checks, [failure.seed] * len(scripts), scripts):
        played.append(week)
        for place in _places(week, failure.breach):
            number = int(week.before.known.week[0])
            found[place] = replace(failure, week=number, script=script_of(played, place))
        if len(found) == len(scripts):
            break
    return found


def _places(week: Week, breach: Breach) -> list[int]:
    return [int(place) for one, mask in week.breaches if one == breach for place in week.places[mask]]


def _script(moves: Made) -> Script:
    weeks = 1 + max((week for week, _ in moves), default=-1)
    return tuple(tuple(row for at, row in moves if at == week) for week in range(weeks))
