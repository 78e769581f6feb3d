"""A journal as lines: how a record becomes one, how the lines hang together, and how a file is read back.

One JSON object a line with `n`, `kind`, the record's own fields and `h`, a hash over the `h` before it and
the record. The envelope (n, kind, h, canonical JSON) stays the same in every format. Nothing here writes a
file: store.py does.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

from tpmsim.core.rules import RULES_NUMBER
from tpmsim.errors import InputRefused, TooNew, TpmsimError
from tpmsim.game.jsonl import LineRefused, canonical, read_object
from tpmsim.game.records import FORMAT, Header, Record, Week, from_data, to_data
from tpmsim.scenario.source import read_bytes
from tpmsim.text import shown_path

MAX_FILE: Final = 16 * 1024 * 1024
MAX_RECORDS: Final = 100_000
MAX_FIRST: Final = 4 * 1024 * 1024
MAX_LINE: Final = 64 * 1024
HASH_LENGTH: Final = 32

_HASH: Final = re.compile(rb'"h":"([0-9a-f]{32})",')
_CANDIDATES: Final = 4  # a week's fp may hold a group named h; more than a few such places are nobody's honest line


@dataclass(frozen=True, slots=True)
class Tip:
    """The end of a chain: the number and the hash of its last record."""

    n: int
    h: str


START: Final = Tip(0, "0" * HASH_LENGTH)


@dataclass(frozen=True, slots=True)
class Damage:
    """A complete line that is not what was once written; the lines before it are good."""

    line: int
    week: int
    what: str

    @property
    def message(self) -> str:
        """One sentence: "line 37, week 5: chain broken; lines 1-36 good"."""
        good = "line 1 good" if self.line == 2 else f"lines 1-{self.line - 1} good"
        return f"line {self.line}, week {self.week}: {self.what}; {good}"


@dataclass(frozen=True, slots=True)
class Journal:
    """What a file holds, up to the first thing that is wrong with it.

    Attributes:
        header: the first record, as the present format has it.
        records: those after it; record i stands on line i + 2.
        torn: a tail without newline, as a crash leaves it.
        damage: the first line that is not what was once written, or None.
        tip: where the next record hangs on.
        good: the length in bytes of the valid prefix.
        run_id: the first hash of the chain; it names the run whatever the file is called.
        written: the format of the file; what is appended must be of it too.
    """

    header: Header
    records: tuple[Record, ...]
    torn: bytes
    damage: Damage | None
    tip: Tip
    good: int
    run_id: str
    written: int = FORMAT


def other_rules(header: Header) -> str:
    """Why a run cannot be simulated by the rules of this program, or an empty text."""
    if header.rules == RULES_NUMBER:
        return ""
    return f"made by rules {header.rules} (tpmsim {header.engine}); this program plays rules {RULES_NUMBER}"


def chain(prev: str, body: bytes) -> str:
    """The hash of a record: over the hash before it and its canonical bytes without `h`."""
    return hashlib.sha256(prev.encode("ascii") + b"\n" + body).hexdigest()[:HASH_LENGTH]


def encode(record: Record, tip: Tip, written: int = FORMAT) -> tuple[bytes, Tip]:
    """The line of a record behind `tip`, with its newline, and the new tip.

    Args:
        record: to be written.
        tip: of the chain so far.
        written: the format of the file.

    Raises:
        LineRefused: the record could not be read back: a field is out of bounds, the line is too long, or the format
            of the file has no such record.
    """
    data: dict[str, Any] = {"n": tip.n + 1, **to_data(record)}
    body = canonical(data)
    following = Tip(tip.n + 1, chain(tip.h, body))
    line = canonical({**data, "h": following.h})
    if len(line) > (MAX_FIRST if tip == START else MAX_LINE):
        raise LineRefused(f"a {data['kind']} of {len(line)} bytes is too long for the journal")
    _record(line, following.n, written)
    return line + b"\n", following


def lines_of(header: Header, records: Iterable[Record]) -> tuple[bytes, ...]:
    """The lines of a whole run, its header first.

    Raises:
        LineRefused: as `encode`.
    """
    lines, tip = list[bytes](), START
    for record in (header, *records):
        line, tip = encode(record, tip)
        lines.append(line)
    return tuple(lines)


def read(path: Path) -> Journal:
    """Read the journal at `path`; never writes.

    Raises:
        InputRefused: not a regular file, compressed, over a limit, or no run can be made of it.
        TooNew: made by a later format.
    """
    return parse(read_bytes(path, MAX_FILE), path.name)


def parse(raw: bytes, name: str) -> Journal:
    """Read the bytes of a journal; `name` stands in front of messages.

    A line whose chain is broken is damage and ends the reading. A line that hangs in the chain but holds what
    no journal holds was made so, and the file is refused.
    """
    shown = shown_path(name)
    if len(raw) > MAX_FILE or raw.count(b"\n") > MAX_RECORDS:
        raise refused(f"more than {MAX_FILE:,} bytes or {MAX_RECORDS:,} records", shown)
    lines = raw.split(b"\n")
    torn = lines.pop()
    if not lines:
        raise refused("no complete first line: not a journal, or its run never began", shown, 1)
    header, tip, written = first(lines[0], shown)
    return _rest(lines, torn, header, tip, written, shown)


def refused(message: str, shown: str, line: int | None = None) -> InputRefused:
    """The error for a file that is refused; `shown` is its name as it may be shown."""
    return InputRefused((TpmsimError(message, file=shown, line=line),))


def _rest(lines: list[bytes], torn: bytes, header: Header, tip: Tip, written: int, shown: str) -> Journal:
    run_id, good, week, damage = tip.h, len(lines[0]) + 1, 1, None
    records: list[Record] = []
    for number, line in enumerate(lines[1:], 2):
        following = linked(line, tip)
        if following is None:
            torn, damage = b"", Damage(number, week, "chain broken")
            break
        records.append(placed(line, number, written, shown))
        tip, good = following, good + len(line) + 1
        week = _week_after(records[-1], week)
    return Journal(header, tuple(records), torn, damage, tip, good, run_id, written)


def _week_after(record: Record, week: int) -> int:
    return record.week + 1 if isinstance(record, Week) else week


def first(line: bytes, shown: str) -> tuple[Header, Tip, int]:
    """The header in the first line, the chain behind it, and the format of the file.

    Raises:
        InputRefused: no run can be made of it.
        TooNew: made by a later format.
    """
    try:
        _check_length(line, MAX_FIRST)
        data = read_object(line)
        tip = linked(line, START)
        if tip is None:
            raise LineRefused("chain broken in the first line; nothing after it can be trusted")
        written = _format(data, shown)
        header = _typed(data, line, 1, written)
        if not isinstance(header, Header):
            raise LineRefused("the first record is not a header")
    except LineRefused as error:
        raise refused(error.message, shown, 1) from None
    return header, tip, written


def _format(data: dict[str, Any], shown: str) -> int:
    """The format of the file; the present one where the line tells none, as its fields are then refused."""
    number, engine = data.get("format"), data.get("engine")
    if data.get("kind") != "header" or type(number) is not int or number < 1:
        return FORMAT
    if number > FORMAT:
        known = isinstance(engine, str) and re.fullmatch(r"[0-9A-Za-z.+]{1,32}", engine)
        version = f"tpmsim {engine} or later" if known else "a later tpmsim"
        message = f"written in journal format {number}; this program reads formats up to {FORMAT}"
        raise TooNew(message, file=shown, help=f"Install {version}.")
    return number


def placed(line: bytes, number: int, written: int, shown: str) -> Record:
    """The record in another line, which hangs in the chain.

    Raises:
        InputRefused: it is none.
    """
    try:
        _check_length(line, MAX_LINE)
        record = _record(line, number, written)
        if isinstance(record, Header):
            raise LineRefused("a second header")
    except LineRefused as error:
        raise refused(error.message, shown, number) from None
    return record


def _check_length(line: bytes, limit: int) -> None:
    if len(line) > limit:
        raise LineRefused(f"the line is longer than {limit:,} bytes")


def _record(line: bytes, n: int, written: int) -> Record:
    return _typed(read_object(line), line, n, written)


def _typed(data: dict[str, Any], line: bytes, n: int, written: int) -> Record:
    if canonical(data) != line:
        raise LineRefused("not in canonical form (sorted keys, no blanks, ASCII escapes)")
    data.pop("h", None)
    found = data.pop("n", None)
    if type(found) is not int or found != n:
        raise LineRefused(f"field 'n' must be {n}")
    return from_data(data, written)


def linked(line: bytes, tip: Tip) -> Tip | None:
    """The tip after this line, from its bytes alone; None if another line was hung on here."""
    for body, h in _bodies(line):
        if chain(tip.h, body) == h:
            return Tip(tip.n + 1, h)
    return None


def _bodies(line: bytes) -> Iterator[tuple[bytes, str]]:
    """What the hash may have been taken over: the line without any one thing in it that looks like a hash."""
    for match in islice(_HASH.finditer(line), _CANDIDATES):
        yield line[: match.start()] + line[match.end() :], match[1].decode("ascii")
