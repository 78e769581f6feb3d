"""Telling: what a function says is the truth with noise and padding, and both shrink with its trust in the player.

Distortion falls with trust (O'Reilly 1978, Human Relations 31:173-193), messages coarsen as interests diverge (Crawford
& Sobel 1982, Econometrica 50:1431-1451), slack is built into requests (Antle & Eppen 1985, Management Science 31:
163-174). The directions are theirs, the sizes ours. A player who can judge the matter is told more of it.

What is told is handed on corrected for the padding that the present trust lets expect; what remains of it is that
distrust makes plans longer, and answers less sure. Only plans are padded: nobody tells another quantity. The noise is
that of answers, which count by its `weight`. Several mechanics need it, so it stands below them.
"""

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Floats, Number
from tpmsim.core.readings import slack
from tpmsim.core.rules import Function, Rules
from tpmsim.core.state import Known

PLAN_PADDING = 0.40
"""assumption: most that engineering adds to a plan, without trust. What others tell is no quantity to be padded."""

NEGLECT_PADS = 2.0
"""assumption: times as much while it lets things slide."""

SKILL_SAVES = 0.5
"""assumption: share of the distortion that full skill of the player in the matter removes."""

SPREAD_LEAST = 0.5
"""assumption: share of its error that what is said keeps in full trust."""

USUAL_LACK = 0.375
"""definition: `lack` at trust and skill of one half, at which errors of a scenario are as written."""


def lack(trust: Number, skill: Number) -> Number:
    """What there is lacking in trust, (1 - T)(1 - 0.5 k), 0..1.

    Args:
        trust: T in the player, 0..1.
        skill: k, of the player in the matter, 0..1.
    """
    return (1.0 - trust) * (1.0 - SKILL_SAVES * skill)


def padding(most: Number, missing: Number, neglects: Number = 0.0) -> Number:
    """Share added to the truth, padmax lack, doubled in neglect.

    Args:
        most: padmax, such as PLAN_PADDING.
        missing: of `lack`.
        neglects: 1 while the function lets things slide, else 0.
    """
    return most * missing * (1.0 + (NEGLECT_PADS - 1.0) * neglects)


def spread(sd: Number, missing: Number) -> Number:
    """Standard deviation of the log of what is told over the truth, sd (0.5 + 0.5 lack)."""
    return sd * (SPREAD_LEAST + (1.0 - SPREAD_LEAST) * missing)


def weight(missing: Number) -> Number:
    """Answers at the usual trust that one answer is worth: the square of the usual `spread` over this one."""
    ratio = spread(1.0, USUAL_LACK) / spread(1.0, missing)
    return ratio * ratio


def trust_of(rules: Rules, known: Known, function: Function) -> Floats:
    """(N,) mean trust of those who do something for the product; one half where nobody does."""
    rows = np.flatnonzero(rules.people.function == function)
    if not rows.shape[0]:
        return np.full(known.week.shape, 0.5)
    return exact.total(known.trust[rows]) / float(rows.shape[0])


def skill_for(known: Known, function: Function) -> Floats:
    """(N,) the skill that helps to understand a function: technology for those who build and draw, else leadership."""
    return known.technology if function in (Function.BUILD, Function.DESIGN) else known.leadership


def plan_padding(rules: Rules, known: Known) -> Floats:
    """(N,) share by which engineering says that a plan is longer than it thinks."""
    neglects = np.zeros(known.week.shape)
    for a in np.flatnonzero(rules.people.function == Function.BUILD):
        neglects = np.where(slack(known)[a], 1.0, neglects)
    missing = lack(trust_of(rules, known, Function.BUILD), known.technology)
    return np.asarray(padding(PLAN_PADDING, missing, neglects))


def build_weight(rules: Rules, known: Known) -> Floats:
    """(N,) what an answer of engineering is worth, by its trust and the player's technical skill."""
    return np.asarray(weight(lack(trust_of(rules, known, Function.BUILD), known.technology)))


def person_weight(rules: Rules, known: Known, row: int) -> Floats:
    """(N,) what an answer that comes through a stakeholder is worth."""
    function = Function(int(rules.people.function[row]))
    return np.asarray(weight(lack(known.trust[row], skill_for(known, function))))
