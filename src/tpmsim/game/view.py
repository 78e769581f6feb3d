"""The view: ids and numbers of a run in the words of its scenario, shared by plain mode and the screens."""

from tpmsim.core.observe import Choice, Observation, TrendSeen
from tpmsim.core.state import NO_CRITERIA
from tpmsim.game.events import Event
from tpmsim.game.wording.backlog import Backlog
from tpmsim.game.wording.causes import cause
from tpmsim.game.wording.figures import FIGURES, Figures
from tpmsim.game.wording.groups import Group, groups
from tpmsim.game.wording.happenings import Scene, sentence, votes
from tpmsim.game.wording.labels import label
from tpmsim.game.wording.people import People
from tpmsim.game.wording.previews import Sight, preview, tool_says
from tpmsim.game.wording.prose import counted, line_of, shortened, spoken
from tpmsim.game.wording.titles import Titles
from tpmsim.scenario.loading import Loaded

MARKET = {
    "criteria": "Kill criteria",
    "wave": "Waves: whom to let in",
    "claim": "Claims",
    "price": "Price",
    "spend": "Marketing",
}


ASKED = 60
"""Characters of what a card says, beside the answer to it."""


class View:
    """Words for everything that can be seen of a run of one scenario."""

    def __init__(self, loaded: Loaded) -> None:
        self.scenario = loaded.scenario
        self.rules = loaded.rules
        self.titles = Titles(loaded.scenario)
        self.figures = Figures(loaded.rules, self.titles)
        self.backlog = Backlog(loaded, self.titles)
        self.people = People(loaded, self.titles, self.figures)

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

    def told(self, move: str, week: int | None = None) -> str:
        """What a move is called where it is looked back at: an answer with who asked, and how that began."""
        called, (kind, _, rest) = self.label(move, week), move.partition(":")
        card, _, answer = rest.partition("/")
        asked = self.scenario.cards.get(card) if kind == "answer" else None
        if asked is None or answer not in asked.answers:
            return called
        return f"{called} (to {self.speaker(card)}: {shortened(self.card(card), ASKED)})"

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
            return (
                self.titles.feature(name)
                if one is None
                else f"{self.titles.feature(name)}, {self.backlog.standing(one)}"
            )
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
            return self.people.person(name, seen)
        if group == "plan":
            waits = self.backlog.waits_for(name)
            return f"can only be built after {waits}" if waits else ""
        return self.market(seen).get(name, "") if group == "market" else ""

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

    def trend(self, one: TrendSeen) -> str:
        """Where a trend stands: what is believed of it, or what became of it."""
        if one.arrived:
            return "it has come"
        if one.over:
            return "it has not come, and will not"
        about = self.scenario.trends[one.id]
        first, last = f"{about.first}", f"{about.last}"
        when = f"in week {first}" if first == last else f"between week {first} and {last}"
        return f"{100.0 * one.chance:.0f} % that it comes, {when}"

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

    def objective(self, name: str, value: float) -> str:
        """A value in the unit of an objective."""
        figure = self.figures.figure(name)
        if name.split(".")[0] in FIGURES:
            shown = value * figure.shown
            return f"{shown:{'+' if figure.signed else ''},.0f}{figure.unit}"
        if name.endswith("share") or name == "retention":
            return f"{value * 100:.0f} %"
        return f"{value:,.0f}" if abs(value) >= 10.0 else f"{value:,.2f}".rstrip("0").rstrip(".")

    def requirement(self, stage: str, item: str) -> str:
        """What a gate asks for."""
        return self.titles.requirement(stage, item)

    def card(self, card: str) -> str:
        """What a card says."""
        return line_of(self.scenario.cards[card].says)

    def speaker(self, card: str) -> str:
        """Who asks."""
        return self.titles.introduced(self.scenario.cards[card].speaker)
