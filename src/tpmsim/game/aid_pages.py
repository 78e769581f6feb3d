"""Pages of aids: when the plan may be done, what a question is worth, in which order to work. Data in words.

They tell what is worked out elsewhere from what the player may know (`tpmsim.lab.aid_words` makes them), so they can be
wrong as a player can. Plain mode and the screen lay the same pages out.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DatedRow:
    """A feature that is planned or promised, and when it is likely to be reported complete.

    Attributes:
        id: of the feature.
        title: what it is called.
        curve: chance, per cent, that it is by the end of each week from the present one on.
        half, likely, sure: the weeks by which it is with 50, 80 and 95 %, in a word.
        promised: week and word of the promise; empty without one.
        due: its week, 0 without one.
        word: how sure the player said to be, 0..1; 0 without a promise.
        chance: how likely the promise is to be kept, 0..1; 0 without one.
        odds: the same in words, to the nearest 5 %; empty without one.
        sign: `+` where the chance is as good as the word, `!` where it is less, `x` where it is much less; or empty.
        told: all that in sentences.
    """

    id: str
    title: str
    curve: tuple[int, ...]
    half: str
    likely: str
    sure: str
    promised: str
    due: int
    word: float
    chance: float
    odds: str
    sign: str
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimetablePage:
    """When the plan is likely to be done, and how likely promises are to be kept.

    Attributes:
        says: what stands above it.
        first: the week of the first chance of each curve.
        rows: in the order of work.
        together: how likely all promises are to be kept; empty where there are fewer than two.
        notes: what it rests on.
    """

    says: str
    first: int
    rows: tuple[DatedRow, ...]
    together: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question that can be asked.

    Attributes:
        move: its id.
        title: what it is called.
        value, price: in weeks of building, in figures.
        fills, mark: the same as parts of the largest one of all questions, 0..1.
        pays: whether it is worth more than it costs.
        reason: why it cannot be asked now; or empty.
        told: all that in sentences.
    """

    move: str
    title: str
    value: str
    price: str
    fills: float
    mark: float
    pays: bool
    reason: str
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JobRow:
    """A feature that is not built yet.

    Attributes:
        id: of the feature.
        title: what it is called.
        planned: whether it is in the plan.
        weeks: of building.
        delay, urgency, rice: cost of delay, the same over the weeks, and the RICE score, as parts of the highest, 0..1.
        reach, impact, confidence, effort: what RICE is made of.
        told: all that in sentences.
    """

    id: str
    title: str
    planned: bool
    weeks: str
    delay: float
    urgency: float
    rice: float
    reach: str
    impact: str
    confidence: str
    effort: str
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AidsPage:
    """What a question is worth and in which order to work.

    Attributes:
        asking: what stands above the questions.
        questions: the one that gains most first.
        working: what stands above the features.
        jobs: the most urgent first.
        legend: what their bars are; or empty.
        notes: what it rests on.
    """

    asking: str
    questions: tuple[QuestionRow, ...]
    working: str
    jobs: tuple[JobRow, ...]
    legend: str
    notes: tuple[str, ...]
