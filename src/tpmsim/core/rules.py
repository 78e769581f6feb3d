"""Rules: a scenario as frozen numbers and tables.

Everything a week needs to know and nothing that moves. The compiler of the scenario layer makes it; the core only
reads it. Ids are plain strings in tuples; their place is the row of every array that speaks of them. Axes: S segments,
D needs (models.md: N), J features, A stakeholders, I instruments, R rivals, N runs (always last, and not present here).

Words of the scenario (titles, texts) are not here: they never influence a result.
"""

from dataclasses import dataclass
from enum import IntEnum

from tpmsim.core.arrays import Bools, Floats, Ints
from tpmsim.core.conditions import Expr, Ref

RULES_NUMBER = 2
"""Raised whenever any result can change; runs of another number are only viewed. The golden runs enforce it."""


class Op(IntEnum):
    """What an effect does to its row."""

    SET = 0
    ADD = 1
    WEEK = 2
    """Set to the present week plus the value."""


class EndedBy(IntEnum):
    """Why a run is over; 0 while it goes on."""

    NOTHING = 0
    TIME = 1
    KILL = 2
    SUNSET = 3
    MONEY = 4
    FIRED = 5


class Trigger(IntEnum):
    """What may lead from stage to stage. The first is the absence of any."""

    NONE = 0
    GO = 1
    LEAP = 2
    HOLD = 3
    RECYCLE = 4
    KILL = 5
    SUNSET = 6
    MONEY = 7
    FIRED = 8
    TIME = 9


class Function(IntEnum):
    """What a stakeholder does for the product; the core knows these five and none."""

    NONE = 0
    BUILD = 1
    DESIGN = 2
    MARKET = 3
    SELL = 4
    SPONSOR = 5


class Response(IntEnum):
    """What a dissatisfied or content stakeholder may do (Hirschman 1970), in the order of their cells."""

    EXIT = 0
    NEGLECT = 1
    VOICE = 2
    LOYALTY = 3


@dataclass(frozen=True, slots=True)
class Effect:
    """A named lever of the known state, an operation and a bound.

    Attributes:
        ref: which row of the known state.
        op: set, add, or set to the present week plus the value.
        value: in the unit of the row.
        low: the row never falls below.
        high: the row never rises above.
    """

    ref: Ref
    op: Op
    value: float
    low: float = -1e15
    high: float = 1e15


@dataclass(frozen=True, slots=True)
class Check:
    """A condition of a move with the reason that is given when it does not hold."""

    holds: Expr
    reason: str


@dataclass(frozen=True, slots=True)
class Move:
    """One choice of the player.

    Attributes:
        id: stable text id, such as `interview:smb`.
        kind: the part before the colon, or `end`.
        hours: focus hours it takes.
        cost: money it takes at once.
        stages: for each stage whether the move belongs there.
        checks: what else must hold, in the order in which reasons are given.
        effects: what it does, at once and without dice.
    """

    id: str
    kind: str
    hours: float
    cost: float
    stages: tuple[bool, ...]
    checks: tuple[Check, ...]
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """An authored event: when it may come, how likely each week, and the moves that answer it.

    Attributes:
        id: of the card.
        when: condition on what is known.
        chance: probability a week while the condition holds.
        once: comes at most once a run.
        answers: rows of the moves that answer it.
        silence: row of the answer taken if the week ends without one; -1 if the card must be answered.
    """

    id: str
    when: Expr
    chance: float
    once: bool
    answers: tuple[int, ...]
    silence: int


@dataclass(frozen=True, slots=True)
class Memory:
    """A number that the author has the run remember; only answers change it."""

    id: str
    start: float


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing a gate asks for, as a condition on what is known."""

    id: str
    holds: Expr


@dataclass(frozen=True, slots=True)
class Objective:
    """One part of the score: a known number mapped to 0..1 between two anchors."""

    id: str
    value: Ref
    weight: float
    worst: float
    best: float


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run may be told to have ended; the first whose condition holds is the one."""

    id: str
    when: Expr
    good: bool


@dataclass(frozen=True, slots=True)
class Number:
    """A visible number.

    Attributes:
        id: its name in conditions, the ledger and on screens.
        value: where it stands in the known state.
        quantum: what it is counted in; 0.01 for money.
        up_is_good: the polarity from which colour, arrow and word come.
    """

    id: str
    value: Ref
    quantum: float
    up_is_good: bool


@dataclass(frozen=True, slots=True, eq=False)
class Market:
    """Segments and rivals.

    Attributes:
        size: (S,) potential customers of the category.
        innovation: (S,) Bass p a year.
        imitation: (S,) Bass q a year.
        begun: (S,) share of the potential that already has some product of the category.
        pace_sd: (S,) prior sd of the log of the market's speed against p and q.
        price_slope: (S,) utility of one unit of price.
        rival_pull: (R, S) utility of a rival at its price.
        rival_hazard: (R,) moves of a rival a year.
        rival_step: (R,) utility that such a move adds.
        price_response: change of effective years by the log of the category's price (b1).
        advert_response: the same for advertising (b2).
        advert_most: largest multiple of advertising above none.
        advert_half: goodwill at half of that.
        waves: share of the sign-ups that each wave lets in, first to last.
    """

    size: Floats
    innovation: Floats
    imitation: Floats
    begun: Floats
    pace_sd: Floats
    price_slope: Floats
    rival_pull: Floats
    rival_hazard: Floats
    rival_step: Floats
    price_response: float
    advert_response: float
    advert_most: float
    advert_half: float
    waves: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Needs:
    """What customers want.

    Attributes:
        mean, sd: (S, D) prior of the worth.
        kano: (D,) class, an index of choice.KANO.
        better, worse: (D,) satisfaction when fully met and when not met at all.
        known: (D,) 1 where a need is known from the start.
        found_a, found_b: parameters of discovery by interviews.
    """

    mean: Floats
    sd: Floats
    kano: Ints
    better: Floats
    worse: Floats
    known: Floats
    found_a: float
    found_b: float


@dataclass(frozen=True, slots=True)
class Instrument:
    """A way to learn.

    Attributes:
        id: of the instrument.
        about: `needs` (asked of a segment), `effort` (of a feature) or `rivals` (of a rival).
        answers: how many answers one use brings.
        error: sd of one answer, in the unit of the worth (for effort: of its log).
        bias_sd: sd of the run's own bias.
        tilt: published mean tilt, which beliefs subtract.
        lean: share of an answer that is of the loudest segment, whoever is asked; below 1.
        loudest: row of that segment, or -1.
        discovers: whether its answers can bring up needs that nobody thought of.
        hit: for rivals, how often it sees what is there.
    """

    id: str
    about: str
    answers: int
    error: float
    bias_sd: float
    tilt: float
    lean: float
    loudest: int
    discovers: bool
    hit: float


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """The backlog.

    Attributes:
        ksloc: (J,) size in thousand lines.
        serves: (J, D) how far a finished feature fulfils a need, 0..1.
        depends: (J, J) 1 where the row must wait for the column.
        sponsor: (J,) row of the stakeholder who asks for it.
        effort_sd: (J,) prior sd of the log of true over estimated effort.
        error_sd: sd of the log of a feature's own error rate.
        report_sd: sd of the log of reported progress.
        cut: share of a feature that stays after its scope is cut.
    """

    ksloc: Floats
    serves: Floats
    depends: Floats
    sponsor: Ints
    effort_sd: Floats
    error_sd: float
    report_sd: float
    cut: float


@dataclass(frozen=True, slots=True, eq=False)
class Team:
    """The people who build.

    Attributes:
        experienced, new: persons at the start.
        pay: a person and week.
        skill: technical skill of the player, 0..1.
        leadership: of the player, 0..1.
        feature_share: (P,) share of the capacity that builds, by profile.
        delay: (P,) mean weeks until rework is discovered, by profile.
        talks: (P,) interview answers a person and week brings from the target segment, by profile.
    """

    experienced: float
    new: float
    pay: float
    skill: float
    leadership: float
    feature_share: Floats
    delay: Floats
    talks: Floats


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """The stakeholders.

    Attributes:
        base: (A,) satisfaction to which each drifts.
        kept, broken: (A,) evidence of kept and of broken promises at the start.
        goals: (A, O) weight of a change of each outcome, rows sum to at most 1 in size.
        outcomes: what the columns of goals speak of.
        scale: (O,) change of the outcome that counts as 1.
        influence: (A, A) who listens to whom, rows sum to 1.
        settled: (A, A) how a private leaning ends up in everybody's opinion after long talk.
        weight: (A,) vote, from salience.
        cares: (A, G) 1 where a stakeholder minds a requirement of a gate (G counts all gates' requirements).
        investment, alternatives: (A,) 0..1.
        lean_sd: (A,) sd of a private leaning.
        function: (A,) what each does for the product, a Function.
    """

    base: Floats
    kept: Floats
    broken: Floats
    goals: Floats
    outcomes: tuple[Ref, ...]
    scale: Floats
    influence: Floats
    settled: Floats
    weight: Floats
    cares: Floats
    investment: Floats
    alternatives: Floats
    lean_sd: Floats
    function: Ints


@dataclass(frozen=True, slots=True)
class Money:
    """Cash and what moves it.

    Attributes:
        cash: at the start.
        price: of a contract at the start; the reference of the price slope.
        hosting: a customer and week.
        contract: weeks of a contract.
        churn_a, churn_b: shifted beta-geometric at no shift.
        recycle: price of going back one stage.
    """

    cash: float
    price: float
    hosting: float
    contract: int
    churn_a: float
    churn_b: float
    recycle: float


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """A scenario as the core sees it. Rows of every array follow the tuples of ids.

    Attributes not told by their type: `works` and `sells` (stages,) say in which stages the team builds and
    customers can sign up; `next_stage` (stages, triggers) is the compiled lifecycle; `gates` holds for each stage
    what its gate requires.
    """

    id: str
    weeks: int
    focus_hours: float
    segments: tuple[str, ...]
    needs: tuple[str, ...]
    features: tuple[str, ...]
    stakeholders: tuple[str, ...]
    rivals: tuple[str, ...]
    stages: tuple[str, ...]
    profiles: tuple[str, ...]
    market: Market
    worth: Needs
    instruments: tuple[Instrument, ...]
    backlog: Features
    team: Team
    people: People
    money: Money
    works: Bools
    sells: Bools
    next_stage: Ints
    gates: tuple[tuple[Requirement, ...], ...]
    memory: tuple[Memory, ...]
    moves: tuple[Move, ...]
    cards: tuple[Card, ...]
    objectives: tuple[Objective, ...]
    endings: tuple[Ending, ...]
    numbers: tuple[Number, ...]

    def move(self, move_id: str) -> int:
        """The row of a move.

        Raises:
            KeyError: no move has this id.
        """
        for row, move in enumerate(self.moves):
            if move.id == move_id:
                return row
        raise KeyError(move_id)

    @property
    def effort_instrument(self) -> int:
        """The row of the instrument that asks for effort, or -1."""
        rows = [row for row, tool in enumerate(self.instruments) if tool.about == "effort"]
        return rows[0] if rows else -1

    @property
    def leaning_instrument(self) -> int:
        """The row of the instrument whose answers lean to the loudest segment, or -1."""
        rows = [row for row, tool in enumerate(self.instruments) if tool.loudest >= 0]
        return rows[0] if rows else -1

    def stage(self, name: str) -> int:
        """The number of a stage."""
        return self.stages.index(name)
