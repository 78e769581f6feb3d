"""Discovery: how many interviews until the hidden needs of a segment are known.

Beta-binomial discovery (Griffin & Hauser 1993, Marketing Science 12:1-27), drawn as an urn (Eggenberger &
Polya 1923, ZAMM 3:279-289): needs differ in how easily they come up, so the first interviews find much and
later ones little. Prototype tests find problems at one constant rate (Nielsen & Landauer 1993, INTERCHI
93:206-213).

Not for the worth of a need once it is known; that is `instruments`.
"""

from dataclasses import replace

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Bools, Floats, Ints, Number
from tpmsim.core.flows import Flows
from tpmsim.core.ledger import Trace
from tpmsim.core.rolls import Luck
from tpmsim.core.rules import Rules
from tpmsim.core.state import Known, State, evolve

Count = Ints | Floats | int

FOUND_A = 1.5
"""assumption: with FOUND_B, one interview in six brings up a given need."""

FOUND_B = 7.5
"""assumption: see FOUND_A."""

TEST_RATE = 0.31
"""pub (Nielsen 2000): share of the problems that one tester meets."""


def _missed(k: Count, held: Number, a: Number, b: Number) -> Floats:
    """Chance that k more interviews after `held` miss what the ones before have missed."""
    left = np.ones(np.broadcast(k, held, a, b).shape)
    for i in range(int(np.max(k, initial=0))):
        left = np.where(i < np.asarray(k), left * (b + held + i) / (a + b + held + i), left)
    return left


def survivor(n: Count, a: Number = FOUND_A, b: Number = FOUND_B) -> Floats:
    """Share of the needs not yet found after n interviews: S(n) = S(n-1) (b+n-1)/(a+b+n-1), S(0) = 1.

    Griffin & Hauser 1993; the share found is 1 - S(n).

    Args:
        n: interviews held, any shape.
        a: first parameter of the beta distribution of a need's chance to come up.
        b: second parameter; the mean chance is a/(a+b).
    """
    return _missed(n, 0.0, a, b)


def hit_chance(k: Count, held: Number, a: Number = FOUND_A, b: Number = FOUND_B) -> Floats:
    """Chance that k more interviews find a need which the `held` before did not.

    1 - prod over i from held to held+k-1 of (b+i)/(a+b+i); Eggenberger & Polya 1923.

    Args:
        k: interviews of this week, any shape, small.
        held: interviews before, same shape or a number.
        a: see `survivor`.
        b: see `survivor`.
    """
    return 1.0 - _missed(k, held, a, b)


def find(found: Bools, u: Floats, chance: Number) -> Bools:
    """What is known after a week: a hidden need comes up if u < chance, and nothing found is lost."""
    return found | (u < chance)


def constant_rate(n: Count, rate: Number = TEST_RATE) -> Floats:
    """Share of the problems that n testers find, 1 - (1-rate)^n (Nielsen & Landauer 1993)."""
    left = np.ones(np.broadcast(n, rate).shape)
    for i in range(int(np.max(n, initial=0))):
        left = np.where(i < np.asarray(n), left * (1.0 - rate), left)
    return 1.0 - left


def discovery(rules: Rules, state: State, flows: Flows, luck: Luck, trace: Trace) -> State:
    """Interviews of this week, and talks of the team itself, bring up needs that nobody thought of."""
    known = state.known
    flows.answers = asked_this_week(rules, known)
    found, held = known.found, known.held.copy()
    for s, segment in enumerate(rules.segments):
        brought = discovering(rules, flows.answers, s)
        if not brought.any():
            continue
        chance = hit_chance(brought, held[s], rules.worth.found_a, rules.worth.found_b)
        hit = luck.uniforms("discovery", tuple(f"{segment}/{need}" for need in rules.needs)) < chance
        found = np.where(hit, 1.0, found)
        held[s] = held[s] + brought
    return replace(state, known=evolve(known, found=found, held=held))


def asked_this_week(rules: Rules, known: Known) -> Floats:
    """(I, S, N) answers that the queued instruments and the team's own talks bring."""
    each = np.array([float(tool.answers) for tool in rules.instruments])
    answers: Floats = known.queue * each[:, None, None]
    row = next((i for i, tool in enumerate(rules.instruments) if tool.discovers), None)
    if row is not None:
        talks = np.floor(rules.team.talks[known.profile] * known.headcount)
        talks = np.where(known.week >= 1, talks, 0.0)
        for s in range(len(rules.segments)):
            answers[row, s] = answers[row, s] + np.where(known.target == s, talks, 0.0)
    return answers


def discovering(rules: Rules, answers: Floats, segment: int) -> Floats:
    """(N,) answers of the instruments that can bring up something new."""
    rows = [answers[i, segment] for i, tool in enumerate(rules.instruments) if tool.discovers]
    return exact.total(np.stack(rows)) if rows else np.zeros(answers.shape[-1])
