"""The part of a scenario about people: who plays, and who has a say."""

from typing import Annotated, Literal

from pydantic import Field

from tpmsim.scenario.fields import Id, Meaning, Model, Share, Signed
from tpmsim.text import SafeText


class Player(Model):
    """Who is playing."""

    focus_hours: Annotated[
        float,
        Field(ge=4.0, le=60.0),
        Meaning("Your own time; most moves take some of it.", "hours a week", "assumption"),
    ] = 20.0
    technology: Annotated[
        Share, Meaning("Technical skill: better work, and a driver of estimates.", "0 to 1", "assumption", "skills")
    ] = 0.5
    leadership: Annotated[
        Share, Meaning("Leadership: the team loses less to talking.", "0 to 1", "assumption", "skills")
    ] = 0.5


class Stakeholder(Model):
    """An agent with goals, trust and a mind of its own."""

    later = frozenset({"patience"})

    name: Annotated[SafeText, Meaning("What they are called.")]
    role: Annotated[SafeText, Meaning("What they do, as screens show it.")]
    function: Annotated[
        Literal["none", "build", "design", "market", "sell", "sponsor"],
        Meaning("What the product loses by their neglect or exit."),
    ] = "none"
    goals: Annotated[
        dict[str, Signed],
        Meaning("By name of a number, how much a change of it matters to them; sizes should sum to 1.", "weight"),
    ] = {}
    trust: Annotated[
        float,
        Field(gt=0.05, lt=0.95),
        Meaning("Their trust in the player at the start.", "share", "assumption", "promises"),
    ] = 0.5
    evidence: Annotated[
        float,
        Field(ge=0.0, le=50.0),
        Meaning(
            "How much experience that trust rests on; with more it moves slower.", "evidence", "assumption", "promises"
        ),
    ] = 4.0
    satisfaction: Annotated[
        Signed,
        Meaning("How they feel at the start, and where it drifts back to.", "-1 to 1", "assumption", "appraisal"),
    ] = 0.1
    power: Annotated[bool, Meaning("Salience: can enforce what they want.")] = True
    legitimacy: Annotated[bool, Meaning("Salience: has a right to it.")] = True
    urgency: Annotated[bool, Meaning("Salience: cannot wait.")] = False
    influences: Annotated[
        dict[Id, Share], Meaning("How much each of the others listens to them; 0.3 for those left out.", "share")
    ] = {}
    stubborn: Annotated[
        Share, Meaning("Weight of their own view when they talk with others.", "share", "assumption", "opinions")
    ] = 0.4
    investment: Annotated[Share, Meaning("What leaving would forfeit.", "0 to 1", "assumption", "responses")] = 0.5
    alternatives: Annotated[
        Share, Meaning("How good their other options are.", "0 to 1", "assumption", "responses")
    ] = 0.3
    leaning: Annotated[
        Share,
        Meaning("Sd of a private leaning for or against, which is never shown.", "opinion", "assumption", "opinions"),
    ] = 0.15
    patience: Annotated[
        int,
        Field(ge=1, le=60),
        Meaning(
            "How long they bear not being listened to; beyond it they like the product less every week.",
            "weeks",
            "assumption",
            "appraisal",
        ),
    ] = 6
    cares: Annotated[tuple[Id, ...], Meaning("Requirements of gates that matter to them; left out: all.")] = ()
    lines: Annotated[
        dict[Literal["loyalty", "voice", "neglect", "exit"], tuple[SafeText, ...]],
        Meaning("What is told of them, by how they respond."),
    ] = {}
