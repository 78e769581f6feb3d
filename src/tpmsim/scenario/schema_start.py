"""The part of a scenario about what there is before its first week: a product that lives already, or work begun."""

from typing import Annotated

from pydantic import Field

from tpmsim.scenario.fields import Id, Meaning, Model, Share, StageId, Utility


class Begun(Model):
    """A feature on which somebody has worked before you came."""

    spent: Annotated[
        float,
        Field(gt=0.0, le=1.5),
        Meaning("Work done, as a part of the estimate; above 1 the estimate is spent.", "share"),
    ]
    reported: Annotated[
        Share, Meaning("Progress that was last reported of it. Nobody says how it was measured.", "share")
    ]
    faulty: Annotated[
        float,
        Field(ge=0.0, le=0.5),
        Meaning(
            "Part of that work that is faulty and not found yet, at the usual error rate.",
            "share",
            "assumption",
            "opening",
        ),
    ] = 0.15


class Start(Model):
    """What there is before the planning week; left out, a run begins with nothing."""

    stage: Annotated[StageId | None, Meaning("The stage in which a run begins; left out: the first.")] = None
    customers: Annotated[
        dict[Id, Annotated[float, Field(ge=0.0, le=1e9)]],
        Meaning("By segment, who uses the product already. All waves are open then.", "customers"),
    ] = {}
    renewals: Annotated[
        int,
        Field(ge=0, le=60),
        Meaning("Contracts that they have renewed before: who stayed, stays.", "contracts", "assumption", "retention"),
    ] = 4
    brand: Annotated[dict[Id, Utility], Meaning("By segment, the standing of our name.", "utility")] = {}
    shipped: Annotated[
        dict[Id, Annotated[float, Field(ge=0.0, le=0.5)]],
        Meaning("Features that they have, and the part of each that is faulty and not found yet.", "share"),
    ] = {}
    begun: Annotated[dict[Id, Begun], Meaning("Features in work.")] = {}
