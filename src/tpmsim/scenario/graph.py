"""A scenario as a graph: its stages, the cards that may come in each, and what one card does to another.

Nodes are stages, cards, answers and endings. A stage leads to another by its triggers, to the cards that can come in
it, and those to their answers; an answer leads to a card or ending whose condition reads that it was given, or reads
what it remembers. Three forms: Mermaid for pages, dot for Graphviz, text for a terminal. With hits of `tpmsim test`
every node and edge says how often it was reached. Not here: how a file of hits is read.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tpmsim.core.conditions import And, Compare, Const, Expr, Or, Value, refs
from tpmsim.scenario.lifecycle import ENDED, Lifecycle, StageSpec
from tpmsim.scenario.loading import Loaded
from tpmsim.scenario.moments import Moments
from tpmsim.scenario.satisfiable import can_hold
from tpmsim.scenario.unreachable import reach
from tpmsim.text import SafeText

WORDS: Final = 34
"""Characters of a text that a node shows."""

_NOT_PLAIN: Final = re.compile(r"[^\w .,!?'()/-]")

Hits = Mapping[str, Mapping[str, int]]
"""How often something was reached, by kind (`cards`, `answers`, `endings`, `stages`) and id."""


@dataclass(frozen=True, slots=True)
class Node:
    """A stage, a card, an answer or an ending; its id is unique in the graph."""

    id: str
    kind: str
    title: str
    hits: int | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """What leads from a node to another, and by what."""

    source: str
    target: str
    by: str = ""
    hits: int | None = None


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes and edges, in the order of the scenario."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    def leaving(self, node: str) -> tuple[Edge, ...]:
        """The edges that leave a node."""
        return tuple(edge for edge in self.edges if edge.source == node)

    def node(self, node: str) -> Node:
        """The node of this id."""
        return next(one for one in self.nodes if one.id == node)


def graph(loaded: Loaded, hits: Hits | None = None) -> Graph:
    """The graph of a scenario.

    Args:
        loaded: the scenario.
        hits: how often each thing was reached, if that was counted.
    """
    drawn = _Drawn(loaded, hits)
    return Graph(tuple(drawn.nodes()), tuple(drawn.edges()))


@dataclass(slots=True)
class _Drawn:
    loaded: Loaded
    hits: Hits | None
    moments: Moments = field(init=False)

    def __post_init__(self) -> None:
        free = Moments.of(self.loaded.scenario, self.loaded.rules)
        self.moments = free.given(reach(free))

    def nodes(self) -> Iterator[Node]:
        game = self.loaded.scenario
        for stage, spec in game.lifecycle.items():
            yield Node(f"stage:{stage}", "stage", _words(spec.title))
        yield Node(f"stage:{ENDED}", "stage", "Ended")
        for name, card in game.cards.items():
            yield Node(f"card:{name}", "card", name, self._hits("cards", name))
            for answer, one in card.answers.items():
                hits = self._hits("answers", f"{name}/{answer}")
                yield Node(f"answer:{name}/{answer}", "answer", _words(one.says), hits)
        for name, ending in game.endings.items():
            yield Node(f"ending:{name}", "ending", _words(ending.title), self._hits("endings", name))

    def edges(self) -> Iterator[Edge]:
        yield from self._stages()
        for card in self.loaded.rules.cards:
            for stage in self.loaded.scenario.lifecycle:
                if self._comes_in(card.when, stage):
                    yield Edge(f"stage:{stage}", f"card:{card.id}", hits=None)
            for answer in self.loaded.scenario.cards[card.id].answers:
                hits = self._hits("answers", f"{card.id}/{answer}")
                yield Edge(f"card:{card.id}", f"answer:{card.id}/{answer}", hits=hits)
        for card in self.loaded.rules.cards:
            yield from self._leads(card.when, f"card:{card.id}")
        for ending in self.loaded.rules.endings:
            yield Edge(f"stage:{ENDED}", f"ending:{ending.id}", hits=self._hits("endings", ending.id))
            yield from self._leads(ending.when, f"ending:{ending.id}")

    def _stages(self) -> Iterator[Edge]:
        """The ways between stages, one edge for the triggers that lead the same way."""
        specs: dict[str, StageSpec] = {
            name: StageSpec(stage.go, stage.recycle, stage.sunset)
            for name, stage in self.loaded.scenario.lifecycle.items()
        }
        lifecycle = Lifecycle.build(specs)
        for stage in lifecycle.stages[:-1]:
            ways: dict[str, list[str]] = {}
            for trigger in lifecycle.triggers(stage):
                ways.setdefault(lifecycle.target(stage, trigger), []).append(trigger.name.lower())
            for target, by in ways.items():
                counts = [self._hits("stages", f"{stage}>{target} by {one}") for one in by]
                hits = sum(count or 0 for count in counts) if self.hits is not None else None
                yield Edge(f"stage:{stage}", f"stage:{target}", ", ".join(by), hits)

    def _comes_in(self, when: Expr, stage: str) -> bool:
        """Whether a card may come in a stage, as far as its condition says."""
        names = self.moments.names
        words = names["stage"].words or {}
        here = Compare("==", Value(names["stage"].ref, "stage"), Const(words[stage], stage))
        return can_hold(And((when, here)), self.moments.every_card())

    def _leads(self, when: Expr, target: str) -> Iterator[Edge]:
        """What answers and cards a condition speaks of."""
        told: set[str] = set()
        for name, word in _read(when):
            kind, _, one = name.partition(".")
            for source, by in self._sources(kind, one, word):
                if source not in told and not _same(source, target):
                    told.add(source)
                    yield Edge(source, target, by)

    def _sources(self, kind: str, one: str, word: str) -> Iterator[tuple[str, str]]:
        """The nodes that a name in a condition stands for."""
        cards = self.loaded.scenario.cards
        if kind == "answered" and word not in ("", "none") and word in cards[one].answers:
            yield f"answer:{one}/{word}", ""
        elif kind in ("answered", "since", "came", "open"):
            yield f"card:{one}", kind
        elif kind == "memory":
            for card, whole in cards.items():
                for answer, given in whole.answers.items():
                    if f"memory.{one}" in given.then:
                        yield f"answer:{card}/{answer}", one

    def _hits(self, kind: str, name: str) -> int | None:
        return None if self.hits is None else self.hits.get(kind, {}).get(name, 0)


def _same(source: str, target: str) -> bool:
    """Whether a card would lead to itself, or one of its answers to it."""
    kind, _, card = target.partition(":")
    return source == target or (kind == "card" and source.startswith(f"answer:{card}/"))


def _read(expr: Expr) -> Iterator[tuple[str, str]]:
    """The names that a condition reads, each with the word it is compared with."""
    match expr:
        case Compare("==", Value(_, name), Const(_, word)) | Compare("==", Const(_, word), Value(_, name)):
            yield name, word
        case And(parts) | Or(parts):
            for part in parts:
                yield from _read(part)
        case _:
            yield from ((value.name, "") for value in refs(expr))


def _words(text: SafeText) -> str:
    """The beginning of a text, without what any of the forms could take for its own."""
    plain = _NOT_PLAIN.sub("", " ".join(text.plain().split()))
    return plain if len(plain) <= WORDS else f"{plain[: WORDS - 3]}..."


def counted_hits(report: Mapping[str, Any]) -> Hits:
    """The hits of a report of `tpmsim test --json`, as they are drawn.

    Raises:
        ValueError: it is no such report.
    """
    kinds = report.get("hits")
    if not isinstance(kinds, dict) or not all(isinstance(one, dict) for one in kinds.values()):
        raise ValueError("no hits in it")
    return {kind: {name: _count(one) for name, one in ids.items()} for kind, ids in kinds.items()}


def _count(one: Any) -> int:
    count = one.get("count") if isinstance(one, dict) else None
    if type(count) is not int or count < 0:
        raise ValueError("a hit without a count")
    return count
