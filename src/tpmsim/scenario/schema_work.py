"""The part of a scenario about what is built and who builds it."""

from typing import Annotated

from pydantic import Field

from tpmsim.core.mechanics.estimates import CONE
from tpmsim.scenario.fields import Amount, Id, Meaning, Model, Share
from tpmsim.text import SafeText

POINTS_A_KSLOC = 20.0
"""assumption: points of a thousand lines of code; 2.94 person-months (Boehm et al. 2000) by 20 are some three days."""


MOST_AGENTS = 20
"""definition: agents that a scenario can have."""

Stars = Annotated[float, Field(ge=1.0, le=5.0)]
Work = Annotated[float, Field(ge=0.0, le=1000.0)]


class Feature(Model):
    """A backlog item."""

    title: Annotated[SafeText, Meaning("Its name on screens.")]
    says: Annotated[SafeText | None, Meaning("A sentence about it.")] = None
    serves: Annotated[dict[Id, Share], Meaning("How far it, finished, fulfils each need.", "share")]
    points: Annotated[
        float,
        Field(gt=0.0, le=20000.0),
        Meaning("Its size before the estimate; a point is some three days of one person.", "points"),
    ]
    depends: Annotated[tuple[Id, ...], Meaning("Features that must be complete before work on it begins.")] = ()
    sponsor: Annotated[
        Id | None, Meaning("The stakeholder to whom it is promised; left out: whoever has the function `sponsor`.")
    ] = None
    doubt: Annotated[
        float,
        Field(gt=0.0, le=1.5),
        Meaning(
            "Prior sd of the log of true over estimated effort; 0.3144 is the band 0.67 to 1.5 of the cone.",
            "log",
            "assumption (the band is pub, Boehm 1981; McConnell 2006)",
            "estimates",
        ),
    ] = round(CONE["requirements specification"], 4)

    @property
    def size(self) -> float:
        """Size in thousand lines of code, as COCOMO II counts it."""
        return self.points / POINTS_A_KSLOC


class Build(Model):
    """How building goes wrong (assumptions)."""

    error_spread: Annotated[
        Share,
        Meaning("How much features differ in faulty work: sd of the log of its rate.", "log", "assumption", "rework"),
    ] = 0.3
    report_error: Annotated[
        float, Field(gt=0.0, le=1.0), Meaning("Sd of the log of a progress report.", "log", "assumption", "rework")
    ] = 0.12
    cut: Annotated[
        float,
        Field(gt=0.0, lt=1.0),
        Meaning("Part of a feature that stays after a cut.", "share", "assumption", "rework"),
    ] = 0.7


class InUse(Model):
    """What customers may meet: failures of defects that escaped (Goel & Okumoto 1979; sizes are assumptions)."""

    failures: Annotated[
        float,
        Field(ge=0.0, le=20.0),
        Meaning("How often a defect fails at full use.", "a year", "assumption", "incidents"),
    ] = 0.5
    full_load: Annotated[
        float,
        Field(ge=1.0, le=1e9),
        Meaning("Customers at which the product is in full use.", "customers", "assumption", "incidents"),
    ] = 3000.0
    recovery: Annotated[
        tuple[Work, Work, Work, Work, Work],
        Meaning(
            "Work that an incident takes from the team, by level of review and test 0 to 4.",
            "person-hours",
            "assumption",
            "incidents",
        ),
    ] = (40.0, 24.0, 12.0, 6.0, 3.0)
    amends: Annotated[
        Amount,
        Meaning(
            "What an incident costs beside that work: refunds, penalties, visits.", "money", "assumption", "finance"
        ),
    ] = 0.0


class Debt(Model):
    """The code there is at the start (Nugroho, Visser & Kuipers 2011)."""

    stars: Annotated[Stars, Meaning("Its maintainability.", "stars", "assumption", "debt")] = 3.0
    rebuild: Annotated[
        float,
        Field(ge=0.0, le=1e6),
        Meaning("Work that it would take to build it anew.", "person-days", "definition", "debt"),
    ] = 0.0


class Support(Model):
    """Who answers customers (Erlang 1917; sizes are assumptions)."""

    agents: Annotated[
        int, Field(ge=1, le=MOST_AGENTS), Meaning("Agents at the start.", "persons", "assumption", "support")
    ] = 1
    choices: Annotated[
        tuple[Annotated[int, Field(ge=1, le=MOST_AGENTS)], ...],
        Field(max_length=6),
        Meaning("Numbers of agents that can be chosen; none: it stays as it is.", "persons"),
    ] = ()
    pay: Annotated[
        Amount, Meaning("What an agent costs while the product is sold.", "money a week", "definition", "support")
    ] = 0.0
    handling: Annotated[
        float, Field(gt=0.0, le=40.0), Meaning("Work of a ticket.", "hours", "assumption", "support")
    ] = 0.5
    target: Annotated[
        float, Field(gt=0.0, le=400.0), Meaning("Wait that customers accept.", "hours", "assumption", "support")
    ] = 8.0
    tickets: Annotated[
        float, Field(ge=0.0, le=5.0), Meaning("Tickets of a content customer.", "a week", "assumption", "support")
    ] = 0.05


class Profile(Model):
    """How the team divides its week, and how soon faults are then found (assumptions)."""

    later = frozenset({"debt", "checks", "stars"})

    title: Annotated[SafeText, Meaning("Its name on screens.")]
    features: Annotated[Share, Meaning("Part of the capacity that builds features.", "share")]
    delay: Annotated[float, Field(gt=0.0, le=52.0), Meaning("Mean time until faulty work is found.", "weeks")]
    talks: Annotated[
        float,
        Field(ge=0.0, le=5.0),
        Meaning(
            "Interview answers that a person brings from the target segment.",
            "answers a week",
            "definition",
            "discovery",
        ),
    ] = 0.0
    debt: Annotated[
        Share, Meaning("Part of the capacity that makes the code easier to change.", "share", "definition", "debt")
    ] = 0.0
    checks: Annotated[
        float,
        Field(ge=0.0, le=4.0),
        Meaning(
            "Level of review and test, 0 very low to 4 very high: how few defects escape.",
            "level",
            "assumption",
            "defects",
        ),
    ] = 2.0
    stars: Annotated[
        Stars, Meaning("Maintainability of what is written in this way.", "stars", "assumption", "debt")
    ] = 3.0


class Team(Model):
    """Who builds."""

    experienced: Annotated[
        float,
        Field(ge=1.0, le=60.0),
        Meaning("People who know the work, at the start.", "persons", "assumption", "staffing"),
    ] = 5.0
    new: Annotated[
        float,
        Field(ge=0.0, le=60.0),
        Meaning("People who are still learning it, at the start.", "persons", "definition", "staffing"),
    ] = 0.0
    most: Annotated[
        float,
        Field(ge=1.0, le=100.0),
        Meaning("Team size beyond which nobody is hired.", "persons", "assumption", "staffing"),
    ] = 12.0
    recruiting: Annotated[Amount, Meaning("What a hire costs.", "money", "assumption", "staffing")] = 3000.0
    pay: Annotated[Amount, Meaning("What a person costs.", "money a week", "assumption", "finance")] = 2500.0
