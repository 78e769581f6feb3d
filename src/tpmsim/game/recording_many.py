"""The week records of many runs at once: of each column of a batch the bytes that `recording` gives for it alone.

A law in the tests holds the two together. A record here is a form with gaps that are filled column by column: to ask
one run of a batch after the other what could be seen would take a thousand times as long.
"""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Floats, Ints
from tpmsim.core.batch import arrays
from tpmsim.core.conditions import rows
from tpmsim.core.rules import EndedBy, Response, Rules
from tpmsim.core.state import NOBODY, Known, State

NULL = "null"
ENDED = tuple(one.name.lower() for one in EndedBy)
RESPONSES = tuple(one.name.lower() for one in Response)

Texts = Sequence[str | int]
"""What stands in one gap of the form, run by run."""


class Recorder:
    """Makes the records of a batch, week after week, and remembers the fingerprints of what has not changed since.

    Args:
        rules: the scenario.
    """

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._prints: dict[str, tuple[Any, list[str]]] = {}
        self._form = _form(rules)

    def bodies(self, week: int, after: State, numbers: Sequence[int]) -> Iterator[bytes]:
        """The canonical records of an ended week without their hashes, run by run.

        Args:
            week: that ended.
            after: the batch that it led to.
            numbers: of each run's record in its file.
        """
        prints, names = self._fingerprints(after)
        heads = ",".join(f'"{name}":"%s"' for name in names)
        form = f'{{"fp":{{{heads}}},"kind":"week","n":%d,"obs":{{{self._form}}},"week":{week}}}'
        for row in zip(*prints, numbers, *_gaps(self._rules, after.known), strict=True):
            yield (form % row).encode("ascii")

    def _fingerprints(self, state: State) -> tuple[list[list[str]], list[str]]:
        """Of each field in the order of its name, (N) hashes; and the names."""
        found = {}
        for group, field, array in arrays(state):
            name = f"{group}.{field}"
            array_before, prints = self._prints.get(name, (None, []))
            found[name] = prints if array is array_before else _hashes(array)
            self._prints[name] = (array, found[name])
        return [found[name] for name in sorted(found)], sorted(found)


def _hashes(array: Any) -> list[str]:
    """(N) what `fingerprint` gives for each column; equal columns are hashed once."""
    columns = np.moveaxis(array, -1, 0)
    plain = np.add(columns, 0.0, dtype="<f8") if array.dtype.kind == "f" else columns.astype(f"<{array.dtype.kind}8")
    data, size = plain.tobytes(), plain.nbytes // plain.shape[0]
    known: dict[bytes, str] = {}
    prints = []
    for run in range(plain.shape[0]):
        piece = data[run * size : (run + 1) * size]
        if piece not in known:
            known[piece] = hashlib.sha256(piece).hexdigest()[:12]
        prints.append(known[piece])
    return prints


# What could be seen, in the order of its canonical form


def _form(rules: Rules) -> str:
    features = ",".join(f'"{name}":[%d,%d,%d,%d,%d]' for name in sorted(rules.features))
    numbers = ",".join(f'"{one}":%d' for one in sorted(number.id for number in rules.numbers))
    people = ",".join(f'"{name}":[%d,%d,"%s",%s,%d,%d]' for name in sorted(rules.stakeholders))
    return (
        f'"beliefs":{{%s}},"cards":[%s],"ended":"%s","features":{{{features}}},"found":[%s],"gate":%d,'
        f'"numbers":{{{numbers}}},"people":{{{people}}},"problem":%s,"profile":"%s","stage":"%s","target":%s,'
        '"wave":%d,"week":%d'
    )


def _gaps(rules: Rules, known: Known) -> Iterator[Texts]:
    """The gaps of the form, in its order."""
    yield _beliefs(rules, known)
    yield _joined([card.id for card in rules.cards], known.open)
    yield _named(ENDED, known.ended)
    for j in _order(rules.features):
        yield from ((one[j] > 0.0).tolist() for one in (known.committed, known.complete, known.shipped))
        yield _basis(known.reported[j])
        yield known.due[j].tolist()
    yield _joined(rules.needs, known.found)
    yield known.changed.astype(np.int64).tolist()
    for number in sorted(rules.numbers, key=lambda one: one.id):
        yield np.rint(rows(known, number.value) / number.quantum).astype(np.int64).tolist()
    yield from _people(rules, known)
    yield _named([NULL, *map(_quoted, rules.needs)], known.problem - NOBODY)
    yield _named(rules.profiles, known.profile)
    yield _named(rules.stages, known.stage)
    yield _named([NULL, *map(_quoted, rules.segments)], known.target - NOBODY)
    yield known.wave.tolist()
    yield known.week.tolist()


def _people(rules: Rules, known: Known) -> Iterator[Texts]:
    trust = known.trust
    deeds = [NULL, *map(_quoted, RESPONSES)]
    for a in _order(rules.stakeholders):
        yield _basis(trust[a])
        yield _basis(known.satisfaction[a])
        yield _named(RESPONSES, known.intent[a])
        yield _named(deeds, known.acted[a] - NOBODY)
        yield known.votes[a].astype(np.int64).tolist()
        yield (known.gone[a] > 0.0).tolist()


def _beliefs(rules: Rules, known: Known) -> list[str]:
    parts = []
    pairs = [(s, d) for s in range(len(rules.segments)) for d in range(len(rules.needs))]
    for s, d in sorted(pairs, key=lambda one: f"{rules.segments[one[0]]}/{rules.needs[one[1]]}"):
        name, width = f"{rules.segments[s]}/{rules.needs[d]}", exact.Z_80 * known.sd[s, d]
        told = zip(_basis(known.mean[s, d]), _basis(width), (known.found[d] > 0.0).tolist(), strict=True)
        parts.append([f'"{name}":[{middle},{half}]' if found else "" for middle, half, found in told])
    return [",".join(filter(None, run)) for run in zip(*parts, strict=True)]


def _joined(names: Sequence[str], present: Floats) -> list[str]:
    """(N) the names of the rows that are there, as the inside of a list."""
    runs = (present > 0.0).T.tolist()
    return [",".join(_quoted(name) for name, here in zip(names, run, strict=True) if here) for run in runs]


def _named(names: Sequence[str], places: Ints) -> list[str]:
    return [names[place] for place in places.tolist()]


def _basis(share: Floats) -> list[int]:
    """Basis points, halves to even, as `recording` rounds."""
    return np.rint(share * 10_000).astype(np.int64).tolist()  # type: ignore[no-any-return]


def _order(names: Sequence[str]) -> list[int]:
    """Rows in the order of their names, in which canonical objects have their keys."""
    return sorted(range(len(names)), key=lambda row: names[row])


def _quoted(name: str) -> str:
    return f'"{name}"'
