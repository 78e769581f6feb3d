"""Worlds that fit what is known: Known -> State. Whoever plans or judges by it cannot know more than the player.

For each hidden quantity docs/models.md says its prior, how it is observed, and how it is drawn here given what is
known: exactly where the model is conjugate, else by the approximation named there. Equal Known and equal keys give
equal worlds. That the whole is right is tested by its consequence: on average, luck is zero.
"""

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Floats, Keys
from tpmsim.core.mechanics.adoption import pace_belief
from tpmsim.core.mechanics.choice import rival_wait
from tpmsim.core.mechanics.instruments import effort_belief
from tpmsim.core.mechanics.launch import EXPECTATION_WEEKS, expected, fulfilled, satisfaction, weighed
from tpmsim.core.mechanics.opinions import settled
from tpmsim.core.opening import draw_error
from tpmsim.core.rolls import Luck
from tpmsim.core.rules import Rules
from tpmsim.core.state import Hidden, Known, State, Truth


def imagine(rules: Rules, known: Known, key: Keys) -> State:
    """A world for each run that its player cannot tell from the real one.

    Args:
        rules: the scenario, with the priors.
        known: what is known in N runs.
        key: (N,) keys of the draws; the imagined future is keyed by them too.
    """
    luck = Luck(key, int(known.week.max()))
    worth = _worth(rules, known, luck)
    error = draw_error(rules, luck)
    ratio = _ratio(rules, known, error, luck)
    truth = Truth(
        worth=worth,
        bias=_bias(rules, known, worth, luck),
        spike_bias=_spike_bias(rules, known, ratio, luck),
        ratio=ratio,
        error=error,
        pace=_pace(rules, known, luck),
        lean=np.stack(
            [
                rules.people.lean_sd[a] * luck.normal("imagine:lean", name)
                for a, name in enumerate(rules.stakeholders)
            ]
        ),
    )
    return State(truth, _hidden(rules, known, truth, luck), known, key)


def _worth(rules: Rules, known: Known, luck: Luck) -> Floats:
    """The posterior of the normal model, exactly."""
    return np.stack(
        [
            np.stack(
                [
                    known.mean[s, d] + known.sd[s, d] * luck.normal("imagine:worth", f"{segment}/{need}")
                    for d, need in enumerate(rules.needs)
                ]
            )
            for s, segment in enumerate(rules.segments)
        ]
    )


def _bias(rules: Rules, known: Known, worth: Floats, luck: Luck) -> Floats:
    """An instrument's own error given the worth and what it said, exactly: it explains part of the difference."""
    bias = np.zeros(known.asked.shape)
    for i, tool in enumerate(rules.instruments):
        for s, segment in enumerate(rules.segments):
            for d, need in enumerate(rules.needs):
                surprise = known.heard[i, s, d] - worth[s, d]
                z = luck.normal("imagine:bias", f"{tool.id}/{segment}/{need}")
                bias[i, s, d] = _explained(surprise, known.asked[i, s, d], tool.bias_sd, tool.error, z)
    return bias


def _explained(surprise: Floats, count: Floats, bias_sd: float, error: float, z: Floats) -> Floats:
    """A draw of N(0, bias_sd^2) given that it plus an error of error/sqrt(count) gave the surprise."""
    if bias_sd <= 0.0:
        return np.zeros(surprise.shape)
    asked = np.maximum(count, 1.0)
    part = np.where(count > 0.0, bias_sd * bias_sd / (bias_sd * bias_sd + error * error / asked), 0.0)
    return part * surprise + bias_sd * np.sqrt(1.0 - part) * z


def _ratio(rules: Rules, known: Known, error: Floats, luck: Luck) -> Floats:
    """Efforts from the belief, never below what is done; of a complete feature exactly what was done."""
    mean, sd = effort_belief(rules, known)
    done = known.worked - error * known.surfaced
    planned = np.maximum(known.nominal * known.kept, 1e-9)
    rows = []
    for j, feature in enumerate(rules.features):
        drawn = exact.exp(mean[j] + sd[j] * luck.normal("imagine:effort", feature))
        least = done[j] / planned[j]
        drawn = np.where(known.worked[j] > 0.0, np.maximum(drawn, least * 1.02), drawn)
        rows.append(np.where(known.complete[j] > 0.0, least, drawn))
    return np.stack(rows)


def _spike_bias(rules: Rules, known: Known, ratio: Floats, luck: Luck) -> Floats:
    row = rules.effort_instrument
    if row < 0:
        return np.zeros(ratio.shape)
    tool = rules.instruments[row]
    return np.stack(
        [
            _explained(
                known.spike_mean[j] - exact.log(ratio[j]),
                known.spiked[j],
                tool.bias_sd,
                tool.error,
                luck.normal("imagine:spike", feature),
            )
            for j, feature in enumerate(rules.features)
        ]
    )


def _pace(rules: Rules, known: Known, luck: Luck) -> Floats:
    mean, sd = pace_belief(rules, known)
    return np.stack(
        [
            exact.exp(mean[s] + sd[s] * luck.normal("imagine:pace", segment))
            for s, segment in enumerate(rules.segments)
        ]
    )


def _hidden(rules: Rules, known: Known, truth: Truth, luck: Luck) -> Hidden:
    faulty = truth.error * (known.exposed - known.surfaced)
    good = known.worked - truth.error * known.exposed
    expectation, mood = _felt(rules, known, truth, good)
    dice = np.stack([luck.uniform("imagine:intent", name) for name in rules.stakeholders])
    return Hidden(
        good=good,
        faulty=faulty,
        expectation=expectation,
        mood=mood,
        opinion=known.talked + settled(rules, truth.lean),
        die=known.intent_cell[0] + (known.intent_cell[1] - known.intent_cell[0]) * dice,
        rival_due=_rivals(rules, known, luck),
    )


def _rivals(rules: Rules, known: Known, luck: Luck) -> Floats:
    """What a teardown saw is so; else the wait is drawn anew, as it has no memory."""
    if not rules.rivals:
        return np.zeros((0, known.week.shape[0]))
    rows = []
    for r in range(len(rules.rivals)):
        fresh = known.week - 1 + rival_wait(rules, luck, r)
        rows.append(np.where(known.rival_seen[r] > 0.0, known.rival_seen[r], np.maximum(fresh, known.week)))
    return np.stack(rows)


def _felt(rules: Rules, known: Known, truth: Truth, good: Floats) -> tuple[Floats, Floats]:
    """What cohorts expect and how they felt, as if today's features had been there when they signed."""
    expectation = np.zeros(known.cohort.shape)
    mood = np.zeros(known.cohort.shape)
    if not known.cohort.any():
        return expectation, mood
    whole = np.maximum(known.nominal * truth.ratio, 1e-9)
    works = known.shipped * np.where(known.nominal > 0.0, good / whole, 0.0)
    quality = weighed(truth.worth, fulfilled(rules, works))
    week = int(known.week.max())
    for c in range(1, week):
        told = weighed(truth.worth, fulfilled(rules, known.shipped * expected(works, known.cohort_claim[c])))
        weeks = (week - 1 - c) % rules.money.contract
        for s in range(len(rules.segments)):
            drift = exact.exp(-float(week - c) / EXPECTATION_WEEKS)
            expectation[s, c] = quality[s] + (told[s] - quality[s]) * drift
            mood[s, c] = float(weeks) * satisfaction(quality[s], expectation[s, c])
    return expectation, mood
