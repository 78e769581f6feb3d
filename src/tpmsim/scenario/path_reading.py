"""Reading the tests of a scenario: from `tests/*.yaml` to steps whose moves, policies and conditions are looked up.

The files are strangers' files like the scenario itself and go through the same reader and binding; all findings of all
files come in one go, each with its place. Not here: playing the paths (`tpmsim.lab.trial`).
"""

import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from tpmsim.core.conditions import Expr, Names
from tpmsim.core.rolls import parse_seed
from tpmsim.core.rules import Rules
from tpmsim.errors import InputRefused
from tpmsim.scenario.binding import bind
from tpmsim.scenario.codes import Code, Files, Paths
from tpmsim.scenario.codes import References as Missing
from tpmsim.scenario.condition_parser import parse_condition
from tpmsim.scenario.diagnostics import Diagnostic, allowed_words, finding, in_order, nearest
from tpmsim.scenario.files import TESTS
from tpmsim.scenario.nodes import Scalar
from tpmsim.scenario.path_steps import (
    Action,
    AlwaysHolds,
    End,
    Expect,
    Expectations,
    Make,
    Place,
    Play,
    Refused,
    ScriptedPath,
    Until,
)
from tpmsim.scenario.paths import ACTIONS, WITHIN, Path, PathsFile, Step
from tpmsim.scenario.positions import Positions
from tpmsim.scenario.source import is_link, member, members, read_bytes
from tpmsim.scenario.yaml_reader import read
from tpmsim.text import QUOTED_CHARS, quoted, shown_path
from tpmsim.text import shown as in_one_line


def read_tests(
    folder: FilePath, rules: Rules, names: Names, policies: Collection[str], shown: int = QUOTED_CHARS
) -> Expectations:
    """The tests in the folder `tests` of a scenario's folder; none if there is no such folder.

    Args:
        folder: of the scenario.
        rules: of the scenario.
        names: what its conditions can read.
        policies: names of those who can play.
        shown: characters of the paths in findings.

    Raises:
        InputRefused: with every finding of every file.
    """
    findings: list[Diagnostic] = []
    paths: list[ScriptedPath] = []
    always: list[AlwaysHolds] = []
    for file in _files(folder / TESTS):
        reader = _Reader(shown_path(str(file), shown), rules, names, policies, findings)
        try:
            reader.read(read_bytes(file, follow_links=False))
        except InputRefused as refused:
            findings += [one for one in refused.findings if isinstance(one, Diagnostic)]
        paths += reader.paths
        always += reader.always
    if any(one.is_error for one in findings):
        raise InputRefused(in_order(findings))
    return Expectations(tuple(paths), tuple(always), in_order(findings))


def _files(folder: FilePath) -> list[FilePath]:
    """The YAML files of the folder in the order of the alphabet."""
    if not os.path.isdir(folder):
        return []
    if is_link(folder):
        raise InputRefused([finding(Files.LINK, shown_path(str(folder)), name=quoted(folder.name))])
    return [member(folder, name, shown_path(str(folder))) for name in members(folder)]


@dataclass(slots=True)
class _Reader:
    """One look through a file of tests."""

    file: str
    rules: Rules
    names: Names
    policies: Collection[str]
    findings: list[Diagnostic]
    paths: list[ScriptedPath] = field(default_factory=list)
    always: list[AlwaysHolds] = field(default_factory=list)
    positions: Positions = field(default_factory=lambda: Positions({}, {}))
    rows: dict[str, int] = field(default_factory=dict)

    def read(self, data: bytes) -> None:
        """Take in the file.

        Raises:
            InputRefused: it is not YAML, or has another shape.
        """
        document = read(data, self.file)
        bound = bind(document.root, PathsFile, self.file)
        self.findings += document.warnings
        model = bound.require()
        self.findings += bound.findings
        self.positions = bound.positions
        self.rows = {move.id: row for row, move in enumerate(self.rules.moves)}
        for name, path in model.paths.items():
            self._path(name, path)
        for name, one in model.always.items():
            expr = self._condition(one.when)
            if expr is not None:
                says = one.says.plain() if one.says is not None else ""
                self.always.append(
                    AlwaysHolds(name, expr, in_one_line(one.when.text), says, self._at("always", name, "when"))
                )

    def _path(self, name: str, path: Path) -> None:
        seed = 0
        if path.seed is not None:
            try:
                seed = parse_seed(path.seed.plain())
            except ValueError:
                self._report(Paths.NO_SEED, self._at("paths", name, "seed"), text=path.seed.quoted())
        steps = [
            action
            for number, step in enumerate(path.steps)
            for action in self._step(step, "paths", name, "steps", number)
        ]
        end_place = self._at("paths", name, "ending")
        if path.ending is not None:
            endings = [one.id for one in self.rules.endings]
            self._known(Missing.UNKNOWN_ID, path.ending, endings, end_place, what="ending")
        place = Place(self.file, *self.positions.key("paths", name))
        self.paths.append(ScriptedPath(name, seed, tuple(steps), path.ending, place, end_place))

    def _step(self, step: Step, *path: str | int) -> Iterator[Action]:
        """What the step does; nothing where it was reported."""
        if not self._readable(step, self._at(*path)):
            return
        (key,) = step.actions
        place = self._at(*path, key)
        if step.move is not None:
            listed = (step.move,) if isinstance(step.move, str) else step.move
            for number, move in enumerate(listed * (step.times or 1)):
                yield from self._made(Make, move, self._at(*path, key, number % len(listed)))
        elif step.answer is not None:
            yield from self._made(Make, step.answer, place, "answer:")
        elif step.refused is not None:
            yield from self._made(Refused, step.refused, place)
        elif step.end is not None:
            yield End(place, step.end)
        elif step.play is not None:
            if self._known(Paths.NO_POLICY, step.play, self.policies, place):
                yield Play(place, step.play, step.weeks)
        elif step.until is not None:
            when = self._condition(step.until)
            if when is not None:
                yield Until(place, when, in_one_line(step.until.text), step.within or WITHIN)
        elif step.expect is not None:
            when = self._condition(step.expect)
            if when is not None:
                yield Expect(place, when, in_one_line(step.expect.text))

    def _readable(self, step: Step, place: Place) -> bool:
        help = f"Write one of: {', '.join(ACTIONS)}."
        if len(step.actions) != 1:
            found = f"a step does one thing, this one {len(step.actions)}" if step.actions else "a step without a deed"
            self._report(Paths.STEP, place, help, problem=found)
        elif step.within is not None and step.until is None:
            self._report(Paths.STEP, place, "Leave it out.", problem="'within' belongs to 'until'")
        elif step.weeks is not None and step.play is None:
            self._report(Paths.STEP, place, "Write 'end: 3' to end three weeks.", problem="'weeks' belongs to 'play'")
        elif step.times is not None and step.move is None:
            self._report(Paths.STEP, place, "Leave it out.", problem="'times' belongs to 'move'")
        else:
            return True
        return False

    def _made(
        self, kind: Callable[[Place, int], Action], move: str, place: Place, unsaid: str = ""
    ) -> Iterator[Action]:
        if self._known(Paths.NO_MOVE, move, self.rows, place, unsaid):
            yield kind(place, self.rows[unsaid + move])

    def _known(
        self, code: Code, name: str, allowed: Collection[str], place: Place, unsaid: str = "", **said: str
    ) -> bool:
        """Whether there is such a thing; `unsaid` is the part of a name that its author leaves out."""
        if unsaid + name in allowed:
            return True
        like = [one for one in allowed if one.startswith(unsaid or f"{name.partition(':')[0]}:")]
        options = [one.removeprefix(unsaid) for one in like or allowed]
        close = nearest(name, options) or nearest(name, allowed) or ""
        help = "" if close else allowed_words(options, "There are")
        self._report(code, place, help, close, name=quoted(name), id=quoted(name), **said)
        return False

    def _condition(self, text: Scalar) -> Expr | None:
        parsed = parse_condition(text, self.names, self.file)
        self.findings += parsed.findings
        return parsed.expr

    def _at(self, *path: str | int) -> Place:
        return Place(self.file, *self.positions.value(*path))

    def _report(self, code: Code, place: Place, help: str = "", meant: str = "", **said: Any) -> None:
        self.findings.append(finding(code, *place, help=help, meant=meant, **said))
