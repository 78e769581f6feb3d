"""Opening a scenario: bytes, trees, models, rules, digests. The one way in for files and for journals."""

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from tpmsim.core.conditions import Expr, Names
from tpmsim.core.rules import Rules
from tpmsim.errors import InputRefused
from tpmsim.scenario.binding import Bound, bind
from tpmsim.scenario.compiler import Compiler
from tpmsim.scenario.defaults import completed
from tpmsim.scenario.diagnostics import Diagnostic, in_order
from tpmsim.scenario.digests import digest, text_digest
from tpmsim.scenario.schema import Scenario
from tpmsim.scenario.source import member, members, read_bytes
from tpmsim.scenario.upgrade import brought_up, refuse_newer, remarks
from tpmsim.scenario.words import FILE, Words, read_words, translated
from tpmsim.scenario.yaml_reader import Document, read
from tpmsim.text import QUOTED_CHARS, shown_path

SCENARIO_FILE = "scenario.yaml"

KEPT = 16
"""Scenarios that are kept in memory once they were read."""


def own_file(path: Path) -> Path:
    """The file of a scenario that is named by it, or by its folder."""
    return path / SCENARIO_FILE if os.path.isdir(path) else path


@dataclass(frozen=True, slots=True)
class Loaded:
    """A scenario that can be played.

    Attributes:
        scenario: as written, completed by the defaults; the source of all words.
        rules: what the core plays.
        files: its files by name, as they go into journals.
        digest: of everything but texts and comments; a run depends on nothing else.
        text_digest: of texts too.
        warnings: findings that do not keep it from being played.
        guide: the conditions of the words of the guide, by their ids.
        names: what its conditions can read.
        words: texts in other languages, by language.
    """

    scenario: Scenario
    rules: Rules
    files: Mapping[str, bytes]
    digest: str
    text_digest: str
    warnings: tuple[Diagnostic, ...]
    guide: Mapping[str, Expr]
    names: Names
    words: Mapping[str, Words] = field(default_factory=dict)

    @property
    def data(self) -> bytes:
        """The bytes of its own file, on which alone the rules depend."""
        return self.files[SCENARIO_FILE]

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages in which it can be played, its own first."""
        return (self.scenario.language, *self.words)

    def spoken(self, language: str) -> "Loaded":
        """The same with its texts in another language, as far as they are there; itself where there are none."""
        words = self.words.get(language)
        return self if words is None else replace(self, scenario=translated(self.scenario, words.texts))


@dataclass(frozen=True, slots=True)
class Examined:
    """What is found in the file of a scenario, whether or not it can be played.

    Attributes:
        bound: the file as a model, with stand-ins where it has faults.
        compiler: what was made of it, completed by the defaults.
        rules: what the core plays; None if there is an error.
        findings: of all layers up to the one that keeps it from being played.
    """

    bound: Bound[Scenario]
    compiler: Compiler
    rules: Rules | None
    findings: tuple[Diagnostic, ...]


def load(path: Path) -> Loaded:
    """Open a scenario file, or the folder it is in with the files of words beside it.

    Raises:
        InputRefused: with every finding, each with its place.
    """
    return parse(*opened(path))


def opened(path: Path, shown: int = QUOTED_CHARS, beside: Collection[str] = ()) -> tuple[dict[str, bytes], str]:
    """The files of a scenario by name, and the first of them as it may be shown.

    Args:
        path: of its own file, or of its folder.
        shown: how many characters of the path.
        beside: names of other files of the folder that are wanted, too, if they are there.

    Raises:
        InputRefused: one of them cannot be read.
    """
    if not os.path.isdir(path):
        return {SCENARIO_FILE: read_bytes(path)}, shown_path(str(path), shown)
    file = member(path, SCENARIO_FILE)
    files = {SCENARIO_FILE: read_bytes(file, follow_links=False)}
    for name in members(path):
        if FILE.fullmatch(name) or name in beside:
            files[name] = read_bytes(member(path, name), follow_links=False)
    return files, shown_path(str(file), shown)


def parse(files: bytes | Mapping[str, bytes], file: str = "") -> Loaded:
    """Make a playable scenario of its files.

    Args:
        files: the files by name, or just the bytes of the scenario's own.
        file: the scenario's own as it may be shown.

    Raises:
        InputRefused: with every finding, each with its place.
    """
    named = {SCENARIO_FILE: files} if isinstance(files, bytes) else dict(files)
    return _spotless(tuple(sorted(named.items()))) or playable(examine(named[SCENARIO_FILE], file), named, file)


@lru_cache(maxsize=KEPT)
def _spotless(named: tuple[tuple[str, bytes], ...]) -> Loaded | None:
    """A scenario of which there is nothing to be said, so that its name does not matter; None of any other.

    Reading takes most of a second, and the same bytes come again and again: every run file has its scenario in it.
    """
    files = dict(named)
    try:
        loaded = playable(examine(files[SCENARIO_FILE]), files)
    except InputRefused:
        return None
    return None if loaded.warnings else loaded


def playable(examined: Examined, files: Mapping[str, bytes], file: str = "") -> Loaded:
    """A scenario that was examined, with the texts in other languages among its files.

    Raises:
        InputRefused: with every finding, each with its place.
    """
    given = {name: data for name, data in files.items() if name == SCENARIO_FILE or FILE.fullmatch(name)}
    scenario, rules = examined.compiler.scenario, examined.rules
    if rules is None:
        raise InputRefused(examined.findings)
    words, findings = spoken_words(given, file, scenario)
    if any(one.is_error for one in findings):
        raise InputRefused(findings)
    return Loaded(
        scenario,
        rules,
        given,
        digest(scenario),
        text_digest(scenario, words),
        in_order([*examined.findings, *findings]),
        examined.compiler.conditions.guide,
        examined.compiler.names,
        words,
    )


def examine(data: bytes, file: str = "") -> Examined:
    """Look at the file of a scenario, through all layers that its faults leave to be looked at.

    Raises:
        InputRefused: it is no YAML that is read here.
        NewerFormat: it was written for a later version.
    """
    return examine_tree(read(data, file), file)


def examine_tree(document: Document, file: str = "") -> Examined:
    """The same for a file that was read already."""
    refuse_newer(document.root, file)
    bound = bind(brought_up(document.root), Scenario, file)
    compiler = Compiler(completed(bound.draft), bound.positions, file, bound.broken)
    rules = compiler.rules()
    found = [*document.warnings, *remarks(document.root, file), *bound.findings, *compiler.findings]
    sound = not any(one.is_error for one in found)
    return Examined(bound, compiler, rules if sound else None, in_order(found))


def spoken_words(
    files: Mapping[str, bytes], file: str, scenario: Scenario
) -> tuple[dict[str, Words], tuple[Diagnostic, ...]]:
    """The texts in other languages, and what is found in their files.

    Raises:
        InputRefused: one of them is no YAML that is read here.
    """
    words, findings = dict[str, Words](), list[Diagnostic]()
    for name in sorted(files):
        if match := FILE.fullmatch(name):
            shown = f"{file.removesuffix(SCENARIO_FILE)}{name}"
            read_one = read_words(files[name], shown, match[1], scenario)
            words[match[1]] = read_one.words
            findings.extend(read_one.findings)
    return words, tuple(findings)
