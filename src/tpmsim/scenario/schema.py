"""The scenario as its author writes it: one set of models, the only source of keys, ranges, defaults and meanings.

Everything has a default, so that a playable scenario stays short. Sizes without a published source are assumptions and
marked so here or, with `source:`, in the file. What the numbers do is said in docs/models.md. The file as a whole is
here, its parts by theme in `schema_market`, `schema_learning`, `schema_work`, `schema_people`, `schema_story` and
`schema_balance`.
"""

from typing import Annotated, Literal

from pydantic import Field

from tpmsim.scenario.fields import Id, Language, Meaning, Model, StageId
from tpmsim.scenario.schema_balance import Balance, Bounds
from tpmsim.scenario.schema_learning import Discovery, Instrument, Need, Trend, Worth
from tpmsim.scenario.schema_market import Churn, Market, Money, Parameter, Rival, RivalMoves, Segment, Sourced
from tpmsim.scenario.schema_people import Player, Stakeholder
from tpmsim.scenario.schema_start import Begun, Start
from tpmsim.scenario.schema_story import (
    Answer,
    Card,
    Debrief,
    Ending,
    Gate,
    Hint,
    Memory,
    Objective,
    Promise,
    Requirement,
    Stage,
)
from tpmsim.scenario.schema_work import Build, Debt, Feature, InUse, Profile, Support, Team
from tpmsim.text import SafeText

__all__ = [
    "Answer",
    "Balance",
    "Begun",
    "Bounds",
    "Build",
    "Card",
    "Churn",
    "Debrief",
    "Debt",
    "Discovery",
    "Ending",
    "Feature",
    "Gate",
    "Head",
    "Hint",
    "InUse",
    "Instrument",
    "Market",
    "Memory",
    "Model",
    "Money",
    "Need",
    "Objective",
    "Parameter",
    "Player",
    "Profile",
    "Promise",
    "Requirement",
    "Rival",
    "RivalMoves",
    "Scenario",
    "Segment",
    "Sourced",
    "Stage",
    "StageId",
    "Stakeholder",
    "Start",
    "Support",
    "Team",
    "Trend",
    "Worth",
]


class Head(Model):
    """What stands first in a scenario file: all that a list of scenarios tells."""

    format: Annotated[Literal[2], Meaning("How to read the file: the edition of this format.", status="definition")] = 2
    id: Annotated[Id, Meaning("Name of the scenario, and of its folder.")]
    version: Annotated[
        int, Field(ge=1, le=9999), Meaning("The author's count of editions.", "editions", "definition")
    ] = 1
    language: Annotated[Language, Meaning("The language of the texts in this file.")] = "en"
    title: Annotated[SafeText, Meaning("As lists and screens show it.")]
    brief: Annotated[SafeText, Meaning("The story before the first week.")]
    teaches: Annotated[tuple[SafeText, ...], Meaning("What a player learns, one line each.")] = ()
    minutes: Annotated[
        int, Field(ge=1, le=600), Meaning("How long a run takes; only shown.", "minutes", "assumption")
    ] = 30
    weeks: Annotated[
        int, Field(ge=4, le=60), Meaning("Length of a run; the planning week 0 comes on top.", "weeks", "definition")
    ] = 26
    horizons: Annotated[
        tuple[Annotated[int, Field(ge=1, le=60)], ...],
        Meaning("How far ahead a feature can be promised.", "weeks", "definition"),
    ] = (4, 8, 13)


class Scenario(Head):
    """A whole scenario file."""

    later = frozenset({"language", "memory", "debt", "field", "start", "support", "trends"})
    apart = frozenset({"balance"})

    player: Annotated[Player, Meaning("Your focus hours and skills.")] = Player()
    money: Annotated[Money, Meaning("Cash, prices, contracts.")] = Money()
    market: Annotated[Market, Meaning("Segments, rivals, and how the category spreads.")]
    needs: Annotated[dict[Id, Need], Meaning("What customers want.")]
    discovery: Annotated[Discovery, Meaning("How readily interviews bring up needs.")] = Discovery()
    instruments: Annotated[dict[Id, Instrument], Meaning("Ways to learn.")] = {}
    trends: Annotated[dict[Id, Trend], Meaning("What the trend feed tells of.")] = {}
    features: Annotated[dict[Id, Feature], Meaning("The backlog.")]
    build: Annotated[Build, Meaning("How building goes wrong.")] = Build()
    profiles: Annotated[
        dict[Id, Profile],
        Meaning("How the team can divide its week; one must be `balanced`, with which a run starts."),
    ] = {}
    team: Annotated[Team, Meaning("Who builds.")] = Team()
    start: Annotated[Start, Meaning("What there is before the planning week.")] = Start()
    debt: Annotated[Debt | None, Meaning("The code there is at the start; left out: none, and no stars shown.")] = None
    field: Annotated[
        InUse | None, Meaning("What customers may meet; left out: by the defaults, and incidents are not shown first.")
    ] = None
    support: Annotated[Support | None, Meaning("Who answers customers; left out: one agent, and no wait is shown.")] = (
        None
    )
    stakeholders: Annotated[dict[Id, Stakeholder], Meaning("Who has a say.")]
    lifecycle: Annotated[dict[StageId, Stage], Meaning("The stages, and where their triggers lead.")] = {}
    gates: Annotated[dict[StageId, Gate], Meaning("What the gate at the end of a stage asks for.")] = {}
    memory: Annotated[dict[Id, Memory], Meaning("Numbers of your own that answers change and conditions read.")] = {}
    cards: Annotated[dict[Id, Card], Meaning("Authored events.")] = {}
    numbers: Annotated[tuple[str, ...], Meaning("Visible numbers to put first.")] = ("cash", "progress", "customers")
    objectives: Annotated[dict[Id, Objective], Meaning("Parts of the score; weights are divided by their sum.")]
    endings: Annotated[dict[Id, Ending], Meaning("In the order in which they are tried; the last stands for all else.")]
    guide: Annotated[dict[Id, Hint], Meaning("Hints, each shown once.")] = {}
    debrief: Annotated[Debrief, Meaning("For afterwards.")] = Debrief()
    balance: Annotated[Balance, Meaning("The contract: what must hold over many runs.")] = Balance()
    todo: Annotated[SafeText | None, Meaning("A note to yourself.")] = None
