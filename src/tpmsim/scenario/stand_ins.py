"""The least that is possible in a place, for a part of a file that has a fault, so that the rest can be looked at.

A stand-in is never played: whatever holds one has an error. Not here: what has a fault (`binding`).
"""

from enum import Enum
from types import NoneType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from tpmsim.scenario.binding_scalars import Kind
from tpmsim.scenario.nodes import Scalar
from tpmsim.text import SafeText

ALWAYS: Final = Scalar("week >= 0", True, 1, 1)
"""A condition that cannot be wrong."""

_PLAIN: Final[dict[Any, Any]] = {bool: False, str: "none", Scalar: ALWAYS, SafeText: SafeText.clean("...")}


def stand_in(kind: Kind) -> Any:
    """A value that an annotation allows."""
    bare, origin = kind.bare, get_origin(kind.bare)
    if bare in (int, float):
        return bare(_number(kind))
    if bare in _PLAIN:
        return _PLAIN[bare]
    if origin in (Union, UnionType):
        return None if NoneType in get_args(bare) else stand_in(Kind.of(get_args(bare)[0], ()))
    if origin is Literal:
        return get_args(bare)[0]
    if origin is dict:
        return {}
    if origin in (list, tuple):
        return _items(bare)
    return _composed(bare)


def _number(kind: Kind) -> float:
    """A number within the limits: the lowest, or halfway to the highest where the lowest itself is not allowed."""
    low = kind.limits.get("ge", kind.limits.get("gt"))
    high = kind.limits.get("le", kind.limits.get("lt"))
    if low is None:
        return float(min(0.0, high)) if high is not None else 0.0
    if "ge" in kind.limits:
        return float(low)
    return float((low + high) / 2.0) if high is not None else float(low) + 1.0


def _items(bare: Any) -> Any:
    parts = get_args(bare)
    if get_origin(bare) is list:
        return []
    return () if parts[-1] is Ellipsis else tuple(stand_in(Kind.of(part)) for part in parts)


def _composed(bare: Any) -> Any:
    """A model with its defaults, or the first word of an Enum."""
    if issubclass(bare, Enum):
        return next(iter(bare))
    assert issubclass(bare, BaseModel)
    fields = bare.model_fields.items()
    needed = {name: stand_in(Kind.of(info.annotation, info.metadata)) for name, info in fields if info.is_required()}
    return bare.model_construct(**needed)
