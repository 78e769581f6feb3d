"""The values of a file in house style, without its comments: order, indents, quotes, folded texts.

ruamel.yaml writes them; what is decided here is which style each value has. A style follows from the value and its
place alone, so that a file in house style stays as it is. Not here: comments and blank lines.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin

import yaml
from pydantic import BaseModel
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import (
    DoubleQuotedScalarString,
    FoldedScalarString,
    LiteralScalarString,
    SingleQuotedScalarString,
)

from tpmsim.scenario.binding_scalars import Kind
from tpmsim.scenario.nodes import Mapping, Node, Scalar, Sequence
from tpmsim.text import SafeText

WIDTH: Final = 120
STEP: Final = 2
ITEM: Final = 4
"""Characters by which an entry of a map, and an item of a list, stands further in."""

_ANY: Final = Kind(Any, {})
_UNFOLDABLE: Final = re.compile(
    r"^\s|\s$|[^\S\n ]|[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_NAME: Final = re.compile(r"[a-z][a-z0-9_-]*:[a-z0-9_./-]+")
"""Such as `interview:cafes`; in YAML 1.2 it needs no quotes on one line with others."""

_VALUE: Final = re.compile(
    r"|~|null|true|false|y|n|yes|no|on|off|[-+]?(\.?[0-9][0-9_.,:eExXoOa-f+-]*|\.inf)|\.nan|=|<<", re.IGNORECASE
)


def looks_like_a_value(text: str) -> bool:
    """Whether a reader of YAML might take the text, without quotes, for a number, a date, a truth value or nothing."""
    return _VALUE.fullmatch(text) is not None


def is_model(bare: Any) -> bool:
    """True for a model."""
    return isinstance(bare, type) and issubclass(bare, BaseModel)


def kind_of_key(kind: Kind, key: str) -> Kind:
    """What stands under a key of a map or a model, as far as that is known."""
    for bare in _members(kind):
        if get_origin(bare) is dict:
            return Kind.of(get_args(bare)[1])
        if is_model(bare):
            found = [info for name, info in bare.model_fields.items() if key == (info.alias or name)]
            return Kind.of(found[0].annotation, found[0].metadata) if found else _ANY
    return _ANY


def kind_of_item(kind: Kind) -> Kind:
    """What the items of a list are."""
    found = [bare for bare in _members(kind) if get_origin(bare) in (list, tuple)]
    return Kind.of(get_args(found[0])[0]) if found else _ANY


def in_order_of(node: Mapping, kind: Kind) -> list[tuple[Scalar, Node]]:
    """The entries of a map: of a model in its order, an unknown key after the one before it; others as they are."""
    models = [bare for bare in _members(kind) if is_model(bare)]
    if not models:
        return list(node.entries)
    ranks = {info.alias or name: rank for rank, (name, info) in enumerate(models[0].model_fields.items())}
    last, ranked = -1, []
    for entry in node.entries:
        last = ranks.get(entry[0].text, last)
        ranked.append((last, entry))
    return [entry for _, entry in sorted(ranked, key=lambda one: one[0])]


def written(text: str, root: Mapping, kind: Kind) -> str:
    """The file in house style, without comments and blank lines.

    Args:
        text: the file as it is, in which `root` has its places.
        root: its tree.
        kind: what it holds.
    """
    writer = YAML()
    writer.Resolver = _AllText
    writer.indent(mapping=STEP, sequence=ITEM, offset=STEP)
    writer.width = 1 << 20
    stream = io.StringIO()
    writer.dump(_Styles(text.split("\n")).mapping(root, kind, 0), stream)
    return stream.getvalue()


class _AllText(VersionedResolver):
    """Takes every value for a text, so that numbers and words stay written as they are."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        known = super().resolve(kind, value, implicit)
        return self.DEFAULT_SCALAR_TAG if isinstance(value, str) and value and implicit[0] else known


@dataclass(frozen=True)
class _Styles:
    """Decides the style of each value of a file.

    Attributes:
        lines: the file as it is.
    """

    lines: list[str]

    def mapping(self, node: Mapping, kind: Kind, indent: int, on_a_line: bool = False) -> CommentedMap:
        """A map; `indent` is where its keys stand."""
        made = CommentedMap()
        for key, value in in_order_of(node, kind):
            column = indent + len(_shown(key, flow=False)) + len(": ")
            made[_quoted(key, flow=on_a_line)] = self._value(
                value, kind_of_key(kind, key.text), indent, column, on_a_line
            )
        if on_a_line:
            made.fa.set_flow_style()
        return made

    def _value(self, node: Node, kind: Kind, indent: int, column: int, on_a_line: bool) -> Any:
        """The value of an entry that begins at `indent`; on its line there is room from `column` on."""
        if isinstance(node, Scalar):
            return _quoted(node, flow=True) if on_a_line else _scalar(node, kind, indent, column)
        on_a_line = on_a_line or (self._was_on_a_line(node) and column + len(_shown(node, flow=True)) <= WIDTH)
        if isinstance(node, Mapping):
            return self.mapping(node, kind, indent + STEP, on_a_line)
        made = CommentedSeq(
            self._value(item, kind_of_item(kind), indent + STEP, indent + ITEM, on_a_line) for item in node.items
        )
        if on_a_line:
            made.fa.set_flow_style()
        return made

    def _was_on_a_line(self, node: Mapping | Sequence) -> bool:
        opened = self.lines[node.line - 1][node.column - 1 : node.column] in ("{", "[")
        return opened and all(line == node.line for line in _lines(node))


def _lines(node: Node) -> Iterator[int]:
    yield node.line
    if isinstance(node, Mapping):
        for key, value in node.entries:
            yield key.line
            yield from _lines(value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _lines(item)


def _members(kind: Kind) -> list[Any]:
    """The types that a value may have."""
    union = get_origin(kind.bare) in (Union, UnionType)
    return [Kind.of(part).bare for part in (get_args(kind.bare) if union else (kind.bare,)) if part is not NoneType]


def _scalar(scalar: Scalar, kind: Kind, indent: int, column: int) -> Any:
    """A value in a block: on its line, or below it if it has lines of its own or is a text that is too long."""
    text, room = scalar.text, WIDTH - indent - ITEM
    if scalar.plain and not text:
        return None
    breakable = not _UNFOLDABLE.search(text.removesuffix("\n")) and "\n " not in text and " \n" not in text
    breakable = breakable and bool(text.strip()) and not text.endswith("\n\n")
    if "\n" not in text and (SafeText not in _members(kind) or column + len(_shown(scalar, flow=False)) <= WIDTH):
        return _quoted(scalar, flow=False)
    if not breakable:
        return DoubleQuotedScalarString(text)
    if all(len(line) <= room for line in text.split("\n")):
        return LiteralScalarString(text) if "\n" in text else _folded(text, room)
    return _folded(text, room)


def _folded(text: str, room: int) -> FoldedScalarString:
    """A text over several lines, broken between words."""
    made = FoldedScalarString(text)
    made.fold_pos, start = [], 0
    breaks = [match.start() for match in re.finditer(r"(?<=\S) (?=\S)", text)]
    for place, following in zip(breaks, [*breaks[1:], len(text)], strict=True):
        start = max(start, text.rfind("\n", 0, place) + 1)
        end = text.find("\n", place, following)
        if (following if end < 0 else end) - start > room:
            made.fold_pos.append(place)
            start = place + 1
    return made  # type: ignore[no-any-return]


def _quoted(scalar: Scalar, flow: bool) -> Any:
    """A value on one line: as it is where that can be read back, else in quotes."""
    text = scalar.text
    if scalar.plain and not text:
        return None
    if scalar.plain or not looks_like_a_value(text):
        analysis = yaml.emitter.Emitter(io.StringIO(), allow_unicode=True).analyze_scalar(text)
        if (analysis.allow_flow_plain or _NAME.fullmatch(text)) if flow else analysis.allow_block_plain:
            return text
    return SingleQuotedScalarString(text) if '"' in text and "\n" not in text else DoubleQuotedScalarString(text)


def _shown(node: Node, flow: bool) -> str:
    """How a value looks on one line, for its length."""
    if isinstance(node, Mapping):
        inner = [f"{_shown(key, flow)}: {_shown(value, flow)}" for key, value in node.entries]
        return "{" + ", ".join(inner) + "}"
    if isinstance(node, Sequence):
        return "[" + ", ".join(_shown(item, flow) for item in node.items) + "]"
    made = _quoted(node, flow)
    text = node.text
    if isinstance(made, DoubleQuotedScalarString):
        text = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    elif isinstance(made, SingleQuotedScalarString):
        text = "'" + text.replace("'", "''") + "'"
    return text
