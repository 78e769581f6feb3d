"""The part of a scenario about what customers want and how a player can learn of it."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from tpmsim.core.mechanics.discovery import FOUND_A, FOUND_B
from tpmsim.scenario.fields import Amount, Id, Meaning, Model, Shape, Share, Signed, Utility, WideShape
from tpmsim.text import SafeText


class Worth(Model):
    """Prior of what a need is worth in a segment: utility when it is fully met."""

    mean: Annotated[Utility, Meaning("What it is thought to be worth before anybody was asked.", "utility")]
    sd: Annotated[float, Field(gt=0.0, le=5.0), Meaning("How unsure that is: its standard deviation.", "utility")]


class Need(Model):
    """What customers want."""

    title: Annotated[SafeText, Meaning("Its name on screens.")]
    says: Annotated[SafeText | None, Meaning("A sentence about it.")] = None
    known: Annotated[bool, Meaning("Known from the start; else interviews must bring it up.")] = False
    kano: Annotated[
        Literal["attractive", "one_dimensional", "must_be"],
        Meaning("How satisfaction grows with fulfilment: a delight, in proportion, or taken for granted."),
    ] = "one_dimensional"
    better: Annotated[Share, Meaning("Satisfaction when it is fully met.", "0 to 1", "assumption", "choice")] = 1.0
    worse: Annotated[Signed, Meaning("Satisfaction when it is not met at all.", "-1 to 1", "assumption", "choice")] = (
        0.0
    )
    worth: Annotated[dict[Id, Worth], Meaning("What it is worth in each segment; every segment must be there.")]


class Discovery(Model):
    """How readily interviews bring up needs (beta-binomial, Griffin & Hauser 1993; default an assumption)."""

    a: Annotated[
        Shape,
        Meaning(
            "Weight of bringing one up; an answer brings up a need with a mean chance of a/(a+b).",
            "shape",
            "assumption",
            "discovery",
        ),
    ] = FOUND_A
    b: Annotated[WideShape, Meaning("Weight of not bringing it up.", "shape", "assumption", "discovery")] = FOUND_B


class Trend(Model):
    """Something that is said to be coming. It is real or not; looks at the feed tell, and are sometimes wrong."""

    title: Annotated[SafeText, Meaning("Its name on screens.")]
    says: Annotated[SafeText, Meaning("What the feed says when it reports it.")]
    arrives: Annotated[SafeText | None, Meaning("What is told when it arrives; left out: its title.")] = None
    chance: Annotated[
        float,
        Field(ge=0.01, le=0.99),
        Meaning("Chance that it is real, before anything was read.", "probability", "assumption", "trends"),
    ] = 0.5
    first: Annotated[
        int, Field(ge=1, le=520), Meaning("First week in which it may arrive.", "weeks", "assumption", "trends")
    ] = 4
    last: Annotated[
        int, Field(ge=1, le=520), Meaning("Last week in which it may arrive.", "weeks", "assumption", "trends")
    ] = 20
    hit: Annotated[
        float,
        Field(ge=0.01, le=0.99),
        Meaning("Chance that a look reports it if it is real.", "probability", "assumption", "trends"),
    ] = 0.7
    false_alarm: Annotated[
        float,
        Field(ge=0.01, le=0.99),
        Meaning("Chance that a look reports it if it is not.", "probability", "assumption", "trends"),
    ] = 0.2
    then: Annotated[dict[str, float], Meaning("What it changes when it arrives: levers and amounts.", "of the lever")]

    @model_validator(mode="after")
    def _in_order(self) -> "Trend":
        if self.last < self.first:
            raise ValueError("last is before first")
        return self


class Instrument(Model):
    """A way to learn, with its cost, its error and its bias."""

    later = frozenset({"lean", "loudest", "segments", "told_by"})

    title: Annotated[SafeText, Meaning("Its name on screens.")]
    about: Annotated[
        Literal["needs", "effort", "rivals"],
        Meaning("Asked of a segment, a feature, or a rival; at most one instrument each for effort and rivals."),
    ] = "needs"
    hours: Annotated[
        float, Field(ge=0.0, le=60.0), Meaning("Focus hours of one use.", "hours", "assumption", "instruments")
    ] = 4.0
    cost: Annotated[Amount, Meaning("Money of one use.", "money", "definition", "instruments")] = 0.0
    answers: Annotated[
        int, Field(ge=1, le=500), Meaning("Answers that one use brings.", "answers", "assumption", "instruments")
    ] = 4
    error: Annotated[
        float,
        Field(gt=0.0, le=10.0),
        Meaning("Sd of the error of one answer; for effort, of its log.", "utility", "assumption", "instruments"),
    ] = 1.0
    bias: Annotated[
        float,
        Field(ge=0.0, le=5.0),
        Meaning(
            "Sd of the lasting error that it has in a run; asking again does not remove it.",
            "utility",
            "assumption",
            "instruments",
        ),
    ] = 0.15
    tilt: Annotated[
        Utility, Meaning("Published mean error, which beliefs subtract.", "utility", "definition", "instruments")
    ] = 0.0
    lean: Annotated[
        float,
        Field(ge=0.0, le=0.95),
        Meaning(
            "Part of an answer that is of the loudest segment, whoever is asked. Its mean is subtracted, the rest "
            "stays as doubt. One instrument at most.",
            "share",
            "definition",
            "instruments",
        ),
    ] = 0.0
    loudest: Annotated[
        Id | None, Meaning("The segment to which answers lean; goes with a `lean` of at least 0.01.")
    ] = None
    segments: Annotated[tuple[Id, ...], Meaning("The only segments that can be asked; empty: all.")] = ()
    told_by: Annotated[
        Id | None,
        Meaning("The stakeholder through whom its answers come: the more they trust you, the more an answer tells."),
    ] = None
    discovers: Annotated[bool, Meaning("Whether answers can bring up unknown needs.")] = False
    hit: Annotated[
        Share,
        Meaning(
            "Rivals: chance to see a move that is at most four weeks away.", "probability", "assumption", "instruments"
        ),
    ] = 0.8

    def asks(self, target: str) -> bool:
        """Whether it can be asked of a segment, a feature or a rival."""
        return not self.segments or target in self.segments
