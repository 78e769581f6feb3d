"""Previews: what a move may do, as a direction and a range. Never an exact sum of what is uncertain."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import log, sqrt

import numpy as np

from tpmsim.core import exact
from tpmsim.core.mechanics.instruments import TEARDOWN_SIGHT, bias_spread, evidence_precision, measured
from tpmsim.core.observe import Belief, Observation
from tpmsim.core.rules import Rules
from tpmsim.game.wording.answers import answer, overtime_pay
from tpmsim.game.wording.beliefs import brief, building_weeks, effort, missing, serves, weeks_text
from tpmsim.game.wording.labels import word_of
from tpmsim.game.wording.prose import counted
from tpmsim.game.wording.titles import Titles
from tpmsim.scenario.repertoire import CLAIMS, OVERTIME, TRADED_WORD, traded_weeks
from tpmsim.scenario.schema import Instrument

OFTEN = 0.3
"""Talks with customers in a week from which a team talks with them a lot."""

CHECKS = ("hardly any", "little", "the usual", "much", "very much")
"""Levels of review and test in words, from 0 (very low) to 4 (very high)."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What a preview may look at: the rules, the words, and what the player may know."""

    rules: Rules
    titles: Titles
    seen: Observation


def preview(sight: Sight, move: str) -> str:
    """What a move may do; empty where its name says it all."""
    kind, _, rest = move.partition(":")
    tool = sight.titles.scenario.instruments.get(kind)
    if tool is not None:
        return _learning(sight, kind, tool, rest)
    words = KINDS.get(kind)
    return words(sight, rest) if words is not None else ""


def _learning(sight: Sight, name: str, tool: Instrument, target: str) -> str:
    if tool.about == "effort":
        return _spike(sight, tool, target)
    if tool.about == "rivals":
        return (
            f"may show its next move if that comes within {TEARDOWN_SIGHT} weeks ({tool.hit * 100:.0f} % of the time)"
        )
    there = [one for one in sight.seen.beliefs if one.segment == target]
    shrink = [_surer(sight.rules, name, one) for one in there]
    asked = max((one.answers.get(name, 0) for one in there), default=0)
    text = f"what you believe of them gets {_range(min(shrink), max(shrink))} surer" if shrink else "answers"
    return text + (f"; {counted(asked, 'answer')} of this sort so far" if asked else "")


def tool_says(tool: Instrument) -> str:
    """What a way to learn is good for, and what is wrong with it."""
    if tool.about == "effort":
        return "engineers try something for some hours; the estimate of its effort gets narrower"
    if tool.about == "rivals":
        return "look at what a competitor sells, and see what comes next"
    text = f"{counted(tool.answers, 'answer')} each time"
    text += "; may bring up needs nobody has told you of" if tool.discovers else "; only about needs you know"
    if tool.lean > 0.0:
        text += "; they lean to what the loudest segment wants, which is allowed for but never wholly removed"
    text += "; people wish for more than they use, which is allowed for" if tool.tilt > 0.0 else ""
    bias = "large" if tool.bias >= 0.25 else "small" if tool.bias <= 0.1 else "some"
    return f"{text}; {bias} bias of its own"


def _surer(rules: Rules, name: str, one: Belief) -> float:
    """By which share the interval of a belief shrinks when its segment is asked once more."""
    tool = next(tool for tool in rules.instruments if tool.id == name)
    s, d = rules.segments.index(one.segment), rules.needs.index(one.need)
    bias, error, count = bias_spread(rules, tool, s, d), measured(tool, s).error, one.answers.get(name, 0)
    return _narrowing(one.width, _precision(bias, error, count + tool.answers) - _precision(bias, error, count))


def _narrowing(width: float, fresh: float) -> float:
    """By which share an interval shrinks with fresh evidence of this precision."""
    sd = width / exact.Z_80
    return 1.0 - sqrt(1.0 / (1.0 + sd * sd * fresh)) if sd > 0.0 else 0.0


def _precision(bias: float, error: float, count: int) -> float:
    return float(evidence_precision(bias, error, float(count)))  # type: ignore[arg-type]


def _range(low: float, high: float) -> str:
    """Shares as a range of whole fives of per cent, always with a width."""
    first, last = int(low * 20) * 5, (int(high * 20) + 1) * 5
    return f"{first} to {last} %" if first > 0 else f"up to {last} %"


def _spike(sight: Sight, tool: Instrument, feature: str) -> str:
    one = next((one for one in sight.seen.features if one.id == feature), None)
    if one is None or one.low <= 0.0 or one.high <= one.low:
        return "narrows the estimate of its effort"
    width = log(one.high / one.low) / 2.0
    most = _range(0.0, _narrowing(width, _precision(tool.bias, tool.error, tool.answers)))
    return f"the estimate, now {effort(one)}, gets {most} narrower"


def _problem(sight: Sight, need: str) -> str:
    seen = sight.seen
    beliefs = [one for one in seen.beliefs if one.need == need and seen.target in (None, one.segment)]
    return "; ".join(brief(sight.titles, one) for one in beliefs[:3])


def _target(sight: Sight, segment: str) -> str:
    best = max((one for one in sight.seen.beliefs if one.segment == segment), key=lambda one: one.mean, default=None)
    size = float(sight.rules.market.size[sight.rules.segments.index(segment)])
    wish = f"; as far as you know they want most: {sight.titles.need(best.need)}" if best is not None else ""
    return f"{size:,.0f} of them{wish}"


def _commit(sight: Sight, rest: str) -> str:
    feature, _, ahead = rest.partition("/")
    return _building(sight, feature, int(ahead.rpartition("/in")[2] or 0))


def _building(sight: Sight, feature: str, ahead: int) -> str:
    """What has to be built for a feature that is promised so many weeks ahead, and what it lacks."""
    plan = [one for one in sight.seen.features if one.id == feature or (one.committed and not one.complete)]
    low, high = building_weeks(sight.rules, sight.seen, plan)
    told = [f"{weeks_text(low, high)} of building{' with what is planned already' if len(plan) > 1 else ''}"]
    told[0] += f", {counted(ahead, 'week')} from now until it is due"
    if not sight.rules.works[sight.rules.stage(sight.seen.stage)]:
        told.append("building begins when this gate has opened")
    lacks = missing(sight.titles, sight.seen, feature)
    if lacks:
        told.append(f"can only be built after {lacks}, which is not in the plan")
    return "; ".join(told)


def _gate(sight: Sight, rest: str) -> str:
    _, _, word = rest.partition("/")
    met = sum(sight.seen.requirements.values())
    return {
        "go": f"{met} of {len(sight.seen.requirements)} things it asks for are there; votes decide when the week ends",
        "leap": "the stage changes for sure; everybody who would vote no trusts you less",
        "hold": "nothing moves; the sponsor's mood goes down a little",
        "recycle": f"costs {sight.rules.money.recycle:,.0f}; the sponsor's mood goes down",
        "kill": "ends the run when the week ends; early and for good reasons it is a good ending",
        "sunset": "ends the run when the week ends",
    }.get(word, "")


def _profile(sight: Sight, rest: str) -> str:
    team, row = sight.rules.team, sight.rules.profiles.index(rest)
    builds, mends, heard = (float(shares[row]) for shares in (team.feature_share, team.debt_share, team.talks))
    told = [
        f"{builds * 100:.0f} % of the week builds" + (f", {mends * 100:.0f} % mends old code" if mends > 0.0 else ""),
        f"wrong work comes to light after about {counted(float(team.delay[row]), 'week')}",
    ]
    if np.ptp(team.checks) > 0.0:
        told.append(f"{CHECKS[int(team.checks[row])]} review and test")
    if sight.titles.scenario.debt is not None:
        told.append(f"new code of {float(team.new_stars[row]):g} stars")
    if heard > 0.0:
        told.append(f"the team talks with the target segment {'a lot' if heard >= OFTEN else 'now and then'}")
    return "; ".join(told)


def _overtime(sight: Sight, rest: str) -> str:
    if OVERTIME.get(rest, 0.0) < sight.seen.overtime:
        return "less gets done at first; the team recovers, costs go down"
    pay = overtime_pay(OVERTIME.get(rest, 0.0))
    return f"more gets done for about two weeks, then less; team health down, {pay}"


def _price(sight: Sight, rest: str) -> str:
    up = float(rest) > sight.seen.price
    return "fewer sign-ups, more from each; those who have it may mind" if up else "more sign-ups, less from each"


def _claim(sight: Sight, rest: str) -> str:
    share = CLAIMS.get(rest, 0.0)
    if share > sight.seen.claim:
        return "more sign-ups now; more people let down later"
    return "fewer sign-ups now; fewer people let down later"


def _spend(sight: Sight, rest: str) -> str:
    return "more sign-ups, less cash" if float(rest) > sight.seen.spend else "more cash, fewer sign-ups"


def _drop(sight: Sight, rest: str) -> str:
    due = next((one.due for one in sight.seen.features if one.id == rest), 0)
    return f"less to build; the promise for week {due} stands all the same" if due else "less to build"


def _promise(sight: Sight, rest: str) -> str:
    one = next((one for one in sight.seen.features if one.id == rest), None)
    if one is None or not one.due:
        return ""
    whom = sight.titles.person(one.to) if one.to else "them"
    if one.complete:
        return (
            f"it is complete: left alone, the promise to {whom} is kept in week {one.due}; there is nothing to gain, "
            "and their trust goes down"
        )
    return (
        f"promised to {whom} for week {one.due} with '{word_of(one.word)}'; their trust goes down, "
        "less than if you broke it, and less the earlier you say it"
    )


def _withdraw(sight: Sight, rest: str) -> str:
    owing = [person.id for person in sight.seen.people if person.backing]
    freed = any(one.id == rest and one.due and one.to in owing for one in sight.seen.features)
    return f"{_promise(sight, rest)}{'; they owe you no yes at the gate any more' if freed else ''}"


STUDY = {
    "technology": "better work, and engineering tells you more; what is not used fades",
    "leadership": "the team loses less to talking, and others tell you more; what is not used fades",
}


def _trade(sight: Sight, rest: str) -> str:
    person, _, feature = rest.partition("/")
    ahead = traded_weeks(sight.titles.scenario)
    return (
        f"a promise to {sight.titles.person(person)} for week {sight.seen.week + ahead}, with '{TRADED_WORD}'; "
        f"{_building(sight, feature, ahead)}; they owe you a yes at the next gate, and everybody else likes it a "
        "little less"
    )


def _agents(sight: Sight, rest: str) -> str:
    more = float(rest) > sight.seen.agents
    return f"{'shorter' if more else 'longer'} waits; {float(rest) * sight.rules.support.pay:,.0f} a week for support"


Words = Callable[[Sight, str], str]

KINDS: Mapping[str, Words] = {
    "target": _target,
    "problem": _problem,
    "commit": _commit,
    "plan": lambda sight, rest: "the promise you made stands; now it is also worked on",
    "drop": _drop,
    "first": lambda sight, rest: "done sooner, the others later",
    "cut": lambda sight, rest: (
        f"{sight.rules.backlog.cut * 100:.0f} % of it is kept: less to build, and less of "
        f"{serves(sight.rules, sight.titles, sight.seen, rest)}"
    ),
    "profile": _profile,
    "overtime": _overtime,
    "hire": lambda sight, rest: "starts next week; costs the others time for some weeks, then helps",
    "release": lambda sight, rest: f"saves {sight.rules.team.pay:,.0f} a week; less gets built",
    "price": _price,
    "claim": _claim,
    "spend": _spend,
    "criteria": lambda sight, rest: (
        "if what customers say falls below it, no further wave opens; not to be softened once a wave is open"
    ),
    "wave": lambda sight, rest: "customers come, and tell you what they think of it",
    "talk": lambda sight, rest: "trust up a little",
    "share": lambda sight, rest: "trust up a little; they weigh the evidence when they next vote",
    "credit": lambda sight, rest: "trust up; the mood of everybody else down a little",
    "escalate": lambda sight, rest: "they work again; trust down",
    "trade": _trade,
    "study": lambda sight, rest: STUDY.get(rest, "you learn a little"),
    "read": lambda sight, rest: "next week one look at each trend: a report, or none; both tell you something",
    "conference": lambda sight, rest: "next week three looks at each trend",
    "agents": _agents,
    "renegotiate": _promise,
    "withdraw": _withdraw,
    "gate": _gate,
    "answer": lambda sight, rest: answer(sight.titles, rest),
}
