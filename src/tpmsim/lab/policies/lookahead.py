"""Looking ahead: where a decision matters, its options are tried in imagined worlds, and the best is taken.

The policy plays as its guide, `steady`. Where the guide answers a card, asks at a gate, makes a promise, or would end
a week in which price, profile and gate are due for review, the legal options are weighed (`weighing`): all questions of
a week at once, each as if the others were answered as the guide does. Another option than the guide's own wins only if
it leads by more than the noise.

It knows no more than a player: worlds are imagined from `Known`, with dice of the policy's own.
"""

import hashlib
from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Bools, Floats, Ints
from tpmsim.core.batch import of_places
from tpmsim.core.moves import allowed
from tpmsim.core.rolls import Keys, Luck
from tpmsim.core.rules import Rules, Trigger
from tpmsim.core.state import Known
from tpmsim.lab.policies import planning, steady, weighing
from tpmsim.lab.policies.steady import STEADY
from tpmsim.lab.policies.weighing import NONE, Players, Weighed, weigh
from tpmsim.lab.policy import END, LATER, Ordered, source_digest
from tpmsim.lab.rollout import BLOCK
from tpmsim.lab.swift import swift_list

OPEN = -3
"""In place of what was decided of a question: nothing yet."""

REVIEWED = ("price", "profile")
"""Fields, beside gates, of which it is asked now and then whether the guide should leave them alone."""

REVIEW = "review"
"""The question at the end of a week: end it as it is, or change something of the above."""

DOORS = (Trigger.GO, Trigger.LEAP, Trigger.HOLD, Trigger.KILL, Trigger.SUNSET)
"""What is weighed at a gate."""

ONWARD = Ordered("steady-onward", steady.work, (planning.__name__,))
"""The guide's work without its time for people."""


@dataclass(frozen=True)
class LookAhead:
    """The policy, with what it may spend on a decision.

    Attributes:
        id: the name under which it is asked for.
        worlds: imagined for each decision; every option is played in all of them.
        horizon: weeks that are played on, at most. To the end is right: before it, whatever costs money looks bad.
        margin: points of the score by which another option must lead, 0 or more.
        doubt: standard errors of its lead that come on top.
        review: weeks between reviews within a stage.
        guide: plays where nothing is asked.
        onward: plays on in the imagined worlds: as the guide, but without time for people, which takes half the moves.
    """

    id: str = "lookahead"
    worlds: int = 3
    horizon: int = 104
    margin: float = 0.3
    doubt: float = 1.0
    review: int = 8
    guide: Ordered = STEADY
    onward: Ordered = ONWARD

    def bind(self, rules: Rules) -> "Ahead":
        """The policy with its tables of options."""
        guide, onward = (swift_list(rules, one.bind(rules)) for one in (self.guide, self.onward))
        return Ahead(self, Players(rules, guide, onward), options(rules))

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the source, the guide and the numbers."""
        numbers = (self.worlds, self.horizon, self.margin, self.doubt, self.review)
        own = source_digest(self.id, __name__, weighing.__name__)
        whole = f"{own} {self.guide.digest} {self.onward.digest} {numbers}"
        return hashlib.sha256(whole.encode()).hexdigest()[:32]


def options(rules: Rules) -> Ints:
    """(M + 1, K) for each move of the guide the moves to weigh it against, NONE where there are fewer; last for END."""
    questions: dict[Hashable, list[int]] = defaultdict(list)
    for row in range(len(rules.moves)):
        for question in _questions(rules, row):
            questions[question].append(row)
    against: list[list[int]] = [[] for _ in range(len(rules.moves) + 1)]
    for question, rows in questions.items():
        for row in rows if question != REVIEW else (END,):
            against[row] += [one for one in rows if one != row]
    width = max(len(row) for row in against)
    return np.array([row + [NONE] * (width - len(row)) for row in against], dtype=np.int64)


def _questions(rules: Rules, row: int) -> Iterator[Hashable]:
    """The decisions to which a move is an answer, told by the fields that it sets. Of a promise it is the week."""
    effects = {effect.ref.field: effect for effect in rules.moves[row].effects}
    door = "trigger" in effects and effects["trigger"].value in DOORS
    if "answered" in effects:
        yield "card", effects["answered"].ref.row
    elif door:
        yield "gate", rules.moves[row].stages
    elif effects.keys() >= {"committed", "due", "word"}:
        yield "promise", effects["committed"].ref.row, effects["word"].value
    if len(effects) == 1 and (door or effects.keys() & set(REVIEWED)):
        yield REVIEW


@dataclass(frozen=True, slots=True, eq=False)
class Ahead:
    """The policy in one scenario.

    Attributes:
        policy: with its numbers.
        players: the guide, and who plays on in imagined worlds.
        against: see `options`.
    """

    policy: LookAhead
    players: Players
    against: Ints

    @property
    def rules(self) -> Rules:
        """The scenario."""
        return self.players.rules

    def choose(self, known: Known, luck: Luck, step: int) -> Ints:
        """The guide's moves, but where an option clearly leads to more; nothing was asked before in this week."""
        week = self.asking(luck)
        chosen = week.choose(known, known.live)
        return np.where(chosen == LATER, week.choose(known, chosen == LATER), chosen)

    def asking(self, luck: Luck) -> "Deciding":
        """A week, of which nothing is decided yet."""
        return Deciding(self, luck)

    def weighed(self, known: Known, key: Keys) -> Weighed:
        """The options of all questions of the rest of a week, in runs of which one is due; for `key` see `weigh`."""
        return weigh(self.players, known, key, self.policy.worlds, self.policy.horizon, self.others)

    def clear(self, leads: Floats) -> Bools:
        """(B,) where leads (worlds, B) are more than the margin and the noise."""
        worlds = self.policy.worlds
        mean = exact.total(leads) / worlds
        variance = exact.total((leads - mean) * (leads - mean)) / max(worlds - 1, 1)
        return np.asarray(mean > self.policy.margin + self.policy.doubt * np.sqrt(variance / worlds))

    def others(self, known: Known, chosen: Ints) -> Ints:
        """(N, K) legal options beside the guide's own, NONE where there are fewer."""
        due = (known.stage_weeks % self.policy.review == 0) & known.live
        others = np.where(((chosen != END) | due)[:, None], self.against[chosen], NONE)
        for row in np.unique(others):
            if row != NONE:
                legal = allowed(self.rules, known, int(row)) & self._new(known, int(row))
                others = np.where((others == row) & ~legal[:, None], NONE, others)
        return others

    def _new(self, known: Known, row: int) -> Bools:
        """Runs in which a move that sets a single field would change it."""
        effects = self.rules.moves[row].effects
        if len(effects) > 1:
            return np.ones(known.week.shape, dtype=np.bool_)
        return np.asarray(getattr(known, effects[0].ref.field)[effects[0].ref.row] != effects[0].value)


class Deciding:
    """A week of the policy: the guide's moves, and what was decided of each question that it answers.

    Args:
        ahead: the policy.
        luck: its own, of N runs.
    """

    def __init__(self, ahead: Ahead, luck: Luck) -> None:
        self._ahead, self._key, self._guide = ahead, luck.key, ahead.players.guide.asking(luck)
        self._runs = np.arange(luck.key.shape[0])
        self._decided = np.full((len(ahead.rules.moves) + 1, self._runs.shape[0]), OPEN)

    def choose(self, known: Known, busy: Bools) -> Ints:
        """(N,) the next moves; what is to be weighed waits while other runs have moves that are not."""
        guided = self._guide.choose(known, busy)
        chosen = self._settled(known, guided, busy)
        asks = (self._ahead.others(known, guided) != NONE).any(axis=1)
        open_ = busy & asks & (self._decided[guided, self._runs] == OPEN)
        if open_.any() and not ((chosen >= 0) & ~open_).any():
            self._weigh(known, np.flatnonzero(open_))
            chosen = self._settled(known, guided, busy)
        elif open_.any():
            chosen = np.where(open_, LATER, chosen)
        self._decided[END, (guided == END) & (chosen >= 0)] = OPEN  # the week ends another time, and is reviewed again
        return chosen

    def made(self, chosen: Ints) -> None:
        """Each run has made its move, where it is not negative."""
        self._guide.made(chosen)

    def _settled(self, known: Known, guided: Ints, busy: Bools) -> Ints:
        """(N,) the guide's moves, or what was decided in their place where that is still legal."""
        decided, chosen = self._decided[guided, self._runs], guided
        instead = busy & (decided != OPEN) & (decided != guided)
        for row in np.unique(decided[instead]).tolist():
            chosen = np.where(instead & (decided == row) & allowed(self._ahead.rules, known, row), row, chosen)
        return chosen

    def _weigh(self, known: Known, asked: Ints) -> None:
        """Decide the questions of the rest of the week in these runs, in pieces that fit the cache."""
        most = max(1, BLOCK // (self._ahead.policy.worlds * self._ahead.against.shape[1]))
        for start in range(0, asked.shape[0], most):
            runs = asked[start : start + most]
            found = self._ahead.weighed(of_places(known, runs), self._key[runs])
            self._decided[found.own, runs[found.run]] = found.own
            lead, better = exact.total(found.leads), np.flatnonzero(self._ahead.clear(found.leads))
            order = better[np.lexsort((-better, lead[better]))]  # of equal ones the first is written last, and stays
            self._decided[found.own[order], runs[found.run[order]]] = found.option[order]


LOOK_AHEAD = LookAhead()
