"""Mending a file by what its findings suggest, where that can never change what is meant.

A misspelt key whose right name is missing, a number in quotes, `yes` for `true`, a key of an older format: such a slip
has one reading. Everything else is left to the author. A file is only changed if it is better for it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tpmsim.errors import InputRefused
from tpmsim.scenario.codes import Schema, Yaml
from tpmsim.scenario.diagnostics import Diagnostic
from tpmsim.scenario.edits import Edit, edited, of_scalar, scalars
from tpmsim.scenario.nodes import Mapping
from tpmsim.scenario.upgrade import upgrades
from tpmsim.scenario.yaml_reader import read

ROUNDS = 5
"""Mending a slip can show the next one, but not for ever."""

Look = Callable[[bytes], Sequence[Diagnostic]]


@dataclass(frozen=True, slots=True)
class Mended:
    """A file that was mended.

    Attributes:
        data: its bytes, those of before where nothing could be done.
        count: how many findings are gone.
    """

    data: bytes
    count: int


def mended(data: bytes, look: Look) -> Mended:
    """Mend a file as far as it can be done without asking.

    Args:
        data: its bytes.
        look: gives its findings.
    """
    first = found = look(data)
    for _ in range(ROUNDS):
        edits = list(_edits(data, found))
        if not edits:
            break
        better = edited(data.decode("utf-8"), edits).encode()
        after = look(better)
        if len(after) >= len(found):
            break
        data, found = better, after
    return Mended(data, len(first) - len(found))


def _edits(data: bytes, findings: Sequence[Diagnostic]) -> Iterator[Edit]:
    controls = [one for one in findings if one.code == Yaml.CONTROL_CHARACTER.id]
    yield from (Edit(one.line, one.column, 1, "") for one in controls if one.line and one.column)
    if controls:
        return
    try:
        root = read(data).root
    except (InputRefused, UnicodeDecodeError):
        return
    yield from _written(root, findings)


def _written(root: Mapping, findings: Sequence[Diagnostic]) -> Iterator[Edit]:
    """The suggestions of findings, and the new names of old keys."""
    places = {(scalar.line, scalar.column): scalar for scalar in scalars(root)}
    for one in findings:
        scalar = places.get((one.line or 0, one.column or 0))
        edit = of_scalar(scalar, one.suggestion) if scalar is not None and one.safe else None
        if edit is not None:
            yield edit
    if any(one.code in (Schema.OLD_KEY.id, Schema.OLD_FORMAT.id) for one in findings):
        yield from upgrades(root)
