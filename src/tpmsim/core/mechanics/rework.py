"""Build: work that looks done, some of it wrong, and comes back.

The rework cycle (Cooper 1980, Interfaces 10(6):20-36; Lyneis & Ford 2007, System Dynamics Review 23:157-189).
A feature's scope, in work units, is todo, done right, or done wrong and not yet discovered.

Not for how much a team can do (`staffing`), nor for defects that customers meet.
"""

from dataclasses import replace

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Bools, Floats, Ints, Number
from tpmsim.core.flows import Flows
from tpmsim.core.ledger import Trace
from tpmsim.core.readings import effort_of, unblocked
from tpmsim.core.rolls import Luck
from tpmsim.core.rules import Function, Rules
from tpmsim.core.state import Known, State, evolve
from tpmsim.core.telling import build_weight

QUALITY = 0.80
"""assumption (0.6 to 0.7 reported, Cooper 1993): share done right by a rested team of skill 0.5."""

QUALITY_SKILL = 0.1
"""assumption: gain of quality from skill 0 to 1."""

QUALITY_FATIGUE = 0.2
"""assumption: loss of quality at fatigue 1."""

QUALITY_STAR = 0.05
"""assumption: loss of quality for each star of maintainability below three."""

QUALITY_LEAST = 0.3
"""assumption: quality never falls below."""

QUALITY_MOST = 0.98
"""assumption: quality never rises above."""

RATING_TAU = (13.0, 8.0, 4.0, 2.0, 1.0)
"""assumption: mean weeks until wrong work is discovered, at review and test levels VL, L, N, H, VH."""

SLACK = 0.02
"""assumption: share of a feature that may be open when it is reported complete."""

SAID_MOST = 0.99
"""assumption: the most that is reported of what is not complete."""

BEGUN = 0.1
"""assumption: share of its estimate that a feature must have cost before a report says anything of its effort."""

INSTANT = 1e-6
"""definition: delay below which wrong work counts as discovered at once, weeks."""

NOTHING = 1e-9
"""definition: scope below which a feature counts as none, work units."""


def quality(skill: Floats, fatigue_mean: Number, stars: Number = 3.0) -> Floats:
    """Share of the work that is done right.

    Args:
        skill: technical skill, 0..1.
        fatigue_mean: mean fatigue over the turn.
        stars: maintainability of the code, 1..5.
    """
    rested = QUALITY + QUALITY_SKILL * (skill - 0.5)
    right = rested - QUALITY_FATIGUE * fatigue_mean - QUALITY_STAR * (3.0 - stars)
    return exact.clip(right, QUALITY_LEAST, QUALITY_MOST)


def discovery_weeks(level: Number) -> Floats:
    """Mean weeks until wrong work is discovered, at a review and test level from 0 (VL) to 4 (VH)."""
    return exact.interpolate(level, [0.0, 1.0, 2.0, 3.0, 4.0], RATING_TAU)


def step(
    todo: Floats, good: Floats, hidden: Floats, cap: Number, q: Number, tau: Number, d: float = 1.0
) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """One turn of the rework cycle: todo, good, hidden after it, and the work done and rework found in it.

    k = 1 - exp(-d/tau), m = 1 - (tau/d) k; work = min(cap, (todo + hidden k)/(1 - (1-q) m));
    found = hidden k + (1-q) work m (Cooper 1980; Lyneis & Ford 2007; exact for a constant rate of work).

    Args:
        todo: work units left to do as far as anybody knows.
        good: work units done right.
        hidden: work units done wrong and not yet discovered.
        cap: work units that can be done in the turn.
        q: share done right, 0..1.
        tau: mean weeks to discovery, 0 or more.
        d: weeks of the turn.
    """
    return turn(todo, good, hidden, cap, q, *surfacing(tau, d))


def surfacing(tau: Number, d: float = 1.0) -> tuple[Floats, Floats]:
    """Shares of wrong work that surface in a turn: k of what was hidden before, m of what is made in it.

    Args:
        tau: mean weeks to discovery, 0 or more.
        d: weeks of the turn.
    """
    waits = np.asarray(tau) > INSTANT
    delay = np.where(waits, tau, 1.0)
    k = np.where(waits, 1.0 - exact.exp(-d / delay), 1.0)
    return k, np.where(waits, np.maximum(1.0 - (delay / d) * k, 0.0), 1.0)


def turn(
    todo: Floats, good: Floats, hidden: Floats, cap: Number, q: Number, k: Number, m: Number
) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """`step` with the shares of `surfacing` already worked out."""
    wrong = 1.0 - q
    work = np.minimum(cap, (todo + hidden * k) / (1.0 - wrong * m))
    found = hidden * k + wrong * work * m
    hidden = hidden * (1.0 - k) + wrong * work * (1.0 - m)
    return np.maximum(todo + found - work, 0.0), good + q * work, hidden, work, found


def reported(todo: Floats, scope: Floats) -> Floats:
    """Progress that can be reported, 0..1: all that is not known to be open."""
    return 1.0 - todo / np.maximum(scope, NOTHING)


def delivered(good: Floats, scope: Floats) -> Floats:
    """True progress, 0..1, and how far a shipped feature fulfils what it promised."""
    return good / np.maximum(scope, NOTHING)


def rework(rules: Rules, state: State, flows: Flows, luck: Luck, trace: Trace) -> State:
    """The team works down its list; faults made now surface later, so reported progress runs ahead of true."""
    known, hidden, truth = state.known, state.hidden, state.truth
    whole = scope(rules, state)
    at_work = (known.committed > 0.0) & (whole > 0.0) & rules.works[known.stage]
    right = quality(known.technology, flows.fatigue, known.stars)
    usual = (1.0 - right) * fault_factor(rules, known)
    now, within = surfacing(rules.team.delay[known.profile])
    left = flows.capacity * rules.team.feature_share[known.profile]
    good, faulty = hidden.good.copy(), hidden.faulty.copy()
    worked, exposed, surfaced = known.worked.copy(), known.exposed.copy(), known.surfaced.copy()
    runs, ready = np.arange(state.size), at_work & unblocked(rules, known)
    busy = ready | (exposed > 0.0) | (faulty > 0.0)
    for j in np.argsort(np.where(at_work, known.rank, 1e9), axis=0, kind="stable"):
        row = (j, runs)
        if not busy[row].any():
            continue
        right = 1.0 - usual * truth.error[row]
        todo = np.maximum(whole[row] - good[row] - faulty[row], 0.0)
        cap = np.where(ready[row], left, 0.0)
        _, good[row], faulty[row], work, _ = turn(todo, good[row], faulty[row], cap, right, now, within)
        left = left - work
        flows.work[row] = work
        surfaced[row] = surfaced[row] + (exposed[row] - surfaced[row]) * now + usual * work * within
        exposed[row] = exposed[row] + usual * work
        worked[row] = worked[row] + work
    hidden = evolve(hidden, good=good, faulty=faulty)
    known = evolve(known, worked=worked, exposed=exposed, surfaced=surfaced)
    after = _report(rules, replace(state, known=known, hidden=hidden), at_work, luck)
    if trace.on:
        _explain(rules, state.known, after.known, trace)
    return after


def scope(rules: Rules, state: State) -> Floats:
    """(J, N) true work units of each feature as far as its scope was kept; 0 before it is estimated."""
    return state.known.nominal * state.truth.ratio * state.known.kept


def fault_factor(rules: Rules, known: Known) -> Floats:
    """(N,) how the usual error rate changes with design's attention (assumption: a tenth more if neglected)."""
    return 2.0 - effort_of(rules, known, Function.DESIGN)


def _report(rules: Rules, state: State, at_work: Bools, luck: Luck) -> State:
    """Engineering reports how much of each feature is left, honestly and with the error of any such figure."""
    rows = np.flatnonzero(at_work.any(axis=1))
    if not rows.shape[0]:
        return state
    known, here, names = state.known, at_work[rows], tuple(rules.features[j] for j in rows)
    whole, done = scope(rules, state)[rows], (state.hidden.good + state.hidden.faulty)[rows]
    worth = build_weight(rules, known)
    spread = rules.backlog.report_sd / np.sqrt(worth)
    share = reported(whole - done, whole)
    finished = here & (share >= 1.0 - SLACK)
    noise = exact.exp(spread * luck.normals("report", names) - spread * spread / 2.0)
    said = np.where(finished, 1.0, np.minimum(share * noise, SAID_MOST))
    net, planned = (known.worked - known.surfaced)[rows], (known.nominal * known.kept)[rows]
    heard = here & ~finished & (net > BEGUN * planned)
    implied = exact.log(np.maximum(net, NOTHING) / np.maximum(share * noise * planned, NOTHING))
    implied = implied - spread * spread / 2.0
    mean, weight = known.report_mean[rows], known.report_weight[rows]
    changed = {
        "reported": np.where(here, said, known.reported[rows]),
        "complete": np.where(here, np.where(finished, 1.0, 0.0), known.complete[rows]),
        "report_mean": np.where(heard, (mean * weight + implied * worth) / (weight + worth), mean),
        "report_weight": np.where(heard, weight + worth, weight),
        "reports": np.where(heard, known.reports[rows] + 1.0, known.reports[rows]),
    }
    known = evolve(known, **{name: _with_rows(getattr(known, name), rows, new) for name, new in changed.items()})
    return replace(state, known=known)


def _explain(rules: Rules, before: Known, after: Known, trace: Trace) -> None:
    """Of each feature whose report changed: what was worked on it, what was found wrong, and what else the report says.

    Work and faults count as far as the team knows of them, against the estimate; the truth is not given away.
    """
    planned = np.maximum(before.nominal * before.kept, NOTHING)
    worked, found = (after.worked - before.worked) / planned, (after.surfaced - before.surfaced) / planned
    told = before.reported
    for j in np.flatnonzero((after.reported != before.reported).any(axis=1)):
        row = np.array([j])
        built = np.minimum(told[row] + worked[row], 1.0)
        for cause, share in (("build", built), ("found", built - found[row]), ("report", after.reported[row])):
            told = _with_rows(told, row, share)
            trace.mark("progress", f"{cause}:{rules.features[j]}", evolve(before, reported=told).progress)


def _with_rows(array: Floats, rows: Ints, new: Floats) -> Floats:
    """The array with some rows new."""
    copy = array.copy()
    copy[rows] = new
    return copy
