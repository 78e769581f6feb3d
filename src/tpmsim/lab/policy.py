"""Policies: bots that see what a player sees and return moves. What one is, and the block from which they are built.

A policy is bound to a scenario once, which prepares its tables; after that it is asked for one move a run at a time,
for a whole batch. Most are an ordered list of rules of which the first legal one wins, run by run: legality is asked
only of the moves that some rule proposes, and no matrix of scores is ever made.

A policy works for any scenario. It finds its moves by what they do (`Book`), never by ids of a certain scenario; what
a scenario does not offer is left out. Playing whole runs is `rollout`.
"""

import hashlib
import inspect
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from functools import cached_property
from typing import NamedTuple, Protocol, runtime_checkable

import numpy as np

from tpmsim.core.arrays import Bools, Ints
from tpmsim.core.moves import allowed
from tpmsim.core.rolls import Luck
from tpmsim.core.rules import Move, Rules
from tpmsim.core.state import NO_CRITERIA, Known

END = -1
"""In place of the row of a move: end the week."""

LATER = -2
"""In place of the row of a move: ask again once all other runs have moved or ended their week; see `Week`."""


class Bound(Protocol):
    """A policy that knows its scenario."""

    def choose(self, known: Known, luck: Luck, step: int) -> Ints:
        """(N,) rows of legal moves, END where a run is to end its week.

        Args:
            known: what the player knows in N runs.
            luck: for policies that throw dice; apart from the luck of the world.
            step: how many moves were asked for before in this week.
        """
        ...


class Week(Protocol):
    """The moves of a week, asked for one by one; in mind is kept what was found out on the way."""

    def choose(self, known: Known, busy: Bools) -> Ints:
        """(N,) the next move in the runs that are busy: END where there is none, and elsewhere.

        It may be LATER in some runs, as long as another one makes a move.
        """
        ...

    def made(self, chosen: Ints) -> None:
        """Each run has made its move, where it is not negative."""
        ...


@runtime_checkable
class Mindful(Protocol):
    """A policy that keeps something in mind from one move of a week to the next."""

    def asking(self, luck: Luck) -> Week:
        """A week that begins.

        Args:
            luck: of N runs, as in `Bound.choose`.
        """
        ...


class Policy(Protocol):
    """A way to play, for any scenario."""

    @property
    def id(self) -> str:
        """The name under which it is asked for."""
        ...

    @property
    def digest(self) -> str:
        """Of its id and its source: equal digests play equally under equal rules."""
        ...

    def bind(self, rules: Rules) -> Bound:
        """The policy with its tables for a scenario."""
        ...


Mask = Callable[[Rules, Known], Bools]
"""(N,) the runs in which a rule speaks."""


class Pick(NamedTuple):
    """A move chosen run by run: the rows it may be, and (N,) which it is, negative where there is none.

    A dear one is worked out only for the runs that want it.
    """

    rows: tuple[int, ...]
    choose: Callable[[Rules, Known], Ints]
    dear: bool = False


class Rule(NamedTuple):
    """One line of an ordered policy: in the runs of `when`, do `move` if it is legal.

    Both are told from what they are handed alone: a line that was silent is asked again only when that has changed.
    """

    name: str
    when: Mask
    move: int | Pick

    @property
    def rows(self) -> tuple[int, ...]:
        """Every move that the line may propose."""
        rows = self.move.rows if isinstance(self.move, Pick) else (self.move,)
        return tuple(row for row in rows if row >= 0)


class Lever(NamedTuple):
    """A move and the one row of what is known that it is chosen for."""

    row: int
    place: tuple[int, ...]
    value: float


class Book:
    """The moves of a scenario, found by what they do.

    Attributes:
        rules: the scenario.
        rows: the row of every move id.
    """

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.rows = {move.id: row for row, move in enumerate(rules.moves)}

    def levers(self, kind: str, field: str) -> tuple[Lever, ...]:
        """Moves of a kind that act on a field, in the order of the scenario; none if there is no such kind."""
        found = []
        for row, move in enumerate(self.rules.moves):
            if move.kind == kind:
                found += [Lever(row, e.ref.row, e.value) for e in move.effects if e.ref.field == field][:1]
        return tuple(found)

    def gate(self, stage: int, trigger: int) -> int:
        """The row of the move that asks for a trigger in a stage, or END."""
        for lever in self.levers("gate", "trigger"):
            if lever.value == trigger and self.rules.moves[lever.row].stages[stage]:
                return lever.row
        return END

    def value(self, row: int, field: str, place: tuple[int, ...] = ()) -> float | None:
        """What a move writes into a row of what is known; None if it leaves it alone."""
        for effect in self.rules.moves[row].effects:
            if effect.ref.field == field and effect.ref.row == place:
                return effect.value
        return None


@dataclass(frozen=True, slots=True)
class Listed:
    """An ordered policy that knows its scenario.

    Attributes:
        rules: the scenario.
        lines: with something to propose, in order.
        open_in: (lines, stages) where one of the moves of each line may be made.
    """

    rules: Rules
    lines: tuple[Rule, ...]
    open_in: Bools

    @classmethod
    def of(cls, rules: Rules, lines: Iterable[Rule]) -> "Listed":
        """The lines that have a move in this scenario."""
        useful = tuple(line for line in lines if line.rows)
        opens = [stages_of(rules, line.rows) for line in useful]
        return cls(rules, useful, np.array(opens, dtype=np.bool_).reshape(len(useful), len(rules.stages)))

    def choose(self, known: Known, luck: Luck, step: int) -> Ints:
        """The first legal move of the list, run by run; END where there is none."""
        chosen = np.full(known.week.shape, END, dtype=np.int64)
        free = known.live
        here = self.open_in[:, np.flatnonzero(np.bincount(known.stage))]
        everywhere = np.asarray(here.all(axis=1))
        for place in np.flatnonzero(here.any(axis=1)).tolist():
            line = self.lines[place]
            wanted = free if everywhere[place] else free & self.open_in[place][known.stage]
            if line.when is not always:
                wanted = wanted & line.when(self.rules, known)
            if not np.count_nonzero(wanted):
                continue
            made = _made(self.rules, known, wanted, line.move)
            chosen = np.where(made >= 0, made, chosen)
            free = free & (made < 0)
            if not np.count_nonzero(free):
                break
        return chosen


def _made(rules: Rules, known: Known, wanted: Bools, move: int | Pick) -> Ints:
    """(N,) what is proposed where it is wanted and legal, else END."""
    if not isinstance(move, Pick):
        return np.where(wanted & allowed(rules, known, move), move, END)
    proposed = _proposed(rules, known, wanted, move)
    legal = np.zeros(wanted.shape, dtype=np.bool_)
    for place in np.flatnonzero(np.bincount(proposed[wanted] + 1)).tolist():
        if place > 0:
            legal |= (proposed == place - 1) & allowed(rules, known, place - 1)
    return np.where(wanted & legal, proposed, END)


def _proposed(rules: Rules, known: Known, wanted: Bools, pick: Pick) -> Ints:
    """(N,) what is picked; of a dear pick only where it is wanted, if that is seldom."""
    runs = np.flatnonzero(wanted)
    if not pick.dear or 2 * runs.shape[0] > wanted.shape[0]:
        return pick.choose(rules, known)
    proposed = np.full(wanted.shape, END, dtype=np.int64)
    proposed[runs] = pick.choose(rules, of_runs(known, runs))
    return proposed


def of_runs(known: Known, runs: Ints) -> Known:
    """What is known in some of the runs."""
    return Known(**{one.name: np.take(getattr(known, one.name), runs, axis=-1) for one in fields(Known)})


def stages_of(rules: Rules, rows: Iterable[int]) -> Bools:
    """(stages,) where one of these moves may be made."""
    return np.asarray(np.array([rules.moves[row].stages for row in rows]).any(axis=0))


@dataclass(frozen=True)
class Ordered:
    """A policy that is an ordered list of rules.

    Attributes:
        id: the name under which it is asked for.
        write: makes the list for a scenario.
        rests_on: names of the modules that it takes its judgement from, for the digest.
    """

    id: str
    write: Callable[[Book], Iterable[Rule]]
    rests_on: tuple[str, ...] = ()

    def bind(self, rules: Rules) -> Listed:
        """The list for this scenario, without the lines for which it has no move."""
        return Listed.of(rules, self.write(Book(rules)))

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the id and the source of the list."""
        return source_digest(self.id, self.write.__module__, *self.rests_on)


def source_digest(name: str, *modules: str) -> str:
    """A digest of a policy: its id, its modules, and this one."""
    sources = (inspect.getsource(sys.modules[module]) for module in (*modules, __name__))
    return hashlib.sha256("\0".join((name, *sources)).encode()).hexdigest()[:32]


def always(rules: Rules, known: Known) -> Bools:
    """Every run."""
    return np.ones(known.week.shape, dtype=np.bool_)


def within(book: Book, *stages: str) -> Mask:
    """Runs in one of these stages; a stage that a scenario does not have holds no run."""
    table = np.isin(book.rules.stages, stages)
    return lambda rules, known: np.asarray(table[known.stage])


def both(first: Mask, second: Mask) -> Mask:
    """Runs of two masks; the second is only asked if the first holds anywhere, so let it be the dearer one."""

    def mask(rules: Rules, known: Known) -> Bools:
        here = first(rules, known)
        return here & second(rules, known) if here.any() else here

    return mask


def per_entity(levers: Iterable[Lever], entities: int) -> Ints:
    """(K,) the row of the move about each entity, END where there is none; by the last index of its place."""
    table = np.full(entities, END, dtype=np.int64)
    for lever in levers:
        table[lever.place[-1]] = lever.row
    return table


def first_of(levers: Iterable[Lever], wanted: Callable[[Rules, Known], Bools]) -> Pick:
    """The first lever, in the order of what they act on, that is wanted and legal.

    It proposes one move: where that is barred (`lab.barred`), the next lever is not tried.

    Args:
        levers: of one kind; of several about one entity the first counts.
        wanted: (K, N) about which entity one is wanted.
    """
    rows: dict[int, int] = {}
    for lever in levers:
        rows.setdefault(lever.place[-1], lever.row)

    def choose(rules: Rules, known: Known) -> Ints:
        chosen = np.full(known.week.shape, END, dtype=np.int64)
        for entity, here in enumerate(wanted(rules, known)):
            if entity in rows and here.any():
                free = here & (chosen == END)
                chosen = np.where(free & allowed(rules, known, rows[entity]), rows[entity], chosen)
        return chosen

    return Pick(tuple(rows.values()), choose)


def waiting(card: int) -> Mask:
    """Runs in which a card waits for an answer."""
    return lambda rules, known: np.asarray(known.open[card] > 0.0)


def answers(book: Book, order: Callable[[Book, Move], float] | None = None) -> list[Rule]:
    """Lines that answer every open card, best answer first; in the author's order if there is no `order`."""
    lines = []
    for number, card in enumerate(book.rules.cards):
        moves = list(card.answers)
        if order is not None:
            worth = {row: order(book, book.rules.moves[row]) for row in moves}
            moves.sort(key=lambda row: -worth[row])
        lines += [Rule(f"answer {card.id}", waiting(number), row) for row in moves]
    return lines


def no_criteria(rules: Rules, known: Known) -> Bools:
    """Runs in which no kill criteria are written down."""
    return np.asarray(known.criteria <= NO_CRITERIA)


def everybody_in(rules: Rules, known: Known) -> Bools:
    """Runs in which the last wave is open."""
    return np.asarray(known.wave >= len(rules.market.waves))
