"""What an evaluation says of a run, as plain frozen data: no words for people, nothing that computes.

Scores and values are points of W, 0 to 100, always under the beliefs of the player at that moment and under the
evaluator that is named: "the reference policy thinks", never "correct". Who makes it is `evaluate`; who words it is
`sheet`.
"""

from dataclasses import dataclass
from typing import Literal

LEAVE = ""
"""In place of the id of a move: nothing of the kind is done, and the evaluator goes on from there."""

UNKNOWN = "unknown"
"""In place of a stream of draws: the truth that no draw of the week explains."""

Mark = Literal["", "inaccuracy", "mistake", "blunder", "only move", "good gamble"]

Matter = Literal["worth", "effort", "faults", "pace", "rival", "leaning", "trend"]
"""What a hidden fact is about; `docs/models.md` says of each how it is drawn."""

Quadrant = Literal["deserved success", "bad break", "dumb luck", "deserved setback"]
"""Of process and outcome (Russo & Schoemaker 2002, Winning Decisions)."""


@dataclass(frozen=True, slots=True)
class Evaluator:
    """Who judged: a policy with the digest of its source, the rules number, and the most rollouts an option."""

    id: str
    digest: str
    rules: int
    n: int


@dataclass(frozen=True, slots=True)
class Option:
    """One way to decide.

    Attributes:
        move: id of the move, or LEAVE; of a plan, `plan` for what was done and LEAVE for the evaluator's own.
        value: mean W when it is chosen and the evaluator goes on, over `n` rollouts.
        error: standard error of that.
        n: rollouts; options that fall behind get fewer.
    """

    move: str
    value: float
    error: float
    n: int


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of a run, in the order in which they were taken.

    Attributes:
        week, stage: when it was taken.
        number: its place in the run, from 1.
        kind: `card`, `gate`, `promise`, `silence`, `plan`, or the kind of the move (`price`, `profile`, ...).
        about: the card, the stage or the feature; else empty.
        move: id of the move; LEAVE for silence; `plan` for the small moves of a week and its end.
        made: ids of the small moves of a plan; else empty.
        options: of all that were legal those that were looked at, best first; the one chosen is among them.
        best: the move that looked best on the first half of the rollouts.
        loss: mean paired difference of it and the one chosen, on the second half; not below 0.
        error: standard error of that.
        low: lower end of its 95 % interval.
        gain: value after the move less the value before it; may be positive.
        spread: standard deviation of W after the move.
        forced: only one option was legal. Not counted.
        close: no option differs from the one chosen by more than two standard errors.
        mark: only where the evidence supports one.
        disputed: the evaluator calls it at least a mistake, and two other policies prefer it.
        instead: of a plan that another is better than, the moves of the evaluator that the player did not make.
    """

    week: int
    stage: str
    number: int
    kind: str
    about: str
    move: str
    made: tuple[str, ...]
    options: tuple[Option, ...]
    best: str
    loss: float
    error: float
    low: float
    gain: float
    spread: float
    forced: bool
    close: bool
    mark: Mark
    disputed: bool
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chance:
    """A part of the luck of a week: the draws of one stream as they came, or UNKNOWN, what could not be known."""

    stream: str
    points: float


@dataclass(frozen=True, slots=True)
class Unseen:
    """A hidden fact of the run against what could be believed of it when a week began.

    Attributes:
        matter: what it is; the log of a ratio for effort, faults and pace, a week for a rival, 1 or 0 for a trend.
        about: id of the need, feature, segment, rival, person or trend.
        segment: id of the segment to which a need is worth that; else empty.
        truth: how it is.
        mean, sd: what was believed.
        told: whether the player had been told that there is such a thing.
        tool: id of the move, legal when the week began, that would have told most of it; empty where none would.
    """

    matter: Matter
    about: str
    segment: str
    truth: float
    mean: float
    sd: float
    told: bool
    tool: str

    @property
    def surprise(self) -> float:
        """By how many standard deviations it differs from what was believed."""
        return abs(self.truth - self.mean) / self.sd


@dataclass(frozen=True, slots=True)
class WeekValue:
    """A week of the chain of values.

    Attributes:
        week: its number.
        before: value of the position when it began.
        decided: value after all of its decisions, before its end.
        after: value of the position a week later; of the last week the result itself.
        error: standard error of `before`.
        chances: the parts of its luck, which sum to it; empty where they were not asked for.
        n: rollouts of its values.
        unseen: where much of the luck is UNKNOWN, the hidden facts that may be behind it, the most surprising first.
    """

    week: int
    before: float
    decided: float
    after: float
    error: float
    chances: tuple[Chance, ...] = ()
    n: int = 0
    unseen: tuple[Unseen, ...] = ()

    @property
    def luck(self) -> float:
        """What the end of the week brought beyond what was to be expected."""
        return self.after - self.decided


@dataclass(frozen=True, slots=True)
class Learned:
    """What a question was worth before its answer was known.

    Attributes:
        week: in which it was asked.
        move: id of the move.
        worth: value with it less value when nobody asks it that week, in points; its costs are taken off.
        error: standard error of that.
        hours, cost: its price.
    """

    week: int
    move: str
    worth: float
    error: float
    hours: float
    cost: float


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a promise as a forecast: complete by a week, with so much confidence.

    Attributes:
        week: in which it was judged.
        feature: id.
        due: the week that it named.
        confidence: that was given.
        kept: whether the feature was complete in that week.
    """

    week: int
    feature: str
    due: int
    confidence: float
    kept: bool


@dataclass(frozen=True, slots=True)
class Range:
    """A forecast of a number against what came, in its quanta."""

    week: int
    number: str
    low: int
    point: int
    high: int
    came: int
    score: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far stated confidence can be believed.

    Attributes:
        words: of promises, whose week has come.
        brier: mean score of these; None where there are none (Brier 1950).
        reliability, resolution, uncertainty: its parts (Murphy 1973).
        ranges: forecasts of numbers.
        covered: share of ranges that held what came, which should be 0.8; None where none tells (see `calibration`).
    """

    words: tuple[Word, ...]
    brier: float | None
    reliability: float
    resolution: float
    uncertainty: float
    ranges: tuple[Range, ...]
    covered: float | None


@dataclass(frozen=True, slots=True)
class Analysis:
    """A run, judged.

    `score == start + decisions + luck + residual`, the residual below 1e-9.

    Attributes:
        run: digest of the scenario, the seed and the moves for which this holds; notes do not count.
        scenario, seed: of the run.
        evaluator: who judged.
        score: the result W.
        start: value of the first position: what the evaluator expected of this scenario before anything was done.
        gained: sum of the gains of all decisions.
        luck: sum of the luck of all weeks.
        adjusted, low, high: the result without luck, with its 95 % interval: `score - luck`.
        par: what the evaluator reaches on the same seed.
        quadrant: of process and outcome.
        clear: whether the process is on one side beyond its interval.
        decisions: in order.
        weeks: in order.
        learned: what each question was worth.
        calibration: of promises and forecasts.
    """

    run: str
    scenario: str
    seed: str
    evaluator: Evaluator
    score: float
    start: float
    gained: float
    luck: float
    adjusted: float
    low: float
    high: float
    par: float
    quadrant: Quadrant
    clear: bool
    decisions: tuple[Decision, ...]
    weeks: tuple[WeekValue, ...]
    learned: tuple[Learned, ...]
    calibration: Calibration

    @property
    def residual(self) -> float:
        """What the sum does not explain; nothing but rounding."""
        return self.score - (self.start + self.gained + self.luck)

    @property
    def split(self) -> bool:
        """Whether luck is told by what was drawn."""
        return any(one.chances for one in self.weeks)

    @property
    def counted(self) -> tuple[Decision, ...]:
        """Decisions that were not forced."""
        return tuple(one for one in self.decisions if not one.forced)

    @property
    def lost(self) -> float:
        """Points lost a decision: biased towards the evaluator, and by noise, as no loss counts below 0."""
        counted = self.counted
        return sum(one.loss for one in counted) / len(counted) if counted else 0.0
