"""From the tree of a file to a pydantic model, guided by the model's annotations; every fault with its place.

The tree's characters are read only here, by what the field asks for. All faults of a file come in one run: a
part with a fault does not keep the others from being looked at. Validators of a model run when its own parts
are sound. Not here: what the keys are (the models), and what ids and conditions refer to (later layers).
"""

from collections.abc import Sequence as Items
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Any, Final, Generic, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from tpmsim.errors import InputRefused
from tpmsim.scenario.binding_scalars import Kind, ScalarRefused, from_scalar, is_scalar_kind
from tpmsim.scenario.diagnostics import Diagnostic, allowed_words, did_you_mean, finding, in_order, nearest
from tpmsim.scenario.fields import ConditionText, Text
from tpmsim.scenario.nodes import Mapping, Node, Scalar, Sequence
from tpmsim.scenario.positions import Path, Place, Positions
from tpmsim.text import SafeText, quoted, shown

__all__ = ["Bound", "ConditionText", "Text", "bind"]

MAX_SUGGESTIONS: Final = 50
_FAILED: Final = object()
_NEEDS_QUOTES: Final = "A text with a comma or a colon needs quotes."
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Bound(Generic[M]):
    """What came of binding a file.

    Attributes:
        model: the model, or None if there is an error.
        positions: where its parts stand in the file.
        findings: errors and warnings in the order of the file.
    """

    model: M | None
    positions: Positions
    findings: tuple[Diagnostic, ...]

    def require(self) -> M:
        """The model.

        Raises:
            InputRefused: with all findings, if there is an error among them.
        """
        if self.model is None:
            raise InputRefused(self.findings)
        return self.model


def bind(node: Mapping, model_cls: type[M], file: str = "") -> Bound[M]:
    """Make a model of the tree of a file.

    Args:
        node: the mapping at the top.
        model_cls: the model; made of models, dict, list, tuple, unions, Literal, Enum, bool, int, float,
            str (a name), `SafeText` and `ConditionText`.
        file: the file as it may be shown.
    """
    binder = _Binder(file)
    model = binder.value(node, Kind.of(model_cls), ())
    found = in_order(binder.findings)
    sound = isinstance(model, model_cls) and not any(one.is_error for one in found)
    return Bound(model if sound else None, Positions(binder.values, binder.keys), found)


class _Binder:
    def __init__(self, file: str) -> None:
        self.findings: list[Diagnostic] = []
        self.values: dict[Path, Place] = {}
        self.keys: dict[Path, Place] = {}
        self._file = file

    def value(self, node: Node, kind: Kind, path: Path) -> Any:
        """The value of a node, or `_FAILED` when it was reported."""
        self.values[path] = (node.line, node.column)
        bare = kind.bare
        if get_origin(bare) in (Union, UnionType):
            return self._union(node, kind, path)
        if _is_model(bare):
            return self._model(node, bare, path)
        if get_origin(bare) is dict:
            return self._dict(node, kind, path)
        if get_origin(bare) in (list, tuple):
            return self._items(node, kind, path)
        return self._scalar(node, kind)

    def _report(self, code: str, message: str, place: Node | Place, help: str = "", suggestion: str = "") -> None:
        line, column = place if isinstance(place, tuple) else (place.line, place.column)
        self.findings.append(finding(code, message, self._file, line, column, help=help, suggestion=suggestion))

    def _shape(self, node: Node, expected: str) -> object:
        self._report("TPM203", f"expected {expected}, found {_described(node)}", node)
        return _FAILED

    # Scalars and unions

    def _scalar(self, node: Node, kind: Kind) -> Any:
        if not isinstance(node, Scalar):
            return self._shape(node, "a single value")
        try:
            value = from_scalar(node, kind)
        except ScalarRefused as refused:
            self._report(refused.code, refused.message, node, refused.help, refused.suggestion)
            return _FAILED
        if isinstance(value, SafeText) and value.changed:
            self._report("TPM211", "control character replaced", node, "Delete it.")
        return value

    def _union(self, node: Node, kind: Kind, path: Path) -> Any:
        """The member is chosen by the shape of the node; several members of that shape are tried in turn."""
        members = [Kind.of(member) for member in get_args(kind.bare)]
        bare = [member.bare for member in members]
        if NoneType in bare and _is_none(node, bare):
            return None
        fitting = [Kind(one.bare, {**kind.limits, **one.limits}) for one in members if _fits(node, one.bare)]
        if not fitting:
            return self._shape(node, " or ".join(dict.fromkeys(map(_expected, bare))))
        if isinstance(node, Mapping):
            fitting = [max(fitting, key=lambda one: _shared_keys(node, one.bare))]
        return self._first_sound(node, fitting, path)

    def _first_sound(self, node: Node, kinds: Items[Kind], path: Path) -> Any:
        before, first = list(self.findings), None
        for kind in kinds:
            value = self.value(node, kind, path)
            if value is not _FAILED:
                return value
            first = first or list(self.findings)
            self.findings[:] = before
        self.findings[:] = first or before
        return _FAILED

    # Parts

    def _items(self, node: Node, kind: Kind, path: Path) -> Any:
        if isinstance(node, Scalar) and node.is_nothing:
            node = Sequence((), node.line, node.column)
        if not isinstance(node, Sequence):
            return self._shape(node, "a list such as [a, b]")
        kinds = _item_kinds(kind.bare, len(node.items))
        if not self._count(node, len(node.items), kind, _exact_length(kind.bare)):
            return _FAILED
        made = [
            self.value(item, one, (*path, index))
            for index, (item, one) in enumerate(zip(node.items, kinds, strict=True))
        ]
        if any(item is _FAILED for item in made):
            return _FAILED
        return made if get_origin(kind.bare) is list else tuple(made)

    def _count(self, node: Node, found: int, kind: Kind, exactly: int | None) -> bool:
        low = kind.limits.get("min_length", 0) if exactly is None else exactly
        high = kind.limits.get("max_length") if exactly is None else exactly
        if found < low or (high is not None and found > high):
            bounds = f"{low}" if low == high else f"at least {low}" if found < low else f"at most {high}"
            self._report("TPM213", f"expected {bounds} values, found {found}", node)
            return False
        return True

    def _dict(self, node: Node, kind: Kind, path: Path) -> Any:
        node = _as_mapping(node)
        if not isinstance(node, Mapping):
            return self._shape(node, "keys with values")
        key_kind, value_kind = (Kind.of(part) for part in get_args(kind.bare))
        sound, made = self._count(node, len(node.entries), kind, None), {}
        for key, part in node.entries:
            inner = (*path, key.text)
            self.keys[inner] = (key.line, key.column)
            name, value = self._scalar(key, key_kind), self.value(part, value_kind, inner)
            sound = sound and name is not _FAILED and value is not _FAILED
            made[key.text if name is _FAILED else name] = value
        return made if sound else _FAILED

    def _model(self, node: Node, model_cls: type[BaseModel], path: Path) -> Any:
        node = _as_mapping(node)
        if not isinstance(node, Mapping):
            return self._shape(node, "keys with values")
        fields = {info.alias or name: info for name, info in model_cls.model_fields.items()}
        values = {}
        for key, part in node.entries:
            inner = (*path, key.text)
            self.keys[inner] = (key.line, key.column)
            if info := fields.get(key.text):
                values[key.text] = self.value(part, Kind.of(info.annotation, info.metadata), inner)
        required = {key for key, info in fields.items() if info.is_required()}
        sound = self._keys_sound(node, fields, required, path)
        if not sound or any(value is _FAILED for value in values.values()):
            return _FAILED
        return self._validated(model_cls, values, path)

    def _keys_sound(self, node: Mapping, fields: Items[str] | Any, required: set[str], path: Path) -> bool:
        """Report unknown and missing keys; a misspelt key that is therefore missing is one finding."""
        present = {key.text for key, _ in node.entries}
        absent, missing = set(fields) - present, required - present
        unknown = [key for key, _ in node.entries if key.text not in fields]
        for key in unknown:
            near = self._near(key.text, absent) or self._near(key.text, set(fields)) or ""
            absent.discard(near)
            missing.discard(near)
            help = _NEEDS_QUOTES if " " in key.text else allowed_words(fields)
            self._report("TPM201", f"unknown key {quoted(key.text)}{did_you_mean(near)}", key, help, near)
        where = f" in {quoted('.'.join(map(str, path)))}" if path else ""
        for name in sorted(missing):
            self._report("TPM202", f"key '{name}' is missing{where}", node, f"Add '{name}: ...'.")
        return not unknown and not missing

    def _near(self, name: str, allowed: set[str]) -> str | None:
        return nearest(name, allowed) if len(self.findings) < MAX_SUGGESTIONS else None

    def _validated(self, model_cls: type[BaseModel], values: dict[str, Any], path: Path) -> Any:
        try:
            return model_cls.model_validate(values)
        except ValidationError as error:
            positions = Positions(self.values, self.keys)
            for one in error.errors(include_url=False, include_context=False, include_input=False):
                message = shown(one["msg"].removeprefix("Value error, ").removeprefix("Assertion failed, "))
                self._report("TPM212", message.rstrip("."), positions.value(*path, *one["loc"]))
            return _FAILED


def _is_model(bare: Any) -> bool:
    return isinstance(bare, type) and issubclass(bare, BaseModel)


def _is_none(node: Node, members: Items[Any]) -> bool:
    """Nothing is none; the words of YAML for it are none unless a text could be meant."""
    return isinstance(node, Scalar) and (node.is_nothing or (node.is_null and SafeText not in members))


def _as_mapping(node: Node) -> Node:
    nothing = isinstance(node, Scalar) and node.is_nothing
    return Mapping((), node.line, node.column) if nothing else node


def _fits(node: Node, bare: Any) -> bool:
    if isinstance(node, Mapping):
        return _is_model(bare) or get_origin(bare) is dict
    if isinstance(node, Sequence):
        return get_origin(bare) in (list, tuple)
    return is_scalar_kind(bare)


def _shared_keys(node: Mapping, bare: Any) -> int:
    fields = {info.alias or name for name, info in bare.model_fields.items()} if _is_model(bare) else set()
    return sum(key.text in fields for key, _ in node.entries)


def _exact_length(bare: Any) -> int | None:
    """How many items a tuple such as `tuple[int, int]` has; None for lists of any length."""
    parts = get_args(bare)
    return None if get_origin(bare) is list or parts[-1] is Ellipsis else len(parts)


def _item_kinds(bare: Any, count: int) -> list[Kind]:
    parts = get_args(bare)
    if _exact_length(bare) is None:
        return [Kind.of(parts[0])] * count
    return [Kind.of(part) for part in parts]


def _expected(bare: Any) -> str:
    if _is_model(bare) or get_origin(bare) is dict:
        return "keys with values"
    return "a list" if get_origin(bare) in (list, tuple) else "nothing" if bare is NoneType else "a single value"


def _described(node: Node) -> str:
    if isinstance(node, Scalar):
        return quoted(node.text) if node.text or not node.plain else "nothing"
    return "a list" if isinstance(node, Sequence) else "keys with values"
