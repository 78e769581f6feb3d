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


def refusal(rules: Rules, known: Known, row: int) -> Ints:
    """(N,) why move `row` is refused in each run, LEGAL where it is not.

    Of several reasons the one that time and money would not cure is given: a lack of either comes last.
    """
    reason = np.zeros(known.week.shape, dtype=np.int64)
    for why, met in sorted(_asked(rules.moves[row], known), key=lambda one: one[0] in (Reason.HOURS, Reason.CASH)):
        reason = np.where((reason == Reason.LEGAL) & ~met, why, reason)
    return reason


def allowed(rules: Rules, known: Known, row: int) -> Bools:
    """(N,) where move `row` is legal."""
    legal = np.ones(known.week.shape, dtype=np.bool_)
    for _, met in _asked(rules.moves[row], known):
        legal &= met
        if not legal.any():
            break
    return legal


def _asked(move: Move, known: Known) -> Iterator[tuple[int, Bools]]:
    """All that a legal move asks, cheapest first: the reason of a refusal, and (N,) where it is met."""
    yield Reason.ENDED, known.live
    if not all(move.stages):
        yield Reason.STAGE, np.array(move.stages)[known.stage]
    if move.hours > 0.0:
        yield Reason.HOURS, known.hours >= move.hours
    if move.cost > 0.0:
        yield Reason.CASH, known.cash >= move.cost
    for number, check in enumerate(move.checks):
        yield Reason.CHECK + number, holds(check.holds, known)


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
            explain(rules, known, rules.moves[row].id, trace)
    return State(state.truth, state.hidden, known, state.future)


def _made(known: Known, move: Move, mask: Bools) -> Known:
    changes: dict[str, Floats | Ints] = {}
    if move.hours > 0.0:
        changes["hours"] = np.where(mask, known.hours - move.hours, known.hours)
    if move.cost > 0.0:
        changes["cash"] = np.where(mask, known.cash - move.cost, known.cash)
    return changed(evolve(known, **changes), move.effects, mask)


def changed(known: Known, effects: Iterable[Effect], mask: Bools) -> Known:
    """What is known after effects on some runs, in their order."""
    changes: dict[str, Floats | Ints] = {}
    for effect in effects:
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
        new = old + effect.value
    else:
        new = week + effect.value
    new = np.minimum(np.maximum(new, effect.low), effect.high)
    copy = array.copy()
    copy[effect.ref.row] = np.where(mask, new.astype(array.dtype), old)
    return copy


def explain(rules: Rules, known: Known, cause: str, trace: Trace) -> None:
    """Mark every visible number as it stands after this cause."""
    if trace.on:
        for number in rules.numbers:
            trace.mark(number.id, cause, rows(known, number.value))
