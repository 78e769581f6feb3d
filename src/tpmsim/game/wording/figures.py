"""Figures: how each visible number is called, written and judged. The one place where polarity becomes a word."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tpmsim.core.rules import Number, Rules
from tpmsim.game.wording.prose import spoken
from tpmsim.game.wording.titles import Titles

Scale = tuple[tuple[float, str], ...]

TRUST: Scale = ((25, "distrusting"), (42, "wary"), (58, "neutral"), (75, "trusting"), (101, "fully trusting"))
MOOD: Scale = ((-50, "bitter"), (-10, "unhappy"), (10, "so-so"), (40, "content"), (101, "delighted"))
SAID: Scale = ((-50, "angry"), (-10, "let down"), (10, "mixed"), (50, "pleased"), (101, "delighted"))
HEALTH: Scale = ((20, "burnt out"), (40, "exhausted"), (65, "tired"), (90, "a bit tired"), (101, "rested"))


@dataclass(frozen=True, slots=True)
class Figure:
    """How a number is shown.

    Attributes:
        title: on screens; `{}` stands for the person it belongs to.
        shown: shown units in one unit of the number (100 where a share is shown of 100).
        unit: behind the figure.
        scale: words by upper bound, in shown units.
        signed: whether a plus is written.
        says: one sentence for the glossary.
    """

    title: str
    shown: int = 1
    unit: str = ""
    scale: Scale = ()
    signed: bool = False
    says: str = ""


FIGURES: Mapping[str, Figure] = {
    "cash": Figure("Cash", says="The money that is left. Salaries take their part of it every week."),
    "progress": Figure("Reported progress", unit=" %", says="How much of the plan is said to be done."),
    "customers": Figure("Customers", says="Who pays for it now. They can leave when their contract ends."),
    "sentiment": Figure(
        "What customers say",
        100,
        "",
        SAID,
        True,
        "From -100 to +100: what they got against what they were told, heard from a few.",
    ),
    "health": Figure(
        "Team health", 1, " of 100", HEALTH, says="Falls with overtime, comes back with rest. Tired people err."
    ),
    "incidents": Figure(
        "Incidents",
        unit=" in 4 weeks",
        says="Defects that customers met. Each has a name, costs work, and drives some away.",
    ),
    "stars": Figure(
        "State of the code", unit=" stars", says="One to five. Better code takes less upkeep and errs less."
    ),
    "wait": Figure("Wait for support", unit=" h", says="How long a customer waits for an answer."),
    "trust": Figure("Trust of {}", 100, " of 100", TRUST, says="How far they count on your word."),
    "satisfaction": Figure("Mood of {}", 100, "", MOOD, True, "How they feel about the product, from -100 to +100."),
}
"""By the first part of a number's id."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A change judged: its sign and its word."""

    sign: str
    word: str


def polarity(number: Number, change: int) -> Turn:
    """Whether a change is for the better: the only place that says so."""
    if change == 0:
        return Turn("=", "no change")
    better = (change > 0) == number.up_is_good
    return Turn("+" if change > 0 else "-", "better" if better else "worse")


class Figures:
    """The visible numbers of a scenario in words."""

    def __init__(self, rules: Rules, titles: Titles) -> None:
        self.numbers = {number.id: number for number in rules.numbers}
        self._titles = titles

    def figure(self, number: str) -> Figure:
        """How a number is shown; a plain figure for one that is not in the table."""
        return FIGURES.get(number.split(".")[0]) or Figure(spoken(number))

    def title(self, number: str) -> str:
        """What a number is called."""
        _, _, whose = number.partition(".")
        return self.figure(number).title.replace("{}", self._titles.person(whose))

    def says(self, number: str) -> str:
        """One sentence about a number."""
        return self.figure(number).says

    def value(self, number: str, quanta: int, digits: int = 0) -> str:
        """A number with its unit and, where it has a scale, its word."""
        figure, word = self.figure(number), self.word(number, quanta)
        text = self.bare(number, quanta, digits, figure.signed) + figure.unit
        return f"{text} ({word})" if word else text

    def bare(self, number: str, quanta: int, digits: int = 0, sign: bool = False) -> str:
        """A number with thousands separators and nothing else."""
        return _written(self.shown(number, quanta), digits, sign)

    def shown(self, number: str, quanta: int) -> float:
        """A number in the unit in which it is shown."""
        return quanta * self.figure(number).shown / self._per(number)

    def word(self, number: str, quanta: int) -> str:
        """The word on the number's scale; empty where it has none."""
        value = self.shown(number, quanta)
        return next((word for top, word in self.figure(number).scale if value < top), "")

    def step(self, number: str, old: int, new: int) -> str:
        """A change in words: `45 -> 48 of 100 (neutral), +3, better`; one too small to be written is none."""
        if not self.shows(number, old, new):
            return f"{self.value(number, new)}, no change"
        digits = 0 if self.bare(number, old) != self.bare(number, new) else 1
        sign = self.figure(number).signed
        turn = polarity(self.numbers[number], new - old)
        start = self.bare(number, old, digits, sign)
        whole = round(self.shown(number, new), digits) - round(self.shown(number, old), digits)
        change = _written(whole, digits, True)
        return f"{start} -> {self.value(number, new, digits)}, {change}, {turn.word}"

    def shows(self, number: str, old: int, new: int) -> bool:
        """Whether a change can be seen in the figures as they are written."""
        return round(self.shown(number, old), 1) != round(self.shown(number, new), 1)

    def turn(self, number: str, change: int) -> Turn:
        """Sign and word of a change of this number."""
        return polarity(self.numbers[number], change)

    def change(self, number: str, change: int) -> str:
        """A change with its sign and all its decimals."""
        return self.bare(number, change, self.digits(number, (change,)), True)

    def digits(self, number: str, quanta: Iterable[int]) -> int:
        """Decimals with which all of these are written exactly, so that they add up on paper as well."""
        per, most = self._per(number), 0
        step = max(per // self.figure(number).shown, 1)
        for value in quanta:
            places = next((n for n in range(5) if value * 10**n % step == 0), 4)
            most = max(most, places)
        return most

    def quanta(self, number: str, shown: float) -> int:
        """A shown figure as whole quanta, for a forecast."""
        return round(shown * self._per(number) / self.figure(number).shown)

    def _per(self, number: str) -> int:
        """Whole quanta in one unit of the number."""
        known = self.numbers.get(number)
        return round(1.0 / known.quantum) if known is not None else 1


def _written(value: float, digits: int, sign: bool) -> str:
    text = f"{value:{'+' if sign else ''},.{digits}f}"
    return text.lstrip("+-") if not text.strip("+-0.") else text
