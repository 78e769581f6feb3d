"""The people in words: how they stand, what they want, and what a week meant to them."""

from tpmsim.core.observe import COMPLAINTS, DEEDS, NOTHING, PROMISES, UNHARMED, UNHEARD, Observation, PersonSeen
from tpmsim.core.rules import Response
from tpmsim.game.wording.answers import NOTED
from tpmsim.game.wording.figures import Figures
from tpmsim.game.wording.prose import counted, line_of, listed, spoken
from tpmsim.game.wording.slack import meant
from tpmsim.game.wording.titles import Titles
from tpmsim.scenario.loading import Loaded

INTENTS = {
    "exit": "means to leave",
    "neglect": "means to let things slide",
    "voice": "means to speak up",
    "loyalty": "stands by you",
}

OUTCOMES = {
    "cash": "money in the bank",
    "customers": "customers",
    "sentiment": "what customers say",
    "health": "a rested team",
    "progress": "progress",
    "retention": "customers who stay",
    "revenue": "revenue",
    "trust": "trust all round",
    "promises.share": "kept promises",
    "incidents": "incidents",
    "stars": "the state of the code",
    "wait": "waits for support",
}
"""What stakeholders may want, as they would say it."""

PLAIN = {
    "": "",
    COMPLAINTS: "complaints of others",
    NOTHING: "nothing in particular was done for them lately",
    UNHARMED: "no complaint in particular",
}
"""Causes of an intent that are said alike of everybody."""

COUNTED = ("customers", "incidents", "retention", "promises.share", "wait")
"""Those of which there are fewer, not less."""

KEPT_TO_THEMSELVES = "something that they keep to themselves"
"""A wish for what the author of a scenario does not tell."""

FELT = 0.005
"""Satisfaction below which the reason of a change is not told."""


class People:
    """Words for the stakeholders of a scenario."""

    def __init__(self, loaded: Loaded, titles: Titles, figures: Figures) -> None:
        self.scenario = loaded.scenario
        self.rules = loaded.rules
        self.titles = titles
        self.figures = figures

    def person(self, name: str, seen: Observation) -> str:
        """How somebody stands: trust, mood, intent."""
        one = next(one for one in seen.people if one.id == name)
        if one.gone:
            return "has left"
        numbers, figures = seen.numbers, self.figures
        trust = figures.value(f"trust.{name}", numbers[f"trust.{name}"])
        mood = figures.value(f"satisfaction.{name}", numbers[f"satisfaction.{name}"])
        why, then = self.because(one), self.meant(one)
        because, comes = f" ({why})" if why else "", f", {then}" if then else ""
        owes = "; owes you a yes at the gate" if one.backing else ""
        return f"trust {trust}, mood {mood}; {self.intent(one.intent)}{because}{comes}{owes}"

    def minders(self, item: str) -> str:
        """Who looks at a requirement of a gate when voting."""
        people = self.scenario.stakeholders.items()
        return listed(self.titles.person(name) for name, one in people if not one.cares or item in one.cares)

    def intent(self, name: str) -> str:
        """What somebody means to do, in words."""
        return INTENTS.get(name, spoken(name).lower())

    def meant(self, one: PersonSeen) -> str:
        """What will come of it if somebody means to let things slide or to speak up; else empty."""
        return meant(self.rules, one)

    def because(self, one: PersonSeen) -> str:
        """What moves somebody most towards what they intend; empty where who stands by you does so for no reason."""
        glad = one.intent == Response.LOYALTY.name.lower()
        if one.because == PROMISES:
            return self._promises(one, glad)
        if one.because == UNHEARD:
            return f"not listened to for {counted(one.unheard, 'week')}" if one.unheard else "not listened to for long"
        if one.because == DEEDS:
            return "what you did for them" if glad else "what you did, or did not do"
        if one.because in PLAIN:
            return PLAIN[one.because]
        return self._reason(one, glad)

    def _promises(self, one: PersonSeen, glad: bool) -> str:
        if glad or one.broken is None:
            return "promises that were kept" if glad else "promises that were put off"
        feature, week = one.broken
        return f"the promise of {self.titles.feature(feature)}, broken in week {week}"

    def _reason(self, one: PersonSeen, glad: bool) -> str:
        """The outcome behind it: how a number went as far as it is remembered, a feature in the plan or out of it.

        What is remembered of many weeks may be good after a bad one, so nothing is said of the last.
        """
        kind, _, rest = one.because.partition(".")
        wanted = self.scenario.stakeholders[one.id].goals[one.because] > 0.0
        if kind == "committed":
            return self._planned(rest, glad == wanted)
        most = "more good than bad" if glad else "more bad than good"
        return f"{self._outcome_words(one.because)}: over past weeks {most}"

    def _planned(self, feature: str, planned: bool) -> str:
        return f"{self.titles.feature(feature)} {'in' if planned else 'out of'} the plan"

    def warning(self, name: str) -> bool:
        """Whether an intent does harm."""
        return name in (Response.EXIT.name.lower(), Response.NEGLECT.name.lower())

    def felt(self, person: str, before: Observation, after: Observation, glad: bool) -> str:
        """Which of somebody's wishes a week touched most, one way or the other, as far as that can be seen."""
        felt = []
        outcomes = list(dict.fromkeys(name for one in self.scenario.stakeholders.values() for name in one.goals))
        for name, weight in self.scenario.stakeholders[person].goals.items():
            change = self._outcome(after, name) - self._outcome(before, name)
            scale = float(self.rules.people.scale[outcomes.index(name)])
            kind, _, feature = name.partition(".")
            fact = self._planned(feature, change > 0.0) if kind == "committed" else self._goal(name, weight)
            felt.append((weight * change / scale, fact))
        moved = (one for one in felt if abs(one[0]) >= FELT and (one[0] > 0.0) == glad)
        most = sorted(moved, key=lambda one: -abs(one[0]))
        return listed(f"{words}: {'better' if amount > 0 else 'worse'}" for amount, words in most[:2])

    def wants(self, person: str) -> str:
        """What somebody wants most, in the order of its weight."""
        goals = sorted(self.scenario.stakeholders[person].goals.items(), key=lambda one: -abs(one[1]))
        return listed(self._goal(name, weight) for name, weight in goals)

    def _outcome(self, seen: Observation, name: str) -> float:
        """An outcome as far as it can be seen: a visible number, or a feature in the plan; else nothing."""
        if name in seen.numbers:
            return seen.numbers[name] * self.figures.numbers[name].quantum
        kind, _, rest = name.partition(".")
        if kind == "memory":
            return seen.memory.get(rest, 0.0) if self.scenario.memory[rest].says is not None else 0.0
        return 1.0 if kind == "committed" and any(one.id == rest and one.committed for one in seen.features) else 0.0

    def _outcome_words(self, name: str) -> str:
        """An outcome as they would say it; what the author has remembered in the words of the author."""
        kind, _, rest = name.partition(".")
        if kind == "memory":
            says = self.scenario.memory[rest].says
            return line_of(says, NOTED) if says is not None else KEPT_TO_THEMSELVES
        if kind == "sentiment" and rest:
            return f"what {self.titles.segment(rest)} say"
        return OUTCOMES.get(name) or OUTCOMES.get(kind) or spoken(name).lower()

    def _goal(self, name: str, weight: float) -> str:
        kind, _, rest = name.partition(".")
        if kind == "committed":
            return self._planned(rest, weight > 0.0)
        known = self._outcome_words(name)
        return known if weight > 0 else f"{'fewer' if name in COUNTED else 'less'} {known}"
