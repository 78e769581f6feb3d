"""The part of a scenario about itself: its contract, what must hold over many runs. No rule; no run depends on it.

`tpmsim balance` measures it. Not here: measuring, and which policies there are.
"""

from typing import Annotated

from pydantic import Field, model_validator

from tpmsim.scenario.fields import Id, Meaning, Model

Percent = Annotated[float, Field(ge=0.0, le=100.0)]

MOST_LUCK = 35.0
"""assumption: per cent of the variance of scores that may be luck."""

FEWEST_BEATEN = 90.0
"""assumption: per cent of the seeds in which the best policy is to beat random play."""


class Bounds(Model):
    """Between what a measure must lie."""

    at_least: Annotated[Percent | None, Meaning("It must not be lower.", "% or points")] = None
    at_most: Annotated[Percent | None, Meaning("It must not be higher.", "% or points")] = None

    @model_validator(mode="after")
    def _say_something(self) -> "Bounds":
        if self.at_least is None and self.at_most is None:
            raise ValueError("neither at_least nor at_most is given")
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise ValueError("at_least is above at_most")
        return self


class Balance(Model):
    """The contract: what must hold over many runs. `tpmsim balance` measures it; no run depends on it."""

    scores: Annotated[dict[Id, Bounds], Meaning("Points of the mean score of a policy: `steady: {at_least: 60}`.")] = {}
    win_rate: Annotated[dict[Id, Bounds], Meaning("Per cent of the runs of a policy that have a good ending.")] = {}
    beats_random: Annotated[
        Bounds,
        Meaning(
            "Per cent of the seeds in which the best policy has a better score than random play.", status="assumption"
        ),
    ] = Bounds(at_least=FEWEST_BEATEN)
    luck_share: Annotated[
        Bounds,
        Meaning("Per cent of the variance of scores that are luck, over the ladder of policies.", status="assumption"),
    ] = Bounds(at_most=MOST_LUCK)
    every_answer_best_somewhere: Annotated[
        bool, Meaning("Whether each answer to a card must be the best one in some states that are reached.")
    ] = True
