"""Can a condition ever hold? Must it always? Does one imply another? Answered by what each number can be.

Abstract interpretation: the tree is taken apart into alternatives, and in each of them every comparison narrows the
values of the names it reads. Sound in one direction: what is said never to hold never holds. What takes too many steps
to find out may hold. Not here: what is known of each name, which `moments` says.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

from tpmsim.core.conditions import And, Compare, Const, Expr, Not, Operand, Or, Ref, Truthy, refs
from tpmsim.scenario.values import Values

STEPS: Final = 6000
"""Parts of a condition that are looked at before a question is given up."""

ALL_STEPS: Final = 120_000
"""The same for all questions about one scenario together."""

A_QUESTION: Final = 10
"""Steps that every question costs, however short its answer."""

ROUNDS: Final = 3
"""How often names that are compared with each other narrow each other."""

PAIRS: Final = 24
"""Parts of a condition up to which two that exclude each other are looked for."""

ANYTHING: Final = Values(float("-inf"), float("inf"))
ZERO: Final = Const(0.0)

_NOT: Final = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
_TURNED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}

Goal = tuple[Expr, bool]
"""A part of a condition, and whether it must hold or must not."""

Told = dict[Ref, Values]


@dataclass(slots=True)
class Patience:
    """How many steps are left for all questions about one scenario: a hostile one costs no more than this."""

    left: int = ALL_STEPS


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known of the state at some moment of a run.

    Attributes:
        values: of each row that something is known of.
        facts: conditions that hold then, as `completed <= planned`, each with the rows that it reads.
        mirrors: rows that are a number less another row, as the weeks that are left: (the other row, the number).
    """

    values: Mapping[Ref, Values]
    facts: tuple[tuple[Expr, frozenset[Ref]], ...] = ()
    mirrors: Mapping[Ref, tuple[Ref, float]] = field(default_factory=dict)
    patience: Patience = field(default_factory=Patience)

    def of(self, ref: Ref) -> Values:
        """What a row can be."""
        return self.values.get(ref, ANYTHING)

    def but(self, changes: Mapping[Ref, Values]) -> "Knowledge":
        """The same with something else known of some rows."""
        return Knowledge({**self.values, **changes}, self.facts, self.mirrors, self.patience)


def can_hold(expr: Expr, known: Knowledge) -> bool:
    """False only if the condition never holds."""
    return _possible(((expr, True),), known)


def always_holds(expr: Expr, known: Knowledge) -> bool:
    """True only if the condition holds whatever happens."""
    return not _possible(((expr, False),), known)


def implies(first: Expr, then: Expr, known: Knowledge) -> bool:
    """True only if the second condition holds wherever the first does."""
    return not _possible(((first, True), (then, False)), known)


def conjuncts(expr: Expr) -> Iterator[Expr]:
    """The parts that must all hold for the whole to hold."""
    if isinstance(expr, And):
        for part in expr.parts:
            yield from conjuncts(part)
    else:
        yield expr


def clash(expr: Expr, known: Knowledge) -> tuple[Expr, ...]:
    """The part of a condition that never holds, or two that exclude each other; empty if it takes more of them."""
    parts = tuple(conjuncts(expr))
    alone = next((part for part in parts if not can_hold(part, known)), None)
    if alone is not None:
        return (alone,)
    pairs = combinations(parts[:PAIRS], 2)
    return next((pair for pair in pairs if not can_hold(And(pair), known)), ())


def dead_parts(expr: Expr, known: Knowledge) -> Iterator[Expr]:
    """Alternatives of a condition that can hold which add nothing, since they never hold."""
    for part in conjuncts(expr):
        if isinstance(part, Or):
            for one in part.parts:
                if not can_hold(one, known):
                    yield one
                else:
                    yield from dead_parts(one, known)


def _possible(goals: tuple[Goal, ...], known: Knowledge) -> bool:
    if known.patience.left <= 0:
        return True
    mentioned = {value.ref for expr, _ in goals for value in refs(expr)}
    mentioned |= {known.mirrors[ref][0] for ref in mentioned & known.mirrors.keys()}
    told = [(fact, True) for fact, read in known.facts if read <= mentioned]
    search = _Search(known, min(STEPS, known.patience.left))
    found = search.possible([*goals, *told], {}, [])
    known.patience.left -= search.spent + A_QUESTION
    return found


class _Search:
    """One question; `spent` counts its steps."""

    def __init__(self, known: Knowledge, steps: int) -> None:
        self.spent = 0
        self._known = known
        self._steps = steps

    def possible(self, goals: list[Goal], told: Told, pairs: list[Compare]) -> bool:
        """Whether all goals may be met together, beside what has been told already."""
        choices: list[list[Goal]] = []
        while goals:
            expr, wanted = goals.pop()
            self.spent += 1
            if self.spent > self._steps:
                return True
            if isinstance(expr, Not):
                goals.append((expr.part, not wanted))
            elif isinstance(expr, And | Or):
                parts = [(part, wanted) for part in expr.parts]
                if isinstance(expr, And) == wanted:
                    goals.extend(parts)
                else:
                    choices.append(parts)
            elif not self._met(_plain(expr, wanted), told, pairs):
                return False
        return self._settled(told, pairs) and self._chosen(choices, told, pairs)

    def _chosen(self, choices: list[list[Goal]], told: Told, pairs: list[Compare]) -> bool:
        """Whether an alternative of each choice may hold; the shortest choice is tried first."""
        if not choices:
            return True
        choices.sort(key=len)
        others = [(Or(tuple(_signed(goal) for goal in parts)), True) for parts in choices[1:]]
        return any(self.possible([*others, goal], dict(told), list(pairs)) for goal in choices[0])

    def _met(self, test: Compare, told: Told, pairs: list[Compare]) -> bool:
        """Narrow what is told by one comparison; False if nothing is left."""
        left, right = test.left, test.right
        if isinstance(left, Const) or isinstance(right, Const):
            if isinstance(left, Const):
                left, right, test = right, left, Compare(_TURNED[test.op], right, left)
            test = self._mirrored(test)
            if test.op == "!=":
                pairs.append(test)
            return self._narrowed(test, told)
        if left.ref == right.ref:
            return test.op in ("<=", ">=", "==")
        pairs.append(test)
        return self._narrowed(test, told)

    def _mirrored(self, test: Compare) -> Compare:
        """`weeks.left < 3` of 26 weeks as `week > 24`, so that both names narrow each other."""
        left, right = test.left, test.right
        mirror = None if isinstance(left, Const) else self._known.mirrors.get(left.ref)
        if mirror is None or isinstance(left, Const) or not isinstance(right, Const):
            return test
        other, whole = mirror
        return Compare(_TURNED[test.op], type(left)(other), Const(whole - right.value))

    def _narrowed(self, test: Compare, told: Told) -> bool:
        left, right = self._values(test.left, told), self._values(test.right, told)
        kept, other = left.met(test.op, right), right.met(_TURNED[test.op], left)
        if kept is None or other is None:
            return False
        for side, values in ((test.left, kept), (test.right, other)):
            if not isinstance(side, Const):
                told[side.ref] = values
        return True

    def _settled(self, told: Told, pairs: list[Compare]) -> bool:
        """Names compared with each other narrow each other, a few times round; so does what a name must not be."""
        for _ in range(ROUNDS if pairs else 0):
            before = dict(told)
            self.spent += len(pairs)
            if not all(self._narrowed(test, told) for test in pairs):
                return False
            if told == before:
                break
        return True

    def _values(self, side: Operand, told: Told) -> Values:
        if isinstance(side, Const):
            return Values(side.value, side.value)
        return told[side.ref] if side.ref in told else self._known.of(side.ref)


def _plain(expr: Compare | Truthy, wanted: bool) -> Compare:
    """A test as a comparison that must hold."""
    test = Compare("!=", expr.value, ZERO) if isinstance(expr, Truthy) else expr
    return test if wanted else Compare(_NOT[test.op], test.left, test.right)


def _signed(goal: Goal) -> Expr:
    expr, wanted = goal
    return expr if wanted else Not(expr)


def every(parts: Iterable[Expr]) -> Expr:
    """A condition that holds where all parts do; of none, one that always holds."""
    listed = tuple(parts)
    return And(listed) if listed else Compare("==", ZERO, ZERO)
