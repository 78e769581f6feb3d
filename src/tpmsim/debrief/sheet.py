"""The sheet: a debrief in words, as plain frozen data. Terminal, screens, HTML, Markdown and JSON lay the same one out.

Every text here is one line, already cleaned, in the words of the scenario and of docs/debrief.md; how it looks is
decided by whoever lays it out. Numbers that a chart draws stand beside the words. `worded.worded` makes it.
"""

from dataclasses import dataclass

from tpmsim.debrief.analysis import Analysis
from tpmsim.debrief.evidence import Evidence
from tpmsim.game.pages import EndPage, WeekLog


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the overview: what it is called, its value, and what it means in one sentence."""

    id: str
    title: str
    value: str
    says: str


@dataclass(frozen=True, slots=True)
class Overview:
    """What a run comes to.

    Attributes:
        title: of the scenario.
        seed: of its world.
        player: alias; may be empty.
        evaluator: who judged, with the short digest and the most futures of an option, in a few words.
        caution: what to bear in mind about the one who judged.
        figures: result, par, expected, decisions, luck, luck-adjusted, lost.
        quadrant: of process and outcome, such as `Bad break`.
        verdict: the same as a headline, such as `Looks like a bad break` where that is not sure.
        means: what that says, in one sentence.
        story: what was decision and what was luck, named, sentence by sentence.
    """

    title: str
    seed: str
    player: str
    evaluator: str
    caution: str
    figures: tuple[Figure, ...]
    quadrant: str
    verdict: str
    means: str
    story: tuple[str, ...]

    def figure(self, name: str) -> Figure:
        """One of the figures."""
        return next(one for one in self.figures if one.id == name)


@dataclass(frozen=True, slots=True)
class OptionRow:
    """One way to decide.

    Attributes:
        move: id of a move that was not made, for a what-if; `without:` and the id of the one that was, where it is left
            out; empty for what was done, and where it is no move of its own.
        says: what it is called.
        value: the result to be expected with it, with its interval; `half` is half the width of that.
        against: better or worse than what was chosen, signed; empty for that itself.
        futures: how many were played.
        chosen: whether it was.
        best: whether the evaluator thinks it best.
    """

    move: str
    says: str
    value: str
    half: float
    against: str
    futures: int
    chosen: bool
    best: bool


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision.

    Attributes:
        number: its place in the run, from 1.
        week: in which it was taken; `when` says it.
        when: such as `week 3`.
        stage: title.
        sign: `??`, `?`, `?!`, `!`, `!?` or empty.
        mark: the same in a word: blunder, mistake, inaccuracy, only move, good gamble; or empty.
        matter: what was to be decided, in a word or two.
        asked: the same as it was asked.
        chose, best: what the player did, and what the evaluator would have done.
        loss: points lost with their interval, such as `-11.1 ±5.1`; or `only move`, `forced`, `close call`, `best`.
        luck: what the end of that week brought; written with the last decision of a week alone.
        says: the judgement in a sentence or two.
        lost: points.
        half: half-width of their 95 % interval.
        counts: whether there was a choice.
        plan: whether it is the small moves of a week.
        options: those that were looked at, best first.
    """

    number: int
    week: int
    when: str
    stage: str
    sign: str
    mark: str
    matter: str
    asked: str
    chose: str
    best: str
    loss: str
    luck: str
    says: str
    lost: float
    half: float
    counts: bool
    plan: bool
    options: tuple[OptionRow, ...]

    @property
    def notable(self) -> bool:
        """Whether it has a mark."""
        return bool(self.mark)


@dataclass(frozen=True, slots=True)
class ChanceRow:
    """A part of the luck of a week: what was drawn, in words, and its points."""

    stream: str
    says: str
    points: float
    shown: str


@dataclass(frozen=True, slots=True)
class HiddenRow:
    """A hidden fact that may be behind what could not be known in a week.

    Attributes:
        about: what it is of.
        true: how it was.
        believed: what could be believed when the week began.
        could: whether a question could have told more of it.
        says: all that in a line.
    """

    about: str
    true: str
    believed: str
    could: str
    says: str


@dataclass(frozen=True, slots=True)
class WeekRow:
    """A week of the expected result.

    Attributes:
        week: its number; `when` says it.
        before, decided, after: the result to be expected when it began, after its decisions, and a week later.
        half: half-width of the 95 % interval of the first.
        gain, luck: the two steps, as they are shown.
        happened: what there was to see at its end: first what moves results, last what questions were answered.
        moved: the same without the answers.
        chances: the parts of its luck, the largest first; empty where they were not asked for.
        hidden: the facts that may be behind what could not be known, where that was much.
    """

    week: int
    when: str
    before: float
    decided: float
    after: float
    half: float
    gain: str
    luck: str
    happened: tuple[str, ...]
    moved: tuple[str, ...]
    chances: tuple[ChanceRow, ...]
    hidden: tuple[HiddenRow, ...] = ()

    @property
    def seen(self) -> str:
        """What there was to see, on one line."""
        return _joined(self.happened)

    @property
    def noted(self) -> str:
        """What may have moved the result, on one line; where nothing could, what there was to see."""
        return _joined(self.moved or self.happened)


def _joined(lines: tuple[str, ...]) -> str:
    told = ""
    for text in lines:
        told += ("" if not told else " " if told.endswith(":") else "; ") + text.rstrip(".")
    return told


@dataclass(frozen=True, slots=True)
class Fall:
    """A step of the waterfall: from a level to a level; `total` where it is no step but a result."""

    says: str
    start: float
    end: float
    shown: str
    total: bool = False


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A cause of a number over the run.

    Attributes:
        change: with sign and all decimals.
        words: what it is.
        turn: whether it is for the better.
        weeks: in which it acted.
        move: behind it; empty where there is none.
    """

    change: str
    words: str
    turn: str
    weeks: str
    move: str


@dataclass(frozen=True, slots=True)
class LedgerPart:
    """A visible number from its first value to its last; the changes add up exactly as written."""

    number: str
    title: str
    says: str
    before: str
    after: str
    rows: tuple[LedgerRow, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """A visible number at the start of each week, and when the run had ended, in the unit in which it is shown."""

    number: str
    title: str
    unit: str
    points: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class WordRow:
    """A promise or a forecast against what came of it: when, what, what was said, what came, whether it held."""

    when: str
    about: str
    said: str
    came: str
    held: bool


@dataclass(frozen=True, slots=True)
class CalibrationPage:
    """How far the player's stated confidence can be believed.

    Attributes:
        says: sentence by sentence.
        promises, ranges: one by one.
        bins: of each confidence that was stated the share that came true, and how many: (stated, came true, count).
    """

    says: tuple[str, ...]
    promises: tuple[WordRow, ...]
    ranges: tuple[WordRow, ...]
    bins: tuple[tuple[float, float, int], ...]


@dataclass(frozen=True, slots=True)
class LearnedRow:
    """A question to the market: when, what, its price, what it was worth with its interval, and that in a sentence."""

    when: str
    asked: str
    price: str
    worth: str
    says: str


@dataclass(frozen=True, slots=True)
class ObservedRow:
    """A decision as evidence of a competency.

    Attributes:
        week: in which it was taken; `when` says it.
        asked, chose: what was to be decided, and what the player did.
        right: whether it cost at most a point; `said` says it.
        chance: that the competency is there, after it; empty where there are too few decisions to say.
    """

    week: int
    when: str
    asked: str
    chose: str
    right: bool
    said: str
    chance: str


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """What the run shows of one competency.

    Attributes:
        title: its name.
        right, count: decisions that were right, and those that tell something; `held` says both.
        known: chance that it is there, 0 to 1.
        enough: whether there are enough of them for that to be said.
        mastered: whether it counts as mastered.
        held: such as `3 of 4 right`.
        chance: such as `78 %`, or that there are too few.
        says: all that in a sentence or two.
        observed: the decisions, in order.
    """

    title: str
    right: int
    count: int
    known: float
    enough: bool
    mastered: bool
    held: str
    chance: str
    says: str
    observed: tuple[ObservedRow, ...]


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """What decisions show of competencies: how to take it, and one by one; both empty where none was asked for."""

    says: tuple[str, ...]
    rows: tuple[EvidenceRow, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A note or a mark of the player, with its week."""

    week: int
    when: str
    text: str


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question of the scenario, and the player's own numbers that speak to it."""

    asks: str
    beside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of a structured debrief: id, title, what it is for, and questions about this run."""

    id: str
    title: str
    says: str
    prompts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assumption:
    """A number of the model in force that no source carries: its name, its value, what it would be, and its meaning."""

    name: str
    value: str
    usual: str
    says: str


@dataclass(frozen=True, slots=True)
class Assumptions:
    """The assumptions in force, below a heading."""

    title: str
    says: str
    rows: tuple[Assumption, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole debrief.

    Attributes:
        analysis: the numbers behind the words.
        overview: what the run comes to.
        ending: how it ended; with the parts of its score.
        decisions: in order.
        weeks: in order.
        falls: the waterfall.
        ledger: every number that changed, the main ones first.
        series: the main numbers over the weeks.
        calibration: of promises and forecasts.
        learned: what each question was worth.
        competencies: what decisions show of each that was asked for.
        evidence: the same in words.
        chapters: notes and marks.
        log: what was done and what happened.
        questions: of the scenario.
        assumptions: of the model in force.
        phases: of the debrief, with questions about this run.
    """

    analysis: Analysis
    overview: Overview
    ending: EndPage
    decisions: tuple[DecisionRow, ...]
    weeks: tuple[WeekRow, ...]
    falls: tuple[Fall, ...]
    ledger: tuple[LedgerPart, ...]
    series: tuple[Series, ...]
    calibration: CalibrationPage
    learned: tuple[LearnedRow, ...]
    competencies: tuple[Evidence, ...]
    evidence: EvidencePage
    chapters: tuple[Chapter, ...]
    log: tuple[WeekLog, ...]
    questions: tuple[QuestionRow, ...]
    assumptions: tuple[Assumptions, ...]
    phases: tuple[Phase, ...]

    @property
    def notable(self) -> tuple[DecisionRow, ...]:
        """Decisions with a mark."""
        return tuple(one for one in self.decisions if one.notable)
