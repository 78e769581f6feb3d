"""Skimming: a journal read as fast as can be, its weeks left as they are written.

It takes what `journal.parse` takes and refuses what that refuses, but for the lines of ended weeks: those are only
found to hang in the chain. What they hold is proved by whoever makes the same line again from the moves, and is of no
use to anybody else. Nearly all other lines are moves, which one pattern reads.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tpmsim.errors import InputRefused
from tpmsim.game.journal import MAX_FILE, MAX_LINE, MAX_RECORDS, Damage, Tip, chain, first, linked, placed, refused
from tpmsim.game.records import Delegate, End, Forecast, Header, Mark, Move, Note, Undo
from tpmsim.scenario.source import read_bytes
from tpmsim.text import shown_path

TAKEN_BACK: Final = ""
"""In place of the id of a move: the last move of the week was taken back."""

Aside = Forecast | Note | Mark | Delegate
"""What a player left beside the moves."""

_MOVE: Final = re.compile(
    rb'\{"h":"([0-9a-f]{32})",("id":"([a-z0-9_-]{1,64}(?:[:/][a-z0-9_-]{1,64}){0,7})","kind":"move","n":([0-9]{1,6})\})'
)
_WEEK: Final = b'{"fp":{'
_CARDS: Final = b'"cards":['


@dataclass(frozen=True, slots=True)
class SkimmedWeek:
    """A week in a file.

    Attributes:
        made: ids of its moves in order, TAKEN_BACK among them.
        asides: what was left beside them.
        line: of the record of its end; empty where the week goes on.
        number: of that line, from 1.
    """

    made: tuple[str, ...]
    asides: tuple[Aside, ...]
    line: bytes = b""
    number: int = 0

    @property
    def stood(self) -> tuple[str, ...]:
        """Ids of the moves that were not taken back."""
        if TAKEN_BACK not in self.made:
            return self.made
        left: list[str] = []
        for one in self.made:
            if one != TAKEN_BACK:
                left.append(one)
            elif left:
                left.pop()
        return tuple(left)

    @property
    def cards(self) -> tuple[str, ...]:
        """Ids of the cards that were open after it, as the file tells."""
        _, _, rest = self.line.partition(_CARDS)
        names = rest.partition(b"]")[0]
        return tuple(names.decode("ascii", "replace").replace('"', "").split(",")) if names else ()


@dataclass(frozen=True, slots=True)
class Skimmed:
    """A run file, skimmed.

    Attributes:
        header: the first record.
        run_id: first hash of the chain.
        weeks: in order; the last one may go on.
        end: how it is told to have ended; None while it goes on.
        late: records behind the end.
        torn: bytes of a tail without newline.
        damage: the first line that is not what was once written, or None.
    """

    header: Header
    run_id: str
    weeks: tuple[SkimmedWeek, ...]
    end: End | None
    late: tuple[Aside | Move | Undo | End, ...]
    torn: int
    damage: Damage | None

    @property
    def ended(self) -> int:
        """How many weeks have ended."""
        return sum(bool(week.line) for week in self.weeks)


def skim(path: Path) -> Skimmed:
    """Skim the file at `path`, which must not be a link.

    Raises:
        InputRefused: not a regular file, compressed, over a limit, or no run can be made of it.
        TooNew: made by a later format.
    """
    return skimmed(raw_of(path), path.name)


def raw_of(path: Path) -> bytes:
    """The bytes of the file at `path`, which must not be a link.

    Raises:
        InputRefused: not a regular file, compressed, or over a limit.
    """
    if path.is_symlink():
        raise InputRefused("it is a link", help="Put the file itself there.")
    return read_bytes(path, MAX_FILE, follow_links=False)


def skimmed(raw: bytes, name: str) -> Skimmed:
    """Skim the bytes of a journal.

    Raises:
        InputRefused, TooNew: as `skim`.
    """
    shown = shown_path(name)
    if len(raw) > MAX_FILE or raw.count(b"\n") > MAX_RECORDS:
        raise refused(f"more than {MAX_FILE:,} bytes or {MAX_RECORDS:,} records", shown)
    lines = raw.split(b"\n")
    torn = lines.pop()
    if not lines:
        raise refused("no complete first line: not a journal, or its run never began", shown, 1)
    header, tip, written = first(lines[0], shown)
    run = _Run(tip, written, shown)
    for number, line in enumerate(lines[1:], start=2):
        if not run.take(line, number):
            damage = Damage(number, len(run.weeks) + 1, "chain broken")
            return Skimmed(header, tip.h, run.all_weeks, run.end, tuple(run.late), 0, damage)
    return Skimmed(header, tip.h, run.all_weeks, run.end, tuple(run.late), len(torn), None)


class _Run:
    """What was read so far.

    Args:
        tip: of the chain.
        written: the format of the file.
        shown: its name as it may be shown.
    """

    def __init__(self, tip: Tip, written: int, shown: str) -> None:
        self._tip, self._written, self._shown = tip, written, shown
        self._made: list[str] = []
        self._asides: list[Aside] = []
        self.weeks: list[SkimmedWeek] = []
        self.end: End | None = None
        self.late: list[Aside | Move | Undo | End] = []

    @property
    def all_weeks(self) -> tuple[SkimmedWeek, ...]:
        """The weeks, with the one that goes on if anything was done in it."""
        going = [SkimmedWeek(tuple(self._made), tuple(self._asides))] if self._made or self._asides else []
        return (*self.weeks, *going)

    def take(self, line: bytes, number: int) -> bool:
        """Take the next line; False where its chain is broken."""
        found = _MOVE.fullmatch(line)
        if found is None or int(found[4]) != number or self.end is not None:
            return self._take_other(line, number)
        h = found[1].decode()
        if chain(self._tip.h, b"{" + found[2]) != h:
            return False
        self._tip = Tip(number, h)
        self._made.append(found[3].decode())
        return True

    def _take_other(self, line: bytes, number: int) -> bool:
        tip = _week_linked(line, self._tip) or linked(line, self._tip)
        if tip is None:
            return False
        self._tip = tip
        if line.startswith(_WEEK) and len(line) <= MAX_LINE and self.end is None:
            self.weeks.append(SkimmedWeek(tuple(self._made), tuple(self._asides), line, number))
            self._made, self._asides = [], []
        else:
            self._other(line, number)
        return True

    def _other(self, line: bytes, number: int) -> None:
        record = placed(line, number, self._written, self._shown)
        if self.end is not None and isinstance(record, Move | Undo | Forecast | Delegate | End | Note | Mark):
            self.late.append(record)
            return
        match record:
            case Move(name):
                self._made.append(name)
            case Undo():
                self._made.append(TAKEN_BACK)
            case Forecast() | Note() | Mark() | Delegate():
                self._asides.append(record)
            case End():
                self.end = record
            case _:
                raise refused("a record of a week where none can be", self._shown, number)


def body_of(line: bytes) -> bytes:
    """The line of an ended week without its hash, which stands behind the fingerprints; another line as it is."""
    place = line.find(b'},"h":"') + 1
    return line[:place] + line[place + 39 :] if place else line


def _week_linked(line: bytes, tip: Tip) -> Tip | None:
    """The tip after the line of an ended week; None if it is none, or another one was hung on here."""
    place = line.find(b'},"h":"') + 1
    h = line[place + 6 : place + 38]
    if place and chain(tip.h, body_of(line)).encode() == h:
        return Tip(tip.n + 1, h.decode())
    return None
