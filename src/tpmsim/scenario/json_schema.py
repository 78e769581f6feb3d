"""A JSON Schema of a kind of file, made from its models: what editors complete, explain and mark while one writes.

Draft 07, as every version of the YAML language server knows it; `defaultSnippets` is that server's own. It knows less
than the checks, which look up ids and read conditions, and is stricter in one respect: a key has a value, and a text
that looks like `true` or `null` has quotes. Editors would else offer these words everywhere. Not here: what the keys
mean (the models).
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import NoneType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from tpmsim.scenario.binding_scalars import NAME, Kind
from tpmsim.scenario.files import MODELS
from tpmsim.scenario.levers import levers
from tpmsim.scenario.names import PLAIN
from tpmsim.scenario.nodes import Scalar
from tpmsim.scenario.reference import PLACEHOLDERS, bare_scenario
from tpmsim.scenario.reference_keys import HEADER, key_row, said_of
from tpmsim.scenario.schema import Answer, Scenario, Trend
from tpmsim.text import TEXT_CHARS, SafeText

Schema = dict[str, Any]

DRAFT: Final = "http://json-schema.org/draft-07/schema#"
ID: Final = "[a-z0-9_-]{1,64}"
WRITTEN: Final = ["string", "number"]
"""What YAML may take a text, an id or a condition for: a title such as 2048 needs no quotes."""

_BOUNDS: Final = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum"}
_CONDITION: Final = "A condition, such as `week >= 3 and trust.sales > 0.4`; `tpmsim docs names` lists the names."


def schema_of(kind: str) -> Schema:
    """The schema of a kind of file; in a scenario names of numbers and levers of answers and trends are offered."""
    if kind != "scenario":
        return _Writer().file(MODELS[kind])
    numbers = sorted(name for name, one in PLAIN.items() if one.words is None)
    return _Writer(numbers, {(Answer, "then"): effects, (Trend, "then"): effects}).file(Scenario)


def page(schema: Schema) -> str:
    """A schema as its file holds it."""
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def effects() -> Schema:
    """A map from levers to amounts."""
    plain: Schema = {}
    patterned: Schema = {}
    for name, lever in levers(bare_scenario(), PLACEHOLDERS).items():
        says = {"type": "number", "description": f"{lever.doc} ({lever.op.name.lower()}, {lever.unit})"}
        first, dot, _ = name.partition(".")
        if dot:
            patterned[rf"^{first}\.{ID}$"] = says
        else:
            plain[name] = says
    own = {"type": "number", "description": "Uses of an instrument at no hours, heard next week."}
    return {
        "type": "object",
        "properties": plain,
        "patternProperties": {**patterned, rf"^{ID}\.{ID}$": own},
        "additionalProperties": False,
    }


@dataclass
class _Writer:
    """Writes one schema; models become definitions.

    Attributes:
        names: what is offered where the name of a number is asked for; nothing else is refused.
        special: keys with a schema of their own.
    """

    names: list[str] = field(default_factory=list)
    special: Mapping[tuple[type[BaseModel], str], Callable[[], Schema]] = field(default_factory=dict)
    definitions: Schema = field(default_factory=dict)

    def file(self, model: type[BaseModel]) -> Schema:
        """The schema of a file that is this model."""
        top = self._model(model)
        return {"$schema": DRAFT, **top, "definitions": dict(sorted(self.definitions.items()))}

    def _model(self, model: type[BaseModel]) -> Schema:
        fields = {info.alias or name: (name, info) for name, info in model.model_fields.items()}
        required = [key for key, (_, info) in fields.items() if info.is_required()]
        return {
            "title": model.__name__,
            "description": said_of(model),
            "type": "object",
            "properties": {key: self._key(model, name, info) for key, (name, info) in fields.items()},
            "additionalProperties": False,
            **({"required": required} if required else {}),
        }

    def _key(self, model: type[BaseModel], name: str, info: FieldInfo) -> Schema:
        made = self.special.get((model, name))
        schema = made() if made else self._kind(Kind.of(info.annotation, info.metadata))
        default = _plain(info.default)
        return {
            "title": f"{model.__name__}: {info.alias or name}",
            "description": _told(model, name, info),
            **schema,
            **({"default": default} if default is not None else {}),
        }

    def _kind(self, kind: Kind) -> Schema:
        bare, origin = kind.bare, get_origin(kind.bare)
        if bare in (SafeText, Scalar):
            limit = kind.limits.get("max_length", TEXT_CHARS)
            return {"type": WRITTEN, "maxLength": limit} if bare is SafeText else {"type": WRITTEN}
        if bare is bool:
            return {"type": "boolean"}
        if bare in (int, float):
            return {"type": "integer" if bare is int else "number", **_bounds(kind)}
        if bare is str:
            return self._word(kind)
        if origin is Literal:
            return {"enum": list(get_args(bare))}
        if origin in (Union, UnionType):
            return self._union([Kind.of(part) for part in get_args(bare)])
        if origin is dict:
            return self._map(*(Kind.of(part) for part in get_args(bare)))
        if origin in (list, tuple):
            return {"type": "array", "items": self._kind(Kind.of(get_args(bare)[0]))}
        return self._reference(bare)

    def _word(self, kind: Kind) -> Schema:
        """An id, or the name of something."""
        pattern = kind.limits.get("pattern")
        written = {"type": WRITTEN, "pattern": pattern or f"^{NAME.pattern}$"}
        return written if pattern or not self.names else {"anyOf": [{"enum": self.names}, written]}

    def _reference(self, model: type[BaseModel]) -> Schema:
        if model.__name__ not in self.definitions:
            self.definitions[model.__name__] = {}
            self.definitions[model.__name__] = self._model(model)
        return {"$ref": f"#/definitions/{model.__name__}"}

    def _union(self, kinds: list[Kind]) -> Schema:
        """What can be left out is written as what it is."""
        some = [self._kind(one) for one in kinds if one.bare is not NoneType]
        return some[0] if len(some) == 1 else {"anyOf": some}

    def _map(self, key: Kind, value: Kind) -> Schema:
        schema: Schema = {"type": "object"}
        if get_origin(key.bare) is Literal:
            one = self._kind(value)
            return {**schema, "properties": dict.fromkeys(get_args(key.bare), one), "additionalProperties": False}
        schema["propertyNames"] = {"title": "id", "pattern": key.limits.get("pattern") or f"^{NAME.pattern}$"}
        schema["additionalProperties"] = self._kind(value)
        if _is_model(value.bare) and any(info.is_required() for info in value.bare.model_fields.values()):
            schema["defaultSnippets"] = [_snippet(value.bare)]
        elif not key.limits and self.names:
            schema["properties"] = dict.fromkeys(self.names, schema["additionalProperties"])
        return schema


def _is_model(bare: Any) -> bool:
    return isinstance(bare, type) and issubclass(bare, BaseModel)


def _bounds(kind: Kind) -> Schema:
    return {word: _whole(kind.limits[name]) for name, word in _BOUNDS.items() if name in kind.limits}


def _whole(number: float) -> float:
    return int(number) if number == int(number) else number


def _told(model: type[BaseModel], name: str, info: FieldInfo) -> str:
    """Meaning, unit, range and default of a key, for people; editors take no Markdown here."""
    cells = dict(zip(HEADER, key_row(model, name, info), strict=True))
    facts = [f"{title} {cells[title]}" for title in ("unit", "range") if cells[title]]
    status = f", {cells['status']}" if cells["status"] else ""
    facts.append("required" if info.is_required() else f"default {cells['default']}{status}")
    condition = [_CONDITION] if Scalar in (info.annotation, *get_args(info.annotation)) else []
    return "\n\n".join([cells["meaning"], *condition, f"({'; '.join(facts)})"]).replace("`", "'")


def _plain(default: Any) -> Any:
    """A default that is one value or a list of them; None for everything else."""
    if isinstance(default, bool | str):
        return default
    if isinstance(default, int | float):
        return _whole(default)
    if isinstance(default, tuple) and default:
        return [_plain(one) for one in default]
    return None


def _snippet(model: type[BaseModel]) -> Schema:
    """A new entry with the keys that it needs, for the YAML language server."""
    title = model.__name__.lower()
    stops = iter(range(1, 100))
    body = {f"${{{next(stops)}:{title}_id}}": _body(model, stops)}
    return {"label": f"new {title}", "description": said_of(model), "body": body}


def _body(model: type[BaseModel], stops: Iterator[int]) -> Schema:
    required = {info.alias or name: info for name, info in model.model_fields.items() if info.is_required()}
    return {key: _stop(key, Kind.of(info.annotation, info.metadata), stops) for key, info in required.items()}


def _stop(key: str, kind: Kind, stops: Iterator[int]) -> Any:
    """What a snippet has as the value of a key: a place to type, or an entry of its own."""
    if get_origin(kind.bare) is dict:
        inner = Kind.of(get_args(kind.bare)[1])
        name = f"${{{next(stops)}:{'cash' if key == 'then' else 'id'}}}"  # what is changed is a lever
        return {name: _body(inner.bare, stops) if _is_model(inner.bare) else f"${{{next(stops)}:1}}"}
    if kind.bare in (int, float):
        return f"${{{next(stops)}:1}}"
    if kind.bare is Scalar:
        return f'"${{{next(stops)}:week >= 1}}"'
    if kind.bare is SafeText:
        return f'"${{{next(stops)}:...}}"'
    return f"${{{next(stops)}:{key}}}"
