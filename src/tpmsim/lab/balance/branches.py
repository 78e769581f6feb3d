"""Every option of a decision played on from the states in which it came up.

From each state `FUTURES` worlds are imagined that fit what is known there (`core.imagine`), so that an option is worth
what a player could expect of it, and not what only the seed knows. All options of a state meet the same worlds and the
same luck (common random numbers): their differences are differences of the options. The reference policy plays on:
after an answer it goes on with the week, after the move of a gate the week ends.

A batch takes in new branches as it comes to their week, so that many of them are played side by side. Not here: what
is made of the values (`audit`).
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from tpmsim.core.arrays import Bools, Floats, Ints, Keys
from tpmsim.core.batch import of_places, take
from tpmsim.core.conditions import rows
from tpmsim.core.imagine import imagine
from tpmsim.core.moves import allowed, apply
from tpmsim.core.outcome import score_units
from tpmsim.core.rolls import fork_key
from tpmsim.core.rules import Rules
from tpmsim.core.state import Known, State
from tpmsim.core.week import advance
from tpmsim.lab.balance.decisions import GATE, Decision, Sample, decisions, together
from tpmsim.lab.executor import Progress, each
from tpmsim.lab.jobs import rules_of
from tpmsim.lab.policies import reference
from tpmsim.lab.rollout import joined, play_week
from tpmsim.lab.swift import swift

FUTURES = 8
"""Worlds imagined for each state; even, as one half of them checks the other."""

AUDIT_FORK = 1 << 42
"""The forks of a run's luck from which the worlds are imagined: never those of rollouts, policies or candidates."""

MOST = 8192
"""Runs of a piece of work."""


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """States with options that are legal there, as they travel to a worker.

    Attributes:
        data: bytes of the scenario file.
        known: of n states, of any weeks.
        keys: (n,) of the worlds to imagine.
        state: (B,) of each branch its state.
        option: (B,) of each branch the row of its move.
        ends: (B,) whether the move ends the week, as that of a gate does.
    """

    data: bytes
    known: Known
    keys: Keys
    state: Ints
    option: Ints
    ends: Bools


@dataclass(frozen=True, slots=True, eq=False)
class Values:
    """What became of branches.

    Attributes:
        scores: (B, FUTURES) W in whole SCORE_UNITs.
        soon, late: (V, B) mean visible numbers a week later and at the end, in quanta.
    """

    scores: Ints
    soon: Floats
    late: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Branched:
    """What became of the options of one decision.

    Attributes:
        decision: the decision.
        samples: its n states.
        legal: (n, M) which options were legal; M counts the options of the decision.
        scores: (n, M, FUTURES) W in whole SCORE_UNITs, 0 where not legal.
        soon, late: (n, M, V) mean visible numbers a week later and at the end, in quanta.
    """

    decision: Decision
    samples: tuple[Sample, ...]
    legal: Bools
    scores: Ints
    soon: Floats
    late: Floats


def branched(
    data: bytes,
    samples: Sequence[Sample],
    jobs: int = 1,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> tuple[Branched, ...]:
    """Play every legal option of every state on.

    Args:
        data: bytes of the scenario file.
        samples: the states; those without a choice are left out.
        jobs: how many work at the same time.
        executor: takes the work; None does it here.
        progress: told how many runs of how many are done.

    Returns:
        One for each decision of the scenario, in order.
    """
    rules = rules_of(data)
    tables = [_blank(rules, samples, number, one) for number, one in enumerate(decisions(rules))]
    entries = [(table, state) for table in tables for state in range(len(table.samples))]
    work = [(_question(data, part), part) for part in _parts(entries, jobs)]
    sizes = [question.option.shape[0] * FUTURES for question, _ in work]
    done = each(answered, [question for question, _ in work], sizes, executor, progress)
    for (_, part), values in zip(work, done, strict=True):
        for branch, (table, state, option) in enumerate(_options(part)):
            table.scores[state, option] = values.scores[branch]
            table.soon[state, option] = values.soon[:, branch]
            table.late[state, option] = values.late[:, branch]
    return tuple(tables)


def _blank(rules: Rules, samples: Sequence[Sample], number: int, decision: Decision) -> Branched:
    """The table of a decision before anything was played, of the states that leave a choice."""
    here, options = [one for one in samples if one.decision == number], decision.options
    may = np.zeros((0, len(options)), dtype=np.bool_)
    if here:
        known = together(here)
        may = np.stack([allowed(rules, known, row) if row >= 0 else known.live for row in options], axis=1)
    legal = may[may.sum(axis=1) > 1]
    kept = tuple(one for one, row in zip(here, may, strict=True) if row.sum() > 1)
    numbers = (*legal.shape, len(rules.numbers))
    values = np.zeros((*legal.shape, FUTURES), dtype=np.int64)
    return Branched(decision, kept, legal, values, np.zeros(numbers), np.zeros(numbers))


def _parts(entries: Sequence[tuple[Branched, int]], jobs: int) -> Iterator[list[tuple[Branched, int]]]:
    """States in pieces of work of about equal size."""
    sizes = [FUTURES * int(table.legal[state].sum()) for table, state in entries]
    most = max(1, min(MOST, -(-sum(sizes) // jobs)))
    part: list[tuple[Branched, int]] = []
    size = 0
    for entry, own in zip(entries, sizes, strict=True):
        if part and size + own > most:
            yield part
            part, size = [], 0
        part.append(entry)
        size += own
    if part:
        yield part


def _options(part: Sequence[tuple[Branched, int]]) -> Iterator[tuple[Branched, int, int]]:
    """The branches of a piece of work, in order."""
    for table, state in part:
        for option in np.flatnonzero(table.legal[state]).tolist():
            yield table, state, option


def _question(data: bytes, part: Sequence[tuple[Branched, int]]) -> Question:
    samples = [table.samples[state] for table, state in part]
    counts = [int(table.legal[state].sum()) for table, state in part]
    branches = list(_options(part))
    future = np.array([one.future for one in samples], dtype=np.uint64)
    week = np.array([AUDIT_FORK + one.week for one in samples], dtype=np.uint64)
    return Question(
        data,
        together(samples),
        fork_key(future, week),
        np.repeat(np.arange(len(part)), counts),
        np.array([table.decision.options[option] for table, _, option in branches]),
        np.array([table.decision.kind == GATE for table, _, _ in branches]),
    )


# What a worker does


def answered(question: Question) -> Values:
    """Play one piece of work."""
    rules = rules_of(question.data)
    bound, runs = swift(rules, reference().bind(rules)), question.option.shape[0] * FUTURES
    scores, soon = np.zeros(runs, dtype=np.int64), np.zeros((len(rules.numbers), runs))
    late = np.zeros_like(soon)
    going: list[tuple[Ints, State]] = []
    for week in range(int(question.known.week.min()), rules.weeks + 1):
        answers, gates = (_begun(rules, question, week, ends) for ends in (False, True))
        going = [(places, play_week(rules, state, bound)) for places, state in joined([*going, *answers])]
        for places, state in joined([*going, *gates]):
            after = advance(rules, state)
            new = np.isin(places, [place for begun, _ in (*answers, *gates) for place in begun])
            seen, over = _numbers(rules, after.known), ~after.live
            soon[:, places[new]] = seen[:, new]
            late[:, places[over]] = seen[:, over]
            scores[places[over]] = score_units(rules, after.known)[over]
            going = [(places[~over], take(after, ~over))] if not over.all() else []
    shape = (question.option.shape[0], FUTURES)
    return Values(scores.reshape(shape), soon.reshape(-1, *shape).mean(axis=2), late.reshape(-1, *shape).mean(axis=2))


def _begun(rules: Rules, question: Question, week: int, ends: bool) -> list[tuple[Ints, State]]:
    """The branches that begin in a week with their first move made, and their places; none or one batch."""
    branches = np.flatnonzero((question.known.week[question.state] == week) & (question.ends == ends))
    if not branches.shape[0]:
        return []
    states, which = np.unique(question.state[branches], return_inverse=True)
    copies = np.repeat(states, FUTURES)
    keys = fork_key(question.keys[copies], np.tile(np.arange(FUTURES), states.shape[0]))
    worlds = imagine(rules, of_places(question.known, copies), keys)
    futures = np.arange(FUTURES)
    state = take(worlds, (which[:, None] * FUTURES + futures).reshape(-1))
    places = (branches[:, None] * FUTURES + futures).reshape(-1)
    return [(places, apply(rules, state, np.repeat(question.option[branches], FUTURES)))]


def _numbers(rules: Rules, known: Known) -> Floats:
    """(V, N) the visible numbers in whole quanta: less than a quantum is no difference."""
    seen = [np.rint(rows(known, one.value) / one.quantum) for one in rules.numbers]
    return np.array(seen).reshape(len(seen), known.hours.shape[0])
