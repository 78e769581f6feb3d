"""All that can be found in a scenario without playing it: five layers, and the files beside it.

YAML, schema, references and logic keep a scenario from being played; conditions that can never hold, craft, and texts
in other languages are looked at here only. Each layer looks at what the one before left sound. Not here: printing
(`rendering`), and what only many runs can show.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from tpmsim.errors import InputRefused
from tpmsim.scenario import craft, craft_texts, logic_conditions, published
from tpmsim.scenario.codes import NOTE
from tpmsim.scenario.diagnostics import Diagnostic, in_order
from tpmsim.scenario.faults import Fault, located
from tpmsim.scenario.files import TESTS, is_read
from tpmsim.scenario.loading import SCENARIO_FILE, Examined, Loaded, examine, opened, playable
from tpmsim.scenario.path_reading import read_tests
from tpmsim.scenario.positions import Positions, dotted
from tpmsim.scenario.references import unknown_policies
from tpmsim.scenario.schema import Scenario
from tpmsim.scenario.source import is_member, read_bytes, unread
from tpmsim.scenario.words import FILE, read_words, translated

EVERYTHING = 4_096
"""Characters of a path that are shown: all of them, as editors and reports are to find the file."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a scenario.

    Attributes:
        file: its own file, as it may be shown.
        findings: by file and place.
        files: the bytes of its files by the names in the findings.
        loaded: the scenario; None if it cannot be played.
        examined: the layers that were looked at; None if it is no YAML that is read here.
    """

    file: str
    findings: tuple[Diagnostic, ...]
    files: Mapping[str, bytes]
    loaded: Loaded | None
    examined: Examined | None

    @property
    def refused(self) -> bool:
        """Whether it cannot be played."""
        return self.loaded is None

    @property
    def sound(self) -> bool:
        """Whether there is nothing but advice."""
        return not self.refused and all(one.severity == NOTE for one in self.findings)

    def placed(self, faults: Iterable[Fault]) -> tuple[Diagnostic, ...]:
        """Findings of another origin, such as measurements over many runs, put where the author wrote what they mean.

        Raises:
            ValueError: the file could not be read, so nothing in it has a place.
        """
        if self.examined is None:
            raise ValueError(f"{self.file} has no places")
        return in_order(located(one, self.examined.bound.positions, self.file) for one in faults)


def check(path: Path, policies: Collection[str] = ()) -> Checked:
    """Look at a scenario file, or at the folder it is in with the files beside it.

    Args:
        path: of the file or the folder.
        policies: names of those who can play, in scripted paths and for the balance.

    Raises:
        InputRefused: there is no such file, or it cannot be read.
    """
    files, file = opened(path, EVERYTHING, (published.FILE,))
    result = _with_policies(checked(files, file), policies)
    if result.loaded is None or not path.is_dir():
        return result
    found = [*unread(path, is_read), *unread(path / TESTS, is_member)]
    try:
        found += read_tests(path, result.loaded.rules, result.loaded.names, policies, EVERYTHING).warnings
    except InputRefused as refused:
        found += _diagnostics(refused)
    listed = {one.file for one in found}
    tests = {name: read_bytes(name, follow_links=False) for name in listed if Path(name).is_file()}
    return replace(result, findings=in_order([*result.findings, *found]), files={**result.files, **tests})


def _with_policies(result: Checked, policies: Collection[str]) -> Checked:
    """What is found once it is known who can play: clauses of the contract about nobody."""
    if result.loaded is None or not policies:
        return result
    lost = result.placed(unknown_policies(result.loaded.scenario, policies))
    return replace(result, findings=in_order([*result.findings, *lost]))


def checked(files: Mapping[str, bytes], file: str) -> Checked:
    """The same for files that were read already, by their names in the folder."""
    folder = file.removesuffix(SCENARIO_FILE)
    shown = {file if name == SCENARIO_FILE else f"{folder}{name}": data for name, data in files.items()}
    try:
        examined = examine(files[SCENARIO_FILE], file)
    except InputRefused as refused:
        return Checked(file, _diagnostics(refused), shown, None, None)
    found = [*examined.findings, *_deeper(examined, file)]
    for name, data in files.items():
        if match := FILE.fullmatch(name):
            found.extend(_translation(match[1], f"{folder}{name}", data, examined.compiler.scenario))
    try:
        loaded = playable(examined, files, file)
    except InputRefused:
        loaded = None
    if loaded is not None and published.FILE in files:
        found.extend(_since(loaded, examined, files[published.FILE], file))
    return Checked(file, in_order(found), shown, loaded, examined)


def _diagnostics(refused: InputRefused) -> tuple[Diagnostic, ...]:
    return tuple(one for one in refused.findings if isinstance(one, Diagnostic))


def _since(loaded: Loaded, examined: Examined, data: bytes, file: str) -> tuple[Diagnostic, ...]:
    """What has become of what was published."""
    name, place = f"{file.removesuffix(SCENARIO_FILE)}{published.FILE}", (file, examined.bound.positions)
    try:
        return published.compared(data, name, loaded.scenario, loaded.digest, place)
    except InputRefused as refused:
        return _diagnostics(refused)


def _deeper(examined: Examined, file: str) -> Iterator[Diagnostic]:
    """What conditions can be, and craft; of a scenario with errors only what those leave to be looked at."""
    scenario, bound = examined.compiler.scenario, examined.bound
    found = list(craft.findings(scenario, examined.rules))
    if examined.rules is not None:
        found += logic_conditions.findings(scenario, examined.rules)
    for one in found:
        if _written(one, bound.positions) and not any(one.follows(path) for path in bound.broken):
            yield located(one, bound.positions, file)


def _written(found: Fault, positions: Positions) -> bool:
    """Whether the part of a fault, or what holds it, stands in the file, and does not come from the defaults."""
    return len(found.path) == 1 or any(found.path[:2] in table for table in (positions.keys, positions.values))


def _translation(language: str, file: str, data: bytes, scenario: Scenario) -> Iterator[Diagnostic]:
    """What is found in a file of words: its own faults, and texts that do not fit the screens."""
    try:
        read = read_words(data, file, language, scenario)
    except InputRefused as refused:
        yield from _diagnostics(refused)
        return
    yield from read.findings
    for one in craft_texts.texts(translated(scenario, read.words.texts)):
        name = dotted(one.path)
        if name in read.words.texts:
            yield located(replace(one, path=("texts", name)), read.positions, file)
