"""The part of a scenario about what is built and who builds it."""

from typing import Annotated

from pydantic import Field

from tpmsim.core.mechanics.estimates import CONE
from tpmsim.scenario.fields import Amount, Id, Meaning, Model, Share
from tpmsim.text import SafeText

POINTS_A_KSLOC = 20.0
"""assumption: points of a thousand lines of code; 2.94 person-months (Boehm et al. 2000) by 20 are some three days."""


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
            "Prior sd of the log of true over estimated effort; 0.3144 is the band 0.67 to 1.5 of the cone.", "log"
        ),
    ] = round(CONE["requirements specification"], 4)

    @property
    def size(self) -> float:
        """Size in thousand lines of code, as COCOMO II counts it."""
        return self.points / POINTS_A_KSLOC


class Build(Model):
    """How building goes wrong (assumptions)."""

    error_spread: Annotated[
        Share, Meaning("How much features differ in faulty work: sd of the log of its rate.", "log")
    ] = 0.3
    report_error: Annotated[float, Field(gt=0.0, le=1.0), Meaning("Sd of the log of a progress report.", "log")] = 0.12
    cut: Annotated[float, Field(gt=0.0, lt=1.0), Meaning("Part of a feature that stays after a cut.", "share")] = 0.7


class Profile(Model):
    """How the team divides its week, and how soon faults are then found (assumptions)."""

    title: Annotated[SafeText, Meaning("Its name on screens.")]
    features: Annotated[Share, Meaning("Part of the capacity that builds features.", "share")]
    delay: Annotated[float, Field(gt=0.0, le=52.0), Meaning("Mean time until faulty work is found.", "weeks")]
    talks: Annotated[
        float,
        Field(ge=0.0, le=5.0),
        Meaning("Interview answers that a person brings from the target segment.", "answers a week"),
    ] = 0.0


class Team(Model):
    """Who builds."""

    experienced: Annotated[
        float, Field(ge=1.0, le=60.0), Meaning("People who know the work, at the start.", "persons")
    ] = 5.0
    new: Annotated[
        float, Field(ge=0.0, le=60.0), Meaning("People who are still learning it, at the start.", "persons")
    ] = 0.0
    most: Annotated[float, Field(ge=1.0, le=100.0), Meaning("Team size beyond which nobody is hired.", "persons")] = (
        12.0
    )
    recruiting: Annotated[Amount, Meaning("What a hire costs.", "money")] = 3000.0
    pay: Annotated[Amount, Meaning("What a person costs.", "money a week")] = 2500.0
