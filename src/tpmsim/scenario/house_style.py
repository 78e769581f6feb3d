"""The house style of scenario files: the same content, keys in the order of the models, comments kept.

Two blanks a level; one blank line between sections; lines of at most 120 characters where a text can be broken; quotes
only where they are needed; a map or a list stays on one line if it was and fits. A file that would not mean exactly
the same afterwards is not touched. Not here: how values are written (`house_style_values`), where comments go
(`house_style_comments`), and the files themselves (`tpmsim fmt`).
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from tpmsim.errors import InputRefused
from tpmsim.scenario.binding_scalars import Kind
from tpmsim.scenario.house_style_comments import notes_of, with_notes
from tpmsim.scenario.house_style_values import (
    in_order_of,
    is_model,
    kind_of_item,
    kind_of_key,
    looks_like_a_value,
    written,
)
from tpmsim.scenario.loading import parse
from tpmsim.scenario.nodes import Mapping, Node, Scalar
from tpmsim.scenario.schema import Scenario
from tpmsim.scenario.yaml_reader import read


@dataclass(frozen=True, slots=True)
class Styled:
    """What came of a file.

    Attributes:
        data: the file in house style; as it was, if it is left alone.
        problem: why it is left alone; empty if it is not.
    """

    data: bytes
    problem: str = ""


def house_style(data: bytes, file: str = "", model: type[BaseModel] | None = Scenario) -> Styled:
    """Put a file in house style.

    Args:
        data: the bytes of the file.
        file: its name as it may be shown.
        model: what the file holds; None if that is not known, then keys stay in their order.

    Raises:
        InputRefused: our reader does not accept the file.
    """
    document = read(data, file)
    if document.warnings:
        return Styled(data, "it has control characters; delete them first")
    text = data.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    kind = Kind(model or Any, {})
    notes = notes_of(text, document.root)
    bare = written(text, document.root, kind)
    made = with_notes(bare, read(bare.encode(), file).root, notes)
    after = made.encode()
    problem = "" if after == data else _difference(data, after, file, model)
    return Styled(data, problem) if problem else Styled(after)


def _difference(before: bytes, after: bytes, file: str, model: type[BaseModel] | None) -> str:
    """What would be lost; empty if nothing is."""
    kind = Kind(model or Any, {})
    try:
        old, new = read(before, file).root, read(after, file).root
    except InputRefused:
        return "it could not be read afterwards"
    if _content(old, kind) != _content(new, kind):
        return "a value would not be the same"
    if _comments(before, old) != _comments(after, new):
        return "a comment would be lost"
    if model is Scenario and _digests(before) != _digests(after):
        return "its digest would change"
    return ""


def _content(node: Node, kind: Kind) -> Any:
    """The tree without its places; the keys of a model in one order."""
    if isinstance(node, Scalar):
        return node.text, node.plain and looks_like_a_value(node.text)
    if isinstance(node, Mapping):
        entries = [(key.text, _content(value, kind_of_key(kind, key.text))) for key, value in in_order_of(node, kind)]
        return "map", sorted(entries) if is_model(kind.bare) else entries
    return "list", [_content(item, kind_of_item(kind)) for item in node.items]


def _comments(data: bytes, root: Mapping) -> Counter[str]:
    text = data.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    return Counter(notes_of(text, root).comments())


def _digests(data: bytes) -> tuple[str, str] | None:
    """The digests of a scenario that can be played."""
    try:
        loaded = parse(data)
    except InputRefused:
        return None
    return loaded.digest, loaded.text_digest
