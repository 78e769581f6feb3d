"""What the options of a decision are worth, and whether it is one.

Measured per state: an option is worth the mean score of its futures; it is *best* where that is higher than of every
other option. Noise makes now this, now that one of two equal options the best, so judgements rest on two things that
noise does not fool. One is the difference of two options over all states, paired state by state, with its standard
error (`CLEAR` of them count). The other is the cross-check: one half of the futures says in which states an option
looks best, the other half, which knows nothing of that, says by how much it is.

- *never best*: another option is clearly better over all states, by `NOTHING` at least, and this one is within
  `NOTHING` of the best in fewer than `SELDOM` of them, or the cross-check says that it is not even where it looks so;
- *dominated*: never best, and no visible number is clearly better than with that other option;
- *false choice*: one option is best in more than `NEARLY_ALL` of the states that make a difference and clearly better
  than every other, or all others are never best;
- *coin-flip*: for every two options it can be ruled out that they differ by `SLIGHT` points over all states, and the
  halves do not agree, in more states than chance makes them, that one is better than the other. Where no difference
  was seen, but could not be ruled out either, the decision is *unclear*: more states would tell;
- *trap*: naive play takes it in half of its states or more, and another option is clearly better by `COSTLY` points.

Not here: playing (`branches`), and where a finding stands in the file (`findings`).
"""

import math
from dataclasses import dataclass

import numpy as np

from tpmsim.core.arrays import Bools, Floats
from tpmsim.core.outcome import SCORE_UNIT
from tpmsim.core.rules import Rules
from tpmsim.lab.balance.branches import Branched
from tpmsim.lab.balance.statistics import Mean, mean
from tpmsim.lab.policies.naive import NAIVE

CLEAR = 3.0
"""assumption: standard errors beyond which a difference counts; many are looked at."""

SELDOM, NEARLY_ALL = 0.05, 0.95
"""definition: shares of states of an option that is hardly ever best, and of one that nearly always is."""

NOTHING = 0.25
"""assumption: points of the score that make no difference."""

SLIGHT = 1.0
"""assumption: points of the score that are not worth a question."""

COSTLY = 1.0
"""assumption: points of the score that a trap costs at least."""

OFTEN = 0.5
"""assumption: share of its states in which naive play takes a trap."""

FEWEST = 8
"""States that are needed for a judgement."""

NEVER_BEST, DOMINATED, TRAP = "never best", "dominated", "trap"
FALSE_CHOICE, COIN_FLIP, REAL = "false choice", "coin-flip", "real"
UNCLEAR, TOO_FEW = "unclear", "too few states"


@dataclass(frozen=True, slots=True)
class Option:
    """What an option is worth.

    Attributes:
        id: of the move without its kind; `wait` for a week that ends without asking the gate.
        states: in how many it was legal.
        best, level: shares of these in which it is the best, and in which it is so together with another.
        margin: mean lead over the second where it is, in points.
        mean: mean score over its states.
        naive: share of its states in which naive play takes it; None where that was not seen.
        kind: `NEVER_BEST`, `DOMINATED`, `TRAP` or empty.
        better: id of the option that is better over all states; empty where none clearly is.
        gap: by how many points.
    """

    id: str
    states: int
    best: float
    level: float
    margin: float
    mean: float
    naive: float | None
    kind: str
    better: str
    gap: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a decision is.

    Attributes:
        kind: `card` or `gate`.
        id: of the card or the stage.
        states: that were looked at.
        what: `FALSE_CHOICE`, `COIN_FLIP`, `REAL`, `UNCLEAR` or `TOO_FEW`.
        winner: the option that is always best in a false choice; else empty.
        stake: what is at stake in points: root of the mean square of the true difference of two options, of the pair
            that differs most. The square of a difference is estimated by the product of what both halves say.
        options: in the order of the scenario.
    """

    kind: str
    id: str
    states: int
    what: str
    winner: str
    stake: float
    options: tuple[Option, ...]


def judged(rules: Rules, branched: Branched) -> Verdict:
    """What a decision is, by all that was played."""
    table = _Table(rules, branched)
    pairs = [(a, b) for a in range(table.count) for b in range(a)]
    stake = max((table.stake(a, b) for a, b in pairs), default=0.0)
    what, winner = REAL, ""
    if len(branched.samples) < FEWEST:
        what = TOO_FEW
    elif not any(table.differ(a, b) for a, b in pairs):
        what = COIN_FLIP if all(table.alike(a, b) for a, b in pairs) else UNCLEAR
    options = tuple(table.option(row, judge=what == REAL) for row in range(table.count))
    if what == REAL and (winner := table.winner(options)):
        what = FALSE_CHOICE
    return Verdict(branched.decision.kind, branched.decision.id, len(branched.samples), what, winner, stake, options)


class _Table:
    """The values of one decision with the questions that are asked of them.

    Attributes:
        count: of its options, M.
        legal: (n, M).
        worth: (n, M) mean score of each option in each state, in points.
        halves: twice the same, by half of the futures each.
    """

    def __init__(self, rules: Rules, branched: Branched) -> None:
        self._rules, self._branched = rules, branched
        self.legal = branched.legal
        self.count = self.legal.shape[1]
        points = branched.scores / SCORE_UNIT
        self.worth: Floats = points.mean(axis=2)
        self.halves: tuple[Floats, Floats] = (points[:, :, 0::2].mean(axis=2), points[:, :, 1::2].mean(axis=2))

    def id(self, option: int) -> str:
        """As authors write it: of an answer its own id, of a move of a gate the word."""
        row = self._branched.decision.options[option]
        return self._rules.moves[row].id.rpartition("/")[2] if row >= 0 else "wait"

    def option(self, option: int, judge: bool) -> Option:
        """All about one option; without a judgement where there is nothing to be judged."""
        here = self.legal[:, option]
        lead = _lead(self.worth, self.legal, option)[here]
        best = lead > 0.0
        other, gap = self.better(option)
        taken = self._naive(option)
        kind = ""
        if judge and other >= 0:
            if self._never_best(option):
                kind = NEVER_BEST if self._better_for_something(option, other) else DOMINATED
            elif taken is not None and taken >= OFTEN and gap >= COSTLY:
                kind = TRAP
        return Option(
            self.id(option),
            int(here.sum()),
            float(best.mean()) if here.any() else 0.0,
            float((lead == 0.0).mean()) if here.any() else 0.0,
            float(lead[best].mean()) if best.any() else 0.0,
            float(self.worth[here, option].mean()) if here.any() else 0.0,
            taken,
            kind,
            self.id(other) if other >= 0 else "",
            gap,
        )

    def better(self, option: int) -> tuple[int, float]:
        """The option that is clearly better over all states by most, and by how much; -1 where none is."""
        gaps = {other: self._gap(other, option) for other in range(self.count) if other != option}
        clear = {other: gap.value for other, gap in gaps.items() if _is_clear(gap) and gap.value > NOTHING}
        other = max(clear, key=lambda one: clear[one], default=-1)
        return other, clear.get(other, 0.0)

    def _gap(self, one: int, other: int) -> Mean:
        """By how much one option is better than another, over the states in which both are legal."""
        both = self.legal[:, one] & self.legal[:, other]
        return mean(self.worth[both, one] - self.worth[both, other])

    def _never_best(self, option: int) -> bool:
        here = self.legal[:, option]
        near = _lead(self.worth, self.legal, option)[here] > -NOTHING
        if float(near.mean()) < SELDOM:
            return True
        checked = self._checked(option)
        return checked.value + 2.0 * checked.error < -NOTHING

    def _checked(self, option: int) -> Mean:
        """By how much an option leads where it looks best, or nearly: by the half that did not choose the states."""
        leads = []
        for here, there in (self.halves, self.halves[::-1]):
            looks = self.legal[:, option] & (_lead(here, self.legal, option) > -NOTHING)
            others = np.where(self.legal, here, -np.inf)
            others[:, option] = -np.inf
            second = np.argmax(others, axis=1)
            leads.append((there[:, option] - there[np.arange(there.shape[0]), second])[looks])
        return mean(np.concatenate(leads))

    def _better_for_something(self, option: int, other: int) -> bool:
        """Whether some visible number is clearly better off than with another option, a week later or at the end."""
        both = self.legal[:, option] & self.legal[:, other]
        signs = np.array([1.0 if one.up_is_good else -1.0 for one in self._rules.numbers])
        for seen in (self._branched.soon, self._branched.late):
            gained = (seen[both, option] - seen[both, other]) * signs
            if any(_is_clear(mean(column)) for column in gained.T):
                return True
        return False

    def stake(self, one: int, other: int) -> float:
        """The size of the true difference of two options."""
        first, second = self._differences(one, other)
        return math.sqrt(max(0.0, float((first * second).mean()))) if first.shape[0] else 0.0

    def differ(self, one: int, other: int) -> bool:
        """Whether two options differ beyond noise, over all states or in some of them."""
        gap = self._gap(one, other)
        if abs(gap.value) > max(NOTHING, CLEAR * gap.error):
            return True
        first, second = self._differences(one, other)
        large = (np.abs(first) > NOTHING) & (np.abs(second) > NOTHING)
        agreed = np.sign(first[large]) * np.sign(second[large])
        return bool(agreed.sum() > 2.0 * math.sqrt(agreed.shape[0]))

    def alike(self, one: int, other: int) -> bool:
        """Whether a difference of two options that is worth a question can be ruled out."""
        gap = self._gap(one, other)
        return abs(gap.value) + 2.0 * gap.error < SLIGHT and self.stake(one, other) < SLIGHT

    def _differences(self, one: int, other: int) -> tuple[Floats, Floats]:
        """By how much one option is better than another in each state, by one half of the futures and by the other."""
        both = self.legal[:, one] & self.legal[:, other]
        first, second = (half[both, one] - half[both, other] for half in self.halves)
        return first, second

    def winner(self, options: tuple[Option, ...]) -> str:
        """The option that is always best; empty where there is none."""
        for number, one in enumerate(options):
            others = [other for place, other in enumerate(options) if place != number and other.states]
            if others and all(other.kind in (NEVER_BEST, DOMINATED) for other in others):
                return one.id
            lead = _lead(self.worth, self.legal, number)[self.legal[:, number]]
            differs = np.abs(lead) > NOTHING
            ahead = all(_is_clear(self._gap(number, place)) for place in range(self.count) if place != number)
            if others and ahead and differs.sum() >= FEWEST and (lead[differs] > 0.0).mean() > NEARLY_ALL:
                return one.id
        return ""

    def _naive(self, option: int) -> float | None:
        row = self._branched.decision.options[option]
        seen = [
            one.chosen
            for one, legal in zip(self._branched.samples, self.legal[:, option].tolist(), strict=True)
            if one.policy == NAIVE.id and legal
        ]
        return sum(chosen == row for chosen in seen) / len(seen) if len(seen) >= FEWEST // 2 else None


def _lead(worth: Floats, legal: Bools, option: int) -> Floats:
    """(n,) by how much an option is better than the best other one; where it is the only one, nothing."""
    others = np.where(legal, worth, -np.inf)
    others[:, option] = -np.inf
    second = others.max(axis=1) if others.shape[0] else np.zeros(0)
    return np.where(np.isfinite(second), worth[:, option] - second, 0.0)


def _is_clear(found: Mean) -> bool:
    """Whether a mean is above nothing beyond noise."""
    return found.value > 0.0 and found.value > CLEAR * found.error
