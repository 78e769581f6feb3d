"""The course of the plan: by when its features may be done, one after the other, and which promises are at risk.

It rests on nothing but what is known: effort intervals, reported progress, the order of the plan, what waits for what.
"""

from dataclasses import dataclass

from tpmsim.core.observe import FeatureSeen, Observation
from tpmsim.game.wording.backlog import Backlog
from tpmsim.game.wording.beliefs import building_weeks, weeks_text
from tpmsim.game.wording.labels import confidence, word_of
from tpmsim.game.wording.prose import counted

SIGNS = "Estimates against the weeks left: + they fit, ! they may not, x they do not."
"""What the signs of promises mean; those of the schedule weigh the word, too, and what may go wrong."""

LIKELY = "s tells how likely your word is to be kept."


@dataclass(frozen=True, slots=True)
class Leg:
    """A feature of the plan in its turn.

    Attributes:
        feature: of the plan, not complete.
        begins: weeks of building from now until its turn comes, at the least.
        low, high: weeks of building from now until it is done, as an 80 % interval.
    """

    feature: FeatureSeen
    begins: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """How a promise stands: a sign (+ on course, ! in doubt, x hardly to be kept), whether it is at risk, and why."""

    sign: str
    risky: bool
    why: str

    @property
    def says(self) -> str:
        """Sign, judgement and reason."""
        return f"{self.sign} {'at risk' if self.risky else 'on course if nothing goes wrong'}: {self.why}"


def legs(backlog: Backlog, seen: Observation) -> tuple[Leg, ...]:
    """The features that the team can work down, in the order in which it will; what is blocked is not among them."""
    told: list[Leg] = []
    turns, begins = _turns(backlog, seen), 0.0
    for count, one in enumerate(turns, start=1):
        low, high = building_weeks(backlog.rules, seen, turns[:count])
        told.append(Leg(one, begins, max(low, begins), high))
        begins = max(low, begins)
    return tuple(told)


def pause(backlog: Backlog, seen: Observation) -> int:
    """Weeks that pass before anything can be built: one at the least where nobody builds in this stage."""
    return 0 if seen.week > 0 and backlog.rules.works[backlog.rules.stage(seen.stage)] else 1


def outlook(backlog: Backlog, one: FeatureSeen, seen: Observation) -> Outlook:
    """How the promise of a feature stands; it must have one."""
    if one.complete:
        return Outlook("+", False, "it is reported complete")
    if not one.committed:
        return Outlook("x", True, "nobody works on it, it is not in the plan")
    leg = next((leg for leg in legs(backlog, seen) if leg.feature.id == one.id), None)
    if leg is None:
        return Outlook("x", True, "nobody can work on it, what it waits for is not in the plan")
    left = max(one.due - seen.week + 1 - pause(backlog, seen), 0)
    why = f"{weeks_text(leg.low, leg.high)} of building up to it, {counted(left, 'week')} left for that"
    if leg.low > left:
        return Outlook("x", True, why)
    return Outlook("!", True, why) if leg.high > left else Outlook("+", False, why)


def promise(backlog: Backlog, one: FeatureSeen, seen: Observation) -> str:
    """A promise in a sentence: what, when, with which word, and how it stands."""
    title = backlog.titles.feature(one.id)
    return f"{title} for week {one.due}, with {confidence(word_of(one.word))}; {outlook(backlog, one, seen).says}"


def _turns(backlog: Backlog, seen: Observation) -> list[FeatureSeen]:
    """Open features of the plan by rank, each after those that it waits for."""
    done = {one.id for one in seen.features if one.complete}
    waiting = sorted((one for one in seen.features if one.committed and not one.complete), key=lambda one: one.rank)
    turns: list[FeatureSeen] = []
    while waiting:
        ready = next((one for one in waiting if done.issuperset(backlog.scenario.features[one.id].depends)), None)
        if ready is None:
            break
        waiting.remove(ready)
        turns.append(ready)
        done.add(ready.id)
    return turns
