"""What happened in a week, read off what was known before and after it. Ids and numbers; words are the view's."""

from collections.abc import Iterator
from dataclasses import dataclass

from tpmsim.core.observe import Observation
from tpmsim.core.world import ARTIFACTS


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened.

    Attributes:
        kind: what sort of thing, such as `need-found` or `gate-refused`.
        subject: id of whom or what it concerns.
        other: a second id, or empty.
        amount: a number that belongs to it, in the unit that its kind says.
        before, now: ranges that it changed, where the kind has any.
    """

    kind: str
    subject: str = ""
    other: str = ""
    amount: float = 0.0
    before: tuple[float, float] = (0.0, 0.0)
    now: tuple[float, float] = (0.0, 0.0)


def events(before: Observation, after: Observation) -> tuple[Event, ...]:
    """What happened between the end of a player's week and the start of the next, in the order of the week."""
    happened = (_heard, _built, _sold, _market, _promised, _people, _gate, _cards)
    return tuple(event for part in happened for event in part(before, after))


def _heard(before: Observation, after: Observation) -> Iterator[Event]:
    for need in after.found:
        if need not in before.found:
            yield Event("need-found", need)
    old = {(one.segment, one.need): one for one in before.beliefs}
    for one in after.beliefs:
        past = old.get((one.segment, one.need))
        if past is None or past.answers != one.answers or past.width != one.width:
            yield Event("belief", one.need, one.segment, one.mean)
    for was, new in zip(before.features, after.features, strict=True):
        if was.spiking and not new.spiking:
            yield Event("estimate", new.id, before=(was.low, was.high), now=(new.low, new.high))
    for rival, week in after.rivals_seen.items():
        if before.rivals_seen.get(rival) != week:
            yield Event("rival-seen", rival, amount=float(week))
    for rival in before.looking:
        if rival not in after.rivals_seen:
            yield Event("rival-unseen", rival)


def _built(before: Observation, after: Observation) -> Iterator[Event]:
    for old, new in zip(before.features, after.features, strict=True):
        if new.complete and not old.complete:
            yield Event("complete", new.id)
        elif old.complete and not new.complete:
            yield Event("reopened", new.id, amount=new.reported)
        elif new.committed and new.reported != old.reported:
            yield Event("progress", new.id, amount=new.reported)
        if new.shipped and not old.shipped:
            yield Event("shipped", new.id)


def _sold(before: Observation, after: Observation) -> Iterator[Event]:
    if after.tripped and not before.tripped:
        yield Event("tripped")


def _market(before: Observation, after: Observation) -> Iterator[Event]:
    """What customers met, what rivals did, what the feed told and what came of it."""
    for old, new in zip(before.features, after.features, strict=True):
        for artifact, (was, now) in zip(ARTIFACTS, zip(old.failed, new.failed, strict=False), strict=False):
            if now > was:
                yield Event("incident", new.id, artifact, float(now - was))
    if after.week != before.week and after.fires > 0.0:
        yield Event("fires", amount=after.fires)
    if after.week != before.week or after.ended != before.ended:
        for rival, did in after.rivals_did.items():
            yield Event(f"rival-{did}", rival)
    for old_trend, trend in zip(before.trends, after.trends, strict=True):
        if trend.arrived or trend.over:
            if (trend.arrived, trend.over) != (old_trend.arrived, old_trend.over):
                yield Event("trend-arrived" if trend.arrived else "trend-over", trend.id)
        elif trend.told:
            yield Event("trend-told", trend.id, amount=trend.chance)
        elif before.reading:
            yield Event("trend-silent", trend.id, amount=trend.chance)


def _promised(before: Observation, after: Observation) -> Iterator[Event]:
    for old, new in zip(before.features, after.features, strict=True):
        if old.due and not new.due:
            if old.due > before.week:
                yield Event("promise-withdrawn", new.id, old.to or "")
            else:
                yield Event("promise-kept" if new.complete else "promise-broken", new.id, old.to or "")
        elif old.due and new.due != old.due:
            yield Event("promise-moved", new.id, old.to or "", float(new.due))


def _people(before: Observation, after: Observation) -> Iterator[Event]:
    for old, new in zip(before.people, after.people, strict=True):
        if new.acted is not None:
            yield Event(f"acted-{new.acted}", new.id)
        if new.intent != old.intent:
            yield Event(f"intends-{new.intent}", new.id)
    if after.chasing > 0.0:
        yield Event("chasing", amount=after.chasing)


def _gate(before: Observation, after: Observation) -> Iterator[Event]:
    if after.gate_answer < 0:
        yield Event("gate-refused", before.stage)
    elif after.stage != before.stage and after.ended == "nothing":
        yield Event("stage", after.stage, before.stage)
    if after.ended != "nothing":
        yield Event("ended", after.ended)


def _cards(before: Observation, after: Observation) -> Iterator[Event]:
    for card in after.cards:
        if card not in before.cards:
            yield Event("card", card)
