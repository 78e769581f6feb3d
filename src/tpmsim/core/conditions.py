"""Conditions as data: a small tree over rows of the state, evaluated on whole batches.

The scenario's parser makes the trees (`tpmsim.scenario.condition_parser`); a tree is frozen and holds no
code, so it can be pickled, compared and shown. Numbers are compared as the author writes them: a stored
number is divided by the `scale` of its name first. Not here: the grammar, and which names there are.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, assert_never

import numpy as np

from tpmsim.core.arrays import Bools, Floats


@dataclass(frozen=True, slots=True)
class Ref:
    """A row of a state array: `known.<field>[row]`, of shape (N,).

    Attributes:
        field: name of the attribute.
        row: index of the row on the axes before the batch axis; empty for an array of shape (N,).
        scale: stored units in one written unit (100 when cents are stored and euros are written).
    """

    field: str
    row: tuple[int, ...] = ()
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Name:
    """What a name means in a condition, with what the docs say about it.

    Attributes:
        ref: the row it stands for.
        unit: the unit of the written number, such as `euro`; empty for words.
        lowest: the least possible written number.
        highest: the greatest possible written number.
        words: for a name with words (such as `stage`), each word and its stored number; else None.
        doc: one sentence for the docs.
    """

    ref: Ref
    unit: str
    lowest: float
    highest: float
    words: Mapping[str, float] | None
    doc: str


Names = Mapping[str, Name]


@dataclass(frozen=True, slots=True)
class Const:
    """A written number; or the stored number of a word, with the word."""

    value: float
    word: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """A row of the state, with the name it was written by."""

    ref: Ref
    name: str = ""


Operand = Const | Value


@dataclass(frozen=True, slots=True)
class Compare:
    """Two operands and one of `<`, `<=`, `>`, `>=`, `==`, `!=`."""

    op: str
    left: Operand
    right: Operand


@dataclass(frozen=True, slots=True)
class Truthy:
    """True where a value is not zero."""

    value: Operand


@dataclass(frozen=True, slots=True)
class Not:
    """True where the part is not."""

    part: "Expr"


@dataclass(frozen=True, slots=True)
class And:
    """True where all parts are; at least one part."""

    parts: tuple["Expr", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """True where some part is; at least one part."""

    parts: tuple["Expr", ...]


Expr = Compare | Truthy | Not | And | Or

NEVER: Final = Truthy(Const(0.0))
"""Holds nowhere."""

_OPERATIONS: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "==": np.equal,
    "!=": np.not_equal,
}
OPERATORS: Final = tuple(_OPERATIONS)


def rows(known: object, ref: Ref) -> Floats:
    """The numbers that a name stands for, in written units; shape (N,)."""
    stored = getattr(known, ref.field)[ref.row]
    return np.asarray(stored if ref.scale == 1.0 else stored / ref.scale)


def holds(expr: Expr, known: object) -> Bools:
    """Where a condition holds.

    Args:
        expr: a tree with a name in every comparison (the parser sees to that).
        known: what the player may know; its arrays have the batch on the last axis.

    Returns:
        A mask of shape (N,).
    """
    match expr:
        case Compare(op, left, right):
            return np.asarray(_OPERATIONS[op](_operand(left, known), _operand(right, known)))
        case Truthy(value):
            return np.asarray(np.not_equal(_operand(value, known), 0.0))
        case Not(part):
            return np.logical_not(holds(part, known))
        case And(parts):
            return _fold(np.logical_and, parts, known)
        case Or(parts):
            return _fold(np.logical_or, parts, known)
    assert_never(expr)


def describe(expr: Expr) -> str:
    """A condition in the words it can be written in; the parser makes an equal tree of it."""
    match expr:
        case Compare(op, left, right):
            return f"{_word(left)} {op} {_word(right)}"
        case Truthy(value):
            return _word(value)
        case Not(part):
            return f"not {_nested(part)}"
        case And(parts):
            return " and ".join(_nested(part) for part in parts)
        case Or(parts):
            return " or ".join(_nested(part, And) for part in parts)
    assert_never(expr)


def refs(expr: Expr) -> tuple[Value, ...]:
    """All values that a condition reads, in the order they are written."""
    match expr:
        case Compare(_, left, right):
            return tuple(side for side in (left, right) if isinstance(side, Value))
        case Truthy(value):
            return (value,) if isinstance(value, Value) else ()
        case Not(part):
            return refs(part)
        case And(parts) | Or(parts):
            return tuple(value for part in parts for value in refs(part))
    assert_never(expr)


def words(expr: Expr) -> tuple[str, ...]:
    """All words that a condition compares with, in the order they are written."""
    match expr:
        case Compare(_, left, right):
            return tuple(side.word for side in (left, right) if isinstance(side, Const) and side.word)
        case Truthy():
            return ()
        case Not(part):
            return words(part)
        case And(parts) | Or(parts):
            return tuple(word for part in parts for word in words(part))
    assert_never(expr)


def _operand(operand: Operand, known: object) -> Floats | float:
    return operand.value if isinstance(operand, Const) else rows(known, operand.ref)


def _fold(operation: Callable[[Bools, Bools], Bools], parts: Iterable[Expr], known: object) -> Bools:
    masks = [holds(part, known) for part in parts]
    result = masks[0]
    for mask in masks[1:]:
        result = operation(result, mask)
    return result


def _word(operand: Operand) -> str:
    if isinstance(operand, Value):
        return operand.name
    return f'"{operand.word}"' if operand.word else repr(operand.value)


def _nested(expr: Expr, *also: type) -> str:
    bare = isinstance(expr, (Compare, Truthy, Not, *also))
    return describe(expr) if bare else f"({describe(expr)})"
