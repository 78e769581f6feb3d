"""A sound process that weighs: a question is asked for what its answer is worth, work is ordered by what delay costs.

As `steady` in all else. What `steady` does by rule of thumb (every segment by the two cheapest instruments, work in the
order of the plan) is worked out here: value of information against hours, money and a week's delay (`inquiry`), and
cost of delay over duration (Smith 1956; Reinertsen 2009).
"""

from collections.abc import Iterator

import numpy as np

from tpmsim.core.arrays import Bools, Floats, Ints
from tpmsim.core.mechanics.finance import wsjf
from tpmsim.core.readings import unblocked
from tpmsim.core.rules import Rules, Trigger
from tpmsim.core.state import Known
from tpmsim.lab.policies import inquiry, planning, steady
from tpmsim.lab.policies.inquiry import Question, best_question, net_values, questions
from tpmsim.lab.policies.planning import build_weeks, gains
from tpmsim.lab.policy import END, Book, Mask, Ordered, Pick, Rule, always, answers, both, per_entity, within

DELAY = 1.0
"""Weeks that a week's delay of the next stage costs."""

CLEARLY = 1.25
"""Times the cost of delay over duration by which something else must lead before work turns to it."""


def _lines(book: Book) -> Iterator[Rule]:
    asked = questions(book)
    yield from answers(book, steady.kindness)
    yield from steady.stop(book)
    yield Rule("ask what is worth asking", within(book, "research"), best_question(book, asked))
    yield from steady.aim(book)
    yield from steady.plan(book)
    yield Rule("first what costs most to delay", _busy, _most_urgent(book))
    yield from steady.build(book)
    yield from steady.launch(book)
    yield from _gates(book, asked)
    yield Rule("ask in the time that is left", always, best_question(book, asked))
    yield from steady.people(book)


def _busy(rules: Rules, known: Known) -> Bools:
    """Runs with more than one thing to work on."""
    return np.asarray(rules.works[known.stage] & (_ready(rules, known).sum(axis=0) > 1))


def _ready(rules: Rules, known: Known) -> Bools:
    return np.asarray((known.committed > 0.0) & (known.complete <= 0.0) & unblocked(rules, known))


def _most_urgent(book: Book) -> Pick:
    """Put the feature first whose delay costs most for its duration, unless what is first is nearly as urgent."""
    levers = book.levers("first", "rank")
    table = per_entity(levers, len(book.rules.features))

    def choose(rules: Rules, known: Known) -> Ints:
        ready = _ready(rules, known)
        urgency = np.where(ready, wsjf(cost_of_delay(rules, known), np.maximum(build_weeks(rules, known), 0.1)), -1e9)
        best = np.argmax(urgency, axis=0)
        first = np.argmin(np.where(ready, known.rank, 1e9), axis=0)
        runs = np.arange(best.shape[0])
        turn = urgency[best, runs] > CLEARLY * urgency[first, runs]
        return np.where(turn & (best != first), table[best], END)

    return Pick(tuple(lever.row for lever in levers), choose, dear=True)


def cost_of_delay(rules: Rules, known: Known) -> Floats:
    """(J, N) gain that a week without each feature forgoes; what gains nothing still goes before nothing."""
    return np.maximum(gains(rules, known), 1e-6)


def _gates(book: Book, asked: tuple[Question, ...]) -> Iterator[Rule]:
    """As `steady`, but research goes on while a week of it is worth more than it costs."""
    lines = steady.gates(book)
    stages = {book.gate(stage, Trigger.GO): stage for stage, name in enumerate(book.rules.stages) if name == "research"}
    for line in lines:
        research = isinstance(line.move, int) and line.move in stages and line.move != END
        yield line._replace(when=both(line.when, _asked_enough(asked))) if research else line


def _asked_enough(asked: tuple[Question, ...]) -> Mask:
    """Nothing that could still be asked is worth the delay."""
    return lambda rules, known: np.asarray((net_values(rules, known, asked) < DELAY).all(axis=0))


EVIDENCE = Ordered("evidence", _lines, (inquiry.__name__, planning.__name__, steady.__name__))
