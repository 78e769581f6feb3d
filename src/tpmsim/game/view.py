"""The view: ids and numbers of a run in the words of its scenario, shared by plain mode and the screens."""

from tpmsim.core.observe import Belief, Choice, FeatureSeen, Observation
from tpmsim.core.rules import Response
from tpmsim.core.state import NO_CRITERIA
from tpmsim.game.events import Event
from tpmsim.game.wording import beliefs
from tpmsim.game.wording.causes import cause
from tpmsim.game.wording.figures import FIGURES, Figures
from tpmsim.game.wording.groups import Group, groups
from tpmsim.game.wording.happenings import Scene, sentence, votes
from tpmsim.game.wording.labels import label, word_of
from tpmsim.game.wording.previews import Sight, preview, tool_says
from tpmsim.game.wording.prose import capital, counted, line_of, listed, spoken
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
}
"""What stakeholders may want, as they would say it."""

FELT = 0.005
"""Satisfaction below which the reason of a change is not told."""

MARKET = {
    "criteria": "Kill criteria",
    "wave": "Waves: whom to let in",
    "claim": "Claims",
    "price": "Price",
    "spend": "Marketing",
}


class View:
    """Words for everything that can be seen of a run of one scenario."""

    def __init__(self, loaded: Loaded) -> None:
        self.scenario = loaded.scenario
        self.rules = loaded.rules
        self.titles = Titles(loaded.scenario)
        self.figures = Figures(loaded.rules, self.titles)

    @property
    def main_numbers(self) -> tuple[str, ...]:
        """The numbers that are shown from the start."""
        return tuple(name for name in self.scenario.numbers if name in self.figures.numbers)

    @property
    def all_numbers(self) -> tuple[str, ...]:
        """All visible numbers, the main ones first."""
        others = (name for name in self.figures.numbers if name not in self.main_numbers)
        return (*self.main_numbers, *others)

    def label(self, move: str, week: int | None = None) -> str:
        """What a move is called."""
        return label(self.scenario, self.titles, move, week)

    def price(self, choice: Choice) -> str:
        """What a move takes: hours and money."""
        hours = f"{choice.hours:g} h" if choice.hours else ""
        money = f"costs {choice.cost:,.0f}" if choice.cost else ""
        return ", ".join(part for part in (hours, money) if part) or "no hours"

    def preview(self, move: str, seen: Observation) -> str:
        """What a move may do, as a direction and a range."""
        return preview(Sight(self.rules, self.titles, seen), move)

    def groups(self, seen: Observation, choices: tuple[Choice, ...]) -> tuple[Group, ...]:
        """The menu of the moment."""
        return groups(self.scenario, seen, choices)

    def subject(self, group: str, name: str, seen: Observation) -> str:
        """The name of one subject of a group that is opened in two steps."""
        if group in ("plan", "promises"):
            one = next((one for one in seen.features if one.id == name), None)
            return self.titles.feature(name) if one is None else f"{self.titles.feature(name)}, {self.standing(one)}"
        if group == "people":
            return self.titles.introduced(name)
        if group == "learn":
            return self.titles.instrument(name)
        return MARKET.get(name) or spoken(name)

    def about(self, group: str, name: str, seen: Observation) -> str:
        """A line about one subject of a group: what it is for, or how it stands."""
        if group == "learn":
            return tool_says(self.scenario.instruments[name])
        if group == "people":
            return self.person(name, seen)
        if group == "plan":
            waits = self.waits_for(name)
            return f"can only be built after {waits}" if waits else ""
        return self.market(seen).get(name, "") if group == "market" else ""

    def person(self, name: str, seen: Observation) -> str:
        """How somebody stands: trust, mood, intent."""
        one = next(one for one in seen.people if one.id == name)
        if one.gone:
            return "has left"
        numbers, figures = seen.numbers, self.figures
        trust = figures.value(f"trust.{name}", numbers[f"trust.{name}"])
        mood = figures.value(f"satisfaction.{name}", numbers[f"satisfaction.{name}"])
        return f"trust {trust}, mood {mood}; {self.intent(one.intent)}"

    def market(self, seen: Observation) -> dict[str, str]:
        """What stands now, by kind of market move."""
        criteria = f"stop below {seen.criteria * 100:+.0f}" if seen.criteria > NO_CRITERIA else "no kill criteria yet"
        shares = self.rules.market.waves[: seen.wave]
        return {
            "criteria": criteria,
            "wave": f"open to {shares[-1] * 100:g} % of those who would sign up" if shares else "nobody let in yet",
            "claim": f"we claim {seen.claim * 100:.0f} % of what it could do",
            "price": f"price {seen.price:,g} per {counted(self.rules.money.contract, 'week')}",
            "spend": f"marketing {seen.spend:,.0f} a week",
        }

    def minders(self, item: str) -> str:
        """Who looks at a requirement of a gate when voting."""
        people = self.scenario.stakeholders.items()
        return listed(self.titles.person(name) for name, one in people if not one.cares or item in one.cares)

    def cause(self, name: str, week: int | None = None) -> str:
        """What moved a number."""
        return cause(self.scenario, self.titles, name, week)

    def event(self, event: Event, after: Observation) -> str:
        """What happened."""
        return sentence(Scene(self.rules, self.titles, after), event)

    def votes(self, after: Observation) -> str:
        """How everybody voted at the gate of the week."""
        return votes(Scene(self.rules, self.titles, after))

    def path(self, seen: Observation) -> str:
        """The stages with the present one in capitals."""
        names = [self.titles.stage(name) for name in seen.stages if name != "ended"]
        ids = [name for name in seen.stages if name != "ended"]
        return " > ".join(
            name.upper() if one == seen.stage else name.lower() for one, name in zip(ids, names, strict=True)
        )

    def clock(self, seen: Observation) -> str:
        """The week in words."""
        return "Planning week" if seen.week == 0 else f"Week {seen.week} of {seen.weeks}"

    def belief(self, one: Belief) -> str:
        """A belief as a sentence."""
        return beliefs.belief(self.titles, one)

    def judged(self, one: Belief) -> str:
        """A belief without what it is about."""
        return beliefs.judged(one)

    def bar(self, one: Belief) -> str:
        """A belief as a small bar."""
        return beliefs.bar(one.mean, one.width)

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
        inside = {other.id for other in seen.features if other.committed or other.complete}
        missing = [name for name in self.scenario.features[one.id].depends if name not in inside]
        return listed(self.titles.feature(name) for name in missing) if one.committed and not one.complete else ""

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
        waits = self.waits_for(feature)
        return (*told, f"It can only be built after {waits}.") if waits else tuple(told)

    def sponsor(self, feature: str) -> str:
        """To whom a feature is promised when it is committed."""
        row = int(self.rules.backlog.sponsor[self.rules.features.index(feature)])
        return self.titles.person(self.rules.stakeholders[row])

    def objective(self, name: str, value: float) -> str:
        """A value in the unit of an objective."""
        figure = self.figures.figure(name)
        if name.split(".")[0] in FIGURES:
            shown = value * figure.shown
            return f"{shown:{'+' if figure.signed else ''},.0f}{figure.unit}"
        return f"{value * 100:.0f} %" if name.endswith("share") or name == "retention" else f"{value:,.6g}"

    def plan(self, seen: Observation) -> str:
        """The plan as a whole: how many features, how many weeks of building, how many weeks there are."""
        inside = [one for one in seen.features if one.committed]
        left = [one for one in inside if not one.complete]
        if not inside:
            return "The plan is empty."
        weeks = beliefs.weeks_text(*beliefs.building_weeks(self.rules, seen, left)) if left else "no weeks"
        remain = counted(seen.weeks - seen.week, "week") if seen.weeks > seen.week else "no week"
        return f"{counted(len(inside), 'feature')} in the plan, {weeks} of building left; {remain} left after this one."

    def intent(self, name: str) -> str:
        """What somebody means to do, in words."""
        return INTENTS.get(name, spoken(name).lower())

    def warning(self, name: str) -> bool:
        """Whether an intent does harm."""
        return name in (Response.EXIT.name.lower(), Response.NEGLECT.name.lower())

    def felt(self, person: str, before: Observation, after: Observation) -> str:
        """Which of somebody's wishes a week touched most, as far as that can be seen."""
        felt = []
        outcomes = list(dict.fromkeys(name for one in self.scenario.stakeholders.values() for name in one.goals))
        for name, weight in self.scenario.stakeholders[person].goals.items():
            change = self._outcome(after, name) - self._outcome(before, name)
            scale = float(self.rules.people.scale[outcomes.index(name)])
            felt.append((weight * change / scale, self._goal(name, weight)))
        most = sorted((one for one in felt if abs(one[0]) >= FELT), key=lambda one: -abs(one[0]))
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
        return 1.0 if kind == "committed" and any(one.id == rest and one.committed for one in seen.features) else 0.0

    def _goal(self, name: str, weight: float) -> str:
        kind, _, rest = name.partition(".")
        if kind == "committed":
            return f"{self.titles.feature(rest)} {'in' if weight > 0 else 'out of'} the plan"
        known = OUTCOMES.get(name) or OUTCOMES.get(kind) or spoken(name).lower()
        return known if weight > 0 else f"less {known}"

    def requirement(self, stage: str, item: str) -> str:
        """What a gate asks for."""
        return self.titles.requirement(stage, item)

    def card(self, card: str) -> str:
        """What a card says."""
        return line_of(self.scenario.cards[card].says)

    def speaker(self, card: str) -> str:
        """Who asks."""
        return self.titles.introduced(self.scenario.cards[card].speaker)
