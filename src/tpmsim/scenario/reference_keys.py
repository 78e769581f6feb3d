"""The keys of a scenario file as tables: type, unit, range, default and meaning of each, read off the models.

Not here: names, levers and codes (`reference`), defaults by the model that reads them (`usual`), and how a table looks
(`reference_table`).
"""

import inspect
from collections.abc import Iterator
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from tpmsim.scenario.binding_scalars import Kind
from tpmsim.scenario.fields import Meaning
from tpmsim.scenario.nodes import Scalar
from tpmsim.scenario.reference_table import Table
from tpmsim.scenario.schema import Scenario
from tpmsim.text import SafeText

HEADER = ("key", "type", "unit", "range", "default", "status", "meaning")
FROM_DEFAULTS: dict[tuple[type[BaseModel], str], str] = {
    (Scenario, "instruments"): "those below",
    (Scenario, "profiles"): "those below",
    (Scenario, "lifecycle"): "as below",
    (Scenario, "gates"): "as below",
}
_PLAIN = {SafeText: "text", Scalar: "condition", bool: "true, false", int: "whole number", float: "number"}


def models(top: type[BaseModel] = Scenario) -> Iterator[type[BaseModel]]:
    """The models of a file, the whole file first, each before what it holds."""
    waiting: list[type[BaseModel]] = [top]
    seen: list[type[BaseModel]] = []
    while waiting:
        model = waiting.pop(0)
        if model in seen:
            continue
        seen.append(model)
        waiting = [*(held for info in model.model_fields.values() for held in held_models(info.annotation)), *waiting]
        yield model


def meaning(info: FieldInfo) -> Meaning:
    """What a key means."""
    return next((one for one in info.metadata if isinstance(one, Meaning)), Meaning(""))


def said_of(model: type[BaseModel]) -> str:
    """The first paragraph of what is said of a model."""
    return " ".join((inspect.getdoc(model) or "").split("\n\n")[0].split())


def key_tables() -> tuple[Table, ...]:
    """One table a model."""
    return tuple(
        Table(
            HEADER,
            tuple(key_row(model, name, info) for name, info in model.model_fields.items()),
            "The file" if model is Scenario else model.__name__,
            said_of(model),
        )
        for model in models()
    )


def key_row(model: type[BaseModel], name: str, info: FieldInfo) -> tuple[str, ...]:
    """The cells of a key, in the order of `HEADER`."""
    kind = Kind.of(info.annotation, info.metadata)
    given = "**required**" if info.is_required() else FROM_DEFAULTS.get((model, name)) or default_shown(info.default)
    said = meaning(info)
    return (f"`{info.alias or name}`", _type(kind), said.unit, _range(kind), given, said.status, said.doc)


def number(value: float) -> str:
    """A number as tables show it."""
    return f"{value:.10g}" if abs(value) < 1e7 else f"{value:g}"


def held_models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models that a type is made of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from held_models(part)


def _type(kind: Kind) -> str:
    bare = kind.bare
    if bare in _PLAIN:
        return _PLAIN[bare]
    if bare is str:
        return "id" if "pattern" in kind.limits else "name"
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        return f"[{bare.__name__}](#{bare.__name__.lower()})"
    parts = [Kind.of(part) for part in get_args(bare)]
    if get_origin(bare) is Literal:
        return ", ".join(f"`{word}`" for word in get_args(bare))
    if get_origin(bare) is dict:
        key = "" if parts[0].bare is str else f" of {_type(parts[0])}" if get_origin(parts[0].bare) is Literal else ""
        return f"map{key} to {_type(parts[1])}"
    if get_origin(bare) is tuple:
        return f"list of {_type(parts[0])}"
    if get_origin(bare) in (Union, UnionType):
        return " or ".join(_type(part) for part in parts if part.bare is not NoneType)
    raise TypeError(bare)


def _range(kind: Kind) -> str:
    low, above = kind.limits.get("ge"), kind.limits.get("gt")
    high, below = kind.limits.get("le"), kind.limits.get("lt")
    if low is not None or above is not None or high is not None or below is not None:
        left = f"[{low:g}" if low is not None else f"({above:g}" if above is not None else "("
        right = f"{high:g}]" if high is not None else f"{below:g})" if below is not None else ")"
        return f"{left}, {right}"
    for part in (Kind.of(one) for one in get_args(kind.bare)[-2:] if one is not Ellipsis):
        inner = _range(part) if get_origin(kind.bare) in (dict, tuple) and part.bare is not str else ""
        if inner:
            return f"{inner} each"
    return ""


def default_shown(value: Any) -> str:
    """A default as tables show it."""
    if value is None or value in ({}, ()):
        return "none"
    if isinstance(value, BaseModel):
        return "its defaults"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, tuple):
        return "[" + ", ".join(default_shown(one) for one in value) + "]"
    return f"`{value}`"
