"""Moves: which are legal, and why not; and what they do. No dice are rolled here.

A move is data (`rules.Move`): hours, cost, the stages it belongs to, conditions on what is known, and effects on what
is known. So legality is decided in this one place, and applying a move never needs to know what kind it is.
"""

from collections.abc import Iterable, Iterator
from enum import IntEnum

import numpy as np

from tpmsim.core.arrays import Bools, Floats, Ints
from tpmsim.core.conditions import holds, rows
from tpmsim.core.ledger import Silent, Trace
from tpmsim.core.rules import Effect, Move, Op, Rules
from tpmsim.core.state import Known, State, evolve

SILENT = Silent()


class Reason(IntEnum):
    """Why a move is refused. From CHECK on: CHECK + i is the i-th check of the move itself."""

    LEGAL = 0
    ENDED = 1
    STAGE = 2
    HOURS = 3
    CASH = 4
    CHECK = 10


_ENDED, _STAGE, _HOURS, _CASH = int(Reason.ENDED), int(Reason.STAGE), int(Reason.HOURS), int(Reason.CASH)
_LACKING, _LEGAL = (_HOURS, _CASH), int(Reason.LEGAL)
_CHECK, _SET, _ADD = int(Reason.CHECK), Op.SET, Op.ADD


def refusal(rules: Rules, known: Known, row: int) -> Ints:
    """(N,) why move `row` is refused in each run, LEGAL where it is not.

    Of several reasons the one that time and money would not cure is given: a lack of either comes last.
    """
    reason = np.zeros(known.week.shape, dtype=np.int64)
    for why, met in _lacking_last(_asked(rules.moves[row], known)):
        if np.count_nonzero(met) < met.size:
            reason = np.where((reason == _LEGAL) & ~met, why, reason)
            if np.count_nonzero(reason) == reason.size:
                break
    return reason


def _lacking_last(asked: Iterable[tuple[int, Bools]]) -> Iterator[tuple[int, Bools]]:
    """What is asked, hours and cash last."""
    lacking = []
    for why, met in asked:
        if why in _LACKING:
            lacking.append((why, met))
        else:
            yield why, met
    yield from lacking


def allowed(rules: Rules, known: Known, row: int) -> Bools:
    """(N,) where move `row` is legal."""
    asked = _asked(rules.moves[row], known)
    _, legal = next(asked)
    for _, met in asked:
        if not np.count_nonzero(legal):
            break
        legal = legal & met
    return legal


def _asked(move: Move, known: Known) -> Iterator[tuple[int, Bools]]:
    """All that a legal move asks, cheapest first: the reason of a refusal, and (N,) where it is met."""
    yield _ENDED, known.live
    if not all(move.stages):
        yield _STAGE, np.array(move.stages)[known.stage]
    if move.hours > 0.0:
        yield _HOURS, known.hours >= move.hours
    if move.cost > 0.0:
        yield _CASH, known.cash >= move.cost
    for number, check in enumerate(move.checks):
        yield _CHECK + number, holds(check.holds, known)


def legal(rules: Rules, known: Known) -> tuple[Bools, Ints]:
    """(M, N) which moves are legal, and (M, N) the reason of each refusal."""
    reasons = np.stack([refusal(rules, known, row) for row in range(len(rules.moves))])
    return reasons == Reason.LEGAL, reasons


def apply(rules: Rules, state: State, chosen: Ints, trace: Trace = SILENT) -> State:
    """The batch after each run's move.

    Args:
        rules: the scenario.
        state: the batch before.
        chosen: (N,) rows of legal moves, or a negative number where a run makes none. The caller asks `legal`
            first: nothing is checked here.
        trace: told what each move did to the visible numbers.
    """
    fresh: Fresh = {}
    for row in np.flatnonzero(np.bincount(chosen[chosen >= 0])).tolist():
        _make(state.known, fresh, rules.moves[row], np.flatnonzero(chosen == row))
        if trace.on:
            explain(rules, evolve(state.known, **fresh), rules.moves[row].id, trace)
    return State(state.truth, state.hidden, evolve(state.known, **fresh), state.future)


Fresh = dict[str, Floats | Ints]
"""Rows that effects have changed so far, by the name of the field; each array is copied once, then written to."""


def _make(known: Known, fresh: Fresh, move: Move, runs: Ints) -> None:
    if move.hours > 0.0:
        _own(known, fresh, "hours")[runs] -= move.hours
    if move.cost > 0.0:
        _own(known, fresh, "cash")[runs] -= move.cost
    for effect in move.effects:
        _lever(known, fresh, effect, runs)


def changed(known: Known, effects: Iterable[Effect], mask: Bools) -> Known:
    """What is known after effects on some runs, in their order."""
    fresh: Fresh = {}
    for effect in effects:
        _lever(known, fresh, effect, np.flatnonzero(mask))
    return evolve(known, **fresh)


def _own(known: Known, fresh: Fresh, name: str) -> Floats | Ints:
    if name not in fresh:
        fresh[name] = getattr(known, name).copy()
    return fresh[name]


def _lever(known: Known, fresh: Fresh, effect: Effect, runs: Ints) -> None:
    row = _own(known, fresh, effect.ref.field)[effect.ref.row]
    if effect.op is _SET:
        new = np.full(runs.shape, effect.value)
    elif effect.op is _ADD:
        new = row[runs] + effect.value
    else:
        new = known.week[runs] + effect.value
    row[runs] = np.minimum(np.maximum(new, effect.low), effect.high)


def explain(rules: Rules, known: Known, cause: str, trace: Trace) -> None:
    """Mark every visible number as it stands after this cause."""
    if trace.on:
        for number in rules.numbers:
            trace.mark(number.id, cause, rows(known, number.value))
