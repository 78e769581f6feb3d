"""The records of a journal as typed values, and their form as plain JSON objects.

Every field of a stranger's journal is checked here, once. Not for lines and hashes (journal.py), files
(store.py), or whether a move was legal (replay).
"""

import base64
import binascii
import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache
from typing import Any, Final, Literal, cast

from tpmsim.game.formats import SINCE, upcast
from tpmsim.game.jsonl import Fields, LineRefused
from tpmsim.text import TEXT_CHARS, TEXT_LINES, SafeText, quoted

FORMAT: Final = 2
MAX_INFLATED: Final = 4 * 1024 * 1024
MAX_FILES: Final = 20
NAME_LENGTH: Final = 64
TOP_SCORE: Final = 100 << 20
ONE_FILE: Final = "scenario.yaml"

_ID: Final = re.compile(r"[a-z0-9_-]{1,64}(?:[:/][a-z0-9_-]{1,64}){0,7}")
_NUMBER: Final = re.compile(r"[a-z0-9_-]{1,64}(?:\.[a-z0-9_-]{1,64}){0,2}")
_NUMBER_FORM: Final = "the name of a number, such as cash or trust.sales"
_VERSION: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+_-]{0,31}")
_HEX: Final = re.compile(r"[0-9a-f]{8,64}")
_SEED: Final = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}")
_KEY: Final = re.compile(r"[A-Za-z0-9_.:/-]{1,128}")
_TOKEN: Final = re.compile(r"[A-Za-z0-9_.:/+,% -]{0,200}")
_FILE_NAME: Final = re.compile(r"[a-z0-9_-]{1,64}(?:\.[a-z]{2,8})?\.ya?ml")
_ID_FORM: Final = "an id of a-z, 0-9, _ and -, joined by : or /"
_VERSION_FORM: Final = "a version such as 1.2.0"
_HEX_FORM: Final = "8 to 64 hex digits"


@dataclass(frozen=True, slots=True)
class Embedded:
    """The scenario a run was played with: its names, its digests and its files as bytes of YAML."""

    id: str
    version: str
    digest: str
    text_digest: str
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Parent:
    """Where a branch left its run: the run's id and the week."""

    run: str
    week: int


@dataclass(frozen=True, slots=True)
class Header:
    """The first line. Scenario, seed and moves determine all that follows."""

    engine: str
    rules: int
    rng: str
    scenario: Embedded
    seed: str
    mode: Literal["free", "assigned"]
    parent: Parent | None
    alias: SafeText
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Move:
    """A committed move, by its stable text id."""

    id: str


@dataclass(frozen=True, slots=True)
class Undo:
    """The last move of this week is taken back."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """A player's forecast of a number, in whole quanta (cents, basis points...); low <= point <= high."""

    name: str
    low: int
    point: int
    high: int


@dataclass(frozen=True, slots=True)
class Note:
    """A reason or a thought of the player. Never touches the state."""

    text: SafeText


@dataclass(frozen=True, slots=True)
class Mark:
    """A chapter mark of the player."""

    text: SafeText


@dataclass(frozen=True, slots=True)
class Delegate:
    """An area of decisions is handed over to a colleague, or taken back. Never touches the state."""

    area: str
    on: bool


@dataclass(frozen=True, slots=True)
class Week:
    """A week has ended: a fingerprint (hex) per group of mechanics, and the observation in short form."""

    week: int
    fp: Mapping[str, str]
    obs: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class End:
    """The run has ended; the score is in units of 1 / 2**20 point."""

    score: int
    ending: str
    weeks: int


Record = Header | Move | Undo | Forecast | Note | Mark | Delegate | Week | End


def to_data(record: Record) -> dict[str, Any]:
    """A record as a plain JSON object with its kind, without number and hash."""
    return {"kind": type(record).__name__.lower(), **_plain(record)}


def from_data(data: Mapping[str, Any], written: int = FORMAT) -> Record:
    """Check and type a plain object that has lost its `n` and `h`.

    Args:
        data: the object as its line has it.
        written: the format of its file, which decides what kinds there are.

    Raises:
        LineRefused: naming the field that is unknown, missing, of another type or out of bounds.
    """
    found = Fields(data, "the record")
    kind = found.take("kind")
    if not isinstance(kind, str) or kind not in _READERS or SINCE.get(kind, 1) > written:
        raise LineRefused(f"unknown kind {quoted(str(kind))}")
    raised = upcast(data, written, FORMAT)
    taken = Fields({name: raised[name] for name in raised if name != "kind"}, kind)
    record = _READERS[kind](taken)
    taken.done()
    return record


def _plain(value: Any) -> Any:
    if isinstance(value, SafeText):
        return value.plain()
    if isinstance(value, Embedded):
        names = {name: getattr(value, name) for name in ("id", "version", "digest", "text_digest")}
        return {**names, "data": _packed(value.files)}
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def _packed(files: Mapping[str, bytes]) -> str | dict[str, str]:
    packed = {name: _squeezed(data) for name, data in files.items()}
    return packed[ONE_FILE] if list(packed) == [ONE_FILE] else packed


@lru_cache(maxsize=16)
def _squeezed(data: bytes) -> str:
    """Each run of a scenario has the same files in it."""
    return base64.b64encode(zlib.compress(data, 9)).decode()


def _unpacked(packed: object) -> dict[str, bytes]:
    named = {ONE_FILE: packed} if isinstance(packed, str) else packed
    if not isinstance(named, dict) or not 1 <= len(named) <= MAX_FILES:
        raise LineRefused(f"field 'data' of header.scenario must be text, or text for 1 to {MAX_FILES} files")
    files: dict[str, bytes] = {}
    room = MAX_INFLATED
    for name, text in named.items():
        if not _FILE_NAME.fullmatch(name):
            raise LineRefused(f"file name {quoted(name)} of header.scenario is not allowed")
        files[name] = _inflated(text, room)
        room -= len(files[name])
    if ONE_FILE not in files:
        raise LineRefused(f"field 'data' of header.scenario holds no {ONE_FILE}")
    return files


def _inflated(text: object, room: int) -> bytes:
    if not isinstance(text, str):
        raise LineRefused("field 'data' of header.scenario must be text")
    return _grown(text, room)


@lru_cache(maxsize=4)
def _grown(text: str, room: int) -> bytes:
    """Inflate with a bound: a megabyte that would grow to a gigabyte stops after `room` bytes.

    Kept for a while: the runs of a class all hold the same scenario.
    """
    inflater = zlib.decompressobj()
    try:
        data = inflater.decompress(base64.b64decode(text, validate=True), room + 1)
    except (binascii.Error, ValueError, zlib.error):
        raise LineRefused("field 'data' of header.scenario cannot be unpacked") from None
    if len(data) > room:
        raise LineRefused(f"the scenario unpacks to more than {MAX_INFLATED} bytes")
    if not inflater.eof or inflater.unused_data:
        raise LineRefused("field 'data' of header.scenario cannot be unpacked")
    return data


def _header(data: Fields) -> Header:
    return Header(
        format=data.integer("format", 1),
        engine=data.string("engine", _VERSION, _VERSION_FORM),
        rules=data.integer("rules", 1),
        rng=data.string("rng", _VERSION, "the id of a generator"),
        scenario=_embedded(Fields(data.take("scenario"), "header.scenario")),
        seed=data.string("seed", _SEED, "a seed such as K7Q2-MX4D"),
        mode=cast(Literal["free", "assigned"], data.string("mode", re.compile("free|assigned"), "free or assigned")),
        parent=_parent(data.take("parent")),
        alias=data.text("alias", NAME_LENGTH, 1),
    )


def _embedded(data: Fields) -> Embedded:
    scenario = Embedded(
        id=data.string("id", _ID, _ID_FORM),
        version=data.string("version", _VERSION, _VERSION_FORM),
        digest=data.string("digest", _HEX, _HEX_FORM),
        text_digest=data.string("text_digest", _HEX, _HEX_FORM),
        files=_unpacked(data.take("data")),
    )
    data.done()
    return scenario


def _parent(value: object) -> Parent | None:
    if value is None:
        return None
    data = Fields(value, "header.parent")
    parent = Parent(run=data.string("run", _ID, _ID_FORM), week=data.integer("week", 0))
    data.done()
    return parent


def _forecast(data: Fields) -> Forecast:
    low, point, high = (data.integer(name, -(10**15) + 1) for name in ("low", "point", "high"))
    if not low <= point <= high:
        data.refuse("point", "must lie between low and high")
    return Forecast(data.string("name", _NUMBER, _NUMBER_FORM), low, point, high)


def _flag(data: Fields, name: str) -> bool:
    value = data.take(name)
    if not isinstance(value, bool):
        data.refuse(name, "must be true or false")
    return value


def _week(data: Fields) -> Week:
    prints = data.take("fp")
    if not isinstance(prints, dict):
        data.refuse("fp", "must be an object")
    each = Fields(prints, "week.fp")
    for group in prints:
        _checked_key(group, "week.fp")
        each.string(group, _HEX, _HEX_FORM)
    obs = data.take("obs")
    if not isinstance(obs, dict):
        data.refuse("obs", "must be an object")
    _check_observation(obs)
    return Week(data.integer("week", 0), prints, obs)


def _check_observation(value: object) -> None:
    """Only keys and short tokens: a stranger's week can hold no markup and no control character."""
    if isinstance(value, dict):
        for key, item in value.items():
            _checked_key(key, "week.obs")
            _check_observation(item)
    elif isinstance(value, list):
        for item in value:
            _check_observation(item)
    elif isinstance(value, str) and not _TOKEN.fullmatch(value):
        raise LineRefused(f"text {quoted(value)} in week.obs is not a plain word")


def _checked_key(key: str, where: str) -> None:
    if not _KEY.fullmatch(key):
        raise LineRefused(f"key {quoted(key)} of {where} is not an id")


_READERS: Final[dict[str, Callable[[Fields], Record]]] = {
    "header": _header,
    "move": lambda data: Move(data.string("id", _ID, _ID_FORM)),
    "undo": lambda data: Undo(),
    "forecast": _forecast,
    "note": lambda data: Note(data.text("text", TEXT_CHARS, TEXT_LINES)),
    "mark": lambda data: Mark(data.text("text", TEXT_CHARS, TEXT_LINES)),
    "delegate": lambda data: Delegate(data.string("area", _ID, _ID_FORM), _flag(data, "on")),
    "week": _week,
    "end": lambda data: End(
        data.integer("score", 0, TOP_SCORE), data.string("ending", _ID, _ID_FORM), data.integer("weeks", 0)
    ),
}
