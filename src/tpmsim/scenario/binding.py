"""From the tree of a file to a pydantic model, guided by the model's annotations; every fault with its place.

The tree's characters are read only here, by what the field asks for. All faults of a file come in one run: in place
of a part with a fault stands the least that is possible there, so that later layers can look at the rest. Validators
of a model run when its own parts are sound. Not here: what the keys are (the models), and what ids and conditions
refer to (later layers).
"""

from collections.abc import Collection
from collections.abc import Sequence as Items
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, Generic, TypeVar, Union, get_origin

from pydantic import BaseModel, ValidationError

from tpmsim.errors import InputRefused
from tpmsim.scenario.binding_scalars import Kind, ScalarRefused, from_scalar
from tpmsim.scenario.codes import Code, Schema
from tpmsim.scenario.diagnostics import Diagnostic, allowed_words, finding, in_order, is_slip, nearest
from tpmsim.scenario.fields import ConditionText, Text
from tpmsim.scenario.nodes import Mapping, Node, Scalar, Sequence
from tpmsim.scenario.numbers import thousands, without_comma
from tpmsim.scenario.positions import Path, Place, Positions, dotted
from tpmsim.scenario.shapes import (
    as_mapping,
    described,
    exact_length,
    expected,
    fits,
    is_model,
    is_none,
    is_second_half,
    item_kinds,
    shared_keys,
)
from tpmsim.scenario.stand_ins import stand_in
from tpmsim.text import SafeText, quoted, shown

__all__ = ["Bound", "ConditionText", "Text", "bind"]

MAX_SUGGESTIONS: Final = 50
LARGE: Final = 1e6
"""Greatest possible value from which a field, such as an amount of money, usually holds thousands."""

_NEEDS_QUOTES: Final = "A text with a comma or a colon needs quotes."
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Bound(Generic[M]):
    """What came of binding a file.

    Attributes:
        draft: the model; in place of what has a fault stands the least that is possible there.
        positions: where its parts stand in the file.
        findings: errors and warnings in the order of the file.
        broken: paths of the parts with a fault.
    """

    draft: M
    positions: Positions
    findings: tuple[Diagnostic, ...]
    broken: frozenset[Path]

    @property
    def model(self) -> M | None:
        """The model as it was written, or None if there is an error."""
        return None if any(one.is_error for one in self.findings) else self.draft

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
    draft = binder.value(node, _kind_of(model_cls), ())
    positions = Positions(binder.values, binder.keys)
    return Bound(draft, positions, in_order(binder.findings), frozenset(binder.broken))


@cache
def _kind_of(model_cls: type[BaseModel]) -> Kind:
    """The kind of a model; kept, as all kinds below it are found only once."""
    return Kind.of(model_cls)


class _Binder:
    def __init__(self, file: str) -> None:
        self.findings: list[Diagnostic] = []
        self.values: dict[Path, Place] = {}
        self.keys: dict[Path, Place] = {}
        self.broken: set[Path] = set()
        self._file = file

    def value(self, node: Node, kind: Kind, path: Path) -> Any:
        """The value of a node, or what stands in for it when a fault was reported."""
        self.values[path] = (node.line, node.column)
        bare = kind.bare
        if get_origin(bare) in (Union, UnionType):
            return self._union(node, kind, path)
        if is_model(bare):
            return self._model(node, kind, path)
        if get_origin(bare) is dict:
            return self._dict(node, kind, path)
        if get_origin(bare) in (list, tuple):
            return self._items(node, kind, path)
        return self._scalar(node, kind, path)

    def _report(self, code: Code, place: Node | Place, help: str = "", **said: Any) -> None:
        line, column = place if isinstance(place, tuple) else (place.line, place.column)
        self.findings.append(finding(code, self._file, line, column, help=help, **said))

    def _shape(self, node: Node, expected: str, kind: Kind, path: Path) -> Any:
        self._report(Schema.SHAPE, node, expected=expected, found=described(node))
        return self._instead(kind, path)

    def _instead(self, kind: Kind, path: Path) -> Any:
        self.broken.add(path)
        return stand_in(kind)

    # Scalars and unions

    def _scalar(self, node: Node, kind: Kind, path: Path) -> Any:
        if not isinstance(node, Scalar):
            return self._shape(node, "a single value", kind, path)
        try:
            value = from_scalar(node, kind)
        except ScalarRefused as refused:
            said = {"suggestion": refused.suggestion, "meant": refused.meant, **refused.fields}
            self._report(refused.code, node, refused.help, **said)
            if refused.code is Schema.NOT_AN_ID and refused.suggestion:
                return refused.suggestion
            return self._instead(kind, path)
        if isinstance(value, SafeText) and value.changed:
            self._report(Schema.CONTROL_IN_TEXT, node)
        if kind.bare is float and thousands(node, large=kind.limits.get("le", 0.0) >= LARGE):
            read, meant = f"{value:g}", node.text.replace(".", "")
            self._report(Schema.THOUSANDS, node, f"Write {read} or {meant}.", number=quoted(node.text), read=read)
        return value

    def _union(self, node: Node, kind: Kind, path: Path) -> Any:
        """The member is chosen by the shape of the node; several members of that shape are tried in turn."""
        members = [member for member in kind.parts if member is not None]
        bare = [member.bare for member in members]
        if NoneType in bare and is_none(node, bare):
            return None
        fitting = [Kind(one.bare, {**kind.limits, **one.limits}) for one in members if fits(node, one.bare)]
        if not fitting:
            return self._shape(node, " or ".join(dict.fromkeys(map(expected, bare))), kind, path)
        if isinstance(node, Mapping):
            fitting = [max(fitting, key=lambda one: shared_keys(node, one.bare))]
        return self._first_sound(node, fitting, path)

    def _first_sound(self, node: Node, kinds: Items[Kind], path: Path) -> Any:
        """The value by the first kind that gives no error; if all do, the first kind's value and faults count."""
        before, broken = len(self.findings), set(self.broken)
        tried = []
        for kind in kinds:
            value = self.value(node, kind, path)
            if not any(one.is_error for one in self.findings[before:]):
                return value
            tried.append((value, self.findings[before:], self.broken))
            del self.findings[before:]
            self.broken = set(broken)
        value, findings, self.broken = tried[0]
        self.findings.extend(findings)
        return value

    # Parts

    def _items(self, node: Node, kind: Kind, path: Path) -> Any:
        if isinstance(node, Scalar) and node.is_nothing:
            node = Sequence((), node.line, node.column)
        if not isinstance(node, Sequence):
            return self._shape(node, "a list such as [a, b]", kind, path)
        exactly = exact_length(kind)
        if not self._count(node, len(node.items), kind, exactly, path) and exactly is not None:
            return stand_in(kind)
        kinds = item_kinds(kind, len(node.items))
        made = []
        for index, (item, one) in enumerate(zip(node.items, kinds, strict=True)):
            inner = (*path, index)
            value = self.value(item, one, inner)
            if exactly is not None or inner not in self.broken:
                made.append(value)
        return made if get_origin(kind.bare) is list else tuple(made)

    def _count(self, node: Node, found: int, kind: Kind, exactly: int | None, path: Path) -> bool:
        low = kind.limits.get("min_length", 0) if exactly is None else exactly
        high = kind.limits.get("max_length") if exactly is None else exactly
        if found < low or (high is not None and found > high):
            bounds = f"{low}" if low == high else f"at least {low}" if found < low else f"at most {high}"
            self._report(Schema.COUNT, node, expected=bounds, found=found)
            self.broken.add(path)
            return False
        return True

    def _dict(self, node: Node, kind: Kind, path: Path) -> Any:
        node = as_mapping(node)
        if not isinstance(node, Mapping):
            return self._shape(node, "keys with values", kind, path)
        key_kind, value_kind = (part for part in kind.parts if part is not None)
        node = self._without_commas(node, path)
        self._count(node, len(node.entries), kind, None, path)
        made: dict[Any, Any] = {}
        for key, part in node.entries:
            name = self._key(key, key_kind, path, made)
            inner = (*path, str(name))
            self.keys[inner] = (key.line, key.column)
            made[name] = self.value(part, value_kind, inner)
        return made

    def _key(self, key: Scalar, kind: Kind, path: Path, made: Collection[Any]) -> Any:
        """A key that its author chose; one with a fault is read as what was meant, so that its uses lead on."""
        faults = len(self.findings)
        name = self._scalar(key, kind, (*path, key.text))
        wrong = next((one for one in self.findings[faults:] if one.is_error), None)
        if wrong is None:
            return name
        return wrong.suggestion if wrong.suggestion and wrong.suggestion not in made else key.text

    def _model(self, node: Node, kind: Kind, path: Path) -> Any:
        node = as_mapping(node)
        if not isinstance(node, Mapping):
            return self._shape(node, "keys with values", kind, path)
        required = {name for name, key in kind.keys.items() if key.required}
        node = self._without_commas(node, path)
        meant = self._meant(node, set(kind.keys), required, path)
        values = {}
        for key, part in node.entries:
            name = meant.get(key.text, key.text)
            inner = (*path, name)
            self.keys[inner] = (key.line, key.column)
            if wanted := kind.keys.get(name):
                values[name] = self.value(part, wanted.kind, inner)
                if inner in self.broken and not wanted.required:
                    del values[name]
        for name in required - set(values):
            values[name] = self._instead(kind.keys[name].kind, (*path, name))
        return self._validated(kind, values, path)

    def _without_commas(self, node: Mapping, path: Path) -> Mapping:
        """Report numbers with a comma, of which braces make a number and a key; the second half is taken out."""
        kept: list[tuple[Scalar, Node]] = []
        parted: dict[Scalar, str] = {}
        for key, part in node.entries:
            before = kept[-1] if kept else None
            if before is not None and is_second_half(before[1], key, part):
                parted[before[1]] = f"{parted.get(before[1], before[1].text)},{key.text}"
                self.broken.add((*path, before[0].text))
            else:
                kept.append((key, part))
        for number, text in parted.items():
            self._report(Schema.COMMA, number, f"Write {without_comma(text)}.", number=quoted(text))
        return node if len(kept) == len(node.entries) else Mapping(tuple(kept), node.line, node.column)

    def _meant(self, node: Mapping, fields: set[str], required: set[str], path: Path) -> dict[str, str]:
        """Report unknown and missing keys; a misspelt key that is therefore missing is one finding, and is read so."""
        present = {key.text for key, _ in node.entries}
        absent, missing, meant = fields - present, required - present, {}
        where = f" in {quoted(dotted(path))}" if path else ""
        for key in [key for key, _ in node.entries if key.text not in fields]:
            near = self._near(key.text, absent)
            if near:
                absent.discard(near)
                missing.discard(near)
                meant[key.text] = near
            help = _NEEDS_QUOTES if " " in key.text else allowed_words(fields)
            question = near or self._near(key.text, fields)
            said = {"key": quoted(key.text), "where": where}
            self._report(Schema.UNKNOWN_KEY, key, help, meant=question, safe=is_slip(key.text, near), **said)
            self.broken.add((*path, key.text))
        for name in sorted(missing):
            self._report(Schema.MISSING_KEY, node, key=name, where=where)
        return meant

    def _near(self, name: str, allowed: set[str]) -> str | None:
        return nearest(name, allowed) if len(self.findings) < MAX_SUGGESTIONS else None

    def _validated(self, kind: Kind, values: dict[str, Any], path: Path) -> Any:
        try:
            return kind.bare.model_validate(values)
        except ValidationError as error:
            if not any(one[: len(path)] == path for one in self.broken):
                self._misfits(error, path)
            self.broken.add(path)
        return kind.bare.model_construct(**{kind.keys[name].field: value for name, value in values.items()})

    def _misfits(self, error: ValidationError, path: Path) -> None:
        positions = Positions(self.values, self.keys)
        for one in error.errors(include_url=False, include_context=False, include_input=False):
            problem = shown(one["msg"].removeprefix("Value error, ").removeprefix("Assertion failed, "))
            self._report(Schema.DO_NOT_FIT, positions.value(*path, *one["loc"]), problem=problem.rstrip("."))
