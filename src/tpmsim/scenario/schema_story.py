"""The part of a scenario about how it goes: stages and gates, cards, the score, endings and words of the guide."""

from typing import Annotated

from pydantic import Field

from tpmsim.core.mechanics.competencies import Competency
from tpmsim.scenario.fields import Amount, ConditionText, Hours, Id, Meaning, Model, Share, StageId, Word
from tpmsim.text import SafeText

Remembered = Annotated[float, Field(ge=-1e6, le=1e6)]


class Requirement(Model):
    """One thing a gate asks for."""

    when: Annotated[ConditionText, Meaning("What must hold.")]
    says: Annotated[SafeText, Meaning('What is missing, as it reads after "the gate asks:".')]


class Gate(Model):
    """What the gate at the end of a stage asks for."""

    apart = frozenset({"competency"})

    hours: Annotated[Hours, Meaning("Focus hours of asking it to open.", "hours", "assumption", "gates")] = 2.0
    competency: Annotated[
        Competency | None, Meaning("What deciding well here takes of a player; only the debrief reads it.")
    ] = None
    requires: Annotated[dict[Id, Requirement], Meaning("What must hold for `go`.")] = {}


class Stage(Model):
    """A stage: what may be done there, and where each trigger leads."""

    title: Annotated[SafeText, Meaning("Its name on screens.")]
    works: Annotated[bool, Meaning("Whether the team builds.")] = False
    sells: Annotated[bool, Meaning("Whether customers can sign up and finished features ship.")] = False
    go: Annotated[StageId | None, Meaning("The stage to which its gate leads.")] = None
    recycle: Annotated[StageId | None, Meaning("The stage to which going back leads.")] = None
    sunset: Annotated[bool, Meaning("Whether the product can be closed in good order.")] = False


class Promise(Model):
    """A promise that an answer makes to the card's speaker."""

    feature: Annotated[Id, Meaning("The feature that is promised.")]
    week: Annotated[int, Field(ge=1, le=520), Meaning("Week of the calendar by which it is complete.", "weeks")]
    confidence: Annotated[Word, Meaning("The word that is given: 50, 70 or 90 %.")]


class Answer(Model):
    """One way to answer a card."""

    says: Annotated[SafeText, Meaning("What you say; at most 18 words read well.")]
    reply: Annotated[SafeText | None, Meaning("What comes back.")] = None
    hours: Annotated[Hours, Meaning("Focus hours it takes.", "hours", "definition")] = 0.0
    cost: Annotated[Amount, Meaning("Money it takes at once.", "money", "definition")] = 0.0
    when: Annotated[ConditionText | None, Meaning("When it can be given; left out: always.")] = None
    promise: Annotated[Promise | None, Meaning("A promise it makes to the speaker of the card.")] = None
    then: Annotated[dict[str, float], Meaning("Effects: levers and amounts.", "of the lever")] = {}


class Memory(Model):
    """A number that the run remembers for its author: answers add to it, conditions read it."""

    start: Annotated[Remembered, Meaning("Its value at the start of a run.", "of your own", "definition")] = 0.0
    low: Annotated[Remembered, Meaning("It never falls below.", "of your own", "definition")] = 0.0
    high: Annotated[Remembered, Meaning("It never rises above; 1 makes it a flag.", "of your own", "definition")] = 1e6
    says: Annotated[
        SafeText | None,
        Meaning("Told by the preview of answers that change it; left out: players are not told."),
    ] = None


class Card(Model):
    """An authored event."""

    apart = frozenset({"competency"})

    when: Annotated[ConditionText, Meaning("When it may come.")]
    chance: Annotated[
        Share, Meaning("Chance to come in a week in which `when` holds.", "probability", "definition", "cards")
    ] = 1.0
    once: Annotated[bool, Meaning("At most once a run.")] = True
    competency: Annotated[
        Competency | None, Meaning("What answering well takes of a player; only the debrief reads it.")
    ] = None
    speaker: Annotated[Id, Field(alias="from"), Meaning("The stakeholder who says it.")]
    says: Annotated[SafeText, Meaning("What they say; at most 45 words read well.")]
    answers: Annotated[dict[Id, Answer], Meaning("What can be answered, in the order of screens.")]
    silence: Annotated[
        Id | None, Meaning("The answer taken if none is given; left out: the week cannot end without one.")
    ] = None


class Objective(Model):
    """One part of the score: a name, and the values that count as 0 and as 1."""

    value: Annotated[str, Meaning("The name of a number.")]
    weight: Annotated[
        float,
        Field(gt=0.0, le=100.0),
        Meaning("How much it counts against the other objectives.", "weight", "definition"),
    ] = 1.0
    worst: Annotated[float, Meaning("The value that counts 0.", "of the value")]
    best: Annotated[float, Meaning("The value that counts 1; it may lie below `worst`.", "of the value")]
    says: Annotated[SafeText, Meaning("Its name on screens.")]


class Ending(Model):
    """How a run may end; the first whose condition holds is told."""

    when: Annotated[ConditionText, Meaning("When it is this ending; the first that holds is told.")]
    title: Annotated[SafeText, Meaning("Its name on screens.")]
    says: Annotated[SafeText, Meaning("The last page.")]
    good: Annotated[bool, Meaning("Whether it counts among the good ones.")] = False


class Hint(Model):
    """A word of the guide, shown once when its condition first holds."""

    when: Annotated[ConditionText, Meaning("It is shown when this first holds.")]
    says: Annotated[SafeText, Meaning("The hint.")]


class Debrief(Model):
    """What to talk about afterwards."""

    questions: Annotated[tuple[SafeText, ...], Meaning("Questions for a discussion.")] = ()
