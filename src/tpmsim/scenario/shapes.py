"""The shapes of nodes and of annotations: which of them fit each other, and how both are told in messages."""

from collections.abc import Sequence as Items
from types import NoneType
from typing import Any, TypeGuard, get_origin

from pydantic import BaseModel

from tpmsim.scenario.binding_scalars import Kind, is_scalar_kind
from tpmsim.scenario.nodes import Mapping, Node, Scalar, Sequence
from tpmsim.text import SafeText, quoted


def is_model(bare: Any) -> bool:
    """Whether an annotation is a model."""
    return isinstance(bare, type) and issubclass(bare, BaseModel)


def is_none(node: Node, members: Items[Any]) -> bool:
    """Nothing is none; the words of YAML for it are none unless a text could be meant."""
    return isinstance(node, Scalar) and (node.is_nothing or (node.is_null and SafeText not in members))


def is_second_half(before: Node, key: Scalar, part: Node) -> TypeGuard[Scalar]:
    """Whether a key is what stood behind the comma of the number before it, as in `{mean: 0,6}`."""
    digits = key.plain and key.text.isdecimal() and isinstance(part, Scalar) and part.is_nothing
    return digits and isinstance(before, Scalar) and before.plain and before.text.lstrip("+-").isdecimal()


def as_mapping(node: Node) -> Node:
    """A key that nothing follows, as keys without any; other nodes as they are."""
    nothing = isinstance(node, Scalar) and node.is_nothing
    return Mapping((), node.line, node.column) if nothing else node


def fits(node: Node, bare: Any) -> bool:
    """Whether a node has the shape of an annotation."""
    if isinstance(node, Mapping):
        return is_model(bare) or get_origin(bare) is dict
    if isinstance(node, Sequence):
        return get_origin(bare) in (list, tuple)
    return is_scalar_kind(bare)


def shared_keys(node: Mapping, bare: Any) -> int:
    """How many keys of a node a model has."""
    fields = {info.alias or name for name, info in bare.model_fields.items()} if is_model(bare) else set()
    return sum(key.text in fields for key, _ in node.entries)


def exact_length(kind: Kind) -> int | None:
    """How many items a tuple such as `tuple[int, int]` has; None for lists of any length."""
    return None if get_origin(kind.bare) is list or kind.parts[-1] is None else len(kind.parts)


def item_kinds(kind: Kind, count: int) -> list[Kind]:
    """What each item of a list is to be."""
    parts = [part for part in kind.parts if part is not None]
    return parts if exact_length(kind) is not None else parts[:1] * count


def expected(bare: Any) -> str:
    """The shape of an annotation, in words."""
    if is_model(bare) or get_origin(bare) is dict:
        return "keys with values"
    return "a list" if get_origin(bare) in (list, tuple) else "nothing" if bare is NoneType else "a single value"


def described(node: Node) -> str:
    """What stands in a place, in words."""
    if isinstance(node, Scalar):
        return quoted(node.text) if node.text or not node.plain else "nothing"
    return "a list" if isinstance(node, Sequence) else "keys with values"
