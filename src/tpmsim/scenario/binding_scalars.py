"""One scalar of a file for one annotation of a model: text, number, true or false, word, id, condition.

Ranges come from the constraints on the annotation (`Field(ge=0, le=1)`). Not here: anything with parts
(`binding`).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Annotated, Any, Final, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from tpmsim.scenario.codes import Code, Schema
from tpmsim.scenario.diagnostics import NAME_CHARS, allowed_words, is_slip, nearest
from tpmsim.scenario.nodes import Scalar
from tpmsim.scenario.numbers import NumberRefused, boolean, decimal, whole
from tpmsim.text import TEXT_CHARS, SafeText, TextRefused, quoted, slug

NAME: Final = re.compile(r"[a-z0-9_-]{1,64}(?:[.:/][a-z0-9_-]{1,64}){0,7}")
_BOUNDS: Final = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}


class ScalarRefused(Exception):
    """A scalar that the annotation does not allow; all but the place of a finding."""

    def __init__(self, code: Code, help: str = "", *, suggestion: str = "", meant: str = "", **fields: Any) -> None:
        super().__init__(code, help, suggestion, meant, fields)
        self.code = code
        self.help = help
        self.suggestion = suggestion
        self.meant = meant
        self.fields = fields


@dataclass(frozen=True)
class Kind:
    """An annotation without its wrapping.

    Attributes:
        bare: the type itself, such as `float`, `dict[str, X]`, a model or a union.
        limits: the constraints by their pydantic names: ge, gt, le, lt, min_length, max_length, pattern.
    """

    bare: Any
    limits: Mapping[str, Any]

    @cached_property
    def parts(self) -> "tuple[Kind | None, ...]":
        """The kinds of the members of a union, of the keys and values of a dict, of the items; None for an ellipsis."""
        return tuple(None if part is Ellipsis else Kind.of(part) for part in get_args(self.bare))

    @cached_property
    def keys(self) -> "Mapping[str, Key]":
        """The keys of a model, by the names that they have in a file."""
        fields = self.bare.model_fields.items()
        return {
            info.alias or name: Key(name, Kind.of(info.annotation, info.metadata), info.is_required())
            for name, info in fields
        }

    @classmethod
    def of(cls, annotation: Any, metadata: Iterable[Any] = ()) -> "Kind":
        """Unwrap `Annotated` and collect what is known of the constraints."""
        found = list(metadata)
        while get_origin(annotation) is Annotated:
            annotation, *inner = get_args(annotation)
            found = [*inner, *found]
        limits: dict[str, Any] = {}
        for item in found:
            for part in item.metadata if isinstance(item, FieldInfo) else [item]:
                limits |= {name: getattr(part, name) for name in _LIMITS if getattr(part, name, None) is not None}
        return cls(annotation, limits)


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a model: the name of its field, what it takes, and whether it must be written."""

    field: str
    kind: Kind
    required: bool


_LIMITS: Final = (*_BOUNDS, "min_length", "max_length", "pattern")


def from_scalar(scalar: Scalar, kind: Kind) -> Any:
    """The value of a scalar for an annotation.

    Raises:
        ScalarRefused: it is none, with what to write.
        TypeError: an annotation that the binding does not know; a bug in the models.
    """
    bare = kind.bare
    if bare is Scalar:
        return scalar
    if bare is SafeText:
        return _text(scalar, kind)
    if bare is bool or bare is int or bare is float:
        return _number(scalar, kind)
    if bare is str:
        return _name(scalar, kind)
    return _one_of(scalar, _words(bare))


def is_scalar_kind(bare: Any) -> bool:
    """True for the annotations of `from_scalar`."""
    if bare in (Scalar, SafeText, bool, int, float, str) or get_origin(bare) is Literal:
        return True
    return isinstance(bare, type) and issubclass(bare, Enum)


def _text(scalar: Scalar, kind: Kind) -> SafeText:
    if scalar.is_nothing:
        raise ScalarRefused(Schema.SHAPE, "Write a text after the colon.", expected="a text", found="nothing")
    try:
        return SafeText.clean(scalar.text, kind.limits.get("max_length", TEXT_CHARS))
    except TextRefused as refused:
        raise ScalarRefused(Schema.TEXT_REFUSED, why=refused) from None


def _number(scalar: Scalar, kind: Kind) -> bool | int | float:
    code = {bool: Schema.NOT_TRUE_OR_FALSE, int: Schema.NOT_WHOLE}.get(kind.bare, Schema.NOT_A_NUMBER)
    try:
        if kind.bare is bool:
            return boolean(scalar)
        number = whole(scalar) if kind.bare is int else decimal(scalar)
    except NumberRefused as refused:
        said = {"suggestion": refused.suggestion, "instead": refused.instead}
        raise ScalarRefused(code, refused.help, **said) from None
    if not _in_range(number, kind.limits):
        raise ScalarRefused(Schema.OUT_OF_RANGE, value=quoted(scalar.text), range=_range(kind.limits))
    return number


def _in_range(number: float, limits: Mapping[str, Any]) -> bool:
    return bool(
        ("ge" not in limits or number >= limits["ge"])
        and ("gt" not in limits or number > limits["gt"])
        and ("le" not in limits or number <= limits["le"])
        and ("lt" not in limits or number < limits["lt"])
    )


def _range(limits: Mapping[str, Any]) -> str:
    if "ge" in limits and "le" in limits:
        return f"{limits['ge']:.15g} to {limits['le']:.15g}"
    return " and ".join(f"{word} {limits[name]:.15g}" for name, word in _BOUNDS.items() if name in limits)


def _name(scalar: Scalar, kind: Kind) -> str:
    pattern, text = re.compile(kind.limits.get("pattern", NAME)), scalar.text
    if pattern.fullmatch(text) and not text.endswith("\n"):
        return text
    parts = ".".join(slug(part, 64) for part in text[:NAME_CHARS].split("."))
    meant = parts if pattern.fullmatch(parts) else slug(text, 64)
    help = "Use a-z, 0-9, _ and -, at most 64 of them." + (f" Write {meant}." if meant else "")
    raise ScalarRefused(Schema.NOT_AN_ID, help, suggestion=meant, text=quoted(text))


def _words(bare: Any) -> dict[str, Any]:
    """The words of a Literal or an Enum, with the value of each."""
    if get_origin(bare) is Literal:
        return {str(option): option for option in get_args(bare)}
    if isinstance(bare, type) and issubclass(bare, Enum):
        return {str(option.value): option for option in bare}
    raise TypeError(f"the binding does not know {bare!r}")


def _one_of(scalar: Scalar, words: dict[str, Any]) -> Any:
    text = scalar.text
    if text in words and (scalar.plain or isinstance(words[text], str | Enum)):
        return words[text]
    near = nearest(text, words) or ""
    found = f"{quoted(text)} is not possible here" if text else "expected a word, found nothing"
    safe = is_slip(text, near)
    raise ScalarRefused(Schema.UNKNOWN_WORD, allowed_words(words, "Possible"), meant=near, safe=safe, found=found)
