"""Evidence of competencies: what the judged decisions of a run show of the one who took them.

A card or a gate may say which competency deciding well there takes. Each such decision whose best answer is known is
one observation of Bayesian knowledge tracing (`core.mechanics.competencies`): right where it cost at most a point of
the score, wrong where it surely cost something and probably more than that. What cannot be told counts neither way:
where options are worth the same, any answer would have been right, and nobody has shown anything.

Not here: judging (`judging`), and the words (`wording.evidence`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from tpmsim.core.mechanics.competencies import CLOSE, COMPETENCIES, KNOWN_FIRST, MASTERY, Competency, traced
from tpmsim.debrief.analysis import Decision
from tpmsim.debrief.steps import SILENCE
from tpmsim.scenario.schema import Scenario

FEW = 3
"""assumption: observations of a competency below which nothing is said of it."""


@dataclass(frozen=True, slots=True)
class Observation:
    """A decision as evidence.

    Attributes:
        number: its place in the run, from 1.
        week: in which it was taken.
        right: whether it cost at most a point.
        answers: how many ways to decide there were; one in so many guesses is right.
        known: chance that the competency is there, after it.
    """

    number: int
    week: int
    right: bool
    answers: int
    known: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a run shows of one competency.

    Attributes:
        competency: its id.
        observed: decisions that tell something, in order.
        untold: numbers of those that asked for it as well, and tell nothing.
    """

    competency: Competency
    observed: tuple[Observation, ...]
    untold: tuple[int, ...]

    @property
    def right(self) -> int:
        """How many decisions were right."""
        return sum(one.right for one in self.observed)

    @property
    def known(self) -> float:
        """Chance that the competency is there, after all of them."""
        return self.observed[-1].known if self.observed else KNOWN_FIRST

    @property
    def enough(self) -> bool:
        """Whether there are enough of them to say something."""
        return len(self.observed) >= FEW

    @property
    def mastered(self) -> bool:
        """Whether it counts as mastered."""
        return self.enough and self.known >= MASTERY


def evidence(scenario: Scenario, decisions: Sequence[Decision]) -> tuple[Evidence, ...]:
    """What decisions show, of each competency that was asked for where there was a choice.

    Args:
        scenario: with what its cards and gates ask for.
        decisions: of the run, in order.
    """
    asked = [(asked_for(scenario, one), one) for one in decisions if not one.forced]
    met = [(name, [one for wanted, one in asked if wanted == name]) for name in COMPETENCIES]
    return tuple(_of(name, mine) for name, mine in met if mine)


def asked_for(scenario: Scenario, one: Decision) -> Competency | None:
    """The competency that deciding well takes here; None where the scenario names none."""
    if one.kind in ("card", SILENCE):
        return scenario.cards[one.about].competency
    if one.kind == "gate" and one.about in scenario.gates:
        return scenario.gates[one.about].competency
    return None


def was_right(one: Decision) -> bool | None:
    """Whether a decision was right; None where it cannot be told.

    It cannot where it was forced, where no option can be told from it, where policies disagree about it, or where it
    seems to cost more than a point and the interval of that reaches down to nothing. So doubt speaks for the player,
    as it does with marks.
    """
    if one.forced or one.close or one.disputed:
        return None
    if one.loss <= CLOSE:
        return True
    return False if one.low > 0.0 else None


def _of(name: Competency, decisions: Sequence[Decision]) -> Evidence:
    untold = tuple(one.number for one in decisions if was_right(one) is None)
    return Evidence(name, tuple(_traced(decisions)), untold)


def _traced(decisions: Sequence[Decision]) -> Iterator[Observation]:
    known = KNOWN_FIRST
    for one in decisions:
        right = was_right(one)
        if right is not None:
            answers = len(one.options)
            known = float(traced(np.asarray(known), np.asarray(right), guess=1.0 / answers))
            yield Observation(one.number, one.week, right, answers, known)
