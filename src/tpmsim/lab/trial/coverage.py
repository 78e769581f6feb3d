"""What play came to: how often each card, answer, ending, move and way between stages was reached, and first by whom.

Counts are of runs for endings, of times for all else. The tables of a scenario are listed in full, so that what was
not reached stands there with a count of nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from tpmsim.core.arrays import Bools, Ints
from tpmsim.core.mechanics.gates import ENDS
from tpmsim.core.outcome import ending
from tpmsim.core.rules import Rules, Trigger
from tpmsim.lab.trial.playing import Week

GROUPS = ("cards", "answers", "endings", "kinds", "stages", "moves")
"""The tables, in the order in which they are told."""

ASKED = ("cards", "answers", "endings")
"""Those of which everything is to be reached or proved unreachable."""


@dataclass(frozen=True, slots=True)
class Hit:
    """How often something was reached, and the seed of the first run that did; None while none has."""

    count: int = 0
    first_seed: int | None = None


@dataclass(slots=True)
class Coverage:
    """All tables of a scenario.

    Attributes:
        rules: the scenario.
        hits: by table and id, in the order of the scenario.
    """

    rules: Rules
    hits: dict[str, dict[str, Hit]] = field(init=False)

    def __post_init__(self) -> None:
        rules = self.rules
        listed: Mapping[str, Iterable[str]] = {
            "cards": (card.id for card in rules.cards),
            "answers": (answer_id(rules, row) for card in rules.cards for row in card.answers),
            "endings": (one.id for one in rules.endings),
            "kinds": dict.fromkeys(move.kind for move in rules.moves),
            "stages": _ways(rules),
            "moves": (move.id for move in rules.moves),
        }
        self.hits = {group: {name: Hit() for name in listed[group]} for group in GROUPS}

    def missing(self, group: str) -> tuple[str, ...]:
        """What of a table was not reached."""
        return tuple(name for name, hit in self.hits[group].items() if hit.count == 0)

    def uses(self) -> Ints:
        """(M,) how often each move was made."""
        return np.array([hit.count for hit in self.hits["moves"].values()], dtype=np.int64)

    def see(self, week: Week, seeds: Sequence[int]) -> None:
        """Count a week of runs with these seeds, in the order of the batch."""
        who = np.array(seeds, dtype=np.int64)[week.places]
        self._moves(week, who)
        self._silence(week, who)
        before, after = week.before.known, week.after.known
        for number, card in enumerate(self.rules.cards):
            self._add("cards", card.id, after.came[number] > before.came[number], who)
        over = ~after.live & before.live
        told = ending(self.rules, after)
        for row, one in enumerate(self.rules.endings):
            self._add("endings", one.id, over & (told == row), who)
        self._stages(week, who)

    def _moves(self, week: Week, who: Ints) -> None:
        for step in week.made:
            for row in np.unique(step[step >= 0]).tolist():
                move, mask = self.rules.moves[row], np.asarray(step == row)
                self._add("moves", move.id, mask, who)
                self._add("kinds", move.kind, mask, who)
                if move.kind == "answer":
                    self._add("answers", answer_id(self.rules, row), mask, who)

    def _silence(self, week: Week, who: Ints) -> None:
        for number, card in enumerate(self.rules.cards):
            if card.silence >= 0:
                silent = (week.before.known.open[number] > 0.0) & ~week.stayed
                self._add("answers", answer_id(self.rules, card.silence), silent, who)

    def _stages(self, week: Week, who: Ints) -> None:
        """Ways between stages by what led there; a gate that is refused leads back to its own stage."""
        before, after, rules = week.before.known, week.after.known, self.rules
        trigger = before.trigger.copy()
        for by, end in ENDS.items():
            trigger = np.where((after.ended == end) & before.live, by, trigger)
        went = np.where(week.stayed, Trigger.NONE, trigger)
        codes = (before.stage * len(Trigger) + went) * len(rules.stages) + after.stage
        for code in np.unique(codes[went > Trigger.NONE]).tolist():
            rest, target = divmod(code, len(rules.stages))
            source, by = divmod(rest, len(Trigger))
            self._add("stages", way(rules, source, target, Trigger(by)), (codes == code) & (went > Trigger.NONE), who)

    def _add(self, group: str, name: str, mask: Bools, who: Ints) -> None:
        count = int(np.count_nonzero(mask))
        if count:
            old = self.hits[group].get(name, Hit())
            first = int(who[np.argmax(mask)]) if old.first_seed is None else old.first_seed
            self.hits[group][name] = Hit(old.count + count, first)


def answer_id(rules: Rules, row: int) -> str:
    """An answer as authors write it: `card/answer`."""
    return rules.moves[row].id.removeprefix("answer:")


def way(rules: Rules, source: int, target: int, by: Trigger) -> str:
    """A way between stages, such as `research>roadmap by go`."""
    return f"{rules.stages[source]}>{rules.stages[target]} by {by.name.lower()}"


def _ways(rules: Rules) -> Iterator[str]:
    """All ways that the lifecycle offers."""
    for source in range(len(rules.stages) - 1):
        for by in Trigger:
            target = int(rules.next_stage[source, by])
            if target != source:
                yield way(rules, source, target, by)
                if by is Trigger.GO:
                    yield way(rules, source, source, by)
            elif by is Trigger.HOLD and rules.next_stage[source, Trigger.GO] != source:
                yield way(rules, source, source, by)
