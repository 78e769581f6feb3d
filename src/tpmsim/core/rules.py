"""Rules: a scenario as frozen numbers and tables.

Everything a week needs to know and nothing that moves. The compiler of the scenario layer makes it; the core only
reads it. The tables of numbers stand in `world`. Ids are plain strings in tuples; their place is the row of every
array that speaks of them. Axes: S segments, D needs (models.md: N), J features, A stakeholders, I instruments,
R rivals, N runs (always last, and not present here).

Words of the scenario (titles, texts) are not here: they never influence a result.
"""

from dataclasses import dataclass
from enum import IntEnum

from tpmsim.core.arrays import Bools, Ints
from tpmsim.core.conditions import Expr, Ref
from tpmsim.core.world import Features, Field, Instrument, Market, Money, Needs, People, Start, Support, Team

RULES_NUMBER = 6
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


class RivalMove(IntEnum):
    """What a rival can do."""

    NONE = 0
    FEATURE = 1
    PRICE = 2
    CLAIM = 3


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
class Trend:
    """Something that is said to be coming, and may be.

    Attributes:
        id: of the trend.
        chance: that it is real, before anything was read.
        first, last: weeks between which it arrives if it is real.
        hit: chance that a look reports it if it is.
        false_alarm: the same if it is not.
        effects: what it changes when it arrives.
    """

    id: str
    chance: float
    first: int
    last: int
    hit: float
    false_alarm: float
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class Memory:
    """A number that the author has the run remember; only answers and trends change it."""

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
    field: Field
    support: Support
    start: Start
    works: Bools
    sells: Bools
    next_stage: Ints
    gates: tuple[tuple[Requirement, ...], ...]
    memory: tuple[Memory, ...]
    trends: tuple[Trend, ...]
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
