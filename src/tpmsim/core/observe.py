"""What a player may know of one run, as plain Python: the only thing that screens, recordings and reports are handed.

Numbers are whole counts of their quantum where they are booked, ordinary floats where they are beliefs. Nothing here
reads Truth or Hidden; the type of the argument sees to that.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Floats, Ints
from tpmsim.core.conditions import holds, rows
from tpmsim.core.ledger import quantised
from tpmsim.core.mechanics.chasing import hours_taken, idle
from tpmsim.core.mechanics.estimates import plan_work
from tpmsim.core.mechanics.instruments import effort_belief
from tpmsim.core.moves import Reason, refusal
from tpmsim.core.rules import EndedBy, Move, Response, RivalMove, Rules
from tpmsim.core.state import NOBODY, Known

PROMISES, UNHEARD, COMPLAINTS, DEEDS = "promises", "unheard", "complaints", "deeds"
"""definition: causes of an intent besides outcomes, that is promises, not being heard, others, what you did else."""

NOTHING, UNHARMED = "nothing", "unharmed"
"""definition: causes of a harmful intent for which no part of the mood speaks: nothing moved them, or only the good."""

SLIGHT = 0.02
"""assumption: satisfaction below which nothing in particular moves somebody."""

FAINT = 0.0001
"""definition: satisfaction below which a part is none, what satisfaction is counted in."""

PERSON_WEEK = 0.6
"""rec (Madachy 2008): work units of one experienced person in a week, 5 days of 0.1 units at a nominal 1.2."""


@dataclass(frozen=True, slots=True)
class Belief:
    """What is believed of one need in one segment: mean and half-width of the 80 % interval."""

    segment: str
    need: str
    mean: float
    width: float
    answers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class FeatureSeen:
    """One feature of the backlog.

    Attributes:
        low, high: 80 % interval of its work, in person-weeks.
        due: promised week, 0 none; `word` its confidence, `to` the stakeholder.
        failed: defects that customers met, by where they were made, in the order of ARTIFACTS.
        spiking: whether somebody looks into its work this week.
    """

    id: str
    committed: bool
    complete: bool
    shipped: bool
    reported: float
    kept: float
    rank: int
    low: float
    high: float
    due: int
    word: float
    to: str | None
    failed: tuple[int, ...] = ()
    spiking: bool = False


@dataclass(frozen=True, slots=True)
class PersonSeen:
    """One stakeholder: trust 0..1, satisfaction -1..1, the intent shown, what was done, the last vote.

    Attributes not told by their name:
        because: what moves them most towards the intent: the name of an outcome, PROMISES,
            UNHEARD, COMPLAINTS, DEEDS, NOTHING, UNHARMED; empty only for who stands by you.
        unheard: weeks since they were listened to.
        backing: whether they owe a yes at the next gate.
        broken: feature and week of the last promise to them that was broken.
        chased: whether chasing their answers takes hours of this week.
        idle: whether their function has nothing now that neglect could slow down.
    """

    id: str
    trust: float
    satisfaction: float
    intent: str
    acted: str | None
    gone: bool
    vote: int
    because: str = ""
    unheard: int = 0
    backing: bool = False
    broken: tuple[str, int] | None = None
    chased: bool = False
    idle: bool = False


@dataclass(frozen=True, slots=True)
class TrendSeen:
    """A trend: the believed chance that it is real and to come, reports of last week, whether it has come.

    `over` says that it can come no more: its weeks have passed without it.
    """

    id: str
    chance: float
    told: int
    arrived: bool
    over: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A move as it is offered: legal, or with the reason why not."""

    id: str
    kind: str
    hours: float
    cost: float
    reason: str
    here: bool

    @property
    def legal(self) -> bool:
        """Whether it can be made now."""
        return not self.reason


@dataclass(frozen=True, slots=True)
class Observation:
    """One run as its player may know it."""

    week: int
    weeks: int
    stage: str
    stages: tuple[str, ...]
    hours: float
    ended: str
    gate_answer: int
    asked: int
    numbers: Mapping[str, int]
    found: tuple[str, ...]
    target: str | None
    problem: str | None
    profile: str
    wave: int
    criteria: float
    tripped: bool
    price: float
    spend: float
    claim: float
    overtime: float
    headcount: float
    plan_weeks: float
    beliefs: tuple[Belief, ...]
    features: tuple[FeatureSeen, ...]
    people: tuple[PersonSeen, ...]
    rivals_seen: Mapping[str, int]
    cards: tuple[str, ...]
    answered: Mapping[str, str]
    memory: Mapping[str, float]
    requirements: Mapping[str, bool]
    rivals_did: Mapping[str, str] = field(default_factory=dict)
    trends: tuple[TrendSeen, ...] = ()
    agents: float = 0.0
    fires: float = 0.0
    chasing: float = 0.0
    reading: int = 0
    looking: tuple[str, ...] = ()


def observe(rules: Rules, known: Known, run: int = 0) -> Observation:
    """What the player of one run of the batch may know."""

    def one(array: Floats | Ints) -> float:
        return float(array[..., run])

    stage = int(known.stage[run])
    target, problem = int(known.target[run]), int(known.problem[run])
    return Observation(
        week=int(known.week[run]),
        weeks=rules.weeks,
        stage=rules.stages[stage],
        stages=rules.stages,
        hours=one(known.hours),
        ended=EndedBy(int(known.ended[run])).name.lower(),
        gate_answer=int(known.changed[run]),
        asked=int(known.trigger[run]),
        numbers=numbers(rules, known, run),
        found=tuple(need for d, need in enumerate(rules.needs) if one(known.found[d]) > 0.0),
        target=None if target == NOBODY else rules.segments[target],
        problem=None if problem == NOBODY else rules.needs[problem],
        profile=rules.profiles[int(known.profile[run])],
        wave=int(known.wave[run]),
        criteria=one(known.criteria),
        tripped=one(known.tripped) > 0.0,
        price=one(known.price),
        spend=one(known.spend),
        claim=one(known.claim),
        overtime=one(known.overtime),
        headcount=one(known.headcount),
        plan_weeks=one(known.plan_weeks),
        beliefs=_beliefs(rules, known, run),
        features=_features(rules, known, run),
        people=_people(rules, known, run),
        rivals_seen={
            rival: int(one(known.rival_seen[r]))
            for r, rival in enumerate(rules.rivals)
            if one(known.rival_seen[r]) > 0.0
        },
        cards=tuple(card.id for e, card in enumerate(rules.cards) if one(known.open[e]) > 0.0),
        answered=_answered(rules, known, run),
        memory={number.id: one(known.memory[v]) for v, number in enumerate(rules.memory)},
        requirements={item.id: bool(holds(item.holds, known)[run]) for item in rules.gates[stage]},
        rivals_did={
            rival: RivalMove(int(known.rival_did[r, run])).name.lower()
            for r, rival in enumerate(rules.rivals)
            if int(known.rival_did[r, run]) != RivalMove.NONE
        },
        trends=_trends(rules, known, run),
        agents=one(known.agents),
        fires=one(known.fires),
        chasing=one(hours_taken(rules, known.chased)),
        reading=int(one(known.reading)),
        looking=tuple(rival for r, rival in enumerate(rules.rivals) if one(known.looking[r]) > 0.0),
    )


def numbers(rules: Rules, known: Known, run: int = 0) -> dict[str, int]:
    """The visible numbers of one run, in whole quanta."""
    return {number.id: quantised(float(rows(known, number.value)[run]), number.quantum) for number in rules.numbers}


def values(rules: Rules, known: Known, run: int = 0) -> dict[str, float]:
    """The visible numbers of one run, as they stand."""
    return {number.id: float(rows(known, number.value)[run]) for number in rules.numbers}


def choices(rules: Rules, known: Known, run: int = 0) -> tuple[Choice, ...]:
    """Every move with its reason, for one run."""
    offered = []
    for row, move in enumerate(rules.moves):
        code = int(refusal(rules, known, row)[run])
        here = move.stages[int(known.stage[run])]
        offered.append(Choice(move.id, move.kind, move.hours, move.cost, explain(rules, known, move, code, run), here))
    return tuple(offered)


def explain(rules: Rules, known: Known, move: Move, code: int, run: int = 0) -> str:
    """The reason of a refusal in words; empty for a legal move."""
    if code == Reason.LEGAL:
        return ""
    if code == Reason.ENDED:
        return "the run is over"
    if code == Reason.STAGE:
        fits = [stage for stage, here in zip(rules.stages, move.stages, strict=True) if here]
        return f"belongs to {', '.join(fits)}" if fits else "belongs to no stage of this scenario"
    if code == Reason.HOURS:
        return f"needs {move.hours:g} h, {float(known.hours[run]):g} h left"
    if code == Reason.CASH:
        return f"costs {move.cost:,.0f}, {float(known.cash[run]):,.0f} left"
    return move.checks[code - Reason.CHECK].reason


def _answered(rules: Rules, known: Known, run: int) -> dict[str, str]:
    """The answer last given to each card that has had one."""
    given = {card: int(known.answered[e, run]) for e, card in enumerate(rules.cards)}
    return {
        card.id: rules.moves[card.answers[place]].id.rpartition("/")[2]
        for card, place in given.items()
        if place != NOBODY
    }


def _beliefs(rules: Rules, known: Known, run: int) -> tuple[Belief, ...]:
    return tuple(
        Belief(
            segment=segment,
            need=need,
            mean=float(known.mean[s, d, run]),
            width=exact.Z_80 * float(known.sd[s, d, run]),
            answers={
                tool.id: max(round(float(known.asked[i, s, d, run])), 1)
                for i, tool in enumerate(rules.instruments)
                if known.asked[i, s, d, run] > 0.0
            },
        )
        for s, segment in enumerate(rules.segments)
        for d, need in enumerate(rules.needs)
        if known.found[d, run] > 0.0
    )


def _features(rules: Rules, known: Known, run: int) -> tuple[FeatureSeen, ...]:
    mean, sd = effort_belief(rules, known)
    alone = np.where(known.nominal > 0.0, known.nominal, plan_work(rules, known))
    seen = []
    for j, feature in enumerate(rules.features):
        weeks = float(alone[j, run]) * float(known.kept[j, run]) / PERSON_WEEK
        middle, spread = float(mean[j, run]), exact.Z_80 * float(sd[j, run])
        to = int(known.promised_to[j, run])
        due = int(known.due[j, run])
        seen.append(
            FeatureSeen(
                id=feature,
                committed=bool(known.committed[j, run] > 0.0),
                complete=bool(known.complete[j, run] > 0.0),
                shipped=bool(known.shipped[j, run] > 0.0),
                reported=float(known.reported[j, run]),
                kept=float(known.kept[j, run]),
                rank=int(known.rank[j, run]),
                low=weeks * float(exact.exp(middle - spread)),
                high=weeks * float(exact.exp(middle + spread)),
                due=due,
                word=float(known.word[j, run]),
                to=rules.stakeholders[to] if due > 0 and to != NOBODY else None,
                failed=tuple(int(one) for one in known.removed[:, j, run]),
                spiking=bool(known.spiking[j, run] > 0.0),
            )
        )
    return tuple(seen)


def _people(rules: Rules, known: Known, run: int) -> tuple[PersonSeen, ...]:
    trust, nothing = known.trust, idle(rules, known)
    return tuple(
        PersonSeen(
            id=name,
            trust=float(trust[a, run]),
            satisfaction=float(known.satisfaction[a, run]),
            intent=Response(int(known.intent[a, run])).name.lower(),
            acted=None if int(known.acted[a, run]) == NOBODY else Response(int(known.acted[a, run])).name.lower(),
            gone=bool(known.gone[a, run] > 0.0),
            vote=int(known.votes[a, run]),
            because=because(rules, known, a, run),
            unheard=int(known.unheard[a, run]),
            backing=bool(known.backing[a, run] > 0.0),
            broken=_broken(rules, known, a, run),
            chased=bool(known.chased[a, run] > 0.0),
            idle=bool(nothing[a, run]),
        )
        for a, name in enumerate(rules.stakeholders)
    )


def _trends(rules: Rules, known: Known, run: int) -> tuple[TrendSeen, ...]:
    return tuple(
        TrendSeen(
            id=trend.id,
            chance=float(known.trend[t, run]),
            told=int(float(known.trend_told[t, run])),
            arrived=float(known.arrived[t, run]) > 0.0,
            over=float(known.arrived[t, run]) <= 0.0 and int(known.week[run]) > trend.last,
        )
        for t, trend in enumerate(rules.trends)
    )


def because(rules: Rules, known: Known, a: int, run: int = 0) -> str:
    """What moves a stakeholder most towards what they intend: the largest part of their mood on that side.

    The parts are exact: outcomes, promises, being unheard and complaints as remembered in `felt`, and what is left of
    satisfaction above its base, which the player's deeds and answers brought. An intent that does harm always has one.
    """
    parts = [float(part) for part in known.felt[a, :, run]]
    deeds = float(known.satisfaction[a, run]) - float(rules.people.base[a]) - float(exact.total(known.felt[a, :, run]))
    named = dict(zip((*rules.people.outcome_names, PROMISES, UNHEARD, COMPLAINTS), parts, strict=True)) | {DEEDS: deeds}
    glad = int(known.intent[a, run]) == Response.LOYALTY
    best, worst = max(named, key=named.__getitem__), min(named, key=named.__getitem__)
    if glad:
        return best if named[best] > SLIGHT else ""
    if named[worst] <= -FAINT:
        return worst
    return UNHARMED if named[best] > SLIGHT else NOTHING


def _broken(rules: Rules, known: Known, a: int, run: int) -> tuple[str, int] | None:
    row = int(known.broken_feature[a, run])
    return None if row == NOBODY else (rules.features[row], int(known.broken_week[a, run]))
