"""Moves: which are legal, and why not; and what they do. No dice are rolled here.

A move is data (`rules.Move`): hours, cost, the stages it belongs to, conditions on what is known, and effects on what
is known. So legality is decided in this one place, and applying a move never needs to know what kind it is.
"""

from enum import IntEnum

import numpy as np

from tpmsim.core.arrays import Bools, Floats, Ints
from tpmsim.core.conditions import holds, rows
from tpmsim.core.ledger import Silent, Trace
from tpmsim.core.rules import Effect, EndedBy, Move, Op, Rules
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


def refusal(rules: Rules, known: Known, row: int) -> Ints:
    """(N,) why move `row` is refused in each run, LEGAL where it is not. The first reason counts."""
    move = rules.moves[row]
    reason = np.zeros(known.week.shape, dtype=np.int64)
    for number in range(len(move.checks) - 1, -1, -1):
        reason = np.where(holds(move.checks[number].holds, known), reason, Reason.CHECK + number)
    if move.cost > 0.0:
        reason = np.where(known.cash >= move.cost, reason, Reason.CASH)
    if move.hours > 0.0:
        reason = np.where(known.hours >= move.hours, reason, Reason.HOURS)
    if not all(move.stages):
        reason = np.where(np.array(move.stages)[known.stage], reason, Reason.STAGE)
    return np.where(known.ended == EndedBy.NOTHING, reason, Reason.ENDED)


def allowed(rules: Rules, known: Known, row: int) -> Bools:
    """(N,) where move `row` is legal."""
    return np.asarray(refusal(rules, known, row) == Reason.LEGAL)


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
    known = state.known
    for row in np.unique(chosen):
        if row >= 0:
            known = _made(known, rules.moves[row], np.asarray(chosen == row))
            _explain(rules, known, rules.moves[row], trace)
    return State(state.truth, state.hidden, known, state.future)


def _made(known: Known, move: Move, mask: Bools) -> Known:
    changes: dict[str, Floats | Ints] = {}
    if move.hours > 0.0:
        changes["hours"] = np.where(mask, known.hours - move.hours, known.hours)
    if move.cost > 0.0:
        changes["cash"] = np.where(mask, known.cash - move.cost, known.cash)
    for effect in move.effects:
        name = effect.ref.field
        array = changes.get(name)
        if array is None:
            array = getattr(known, name)
        changes[name] = _levered(array, effect, mask, known.week)
    return evolve(known, **changes)


def _levered(array: Floats | Ints, effect: Effect, mask: Bools, week: Ints) -> Floats | Ints:
    old = array[effect.ref.row]
    if effect.op is Op.SET:
        new = np.full(old.shape, effect.value)
    elif effect.op is Op.ADD:
        new = np.minimum(np.maximum(old + effect.value, effect.low), effect.high)
    else:
        new = week + effect.value
    copy = array.copy()
    copy[effect.ref.row] = np.where(mask, new.astype(array.dtype), old)
    return copy


def _explain(rules: Rules, known: Known, move: Move, trace: Trace) -> None:
    if trace.on:
        for number in rules.numbers:
            trace.mark(number.id, move.id, rows(known, number.value))
