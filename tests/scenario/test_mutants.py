"""Case Y10, taken further: every key of every shipped scenario misspelt in turn, every reference broken in turn, every
value out of range in turn. Each gives exactly one finding, in its place, with what was meant where that can be said.

The trees of the files are changed, not their text: a scalar keeps its place. That places are right in the text, too, is
what `test_compiler` and the examples of the codes show.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_origin

import pytest

from chosen import scenarios
from tpmsim.scenario.binding_scalars import Kind
from tpmsim.scenario.condition_tokens import tokens_of
from tpmsim.scenario.diagnostics import Diagnostic
from tpmsim.scenario.loading import examine_tree
from tpmsim.scenario.nodes import Mapping, Node, Scalar
from tpmsim.scenario.nodes import Sequence as Items
from tpmsim.scenario.positions import Path as Place
from tpmsim.scenario.schema import Scenario
from tpmsim.scenario.yaml_reader import Document, read
from tpmsim.text import SafeText

SHIPPED = {path.parent.name: path for path in sorted(Path(__file__).parents[2].glob("scenarios/*/scenario.yaml"))}
EVERY = 20
"""One slip of so many is tried alone in the short suite, every one in the long runs."""

TOGETHER = 20
"""Slips tried at a time."""

REFERENCES = ("worth", "strengths", "serves", "goals", "influences", "then", "lines")
"""Mappings whose keys are not chosen there: ids, names and words that exist already."""

NAMED_ONCE = ("id", "language")
"""Words that nothing else refers to."""


@dataclass(frozen=True)
class Mutant:
    """One slip: where the scalar stands, what it becomes, and what must be found.

    Attributes:
        codes: one of these is found; none of them means that nothing at all may be.
        column: where, if not at the scalar itself.
        meant: what must be suggested; None where nothing can be.
    """

    path: Place
    scalar: Scalar
    text: str
    codes: tuple[str, ...]
    meant: str | None
    column: int = 0


@cache
def document(slug: str) -> Document:
    return read(SHIPPED[slug].read_bytes(), slug)


def doubled(text: str) -> str:
    return text + text[-1]


# What can be misspelt, and what must come of it


def keys_of(node: Node, kind: Kind, path: Place) -> Iterator[Mutant]:
    """Keys of models are keys; keys of some mappings are references; the others are ids that the author chose."""
    if isinstance(node, Mapping):
        is_model = get_origin(kind.bare) is None
        for key, _ in node.entries:
            place = (*path, key.text)
            if is_model:
                yield Mutant(place, key, doubled(key.text), ("TPM201",), key.text)
            elif path[-1] in REFERENCES:
                yield Mutant(place, key, doubled(key.text), ("TPM303", "TPM208"), key.text)
            if not is_model and key.text[0].isalpha():
                yield Mutant(place, key, key.text.capitalize(), ("TPM208", "TPM209"), key.text)


def values_of(scalar: Scalar, kind: Kind, path: Place) -> Iterator[Mutant]:
    if kind.bare in (int, float):
        code = "TPM204" if kind.bare is int else "TPM205"
        yield Mutant(path, scalar, "lots", (code,), None)
        low, high = (next((kind.limits[name] for name in pair if name in kind.limits), None) for pair in BOUNDS)
        yield from (Mutant(path, scalar, f"{edge:.0f}", ("TPM207",), None) for edge in beyond(low, high))
    elif kind.bare is bool:
        yield Mutant(path, scalar, "maybe", ("TPM206",), None)
    elif get_origin(kind.bare) is Literal and path[-1] != "format":
        yield Mutant(path, scalar, doubled(scalar.text), ("TPM208",), scalar.text)
    elif kind.bare is SafeText:
        yield Mutant(path, scalar, "a" * 4_001, ("TPM210",), None)
    elif kind.bare is str and path[-1] not in NAMED_ONCE:
        yield Mutant(path, scalar, doubled(scalar.text), ("TPM303",), scalar.text)
        if scalar.text[0].isalpha():
            yield Mutant(path, scalar, scalar.text.capitalize(), ("TPM209",), scalar.text)
    elif kind.bare is Scalar:
        yield from conditions_of(scalar, path)


BOUNDS = (("ge", "gt"), ("le", "lt"))


def beyond(low: float | None, high: float | None) -> Iterator[float]:
    if low is not None:
        yield low - 1
    if high is not None:
        yield high + 1


def conditions_of(scalar: Scalar, path: Place) -> Iterator[Mutant]:
    """Each name and each word misspelt, and one operator too many."""
    for token in tokens_of(scalar.text)[:-1]:
        if token.kind == "name":
            end = token.start + len(token.text)
            text = scalar.text[:end] + scalar.text[end - 1] + scalar.text[end:]
            codes = ("TPM301", "TPM302")
            yield Mutant(path, scalar, text, codes, token.text, scalar.place(token.start)[1])
    yield Mutant(path, scalar, f"{scalar.text} and", ("TPM221",), None, scalar.place(len(scalar.text) + 4)[1])


def walk(node: Node, kind: Kind, path: Place = ()) -> Iterator[Mutant]:
    """Every mutant of a tree."""
    kind = member(node, kind)
    yield from keys_of(node, kind, path)
    if isinstance(node, Scalar) and path and not node.is_nothing:
        yield from values_of(node, kind, path)
    elif isinstance(node, Mapping):
        for key, part in node.entries:
            inner = kind.parts[1] if get_origin(kind.bare) is dict else kind.keys[key.text].kind
            assert inner is not None
            yield from walk(part, inner, (*path, key.text))
    elif isinstance(node, Items):
        assert kind.parts[0] is not None
        for place, item in enumerate(node.items):
            yield from walk(item, kind.parts[0], (*path, place))


def member(node: Node, kind: Kind) -> Kind:
    """The member of a union that a node of this shape is read as."""
    members = [one for one in kind.parts if one is not None and one.bare is not type(None)]
    if get_origin(kind.bare) in (dict, tuple, Literal) or not members:
        return kind
    models = [one for one in members if get_origin(one.bare) is None and hasattr(one.bare, "model_fields")]
    return models[0] if isinstance(node, Mapping) and models else members[0]


# The mutated tree


def changed(node: Node, scalar: Scalar, text: str) -> Node:
    """The tree with another text for one scalar."""
    if node is scalar:
        return replace(scalar, text=text)
    if isinstance(node, Mapping):
        entries = tuple((changed(key, scalar, text), changed(part, scalar, text)) for key, part in node.entries)
        return replace(node, entries=entries)
    if isinstance(node, Items):
        return replace(node, items=tuple(changed(item, scalar, text) for item in node.items))
    return node


def found(slug: str, *slips: Mutant) -> tuple[Diagnostic, ...]:
    whole = document(slug)
    root: Any = whole.root
    for mutant in slips:
        root = changed(root, mutant.scalar, mutant.text)
    return examine_tree(replace(whole, root=root), slug).findings


@cache
def mutants(slug: str) -> tuple[Mutant, ...]:
    return tuple(walk(document(slug).root, Kind.of(Scenario)))


def check(told: Sequence[Diagnostic], slips: Sequence[Mutant]) -> None:
    """Each slip has its finding, and there is no other."""
    left = list(told)
    for mutant in slips:
        what = f"{'.'.join(map(str, mutant.path))} = {mutant.text[:80]}: {[one.short() for one in told]}"
        place = (mutant.scalar.line, mutant.column or mutant.scalar.column)
        here = [one for one in left if (one.line, one.column) == place]
        assert len(here) == 1, what
        assert here[0].code in mutant.codes, what
        if mutant.meant is not None:
            assert here[0].suggestion == mutant.meant, what
        left.remove(here[0])
    assert not left, [one.short() for one in left]


@pytest.mark.parametrize("slug", scenarios())
def test_a_slip_is_one_finding_in_its_place_with_what_was_meant(slug: str) -> None:
    for mutant in mutants(slug)[::EVERY]:
        check(found(slug, mutant), [mutant])


def test_a_slip_where_a_stage_leads_is_one_finding() -> None:
    """The stage that was meant is then reached from nowhere; nothing is wrong with that one."""
    slips = [one for one in mutants("ninety-percent-done") if one.path[0] == "lifecycle" and one.meant == "build"]
    assert slips
    for mutant in slips[:1]:
        check(found("ninety-percent-done", mutant), [mutant])


@pytest.mark.soak
@pytest.mark.parametrize("slug", SHIPPED)
def test_each_slip_alone_is_one_finding_in_its_place_with_what_was_meant(slug: str) -> None:
    for mutant in mutants(slug):
        check(found(slug, mutant), [mutant])


@pytest.mark.parametrize("part", range(TOGETHER))
@pytest.mark.parametrize("slug", scenarios())
def test_many_slips_in_one_file_are_each_one_finding(slug: str, part: int) -> None:
    """All slips, some of them at a time: none hides another, none is told twice."""
    groups = -(-len(mutants(slug)) // TOGETHER)
    for start in range(part, groups, TOGETHER):
        slips = without_neighbours(mutants(slug)[start::groups])
        check(found(slug, *slips), slips)


def without_neighbours(slips: Sequence[Mutant]) -> list[Mutant]:
    """The slips but for those that share a scalar, or a part of the file, with an earlier one."""
    kept: list[Mutant] = []
    for one in slips:
        if not any(one.path[: len(other.path)] == other.path for other in kept):
            kept.append(one)
    return kept


def test_there_are_thousands() -> None:
    kinds = Counter(mutant.codes[0] for slug in SHIPPED for mutant in mutants(slug))
    assert sum(kinds.values()) > 3_000
    assert min(kinds[code] for code in ("TPM201", "TPM205", "TPM207", "TPM208", "TPM301", "TPM303")) > 30


# Ids, misspelt where they are declared


DECLARED = (
    *(("market", "segments"), ("market", "rivals"), ("needs",), ("features",), ("stakeholders",), ("cards",)),
    ("instruments",),
)


def ids_of(slug: str) -> Iterator[tuple[Place, Scalar]]:
    for path in DECLARED:
        node: Node = document(slug).root
        for step in path:
            assert isinstance(node, Mapping)
            node = next((part for key, part in node.entries if key.text == step), Mapping((), 1, 1))
        assert isinstance(node, Mapping)
        yield from (((*path, key.text), key) for key, _ in node.entries)


@pytest.mark.parametrize("slug", scenarios())
def test_an_id_misspelt_where_it_is_declared_is_at_most_one_finding(slug: str) -> None:
    """One that is used twice or more is found where it is declared; one that is used once, where it is used."""
    at_home = 0
    for path, key in ids_of(slug):
        told = found(slug, Mutant(path, key, doubled(key.text), (), key.text))
        what = f"{'.'.join(map(str, path))}: {[one.short() for one in told]}"
        assert len(told) <= 1, what
        if told and told[0].code == "TPM305":
            at_home += 1
            assert (told[0].line, told[0].column, told[0].suggestion) == (key.line, key.column, key.text), what
        elif told:
            assert told[0].suggestion.replace(doubled(key.text), key.text) != told[0].suggestion, what
    assert at_home > 10
