"""Glancing: what a run file says of itself, taken at its word, as fast as can be.

Nothing is unpacked, no chain is looked at and no line of a week is read: a file that is not as the program writes it
is skimmed instead, which finds out what is wrong. What is told here has to be proved elsewhere before it counts.
"""

import re
from pathlib import Path
from typing import Final

from tpmsim.errors import InputRefused
from tpmsim.game.journal import MAX_FILE
from tpmsim.game.jsonl import LineRefused, read_object
from tpmsim.game.records import FORMAT, End, Header, from_data
from tpmsim.game.skimming import Skimmed, SkimmedWeek, raw_of, skimmed

_DATA: Final = b'"scenario":{"data":'
_EMPTY: Final = "eNoDAAAAAAE="
"""A file without content, packed: it stands in for the scenario."""

_WEEK: Final = b'\n{"fp":{'
_MOVES: Final = re.compile(
    rb'\{"h":"[0-9a-f]{32}","id":"([a-z0-9_-]{1,64}(?:[:/][a-z0-9_-]{1,64}){0,7})","kind":"move","n":[0-9]{1,6}\}\n'
)
_END: Final = b'{"ending":"'


def glance(path: Path) -> Skimmed:
    """What the file at `path` says, which must not be a link.

    Raises:
        InputRefused: not a regular file, compressed, over a limit, or no run can be made of it.
        TooNew: made by a later format.
    """
    raw = raw_of(path)
    try:
        return _glanced(raw)
    except (LineRefused, InputRefused, ValueError, KeyError, TypeError):
        return skimmed(raw, path.name)


def _glanced(raw: bytes) -> Skimmed:
    if not raw.endswith(b"\n") or len(raw) > MAX_FILE:
        raise ValueError("not as the program writes it")
    first, *rest = raw.split(_WEEK)
    line, _, made = first.partition(b"\n")
    header, run_id = _header(line)
    weeks, moves, end = list[SkimmedWeek](), _moves(made + b"\n" if rest else made), None
    for place, part in enumerate(rest, start=1):
        told, _, made = part.partition(b"\n")
        weeks.append(SkimmedWeek(moves, (), _WEEK[1:] + told, 0))
        if place == len(rest) and _END in made:
            end, made = _end(made), b""
        moves = _moves(made + b"\n" if place < len(rest) and made else made)
    going = (SkimmedWeek(moves, ()),) if moves else ()
    return Skimmed(header, run_id, (*weeks, *going), end, (), 0, None)


def _header(line: bytes) -> tuple[Header, str]:
    """The header with an empty scenario, and the id of the run."""
    start, stop = line.index(_DATA), line.rindex(b',"digest":"')
    data = read_object(line[: start + len(_DATA)] + b'"' + _EMPTY.encode() + b'"' + line[stop:])
    run_id, written = data.pop("h"), data["format"]
    if data.pop("n") != 1 or not isinstance(run_id, str) or written > FORMAT:
        raise ValueError("not the first line of a journal")
    header = from_data(data, written)
    if not isinstance(header, Header):
        raise ValueError("not a header")
    return header, run_id


def _moves(lines: bytes) -> tuple[str, ...]:
    """The moves in lines of which all are moves."""
    lines = lines.removesuffix(b"\n") + b"\n" if lines.strip() else b""
    found = _MOVES.findall(lines)
    if len(found) != lines.count(b"\n"):
        raise ValueError("something beside moves")
    return tuple(one.decode() for one in found)


def _end(line: bytes) -> End:
    data = read_object(line.removesuffix(b"\n"))
    data.pop("h")
    data.pop("n")
    record = from_data(data)
    if not isinstance(record, End):
        raise ValueError("not an end")
    return record
