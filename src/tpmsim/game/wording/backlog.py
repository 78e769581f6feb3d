"""The backlog in words: beliefs, features, and the plan that is made of them."""

from tpmsim.core.observe import Belief, FeatureSeen, Observation
from tpmsim.game.wording import beliefs
from tpmsim.game.wording.labels import word_of
from tpmsim.game.wording.prose import capital, counted, listed
from tpmsim.game.wording.titles import Titles
from tpmsim.scenario.loading import Loaded

MATTERS = 0.3
"""Believed worth from which a need that nothing meets is named."""


class Backlog:
    """Words for what is believed and what is planned."""

    def __init__(self, loaded: Loaded, titles: Titles) -> None:
        self.scenario = loaded.scenario
        self.rules = loaded.rules
        self.titles = titles

    def belief(self, one: Belief) -> str:
        """A belief as a sentence."""
        return beliefs.belief(self.titles, one)

    def judged(self, one: Belief) -> str:
        """A belief without what it is about."""
        return beliefs.judged(one)

    def bar(self, one: Belief, cells: int = beliefs.CELLS) -> str:
        """A belief as a small bar."""
        return beliefs.bar(one.mean, one.width, cells)

    def heard(self, one: Belief) -> str:
        """On which answers a belief rests."""
        return beliefs.heard(self.titles, one)

    def standing(self, one: FeatureSeen) -> str:
        """Where a feature stands, and its promise if there is one."""
        text = beliefs.state(self.titles, one)
        if one.due:
            whom = f" to {self.titles.person(one.to)}" if one.to else ""
            text += f", promised{whom} for week {one.due} with '{word_of(one.word)}'"
        return text

    def feature(self, one: FeatureSeen, seen: Observation) -> str:
        """A feature in a sentence: effort, what it serves, how that fits, where it stands."""
        needs = beliefs.serves(self.rules, self.titles, seen, one.id)
        needs = f"{needs}{self.fit(one, seen)}"
        return f"{self.titles.feature(one.id)}: {beliefs.effort(one)}; serves {needs}; {self.standing(one)}"

    def fit(self, one: FeatureSeen, seen: Observation) -> str:
        """How a feature fits the target segment, or the segments while none is chosen."""
        places = [seen.target] if seen.target else list(self.rules.segments)
        told = []
        for segment in places:
            value = beliefs.fit(self.rules, seen, one.id, segment)
            if value is not None:
                told.append(f"{self.titles.segment(segment)}: {beliefs.worth(value)}")
        return f" ({'; '.join(told)})" if told else ""

    def waits_for(self, feature: str) -> str:
        """What must be complete before a feature can be worked on."""
        return listed(self.titles.feature(name) for name in self.scenario.features[feature].depends)

    def blocked_by(self, one: FeatureSeen, seen: Observation) -> str:
        """What a feature of the plan waits for although it is not in the plan; empty where nothing is."""
        return beliefs.missing(self.titles, seen, one.id) if one.committed and not one.complete else ""

    def commitment(self, feature: str, seen: Observation) -> tuple[str, ...]:
        """What is good to know before a feature is promised: its weeks, and what the words do."""
        one = next(one for one in seen.features if one.id == feature)
        if one.committed or one.due:
            return ()
        plan = [other for other in seen.features if other.id == feature or (other.committed and not other.complete)]
        weeks = beliefs.weeks_text(*beliefs.building_weeks(self.rules, seen, plan))
        works = self.rules.works[self.rules.stage(seen.stage)]
        told = [
            f"{capital(weeks)} of building{' with what is in the plan already' if len(plan) > 1 else ''}, if all goes "
            f"well{'' if works else '. Building begins when this gate has opened'}.",
            f"It would be promised to {self.sponsor(feature)}. The word says how sure you are: a strong one kept earns "
            "more trust, and costs more when it is broken.",
        ]
        waits, lacks = self.waits_for(feature), beliefs.missing(self.titles, seen, feature)
        if lacks:
            return (*told, f"It can only be built after {lacks}, which is not in the plan.")
        return (*told, f"It can only be built after {waits}.") if waits else tuple(told)

    def sponsor(self, feature: str) -> str:
        """To whom a feature is promised when it is committed."""
        row = int(self.rules.backlog.sponsor[self.rules.features.index(feature)])
        return self.titles.person(self.rules.stakeholders[row])

    def plan(self, seen: Observation) -> str:
        """The plan as a whole: how many features, how many weeks of building, how many weeks there are."""
        inside = [one for one in seen.features if one.committed]
        left = [one for one in inside if not one.complete]
        if not inside:
            return "The plan is empty."
        weeks = beliefs.weeks_text(*beliefs.building_weeks(self.rules, seen, left)) if left else "no weeks"
        remain = counted(seen.weeks - seen.week, "week") if seen.weeks > seen.week else "no week"
        return f"{counted(len(inside), 'feature')} in the plan, {weeks} of building left; {remain} left after this one."

    def behind_sentiment(self, seen: Observation) -> tuple[str, ...]:
        """What of the known things may lie behind what customers say: the claim, and the needs that nothing meets."""
        out = [one.id for one in seen.features if one.shipped]
        if not out:
            return ()
        told = [
            f"You claim {seen.claim * 100:.0f} % of what is released; faults that nobody has found yet make it less "
            "than it looks."
        ]
        met = {d for one in out for d in self.scenario.features[one].serves}
        for belief in seen.beliefs:
            if belief.segment == seen.target and belief.need not in met and belief.mean >= MATTERS:
                what = self.titles.need(belief.need)
                told.append(f"Nothing that is released serves: {what} ({beliefs.judged(belief)}).")
        return tuple(told)
