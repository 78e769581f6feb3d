"""The walk over the events of a YAML file, and the tree made of them; what grows is stopped while it grows.

Only the pure Python loader: the C library ends the process on deep input. The scanner's own hooks refuse
anchors, aliases, tags and directives before anything is made of them; nothing is ever constructed.
"""

import re
from collections.abc import Iterator
from typing import Any, Final, cast

import yaml
from yaml.events import (
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from tpmsim.scenario.codes import Yaml
from tpmsim.scenario.diagnostics import Diagnostic, finding
from tpmsim.scenario.nodes import Mapping, Node, Scalar, Sequence
from tpmsim.scenario.yaml_slips import diagnosed
from tpmsim.text import quoted

MAX_DEPTH: Final = 32
MAX_NODES: Final = 20_000
MAX_SCALAR_BYTES: Final = 16 << 10

_IMPOSSIBLE: Final = re.compile("[\0\ud800-\udfff]")


class Stopped(Exception):
    """The walk cannot go on; carries the diagnostic."""

    def __init__(self, found: Diagnostic) -> None:
        super().__init__(found)
        self.found = found


class _Loader(yaml.SafeLoader):
    """The pure Python loader, which refuses what we do not read. Only its events are used."""

    def __init__(self, text: str, file: str) -> None:
        super().__init__(text)
        self.file = file

    def stop(self, code: Yaml, **fields: Any) -> Stopped:
        return Stopped(_at(self.get_mark(), code, self.file, **fields))

    def fetch_anchor(self) -> None:
        raise self.stop(Yaml.ANCHOR)

    def fetch_alias(self) -> None:
        raise self.stop(Yaml.ANCHOR)

    def fetch_tag(self) -> None:
        raise self.stop(Yaml.TAG)

    def fetch_directive(self) -> None:
        raise self.stop(Yaml.DIRECTIVE)

    def scan_flow_scalar_non_spaces(self, double: bool, start_mark: Any) -> Any:
        try:
            return super().scan_flow_scalar_non_spaces(double, start_mark)
        except (ValueError, OverflowError):  # chr() of an escape above U+10FFFF
            raise self.stop(Yaml.IMPOSSIBLE_CHARACTER, what="an escape that means no character") from None


class TreeBuilder:
    """Makes the tree of one file; collects the keys that appear twice.

    Attributes:
        findings: what is wrong but does not stop the walk.
    """

    def __init__(self, text: str, file: str) -> None:
        self.findings: list[Diagnostic] = []
        self._file = file
        self._events = self._walk(text)
        self._nodes = 0

    def build(self) -> Node | None:
        """The root, or None when there is no document.

        Raises:
            Stopped: at the first thing that is not allowed or over a limit.
        """
        root: Node | None = None
        for event in self._events:
            if isinstance(event, DocumentStartEvent):
                if root is not None:
                    raise self._stop(event, Yaml.SECOND_DOCUMENT)
                root = self._node(next(self._events), 0)
        return root

    def _walk(self, text: str) -> Iterator[Event]:
        loader = _Loader(text, self._file)
        try:
            while loader.check_event():
                yield loader.get_event()  # type: ignore[no-untyped-call]
        except yaml.MarkedYAMLError as error:
            raise Stopped(diagnosed(error, text, self._file)) from None

    def _node(self, event: Event, depth: int) -> Node:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise self._stop(event, Yaml.TOO_MANY_VALUES, limit=f"{MAX_NODES:,}")
        if isinstance(event, ScalarEvent):
            return self._scalar(event)
        if depth >= MAX_DEPTH:
            raise self._stop(event, Yaml.TOO_DEEP, limit=MAX_DEPTH)
        if isinstance(event, MappingStartEvent):
            return self._mapping(event, depth)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(event, depth)
        raise self._stop(event, Yaml.NOT_YAML, problem="a value was expected here", since="")

    def _sequence(self, start: Event, depth: int) -> Sequence:
        items = []
        while not isinstance(event := next(self._events), SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return Sequence(tuple(items), *_place(start))

    def _mapping(self, start: Event, depth: int) -> Mapping:
        entries: dict[str, tuple[Scalar, Node]] = {}
        while not isinstance(event := next(self._events), MappingEndEvent):
            key = self._key(event)
            value = self._node(next(self._events), depth + 1)
            if key.text in entries:
                self._twice(entries[key.text][0], key)
            else:
                entries[key.text] = (key, value)
        return Mapping(tuple(entries.values()), *_place(start))

    def _key(self, event: Event) -> Scalar:
        if not isinstance(event, ScalarEvent):
            raise self._stop(event, Yaml.KEY_NOT_A_WORD)
        key = self._node(event, 0)
        if not isinstance(key, Scalar):
            raise TypeError(key)
        if key.plain and key.text == "<<":
            raise self._stop(event, Yaml.MERGE_KEY)
        return key

    def _twice(self, first: Scalar, again: Scalar) -> None:
        place = (self._file, again.line, again.column)
        self.findings.append(finding(Yaml.KEY_TWICE, *place, key=quoted(again.text), first=first.line))

    def _scalar(self, event: ScalarEvent) -> Scalar:
        text = event.value
        if _IMPOSSIBLE.search(text):
            raise self._stop(event, Yaml.IMPOSSIBLE_CHARACTER, what="NUL or half a surrogate pair")
        if len(text.encode()) > MAX_SCALAR_BYTES:
            raise self._stop(event, Yaml.LONG_VALUE, limit=f"{MAX_SCALAR_BYTES >> 10} KiB")
        line, column = _place(event)
        plain = event.style is None or event.style == ""
        return Scalar(text, plain, line, column, _indent(event, plain))

    def _stop(self, event: Event, code: Yaml, **fields: Any) -> Stopped:
        return Stopped(_at(_start(event), code, self._file, **fields))


def _indent(event: ScalarEvent, plain: bool) -> int | None:
    """Characters before the text, if the file has just the text's characters there."""
    start, end = _start(event), cast(Any, event.end_mark)
    quote = 0 if plain else 1
    as_written = start.line == end.line and end.column - start.column == len(event.value) + 2 * quote
    return quote if as_written else None


def _start(event: Event) -> Any:
    return event.start_mark


def _place(event: Event) -> tuple[int, int]:
    return (_start(event).line + 1, _start(event).column + 1)


def _at(mark: Any, code: Yaml, file: str, **fields: Any) -> Diagnostic:
    return finding(code, file, mark.line + 1, mark.column + 1, **fields)
