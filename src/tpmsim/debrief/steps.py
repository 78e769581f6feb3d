"""A run as a chain of decisions: what was asked at each step, and which answers were legal.

Within a week, moves follow each other and the week ends. A move that answers a question of its own (a card, a gate, a
promise, a price, ...) is a decision; the small moves of a week, with what was left undone when it ended, are one more:
its plan. A card that was open when the week ended was answered by silence. Moves that were taken back never happened.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from tpmsim.core.moves import allowed
from tpmsim.core.rules import Rules
from tpmsim.core.state import Known, State
from tpmsim.game.position import Position
from tpmsim.game.replay import Replayed

SILENCE, PLAN = "silence", "plan"

GROUPS = {
    "answer": "card",
    "gate": "gate",
    "commit": "promise",
    "renegotiate": "word",
    "withdraw": "word",
    "cut": "scope",
    "drop": "scope",
    "hire": "team",
    "release": "team",
}
"""Kinds of moves that answer one question about the first part of what they name."""

SINGLE = ("profile", "overtime", "price", "claim", "spend", "agents", "criteria", "wave", "target", "problem")
"""Kinds of moves that answer one question each, whatever they name."""

Asked = tuple[str, str]
"""A question: its kind and what it is about."""

CLOSED = ("card",)
"""Questions to which doing nothing is not an answer of its own: it is silence, when the week ends."""


@dataclass(frozen=True, slots=True)
class Step:
    """A move of a run.

    Attributes:
        row: of the move.
        question: that it answers; None for a small move.
        options: rows of the legal moves that answer the same question, the one made first.
    """

    row: int
    question: Asked | None
    options: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Silence:
    """A card that was open when the week ended: its row, and the rows of the answers that were legal."""

    card: int
    options: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """A week of a run.

    Attributes:
        number: the week.
        stage: id of the stage in which it was played.
        start: the state when it began, a batch of one.
        end: the state when it ended, all moves made.
        steps: its moves.
        silent: cards that silence answered.
    """

    number: int
    stage: str
    start: State
    end: State
    steps: tuple[Step, ...]
    silent: tuple[Silence, ...]


def weeks(run: Replayed) -> tuple[Week, ...]:
    """The weeks of a replayed run that have ended."""
    rules = run.loaded.rules
    return tuple(_week(rules, before) for before, _ in run.weeks)


def digest(run: Replayed) -> str:
    """SHA-256 over what a run was: its scenario, its seed, and the moves that stood when each week ended."""
    header = run.journal.header
    made = (",".join((str(before.week), *before.made)) for before, _ in run.weeks)
    whole = "\n".join((run.loaded.digest, header.seed, str(header.rules), *made))
    return hashlib.sha256(whole.encode()).hexdigest()[:32]


@lru_cache(maxsize=4096)
def question(move: str) -> Asked | None:
    """The question to which a move is an answer, by its id; None for a small move."""
    kind, _, rest = move.partition(":")
    if kind in GROUPS:
        return GROUPS[kind], rest.split("/")[0]
    return (kind, "") if kind in SINGLE else None


def _week(rules: Rules, last: Position) -> Week:
    positions = last.trail
    start = positions[0].state
    made = [rules.move(name) for name in last.made]
    steps = tuple(_step(rules, here.state.known, row) for here, row in zip(positions, made, strict=False))
    stage = rules.stages[int(start.known.stage[0])]
    return Week(last.week, stage, start, last.state, steps, tuple(_silent(rules, last.state.known)))


def _step(rules: Rules, known: Known, row: int) -> Step:
    asked = question(rules.moves[row].id)
    if asked is None:
        return Step(row, None, (row,))
    others = [one for one in range(len(rules.moves)) if one != row and question(rules.moves[one].id) == asked]
    return Step(row, asked, (row, *(one for one in others if _is_legal(rules, known, one))))


def _silent(rules: Rules, known: Known) -> Iterator[Silence]:
    for number in np.flatnonzero(known.open[:, 0] > 0.0).tolist():
        card = rules.cards[number]
        yield Silence(number, tuple(row for row in card.answers if _is_legal(rules, known, row)))


def _is_legal(rules: Rules, known: Known, row: int) -> bool:
    return bool(allowed(rules, known, row)[0])
