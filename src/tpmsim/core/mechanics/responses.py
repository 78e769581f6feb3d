"""Responses: leave, let things slide, speak up, or stand by us.

Exit, voice, loyalty (Hirschman 1970) and neglect (Rusbult, Farrell, Rogers & Mainous 1988, Academy of
Management Journal 31:599-627), as a logit over satisfaction, investment and alternatives. One uniform draw
decides, in the order exit, neglect, voice, loyalty: a shown intent happens unless its cause has changed,
since the same draw is used again.

The signs are theirs, the sizes ours. Not for how satisfaction comes about; that is `appraisal`.
"""

from dataclasses import replace

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Floats, Ints, Number
from tpmsim.core.flows import Flows
from tpmsim.core.ledger import Trace
from tpmsim.core.rolls import Luck
from tpmsim.core.rules import Function, Response, Rules, Trigger
from tpmsim.core.state import COMPLAINTS_PART, NOBODY, Known, State, evolve

RESPONSES = ("exit", "neglect", "voice", "loyalty")
"""definition: the responses, in the order of axis 0; more satisfaction only moves a draw towards the end."""

COMPLAINT = 0.04
"""assumption: satisfaction that a sponsor loses by each dissatisfied voice of a week."""

COEFFICIENTS = (
    (-5.0, -3.0, -0.5, 0.7),
    (-0.5, -3.0, -0.5, 0.0),
    (2.0, 3.0, 0.5, 0.7),
    (3.0, 3.0, 0.5, -0.7),
)
"""assumption (signs pub, Rusbult et al. 1988): constant, satisfaction, investment, alternatives, by response.

Steeper in satisfaction and with higher constants of voice and loyalty than the first sketch of the model:
there a sponsor of neutral satisfaction would leave by chance in about 5 % of the runs of 26 weeks, where
below 1 % is wanted. Now it is 0.6 % with one half of investment and alternatives, less with better ones.
"""


def logits(sat: Floats, investment: Number, alternatives: Number) -> Floats:
    """(4, ...) inclination to each response, in the order of RESPONSES.

    Args:
        sat: satisfaction, -1..1.
        investment: what leaving would forfeit, 0..1.
        alternatives: how good the other options are, 0..1.
    """
    return np.stack([c + s * sat + v * investment + a * alternatives for c, s, v, a in COEFFICIENTS])


def probabilities(inclination: Floats) -> Floats:
    """(4, ...) probabilities of the responses, the logit of `logits`."""
    top = inclination[0]
    for row in inclination[1:]:
        top = np.maximum(top, row)
    weight = exact.exp(inclination - top)
    return weight / exact.total(weight)


def choose(u: Floats, chances: Floats) -> Ints:
    """Number in RESPONSES of the cell of the cumulated probabilities that holds u.

    Args:
        u: uniform draw, kept with the person until the intent is carried out.
        chances: (4, ...) of `probabilities`.
    """
    edge = chances[0]
    cell: Ints = (u >= edge) * 1
    for share in chances[1:-1]:
        edge = edge + share
        cell = cell + (u >= edge)
    return cell


def responses(rules: Rules, state: State, flows: Flows, luck: Luck, trace: Trace) -> State:
    """Last week's intents happen unless their cause is gone; then everybody forms the next one."""
    state = _act(rules, state, trace)
    return _choose(rules, state, luck)


def _act(rules: Rules, state: State, trace: Trace) -> State:
    """With the same die and the present state: the same cell, or the stakeholder waits."""
    known = state.known
    now = choose(state.hidden.die, odds(rules, known))
    here = (known.gone <= 0.0) & (known.week >= 1)
    acted = np.where(here & (now == known.intent), now, NOBODY)
    left = np.where((acted == Response.EXIT) & (rules.people.function[:, None] != Function.BUILD), 1.0, known.gone)
    walked = exact.total(
        np.where((acted == Response.EXIT) & (rules.people.function[:, None] == Function.BUILD), 1.0, 0.0)
    )
    known = evolve(
        known,
        acted=acted,
        gone=left,
        experienced=np.maximum(known.experienced - walked, 0.0),
    )
    known = _complaints(rules, known, acted)
    fired = exact.total(np.where(acted == Response.EXIT, 1.0, 0.0) * _is(rules, Function.SPONSOR)) > 0.0
    known = evolve(known, trigger=np.where(fired, Trigger.FIRED, known.trigger))
    if trace.on:
        for name, mood in zip(rules.stakeholders, known.satisfaction, strict=True):
            trace.mark(f"satisfaction.{name}", "complaints", mood)
    return replace(state, known=known)


def _complaints(rules: Rules, known: Known, acted: Ints) -> Known:
    """A dissatisfied voice reaches the sponsor (assumption: 0.04 each)."""
    loud = np.where((acted == Response.VOICE) & (known.satisfaction < 0.0), 1.0, 0.0)
    heard = _is(rules, Function.SPONSOR) * exact.total(loud * (1.0 - _is(rules, Function.SPONSOR)))
    felt = known.felt.copy()
    felt[:, COMPLAINTS_PART] -= COMPLAINT * heard
    return evolve(known, felt=felt, satisfaction=np.maximum(known.satisfaction - COMPLAINT * heard, -1.0))


def _choose(rules: Rules, state: State, luck: Luck) -> State:
    dice = luck.uniforms("intent", rules.stakeholders)
    chances = odds(rules, state.known)
    intent = choose(dice, chances)
    known = evolve(state.known, intent=intent, intent_cell=cell(intent, chances))
    return replace(state, known=known, hidden=evolve(state.hidden, die=dice))


def odds(rules: Rules, known: Known) -> Floats:
    """(4, A, N) probabilities of exit, neglect, voice, loyalty."""
    people = rules.people
    return probabilities(logits(known.satisfaction, people.investment[:, None], people.alternatives[:, None]))


def cell(intent: Ints, chances: Floats) -> Floats:
    """(2, A, N) cumulated probability below and up to the response that is intended."""
    low = np.zeros(intent.shape)
    high = np.zeros(intent.shape)
    below = np.zeros(intent.shape)
    for response, chance in enumerate(chances):
        low = np.where(intent == response, below, low)
        below = below + chance
        high = np.where(intent == response, below, high)
    return np.stack([low, np.where(intent == len(chances) - 1, 1.0, high)])


def _is(rules: Rules, function: Function) -> Floats:
    """(A, 1) 1 for the stakeholders of a function."""
    return np.where(rules.people.function == function, 1.0, 0.0)[:, None]
