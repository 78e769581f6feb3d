"""The same list of rules, asked faster: a line that has said that it has nothing to say is not asked again.

A week's moves are asked for one by one, and most lines are silent every time. What a line looked at is noted
(`noted`), and what a move writes stands in the rules; so a line that was silent in a run stays so until a move there
writes something that it looked at. What is chosen is what `policy.Listed` chooses, line by line; this stands apart
because the source of that module is part of the digest of the reference policy, and how fast a list is gone through
is none of its business.
"""

from collections.abc import Set
from dataclasses import dataclass, field, fields

import numpy as np

from tpmsim.core.arrays import Bools, Ints
from tpmsim.core.conditions import refs
from tpmsim.core.moves import allowed
from tpmsim.core.rolls import Luck
from tpmsim.core.rules import Move, Rules
from tpmsim.core.state import Known
from tpmsim.lab.noted import Noted
from tpmsim.lab.policy import END, Bound, Listed, Pick, Rule, always

FIELDS = frozenset(one.name for one in fields(Known))

WHEN, MOVE = 0, 1
"""Why a line is silent: its condition does not hold, or its move cannot be made."""

WORTH_A_PART = 512
"""Runs that must be left out for a line to be asked about a part of the batch; no choice depends on it."""

NO_CARD = -1
"""In place of the row of a card: the move of a line answers none."""

FOCUS = frozenset({"hours"})
"""The field that a week has less of with every move."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that may speak in one of the stages in which the batch stands.

    Attributes:
        place: its number in the list.
        rule: the line.
        open_in: (stages,) where one of its moves may be made; None where that is so in all stages of the batch.
        card: row of the card that its move answers, or NO_CARD: while it waits nowhere, the move is legal nowhere.
    """

    place: int
    rule: Rule
    open_in: Bools | None
    card: int


@dataclass(frozen=True, slots=True, eq=False)
class Swift:
    """A `Listed` with what is learned about its lines on the way; no choice depends on how much that is.

    Attributes:
        listed: the list.
        cards: row of the card of each answer, by the row of the move.
        writes: for each move the fields that it writes.
        takes: for each move what its legality looks at only because the move takes some of it.
    """

    listed: Listed
    cards: dict[int, int]
    writes: tuple[frozenset[str], ...]
    takes: tuple[frozenset[str], ...]
    _read: tuple[tuple[set[str], ...], ...] = field(init=False)  # what the condition and the move of a line looked at
    _by_stages: dict[tuple[int, ...], tuple[Line, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_read", tuple(tuple(set() for _ in self.listed.lines) for _ in (WHEN, MOVE)))

    def choose(self, known: Known, luck: Luck, step: int) -> Ints:
        """The first legal move of the list, run by run; END where there is none."""
        return self.asking(luck).choose(known, known.live)

    def asking(self, luck: Luck, barred: Bools | None = None) -> "Asking":
        """A week, of whose lines nothing is known yet; for `barred` see `Asking`."""
        return Asking(self, luck.key.shape[0], barred)

    def useful(self, known: Known) -> tuple[Line, ...]:
        """The lines with a move in one of the stages of the batch, in order."""
        stages = tuple(np.flatnonzero(np.bincount(known.stage)).tolist())
        if stages not in self._by_stages:
            here, pairs = list(stages), zip(self.listed.lines, self.listed.open_in, strict=True)
            self._by_stages[stages] = tuple(
                Line(place, rule, None if open_in[here].all() else open_in, self._card(rule))
                for place, (rule, open_in) in enumerate(pairs)
                if open_in[here].any()
            )
        return self._by_stages[stages]

    def _card(self, rule: Rule) -> int:
        return self.cards.get(rule.move, NO_CARD) if isinstance(rule.move, int) else NO_CARD

    def note(self, why: int, line: Line, names: Set[str]) -> None:
        """What the condition or the move of a line has looked at."""
        self._read[why][line.place].update(names)

    def stirred(self, row: int) -> Bools:
        """(2, L) conditions and moves that have looked at something that a move writes."""
        written = self.writes[row]
        return np.array([[not read.isdisjoint(written) for read in lines] for lines in self._read])


def swift(rules: Rules, bound: Bound) -> Bound:
    """The policy, asked faster where it is a list; any other as it is."""
    return swift_list(rules, bound) if isinstance(bound, Listed) else bound


def swift_list(rules: Rules, listed: Listed) -> Swift:
    """The list, asked faster."""
    cards = {row: number for number, card in enumerate(rules.cards) for row in card.answers}
    return Swift(listed, cards, tuple(map(_writes, rules.moves)), tuple(map(_takes, rules.moves)))


def _writes(move: Move) -> frozenset[str]:
    """The fields that a move writes; of one that gives hours all there are."""
    names = {effect.ref.field for effect in move.effects}
    if names & FOCUS:
        return FIELDS
    names |= FOCUS if move.hours > 0.0 else set()
    names |= {"cash"} if move.cost > 0.0 else set()
    return frozenset(names)


def _takes(move: Move) -> frozenset[str]:
    """Hours, where no check of the move looks at them: then its legality asks for them only because it takes some."""
    return FOCUS - {value.ref.field for check in move.checks for value in refs(check.holds)}


class Asking:
    """The moves of a week, asked for one by one.

    Args:
        asked: the list.
        size: N, the runs of the batch.
        barred: (M, N) moves that a line may not propose, as if they were not legal; None for none.
    """

    def __init__(self, asked: Swift, size: int, barred: Bools | None) -> None:
        self._asked, self._barred = asked, barred
        self._silent = np.zeros((2, len(asked.listed.lines), size), dtype=np.bool_)

    def choose(self, known: Known, busy: Bools) -> Ints:
        """(N,) the first legal move of the list in the runs that are busy; END where there is none, and elsewhere."""
        chosen, free = np.full(busy.shape, END, dtype=np.int64), busy & known.live
        may = free & ~(self._silent[WHEN] | self._silent[MOVE])
        asked, waits = may.any(axis=1).tolist(), np.asarray(known.open.any(axis=1))
        for line in self._asked.useful(known):
            if not asked[line.place] or (line.card != NO_CARD and not waits[line.card]):
                continue
            wanted = free & may[line.place]
            if line.open_in is not None:
                wanted &= line.open_in[known.stage]
            made = self._said(line, known, wanted)
            if made is not None:
                spoken = made >= 0
                chosen = np.where(spoken, made, chosen)
                free = free & ~spoken
                if not np.count_nonzero(free):
                    break
        return chosen

    def made(self, chosen: Ints) -> None:
        """Each run has made its move, where it is not negative."""
        for row in np.flatnonzero(np.bincount(chosen[chosen >= 0])).tolist():
            self._silent[self._asked.stirred(row)] &= chosen != row

    def _said(self, line: Line, known: Known, wanted: Bools) -> Ints | None:
        """(N,) the move of a line where it is wanted, END where it is silent; None if it is so everywhere."""
        size, count = wanted.shape[0], int(np.count_nonzero(wanted))
        if not count:
            return None
        if size - count < WORTH_A_PART:
            return self._heard(line, known, wanted, None)
        runs = np.flatnonzero(wanted)
        heard = self._heard(line, Noted(known, runs), np.ones(count, dtype=np.bool_), runs)
        if heard is None:
            return None
        made = np.full(size, END, dtype=np.int64)
        made[runs] = heard
        return made

    def _heard(self, line: Line, source: Known, wanted: Bools, runs: Ints | None) -> Ints | None:
        """(K,) the same for what is known in all runs, or in these; where it is silent is marked."""
        if line.rule.when is not always:
            seen = Noted(source)
            willing = line.rule.when(self._asked.listed.rules, seen)
            self._asked.note(WHEN, line, seen.read)
            self._mark(WHEN, line, ~willing, runs)
            wanted = wanted & willing
            if not np.count_nonzero(wanted):
                return None
        made = self._possible(line, source, wanted, runs)
        silent = wanted & (made < 0)
        self._mark(MOVE, line, silent, runs)
        return None if np.array_equal(silent, wanted) else made

    def _mark(self, why: int, line: Line, mask: Bools, runs: Ints | None) -> None:
        """Where a line is silent, and why."""
        if runs is None:
            self._silent[why, line.place] |= mask
        else:
            self._silent[why, line.place, runs[mask]] = True

    def _possible(self, line: Line, source: Known, wanted: Bools, runs: Ints | None) -> Ints:
        """(K,) the move of a line where it is wanted and legal, else END."""
        move, made = line.rule.move, np.full(wanted.shape, END, dtype=np.int64)
        if isinstance(move, Pick):
            proposed = np.where(wanted, self._picked(line, move, source, wanted), END)
            for row in np.flatnonzero(np.bincount(proposed[proposed >= 0])).tolist():
                np.copyto(made, row, where=(proposed == row) & self._legal(line, source, row))
        else:
            np.copyto(made, move, where=wanted & self._legal(line, source, move))
        if self._barred is not None:
            at = np.arange(wanted.size) if runs is None else runs
            np.copyto(made, END, where=self._barred[made, at])
        return made

    def _picked(self, line: Line, pick: Pick, source: Known, wanted: Bools) -> Ints:
        """(K,) what is picked; of a dear pick only where it is wanted, if that is seldom."""
        rules, few = self._asked.listed.rules, pick.dear and 2 * np.count_nonzero(wanted) <= wanted.shape[0]
        seen = Noted(source, np.flatnonzero(wanted) if few else None)
        picked = pick.choose(rules, seen)
        self._asked.note(MOVE, line, seen.read)
        if not few:
            return picked
        whole = np.full(wanted.shape, END, dtype=np.int64)
        whole[wanted] = picked
        return whole

    def _legal(self, line: Line, source: Known, row: int) -> Bools:
        """(N,) where a move is legal. What it takes of the week is not noted: a week never gets longer by a move."""
        seen = Noted(source)
        legal = allowed(self._asked.listed.rules, seen, row)
        self._asked.note(MOVE, line, seen.read - self._asked.takes[row])
        return legal
