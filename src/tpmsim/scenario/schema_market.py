"""The part of a scenario about money and the market: who buys, who else sells, and what it costs."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from tpmsim.core.mechanics.adoption import ADVERT_RESPONSE, IMITATION, INNOVATION, PRICE_RESPONSE
from tpmsim.core.mechanics.choice import PRICE_ELASTICITY
from tpmsim.core.mechanics.launch import WAVES
from tpmsim.core.mechanics.retention import MONTHLY_A, MONTHLY_B
from tpmsim.scenario.fields import Amount, Id, Meaning, Model, Shape, Utility, WideShape
from tpmsim.text import SafeText

Price = Annotated[float, Field(gt=0.0, le=1e6)]
Rate = Annotated[float, Field(gt=0.0, le=5.0)]


class Sourced(Model):
    """A rate with where it comes from."""

    value: Annotated[Rate, Meaning("The rate itself.", "a year")]
    source: Annotated[SafeText, Meaning("Where it comes from.")]


Parameter = Rate | Sourced


class Churn(Model):
    """Shifted beta-geometric renewal of contracts (Fader & Hardie 2007); the default is an assumption."""

    a: Annotated[
        Shape, Meaning("Weight of leaving; the first chance to leave is a/(a+b).", "shape", "assumption", "retention")
    ] = MONTHLY_A
    b: Annotated[WideShape, Meaning("Weight of staying.", "shape", "assumption", "retention")] = MONTHLY_B


class Money(Model):
    """Cash and prices."""

    cash: Annotated[Amount, Meaning("Money at the start.", "money", "assumption", "finance")] = 300000.0
    price: Annotated[
        Price,
        Meaning("Price of a contract at the start, and the base of the price slope.", "money", "assumption", "finance"),
    ] = 40.0
    prices: Annotated[tuple[Price, ...], Field(max_length=12), Meaning("Prices that can be chosen.", "money")] = ()
    spends: Annotated[
        tuple[Amount, ...],
        Field(max_length=12),
        Meaning("Marketing spends that can be chosen.", "money a week", "assumption", "adoption"),
    ] = (
        0.0,
        5000.0,
        15000.0,
    )
    hosting: Annotated[
        Amount, Meaning("What it costs to serve one customer.", "money a week", "assumption", "finance")
    ] = 0.5
    contract: Annotated[Literal[4, 13, 52], Meaning("Length of a contract.", "weeks", "assumption", "retention")] = 4
    churn: Annotated[Churn, Meaning("Who leaves at a renewal, before any experience.")] = Churn()
    recycle: Annotated[Amount, Meaning("What going back one stage costs.", "money", "assumption", "gates")] = 5000.0


class Segment(Model):
    """Somebody who wants something."""

    title: Annotated[SafeText, Meaning("Its name on screens.")]
    size: Annotated[float, Field(ge=1.0, le=1e9), Meaning("Potential customers of the category.", "customers")]
    begun: Annotated[
        float,
        Field(ge=0.0, le=0.95),
        Meaning("Part of them that has some product of the category at the start.", "share", "assumption", "adoption"),
    ] = 0.02
    pace: Annotated[
        float,
        Field(ge=0.01, le=1.5),
        Meaning(
            "How unsure the speed of this market is: prior sd of the log of its true speed over p and q.",
            "log",
            "assumption",
            "adoption",
        ),
    ] = 0.3
    price_sensitivity: Annotated[
        float,
        Field(ge=-10.0, le=0.0),
        Meaning(
            "Own price elasticity at the base price.",
            "elasticity",
            "pub (Bijmolt, van Heerde & Pieters 2005)",
            "choice",
        ),
    ] = PRICE_ELASTICITY
    share: Annotated[
        float,
        Field(gt=0.0, lt=1.0),
        Meaning(
            "Our share of the market at the base price for which that elasticity holds.",
            "share",
            "assumption",
            "choice",
        ),
    ] = 0.3


class RivalMoves(Model):
    """What a rival does when it moves: weights, divided by their sum."""

    feature: Annotated[
        float,
        Field(ge=0.0, le=100.0),
        Meaning("A new feature: its appeal rises for good.", "weight", "assumption", "choice"),
    ] = 1
    price: Annotated[
        float,
        Field(ge=0.0, le=100.0),
        Meaning("A lower price: rises for good, by less.", "weight", "assumption", "choice"),
    ] = 1
    claim: Annotated[
        float,
        Field(ge=0.0, le=100.0),
        Meaning("A loud claim: rises by more, and fades over some weeks.", "weight", "assumption", "choice"),
    ] = 1

    @model_validator(mode="after")
    def _do_something(self) -> "RivalMoves":
        if self.feature + self.price + self.claim <= 0.0:
            raise ValueError("all weights are 0")
        return self


class Rival(Model):
    """Somebody else who sells to them."""

    later = frozenset({"moves"})

    title: Annotated[SafeText, Meaning("Its name on screens.")]
    strength: Annotated[
        Utility, Meaning("Appeal of its product at its price; buying nothing has 0.", "utility", "assumption", "choice")
    ] = 0.0
    strengths: Annotated[dict[Id, Utility], Meaning("The same by segment, where it differs.", "utility")] = {}
    hazard: Annotated[
        float, Field(ge=0.0, le=52.0), Meaning("How often it makes a move.", "moves a year", "definition", "choice")
    ] = 0.0
    step: Annotated[
        float,
        Field(ge=0.0, le=3.0),
        Meaning("Appeal that a new feature of it adds.", "utility", "assumption", "choice"),
    ] = 0.2
    moves: Annotated[RivalMoves, Meaning("What it does when it moves.")] = RivalMoves()


class Market(Model):
    """The category (generalized Bass model; p and q: Sultan, Farley & Lehmann 1990)."""

    p: Annotated[
        Parameter,
        Meaning(
            "Innovation, the p of Bass: who buys by themselves.",
            "a year",
            "pub (Sultan, Farley & Lehmann 1990)",
            "adoption",
        ),
    ] = INNOVATION
    q: Annotated[
        Parameter,
        Meaning(
            "Imitation, the q of Bass: who buys since others did.",
            "a year",
            "pub (Sultan, Farley & Lehmann 1990)",
            "adoption",
        ),
    ] = IMITATION
    price_response: Annotated[
        float,
        Field(ge=-5.0, le=0.0),
        Meaning("Years of spread gained by the log of the price (b1).", "years", "assumption", "adoption"),
    ] = PRICE_RESPONSE
    advert_response: Annotated[
        float,
        Field(ge=0.0, le=5.0),
        Meaning("Years of spread gained by the log of advertising (b2).", "years", "assumption", "adoption"),
    ] = ADVERT_RESPONSE
    advert_most: Annotated[
        float,
        Field(ge=0.0, le=20.0),
        Meaning("Most that advertising can gain over none; 2 trebles it.", "times", "assumption", "adoption"),
    ] = 2.0
    advert_half: Annotated[
        float,
        Field(gt=0.0, le=1e9),
        Meaning("Goodwill at which half of that is gained.", "money", "assumption", "adoption"),
    ] = 30000.0
    waves: Annotated[
        tuple[Annotated[float, Field(gt=0.0, le=1.0)], ...],
        Meaning("Part of the sign-ups that each launch wave lets in, rising.", "share", "assumption", "launch"),
    ] = WAVES[1:]
    segments: Annotated[dict[Id, Segment], Meaning("Who wants it.")]
    rivals: Annotated[dict[Id, Rival], Meaning("Who else sells it.")] = {}
