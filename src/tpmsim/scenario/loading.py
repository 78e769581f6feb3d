"""Opening a scenario: bytes, tree, model, rules, and its two digests. The one way in for files and for journals."""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tpmsim.core.conditions import Expr
from tpmsim.core.rules import Rules
from tpmsim.errors import InputRefused
from tpmsim.scenario.binding import bind
from tpmsim.scenario.compiler import Compiler
from tpmsim.scenario.condition_parser import parse_condition
from tpmsim.scenario.defaults import completed
from tpmsim.scenario.diagnostics import Diagnostic, in_order
from tpmsim.scenario.names import Ids, names
from tpmsim.scenario.nodes import Scalar
from tpmsim.scenario.schema import Model, Scenario
from tpmsim.scenario.source import member, read_bytes
from tpmsim.scenario.yaml_reader import read
from tpmsim.text import SafeText, shown_path

SCENARIO_FILE = "scenario.yaml"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A scenario that can be played.

    Attributes:
        scenario: as written, completed by the defaults; the source of all words.
        rules: what the core plays.
        data: the bytes of its file, as they go into journals.
        digest: of everything but texts and comments; a run depends on nothing else.
        text_digest: of texts too.
        warnings: findings that do not keep it from being played.
    """

    scenario: Scenario
    rules: Rules
    data: bytes
    digest: str
    text_digest: str
    warnings: tuple[Diagnostic, ...]


def load(path: Path) -> Loaded:
    """Open a scenario file, or the folder it is in.

    Raises:
        InputRefused: with every finding, each with its place.
    """
    if os.path.isdir(path):
        file = member(path, SCENARIO_FILE)
        return parse(read_bytes(file, follow_links=False), shown_path(str(file)))
    return parse(read_bytes(path), shown_path(str(path)))


def parse(data: bytes, file: str = "") -> Loaded:
    """Make a playable scenario of the bytes of its file.

    Raises:
        InputRefused: with every finding, each with its place.
    """
    document = read(data, file)
    bound = bind(document.root, Scenario, file)
    scenario = completed(bound.require())
    compiler = Compiler(scenario, bound.positions, file)
    rules = compiler.rules()
    if rules is None:
        raise InputRefused(in_order([*compiler.findings, *bound.findings]))
    warnings = in_order([*document.warnings, *bound.findings])
    return Loaded(scenario, rules, data, _digest(scenario, texts=False), _digest(scenario, texts=True), warnings)


def guide(loaded: Loaded) -> Mapping[str, Expr]:
    """The conditions of the words of the guide, by their ids; `parse` has found nothing wrong with them."""
    rules = loaded.rules
    cards = tuple(card.id for card in rules.cards)
    table = names(
        Ids(
            rules.segments,
            rules.needs,
            rules.features,
            rules.stakeholders,
            rules.rivals,
            rules.stages,
            rules.profiles,
            cards,
        )
    )
    parsed = {name: parse_condition(hint.when, table).expr for name, hint in loaded.scenario.guide.items()}
    return {name: expr for name, expr in parsed.items() if expr is not None}


def _digest(scenario: Scenario, texts: bool) -> str:
    """SHA-256 over the scenario with its defaults; formatting and comments do not matter, the order of ids does."""
    plain = json.dumps(_plain(scenario, texts), sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()[:32]


def _counts(value: Model, name: str) -> bool:
    """Whether a key goes into digests: the younger ones only if they say something, so that older runs still open."""
    return name not in value.later or getattr(value, name) != type(value).model_fields[name].default


def _plain(value: Any, texts: bool) -> Any:
    """The value as JSON; numbers by their shortest exact text, left-out texts as null."""
    if isinstance(value, Model):
        return {name: _plain(getattr(value, name), texts) for name in type(value).model_fields if _counts(value, name)}
    if isinstance(value, SafeText):
        return value.plain() if texts else None
    if isinstance(value, Scalar):
        return " ".join(value.text.split())
    if isinstance(value, Mapping):
        return [[key, _plain(one, texts)] for key, one in value.items()]
    if isinstance(value, tuple | list):
        return [_plain(one, texts) for one in value]
    return repr(float(value)) if isinstance(value, int | float) and not isinstance(value, bool) else value
