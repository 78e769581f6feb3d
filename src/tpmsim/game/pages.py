"""Pages: what there is to read about a run, as data in words. Plain mode and the screens lay the same pages out.

Every text here is one line, already cleaned and in the words of the scenario; what it means for the eye (bold, a
colour, a bar) is decided by whoever lays it out. The pages are made by `tpmsim.game.desk.Desk`.
"""

from dataclasses import dataclass
from typing import Literal

from tpmsim.game.wording.figures import Turn


@dataclass(frozen=True, slots=True)
class Message:
    """One line of the inbox.

    Attributes:
        kind: a card that waits, words of somebody, answers that are chased, a promise that comes due, blocked work, a
            gate that is ready.
        text: what is said.
        person: id of who says it, or empty.
        card: id of the card that waits, or empty.
        warns: whether it tells of harm to come.
    """

    kind: Literal["card", "voice", "chased", "due", "blocked", "ready"]
    text: str
    person: str = ""
    card: str = ""
    warns: bool = False


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A visible number as it stands.

    Attributes:
        id, title: of the number.
        value: with unit and word.
        bare: without the word, for narrow places.
        word: on its scale, or empty.
        turn: of its change over the last week; None before the first week has ended.
        change: of the last week, signed; empty where nothing changed.
        main: whether the scenario shows it from the start.
    """

    id: str
    title: str
    value: str
    bare: str
    word: str
    turn: Turn | None
    change: str
    main: bool


@dataclass(frozen=True, slots=True)
class Happening:
    """A line of what happened; `below` belongs to the line above it."""

    text: str
    below: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A number that changed in a week: `step` is old, new, change and word; `causes` the main ones, largest first."""

    number: str
    title: str
    step: str
    causes: str
    turn: Turn


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a forecast went: what was forecast, what came, and whether it lay within."""

    title: str
    said: str
    came: str
    within: bool


@dataclass(frozen=True, slots=True)
class Reveal:
    """A week that ended.

    Attributes:
        title: such as `Week 3 ends.`
        happened: line by line.
        steps: the numbers that changed, the main ones first.
        judged: the forecasts made for it.
    """

    title: str
    happened: tuple[Happening, ...]
    steps: tuple[Step, ...]
    judged: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True)
class CauseRow:
    """A cause in a sum: its change with sign and all decimals, its words, and whether it is for the better."""

    change: str
    words: str
    turn: Turn

    @property
    def judged(self) -> str:
        """The words with whether it is for the better, said once."""
        said = self.words.endswith(f": {self.turn.word})")
        return self.words if said else f"{self.words} ({self.turn.word})"


@dataclass(frozen=True, slots=True)
class Sum:
    """Causes between an old and a new value; they add up exactly as written."""

    title: str
    before: str
    rows: tuple[CauseRow, ...]
    after: str


@dataclass(frozen=True, slots=True)
class Why:
    """Why a number is what it is: this week, last week, over the run; `more` are sentences about it."""

    number: str
    title: str
    value: str
    says: str
    sums: tuple[Sum, ...]
    more: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WeekLog:
    """A week in the log: what was done, what happened, what was noted."""

    title: str
    made: tuple[str, ...]
    happened: tuple[Happening, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GateItem:
    """One thing that a gate asks for: whether it is there, and who will look at it."""

    says: str
    met: bool
    lookers: str


@dataclass(frozen=True, slots=True)
class ScorePart:
    """A part of the score: points got of the weight, what for, the value reached, what counts nothing and in full."""

    got: float
    weight: float
    says: str
    value: str
    worst: str
    full: str


@dataclass(frozen=True, slots=True)
class Goal:
    """What counts at the end: points possible, what for, the values that count nothing and in full, and that of now."""

    weight: float
    says: str
    worst: str
    full: str
    now: str

    @property
    def line(self) -> str:
        """In a line."""
        return f"{self.weight:>4.0f}  {self.says}: {self.worst} to {self.full}, now {self.now}"


@dataclass(frozen=True, slots=True)
class EndPage:
    """How a run ended."""

    title: str
    good: bool
    text: tuple[str, ...]
    points: float
    parts: tuple[ScorePart, ...]
    question: str


@dataclass(frozen=True, slots=True)
class Recap:
    """What somebody who comes back needs: where the run stands, what happened last, what is open.

    Attributes:
        title: the scenario and the week.
        story: a few sentences of the run so far, oldest first.
        last: what happened at the end of the last week.
        made: moves already made in the present week.
        open: what waits: cards, promises, a gate.
    """

    title: str
    story: tuple[str, ...]
    last: tuple[Happening, ...]
    made: tuple[str, ...]
    open: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A finding about a scenario.

    Attributes:
        severity: `error`, which keeps the scenario from being played, `warning` or `note`.
        code: of its page; may be empty.
        place: file, line and column.
        message: what is wrong.
        help: what to do about it; may be empty.
        source: the line of the file, or the part of it around the place; may be empty.
        at: characters of it before the place.
    """

    severity: str
    code: str
    place: str
    message: str
    help: str
    source: str = ""
    at: int = 0

    @property
    def error(self) -> bool:
        """Whether it keeps the scenario from being played."""
        return self.severity == "error"

    @property
    def title(self) -> str:
        """The severity with the code."""
        return f"{self.severity}[{self.code}]" if self.code else self.severity


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of the newest save of a scenario that is being edited.

    Attributes:
        sound: whether it can be played.
        findings: errors, or the warnings of a sound one.
        told: what is different for its player.
        skipped: what was done before and cannot be done in it, one a line.
        says: all that in one line; empty where there is nothing to say.
    """

    sound: bool
    findings: tuple[Found, ...]
    told: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    says: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that its player may not know: what it is about, how it is, and what the player sees of it."""

    about: str
    true: str
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts of one kind, below a title."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Insight:
    """What is hidden in a run, for its author's eyes.

    Attributes:
        title: the week.
        draws: what chance holds for the end of this week.
        truth: how the world of the run is.
    """

    title: str
    draws: tuple[Facts, ...]
    truth: tuple[Facts, ...]
