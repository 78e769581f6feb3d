"""What several mechanics need alike: they do not know each other, so it stands below them."""

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Bools, Floats, Number
from tpmsim.core.rules import Function, Response, Rules
from tpmsim.core.state import Known

WEEK = 1.0 / 52.0
"""definition: years of a week."""

HOURS = 40.0
"""definition: hours that a person works in a week."""

PERSON_DAY = 0.12
"""assumption: work units of one experienced person and day, before overhead; the bridge from person-days."""

OVERHEAD = 0.0006
"""rec (table of Abdel-Hamid & Madnick 1991): share of time lost to communication, by people squared."""

OVERHEAD_MOST = 0.54
"""pub (Abdel-Hamid & Madnick 1991): the last value of the table, at 30 people; larger teams split."""

LEADERSHIP_SAVES = 0.3
"""assumption: share of the overhead that full leadership skill removes."""

NEGLECTED = 0.9
"""assumption: what is left of a function's work in a week of neglect."""

ABANDONED = 0.8
"""assumption: what is left of it once its lead has gone."""


def effort_of(rules: Rules, known: Known, function: Function) -> Floats:
    """(N,) share of its usual work that a function does this week."""
    share = np.ones(known.week.shape)
    for a in np.flatnonzero(rules.people.function == function):
        share = np.where(slack(known)[a], share * NEGLECTED, share)
        share = np.where(known.gone[a] > 0.0, share * ABANDONED, share)
    return share


def slack(known: Known) -> Bools:
    """(A, N) who lets their work slide this week; where they have none, the player chases their answers instead."""
    return np.asarray((known.acted == Response.NEGLECT) & (known.chased <= 0.0))


def unblocked(rules: Rules, known: Known) -> Bools:
    """(J, N) where everything a feature waits for is complete."""
    missing = [exact.total(waits[:, None] * (1.0 - known.complete)) for waits in rules.backlog.depends]
    return np.stack(missing) <= 0.0


def overhead(n: Floats, leadership: Number = 0.0) -> Floats:
    """Share of working time that n people lose to communication, min(0.0006 n^2, 0.54) (1 - 0.3 leadership).

    Abdel-Hamid & Madnick 1991.

    Args:
        n: people in one team.
        leadership: skill of the player, 0..1.
    """
    return np.minimum(OVERHEAD * (n * n), OVERHEAD_MOST) * (1.0 - LEADERSHIP_SAVES * leadership)


def odds_update(odds: Floats, hit: Number, false_alarm: Number, reported: Bools) -> Floats:
    """Odds after a look: times c/f if it was reported, times (1-c)/(1-f) if not (Bayes).

    Args:
        odds: for against, before.
        hit: c, share of true things that are reported.
        false_alarm: f, share of untrue ones that are reported all the same, above 0 and below 1.
        reported: whether it was.
    """
    return odds * np.where(reported, hit / false_alarm, (1.0 - hit) / (1.0 - false_alarm))
