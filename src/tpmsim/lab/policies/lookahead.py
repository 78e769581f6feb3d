"""Looking ahead: where a decision matters, its options are tried in imagined worlds, and the best is taken.

The policy plays as its guide, `steady`. Where the guide answers a card, asks at a gate, makes a promise, or would end
a week in which price, profile and gate are due for review, each legal option is made in the same few worlds that fit
what is known (`core.imagine`), under the same luck, and played on (rollouts: Tesauro & Galperin 1997, Advances in
Neural Information Processing Systems 9; common random numbers). Another option than the guide's own wins only if it
leads by more than the noise.

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
from tpmsim.core.imagine import imagine
from tpmsim.core.moves import allowed, apply
from tpmsim.core.outcome import score
from tpmsim.core.rolls import Keys, Luck, fork_key
from tpmsim.core.rules import Rules, Trigger
from tpmsim.core.state import Known, State, of_places, take
from tpmsim.core.week import advance
from tpmsim.lab.policies import planning, steady
from tpmsim.lab.policies.steady import STEADY
from tpmsim.lab.policy import END, LATER, Bound, Ordered, source_digest
from tpmsim.lab.rollout import BLOCK, play_week
from tpmsim.lab.swift import swift

NONE = -2
"""In a table of options: no option."""

WORLDS_FORK = 1 << 42
"""The first of the forks of the policy's luck from which worlds are imagined."""

REVIEWED = ("price", "profile")
"""Fields, beside gates, of which it is asked now and then whether the guide should leave them alone."""

REVIEW = "review"
"""The question at the end of a week: end it as it is, or change something of the above."""

DOORS = (Trigger.GO, Trigger.LEAP, Trigger.HOLD, Trigger.KILL, Trigger.SUNSET)
"""What is weighed at a gate."""


ONWARD = Ordered("steady-onward", steady.work, (planning.__name__,))


@dataclass(frozen=True)
class LookAhead:
    """The policy, with what it may spend on a decision.

    Attributes:
        id: the name under which it is asked for.
        worlds: imagined for each decision; every option is played in all of them.
        horizon: weeks that are played on, at most. To the end is right: before it, whatever costs money looks bad.
        margin: points of the score by which another option must lead.
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
        guide, onward = (swift(rules, one.bind(rules)) for one in (self.guide, self.onward))
        return Ahead(rules, self, guide, onward, options(rules))

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the source, the guide and the numbers."""
        numbers = (self.worlds, self.horizon, self.margin, self.doubt, self.review)
        whole = f"{source_digest(self.id, __name__)} {self.guide.digest} {self.onward.digest} {numbers}"
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
        rules: the scenario.
        policy: with its numbers.
        guide, onward: bound to the scenario.
        against: see `options`.
    """

    rules: Rules
    policy: LookAhead
    guide: Bound
    onward: Bound
    against: Ints

    def choose(self, known: Known, luck: Luck, step: int) -> Ints:
        """The guide's moves, but where an option clearly leads to more."""
        chosen = self.guide.choose(known, luck, step)
        return self._weighed(known, luck, chosen, self._others(known, chosen))

    def choose_or_wait(self, known: Known, luck: Luck, step: int) -> Ints:
        """The same; what is to be weighed waits while other runs have moves that are not."""
        chosen = self.guide.choose(known, luck, step)
        others = self._others(known, chosen)
        weighed = (others != NONE).any(axis=1)
        if ((chosen >= 0) & ~weighed).any():
            return np.where(weighed, LATER, chosen)
        return self._weighed(known, luck, chosen, others)

    def _weighed(self, known: Known, luck: Luck, chosen: Ints, others: Ints) -> Ints:
        """(N,) the best options, worked out in pieces that fit the cache."""
        asked = np.flatnonzero((others != NONE).any(axis=1))
        most = max(1, BLOCK // (self.policy.worlds * self.against.shape[1]))
        for start in range(0, asked.shape[0], most):
            runs = asked[start : start + most]
            chosen[runs] = self._best(of_places(known, runs), luck.key[runs], chosen[runs], others[runs])
        return chosen

    def _others(self, known: Known, chosen: Ints) -> Ints:
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

    def _best(self, known: Known, key: Keys, chosen: Ints, others: Ints) -> Ints:
        """(N,) for each run the guide's move, or the option that leads it most, and clearly."""
        table = np.concatenate([chosen[:, None], others], axis=1)
        runs, places = np.nonzero(table != NONE)
        scores = self._played(known, key, runs, table[runs, places])
        lead = scores - scores[:, places == 0][:, runs]
        mean = np.full(table.shape, -np.inf)
        mean[runs, places] = np.where(self._clear(lead), exact.total(lead), -np.inf)
        mean[:, 0] = 0.0
        return np.asarray(table[np.arange(table.shape[0]), np.argmax(mean, axis=1)])

    def _clear(self, lead: Floats) -> Bools:
        """(P,) where a lead (worlds, P) is more than the margin and the noise."""
        worlds = self.policy.worlds
        mean = exact.total(lead) / worlds
        variance = exact.total((lead - mean) * (lead - mean)) / max(worlds - 1, 1)
        return np.asarray(mean > self.policy.margin + self.policy.doubt * np.sqrt(variance / worlds))

    def _played(self, known: Known, key: Keys, runs: Ints, rows: Ints) -> Floats:
        """(worlds, P) the score of each option, made in each imagined world of its run and played on.

        Args:
            known: in N runs.
            key: (N,) of the policy's luck; all options of a run meet the same worlds.
            runs: (P,) the run of each option.
            rows: (P,) the move of each option.
        """
        n, each = key.shape[0], self.policy.worlds
        own = np.repeat(np.arange(n), each)
        keys = fork_key(key[own], WORLDS_FORK + np.tile(np.arange(each), n))
        imagined = imagine(self.rules, of_places(known, own), keys)
        columns = runs[:, None] * each + np.arange(each)
        state = apply(self.rules, take(imagined, columns.ravel()), np.repeat(rows, each))
        return self._scores(state).reshape(columns.shape).T

    def _scores(self, state: State) -> Floats:
        """(N,) what each run comes to, played on by the guide to the horizon; runs that are over leave the batch."""
        scores, places = np.zeros(state.size), np.arange(state.size)
        for _ in range(self.policy.horizon):
            state = advance(self.rules, play_week(self.rules, state, self.onward))
            live = state.live
            if not live.any():
                break
            if not live.all():
                scores[places[~live]] = score(self.rules, of_places(state.known, np.flatnonzero(~live)))
                places, state = places[live], take(state, live)
        scores[places] = score(self.rules, state.known)
        return scores


LOOK_AHEAD = LookAhead()
