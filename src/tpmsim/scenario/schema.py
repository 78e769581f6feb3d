"""The scenario as its author writes it: one set of models, the only source of keys, ranges and defaults.

Everything has a default, so that a playable scenario stays short. Sizes without a published source are assumptions and
marked so here or, with `source:`, in the file. What the numbers do is said in docs/models.md.
"""

from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from tpmsim.core.mechanics.adoption import ADVERT_RESPONSE, IMITATION, INNOVATION, PRICE_RESPONSE
from tpmsim.core.mechanics.choice import PRICE_ELASTICITY
from tpmsim.core.mechanics.discovery import FOUND_A, FOUND_B
from tpmsim.core.mechanics.estimates import CONE
from tpmsim.core.mechanics.launch import WAVES
from tpmsim.core.mechanics.retention import MONTHLY_A, MONTHLY_B
from tpmsim.scenario.binding import ConditionText
from tpmsim.text import SafeText

Share = Annotated[float, Field(ge=0.0, le=1.0)]
Signed = Annotated[float, Field(ge=-1.0, le=1.0)]
Amount = Annotated[float, Field(ge=0.0, le=1e9)]
Lean = Annotated[float, Field(ge=0.0, le=0.95)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,64}$")]
Word = Literal["aim", "plan", "commit"]
StageId = Literal["research", "roadmap", "build", "launch", "live"]


class Model(BaseModel):
    """Frozen, strict about keys, and at home with our own text type.

    Attributes:
        later: keys younger than the first runs; where they have their default, no digest knows of them.
    """

    later: ClassVar[frozenset[str]] = frozenset()

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


Rate = Annotated[float, Field(gt=0.0, le=5.0)]


class Sourced(Model):
    """A rate with where it comes from."""

    value: Rate
    source: SafeText


Parameter = Rate | Sourced


class Player(Model):
    """Who is playing."""

    focus_hours: Annotated[float, Field(ge=4.0, le=60.0)] = 20.0
    technology: Share = 0.5
    leadership: Share = 0.5


class Churn(Model):
    """Shifted beta-geometric renewal of contracts (Fader & Hardie 2007); the default is an assumption."""

    a: Annotated[float, Field(gt=0.0, le=100.0)] = MONTHLY_A
    b: Annotated[float, Field(gt=0.0, le=1000.0)] = MONTHLY_B


class Money(Model):
    """Cash and prices."""

    cash: Annotated[float, Field(ge=0.0, le=1e9)] = 300000.0
    price: Annotated[float, Field(gt=0.0, le=1e6)] = 40.0
    prices: tuple[Annotated[float, Field(gt=0.0, le=1e6)], ...] = ()
    spends: tuple[Amount, ...] = (0.0, 5000.0, 15000.0)
    hosting: Amount = 0.5
    contract: Literal[4, 13, 52] = 4
    churn: Churn = Churn()
    recycle: Amount = 5000.0


class Segment(Model):
    """Somebody who wants something."""

    title: SafeText
    size: Annotated[float, Field(ge=1.0, le=1e9)]
    begun: Annotated[float, Field(ge=0.0, le=0.95)] = 0.02
    pace: Annotated[float, Field(ge=0.01, le=1.5)] = 0.3
    price_sensitivity: Annotated[float, Field(ge=-10.0, le=0.0)] = PRICE_ELASTICITY
    share: Annotated[float, Field(gt=0.0, lt=1.0)] = 0.3


class Rival(Model):
    """Somebody else who sells to them."""

    title: SafeText
    strength: Annotated[float, Field(ge=-5.0, le=5.0)] = 0.0
    strengths: dict[Id, Annotated[float, Field(ge=-5.0, le=5.0)]] = {}
    hazard: Annotated[float, Field(ge=0.0, le=52.0)] = 0.0
    step: Annotated[float, Field(ge=0.0, le=3.0)] = 0.2


class Market(Model):
    """The category (generalized Bass model; p and q: Sultan, Farley & Lehmann 1990)."""

    p: Parameter = INNOVATION
    q: Parameter = IMITATION
    price_response: Annotated[float, Field(ge=-5.0, le=0.0)] = PRICE_RESPONSE
    advert_response: Annotated[float, Field(ge=0.0, le=5.0)] = ADVERT_RESPONSE
    advert_most: Annotated[float, Field(ge=0.0, le=20.0)] = 2.0
    advert_half: Annotated[float, Field(gt=0.0, le=1e9)] = 30000.0
    waves: tuple[Annotated[float, Field(gt=0.0, le=1.0)], ...] = WAVES[1:]
    segments: dict[Id, Segment]
    rivals: dict[Id, Rival] = {}


class Worth(Model):
    """Prior of what a need is worth in a segment: utility when it is fully met."""

    mean: Annotated[float, Field(ge=-5.0, le=5.0)]
    sd: Annotated[float, Field(gt=0.0, le=5.0)]


class Need(Model):
    """What customers want."""

    title: SafeText
    says: SafeText | None = None
    known: bool = False
    kano: Literal["attractive", "one_dimensional", "must_be"] = "one_dimensional"
    better: Share = 1.0
    worse: Signed = 0.0
    worth: dict[Id, Worth]


class Discovery(Model):
    """How readily interviews bring up needs (beta-binomial, Griffin & Hauser 1993; default an assumption)."""

    a: Annotated[float, Field(gt=0.0, le=100.0)] = FOUND_A
    b: Annotated[float, Field(gt=0.0, le=1000.0)] = FOUND_B


class Instrument(Model):
    """A way to learn, with its cost, its error and its bias."""

    later = frozenset({"lean", "loudest", "segments"})

    title: SafeText
    about: Literal["needs", "effort", "rivals"] = "needs"
    hours: Annotated[float, Field(ge=0.0, le=60.0)] = 4.0
    cost: Amount = 0.0
    answers: Annotated[int, Field(ge=1, le=500)] = 4
    error: Annotated[float, Field(gt=0.0, le=10.0)] = 1.0
    bias: Annotated[float, Field(ge=0.0, le=5.0)] = 0.15
    tilt: Annotated[float, Field(ge=-5.0, le=5.0)] = 0.0
    lean: Lean = 0.0
    loudest: Id | None = None
    segments: tuple[Id, ...] = ()
    discovers: bool = False
    hit: Share = 0.8

    def asks(self, target: str) -> bool:
        """Whether it can be asked of a segment, a feature or a rival."""
        return not self.segments or target in self.segments


class Feature(Model):
    """A backlog item."""

    title: SafeText
    says: SafeText | None = None
    serves: dict[Id, Share]
    size: Annotated[float, Field(gt=0.0, le=1000.0)]
    depends: tuple[Id, ...] = ()
    sponsor: Id | None = None
    doubt: Annotated[float, Field(gt=0.0, le=1.5)] = round(CONE["requirements specification"], 4)


class Build(Model):
    """How building goes wrong (assumptions)."""

    error_spread: Annotated[float, Field(ge=0.0, le=1.0)] = 0.3
    report_error: Annotated[float, Field(gt=0.0, le=1.0)] = 0.12
    cut: Annotated[float, Field(gt=0.0, lt=1.0)] = 0.7


class Profile(Model):
    """How the team divides its week, and how soon faults are then found (assumptions)."""

    title: SafeText
    features: Share
    delay: Annotated[float, Field(gt=0.0, le=52.0)]
    talks: Annotated[float, Field(ge=0.0, le=5.0)] = 0.0


class Team(Model):
    """Who builds."""

    experienced: Annotated[float, Field(ge=1.0, le=60.0)] = 5.0
    new: Annotated[float, Field(ge=0.0, le=60.0)] = 0.0
    most: Annotated[float, Field(ge=1.0, le=100.0)] = 12.0
    recruiting: Amount = 3000.0
    pay: Amount = 2500.0


class Stakeholder(Model):
    """An agent with goals, trust and a mind of its own."""

    name: SafeText
    role: SafeText
    function: Literal["none", "build", "design", "market", "sell", "sponsor"] = "none"
    goals: dict[str, Signed] = {}
    trust: Annotated[float, Field(gt=0.05, lt=0.95)] = 0.5
    evidence: Annotated[float, Field(ge=0.0, le=50.0)] = 4.0
    satisfaction: Signed = 0.1
    power: bool = True
    legitimacy: bool = True
    urgency: bool = False
    influences: dict[Id, Share] = {}
    stubborn: Share = 0.4
    investment: Share = 0.5
    alternatives: Share = 0.3
    leaning: Annotated[float, Field(ge=0.0, le=1.0)] = 0.15
    cares: tuple[Id, ...] = ()
    lines: dict[Literal["loyalty", "voice", "neglect", "exit"], tuple[SafeText, ...]] = {}


class Requirement(Model):
    """One thing a gate asks for."""

    when: ConditionText
    says: SafeText


class Gate(Model):
    """What the gate at the end of a stage asks for."""

    hours: Annotated[float, Field(ge=0.0, le=40.0)] = 2.0
    requires: dict[Id, Requirement] = {}


class Stage(Model):
    """A stage: what may be done there, and where each trigger leads."""

    title: SafeText
    works: bool = False
    sells: bool = False
    go: StageId | None = None
    recycle: StageId | None = None
    sunset: bool = False


class Promise(Model):
    """A promise that an answer makes to the card's speaker."""

    feature: Id
    week: Annotated[int, Field(ge=1, le=520)]
    confidence: Word


class Answer(Model):
    """One way to answer a card."""

    says: SafeText
    reply: SafeText | None = None
    hours: Annotated[float, Field(ge=0.0, le=40.0)] = 0.0
    cost: Amount = 0.0
    when: ConditionText | None = None
    promise: Promise | None = None
    then: dict[str, float] = {}


class Card(Model):
    """An authored event."""

    when: ConditionText
    chance: Share = 1.0
    once: bool = True
    speaker: Id
    says: SafeText
    answers: dict[Id, Answer]
    silence: Id | None = None


class Objective(Model):
    """One part of the score: a name, and the values that count as 0 and as 1."""

    value: str
    weight: Annotated[float, Field(gt=0.0, le=100.0)] = 1.0
    worst: float
    best: float
    says: SafeText


class Ending(Model):
    """How a run may end; the first whose condition holds is told."""

    when: ConditionText
    title: SafeText
    says: SafeText
    good: bool = False


class Hint(Model):
    """A word of the guide, shown once when its condition first holds."""

    when: ConditionText
    says: SafeText


class Debrief(Model):
    """What to talk about afterwards."""

    questions: tuple[SafeText, ...] = ()


class Scenario(Model):
    """A whole scenario file."""

    format: Literal[1] = 1
    id: Id
    version: Annotated[int, Field(ge=1, le=9999)] = 1
    title: SafeText
    brief: SafeText
    teaches: tuple[SafeText, ...] = ()
    minutes: Annotated[int, Field(ge=1, le=600)] = 30
    weeks: Annotated[int, Field(ge=4, le=60)] = 26
    horizons: tuple[Annotated[int, Field(ge=1, le=60)], ...] = (4, 8, 13)
    player: Player = Player()
    money: Money = Money()
    market: Market
    needs: dict[Id, Need]
    discovery: Discovery = Discovery()
    instruments: dict[Id, Instrument] = {}
    features: dict[Id, Feature]
    build: Build = Build()
    profiles: dict[Id, Profile] = {}
    team: Team = Team()
    stakeholders: dict[Id, Stakeholder]
    lifecycle: dict[StageId, Stage] = {}
    gates: dict[StageId, Gate] = {}
    cards: dict[Id, Card] = {}
    numbers: tuple[str, ...] = ("cash", "progress", "customers")
    objectives: dict[Id, Objective]
    endings: dict[Id, Ending]
    guide: dict[Id, Hint] = {}
    debrief: Debrief = Debrief()
    todo: SafeText | None = None
