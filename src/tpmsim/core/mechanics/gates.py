"""Gates: the go, hold, recycle or kill decision between two stages (Cooper 1990, Business Horizons 33(3):44-54).

The player asks, the functions vote at the end of the week, and the table of the lifecycle says where it leads.
What a gate requires is data of the scenario; how opinions form stands in `opinions`.
"""

from dataclasses import replace

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Bools, Floats
from tpmsim.core.flows import Flows
from tpmsim.core.ledger import Trace
from tpmsim.core.rolls import Luck
from tpmsim.core.rules import EndedBy, Function, Rules, Trigger
from tpmsim.core.state import NO_CRITERIA, Known, State, evolve

OVERRULED = 0.5
"""assumption: evidence of broken trust with everybody who voted no and was overruled."""

IMPATIENCE = {Trigger.HOLD: 0.03, Trigger.RECYCLE: 0.10}
"""assumption: satisfaction that a sponsor loses by a stage held or repeated."""

ENDS = {
    Trigger.KILL: EndedBy.KILL,
    Trigger.SUNSET: EndedBy.SUNSET,
    Trigger.MONEY: EndedBy.MONEY,
    Trigger.FIRED: EndedBy.FIRED,
    Trigger.TIME: EndedBy.TIME,
}
"""definition: by what a run has ended after each trigger that ends it."""


def gates(rules: Rules, state: State, flows: Flows, luck: Luck, trace: Trace) -> State:
    """Votes are counted, the price of the decision is paid, and the stage changes, at most once a week.

    A gate that is held meets and decides nothing: everybody says where they stand, which is what it is good for. Who
    owes a yes gives it once, whatever they think.
    """
    known = _last_resort(rules, state.known)
    asked = (known.trigger == Trigger.GO) | (known.trigger == Trigger.LEAP)
    polled = asked | (known.trigger == Trigger.HOLD)
    backed = known.backing > 0.0
    yes = (state.hidden.opinion > 0.0) | backed
    votes = np.where(polled & (known.gone <= 0.0), np.where(yes, 1.0, -1.0), 0.0)
    refused = (known.trigger == Trigger.GO) & ~carried(rules, votes)
    trigger = np.where(refused, Trigger.HOLD, known.trigger)
    target = rules.next_stage[known.stage, trigger]
    moved = target != known.stage
    known = evolve(
        known,
        votes=np.where(polled, votes, known.votes),
        leaning=learned(known, np.where(backed, 0.0, votes)),
        backing=np.where(asked, 0.0, known.backing),
        changed=np.where(refused, -1.0, np.where(asked, 1.0, 0.0)),
        stage=target,
        stage_weeks=np.where(moved, 0, known.stage_weeks + 1),
    )
    known = _priced(rules, known, trigger, votes, trace)
    known = _begun_again(known, (trigger == Trigger.RECYCLE) & rules.sells[state.known.stage])
    return replace(state, known=_closed(_over(known, trigger), trace))


def carried(rules: Rules, votes: Floats) -> Bools:
    """(N,) where the votes, weighed by salience, are for it; a tie is."""
    return exact.total(votes * rules.people.weight[:, None]) >= 0.0


def learned(known: Known, votes: Floats) -> Floats:
    """(2, A, N) what votes tell of private leanings: yes means more than what was heard speaks against, no less."""
    low, high = known.leaning
    return np.stack(
        [
            np.where(votes > 0.0, np.maximum(low, -known.talked), low),
            np.where(votes < 0.0, np.minimum(high, -known.talked), high),
        ]
    )


def _last_resort(rules: Rules, known: Known) -> Known:
    """What ends a run whatever the player asked: a sponsor's exit, then no money, then no time."""
    late = (known.week >= rules.weeks) & (known.trigger != Trigger.KILL) & (known.trigger != Trigger.SUNSET)
    trigger = np.where(late, Trigger.TIME, known.trigger)
    trigger = np.where(known.cash < 0.0, Trigger.MONEY, trigger)
    return evolve(known, trigger=np.where(known.trigger == Trigger.FIRED, Trigger.FIRED, trigger))


def _priced(rules: Rules, known: Known, trigger: Floats, votes: Floats, trace: Trace) -> Known:
    overruled = (trigger == Trigger.LEAP) & (votes < 0.0)
    sponsor = np.where(rules.people.function == Function.SPONSOR, 1.0, 0.0)[:, None]
    mood = known.satisfaction
    for which, loss in IMPATIENCE.items():
        mood = np.where(trigger == which, np.maximum(mood - loss * sponsor, -1.0), mood)
    recycled = trigger == Trigger.RECYCLE
    known = evolve(
        known,
        broken_weight=np.where(overruled, known.broken_weight + OVERRULED, known.broken_weight),
        satisfaction=mood,
        cash=np.where(recycled, known.cash - rules.money.recycle, known.cash),
    )
    if trace.on:
        trace.mark("cash", "recycle", known.cash)
        for name, trust, feels in zip(rules.stakeholders, known.trust, mood, strict=True):
            trace.mark(f"trust.{name}", "overruled at the gate", trust)
            trace.mark(f"satisfaction.{name}", "the gate", feels)
    return known


def _begun_again(known: Known, back: Bools) -> Known:
    """A launch that is gone back from starts over: waves closed, criteria unwritten, nothing held against it."""
    return evolve(
        known,
        wave=np.where(back, 0, known.wave),
        criteria=np.where(back, NO_CRITERIA, known.criteria),
        tripped=np.where(back, 0.0, known.tripped),
    )


def _over(known: Known, trigger: Floats) -> Known:
    ended = known.ended
    for which, by in ENDS.items():
        ended = np.where(trigger == which, by, ended)
    return evolve(known, ended=ended)


def _closed(known: Known, trace: Trace) -> Known:
    """The books of a product that is stopped: it earns no more, and nobody has it.

    Who is led out in good order, by a sunset, counts as served to the end. Without this a run that is stopped early
    would keep the revenue and the praise of its last week, which it gave up.
    """
    earns = (known.ended == EndedBy.NOTHING) | (known.ended == EndedBy.TIME)
    stays = earns | (known.ended == EndedBy.SUNSET)
    left = np.where(stays, 0.0, known.segment_customers)
    known = evolve(
        known,
        revenue=np.where(earns, known.revenue, 0.0),
        lost=known.lost + left,
        cohort=np.where(stays, known.cohort, 0.0),
    )
    trace.mark("customers", "stopped", known.customers)
    trace.mark("sentiment", "stopped", known.mean_sentiment)
    return known
