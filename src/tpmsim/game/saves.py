"""Saves: the run files of a folder, what is known of each, and how one is renamed or put away.

Nothing is ever lost here by a slip: no other run is overwritten, a run that is being played is left alone, and what is
deleted goes to the trash, a folder beside the runs, from which it can be played or moved back. The analysis that is
kept beside a run goes with it.
"""

import contextlib
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tpmsim.core.outcome import SCORE_UNIT
from tpmsim.errors import InputRefused, InUse, StorageFailed, TpmsimError, UsageError
from tpmsim.game.files import FOLDER_MODE, REAL, SUFFIX, TRIES, Os, again, exists, move_file, no_place, reason
from tpmsim.game.journal import Journal, other_rules, read
from tpmsim.game.lock import RunLock
from tpmsim.game.records import NAME_LENGTH, ONE_FILE, End, Week
from tpmsim.text import SafeText, TextRefused, shown_path, slug

TRASH: Final = "trash"
"""The folder for deleted runs, beside the others."""

NAME: Final = 60
"""Characters of a new name; with a number and the ending it stays within 80 bytes."""

WEEKS: Final = 3
"""Digits of a length in weeks."""

LINE: Final = 300
"""Bytes of a line of a scenario that are looked at: whoever made the file shall not choose how long that takes."""

ANALYSIS: Final = ".analysis.json"
"""What the name of a kept analysis has behind that of its run."""

_RUN: Final = re.compile(r".+\.tpmrun(\.recovered(-\d+)?)*")
_TITLE: Final = re.compile(rb"[ ]+([^\s'\"|>&*!%@`#\[{].*?)[ ]*(?:[ ]#.*)?\r?")
_LENGTH: Final = re.compile(rb"[ ]+(\d{1,%d})[ ]*(?:#.*)?\r?" % WEEKS)


@dataclass(frozen=True, slots=True)
class KnownRun:
    """A run file as a list shows it.

    Attributes:
        path: of the file.
        scenario, seed: of the run; empty if it cannot be read.
        title: of the scenario where it is plain to see; else its id.
        alias: of the player; may be empty.
        week: now played, or the last.
        weeks: of the scenario; 0 where that is not plain to see.
        score: once it has ended.
        played: when it was last written to, in seconds since 1970.
        problem: why it cannot be gone on with, or empty.
        branched: the week in which it left another run; None where it is no branch.
    """

    path: Path
    scenario: str = ""
    seed: str = ""
    title: SafeText = SafeText.clean("")
    alias: SafeText = SafeText.clean("")
    week: int = 0
    weeks: int = 0
    score: float | None = None
    played: float = 0.0
    problem: str = ""
    branched: int | None = None

    @property
    def goes_on(self) -> bool:
        """Whether it can be played on."""
        return self.score is None and not self.problem


def is_run(path: Path) -> bool:
    """Whether a file is a run by its name."""
    return _RUN.fullmatch(path.name) is not None


def known_runs(folder: Path) -> list[KnownRun]:
    """The run files of a folder, the last played first; never writes."""
    try:
        found = [(path, _played(path)) for path in folder.iterdir() if is_run(path)]
    except OSError:
        return []
    return [_known(path, played) for path, played in sorted(found, key=lambda one: (-one[1], one[0].name))]


def trash(folder: Path) -> Path:
    """Where the deleted runs of a folder are."""
    return folder / TRASH


def rename(path: Path, name: str, system: Os = REAL) -> Path:
    """Give a run another name in its folder; a number is added where the name is taken.

    Args:
        path: of the run file.
        name: what it shall be called. Only letters, digits, `_` and `-` of it stay, at most 60 of them.
        system: functions of the operating system, for tests.

    Returns:
        Where it is now.

    Raises:
        UsageError: the name is empty, or holds what no name can.
        InputRefused: there is no such run, or it is a link.
        InUse: somebody plays it.
        StorageFailed: the folder cannot be changed.
    """
    stem = _stem(name)
    _refuse_unless_run(path, system)
    return _moved(path, path.parent, stem, SUFFIX, system)


def delete(path: Path, system: Os = REAL, saves: Path | None = None) -> Path:
    """Put a run into the trash of its folder; a number is added where its name is taken there.

    Args:
        path: of the run file.
        system: functions of the operating system, for tests.
        saves: where runs are kept, whose trash alone is the trash then; None takes any folder of its name for one.

    Returns:
        Where it is now.

    Raises:
        UsageError: it is in the trash already.
        InputRefused, InUse, StorageFailed: as `rename`.
    """
    _refuse_unless_run(path, system)
    folder = path.absolute().parent
    if folder.name == TRASH if saves is None else folder.resolve() == trash(saves).resolve():
        message = f"{shown_path(str(path))} is in the trash already"
        raise UsageError(message, help="Remove the file itself if it shall be gone for good.")
    target = trash(folder)
    try:
        again(lambda: system.makedirs(target, mode=FOLDER_MODE, exist_ok=True))
    except OSError as error:
        raise no_place(error, target) from error
    stem, ending, rest = path.name.partition(SUFFIX)
    return _moved(path, target, stem, ending + rest, system)


def _moved(path: Path, folder: Path, stem: str, ending: str, system: Os) -> Path:
    """Move under the locks of both names, so that nobody plays the one or makes the other meanwhile."""
    lock = RunLock(path, system).acquire()
    try:
        for target in _names(folder, stem, ending):
            if target == path:
                return path
            if exists(target, system):
                continue
            try:
                held = RunLock(target, system).acquire()
            except InUse:
                continue
            try:
                if not exists(target, system):
                    move_file(path, target, system)
                    _take_along(path, target, system)
                    return target
            finally:
                held.release()
    except OSError as error:
        raise no_place(error, folder) from error
    finally:
        lock.release()
    raise StorageFailed(f"too many runs are called {stem} in {shown_path(str(folder))}")


def _take_along(path: Path, target: Path, system: Os) -> None:
    """Move the analysis of a run that was moved; where that cannot be done, it is made anew when it is asked for.

    One that lies at the new place has no run of its own, as the name was free.
    """
    analysis = path.with_name(path.name + ANALYSIS)
    with contextlib.suppress(OSError, StorageFailed):
        if exists(analysis, system):
            move_file(analysis, target.with_name(target.name + ANALYSIS), system)


def _names(folder: Path, stem: str, ending: str) -> list[Path]:
    return [folder / f"{stem}{f'-{count}' if count > 1 else ''}{ending}" for count in range(1, TRIES)]


def _stem(name: str) -> str:
    """A file name from what was typed; where no letter of it can stay, it is just called a run."""
    try:
        SafeText.clean(name)
    except TextRefused as error:
        raise UsageError(f"that cannot be a name: {error}", help="Choose another name.") from None
    if not name.strip():
        raise UsageError("a run needs a name", help="Write one of letters and digits.")
    return slug(name.strip().removesuffix(SUFFIX), NAME) or "run"


def _refuse_unless_run(path: Path, system: Os) -> None:
    try:
        mode = again(system.lstat, path).st_mode if is_run(path) else 0
    except FileNotFoundError:
        mode = 0
    except OSError as error:
        raise InputRefused(reason(error), file=shown_path(str(path))) from error
    if stat.S_ISREG(mode):
        return
    if stat.S_ISLNK(mode):
        raise InputRefused(f"{shown_path(str(path))} is a link", help="Name the file that it leads to.")
    raise InputRefused(f"no run {shown_path(str(path))}", help="'tpmsim list' shows the runs.")


def _played(path: Path) -> float:
    """When a file was last written to; of a link that leads nowhere, when it was made."""
    with contextlib.suppress(OSError):
        return path.lstat().st_mtime
    return 0.0


def _known(path: Path, played: float) -> KnownRun:
    try:
        journal = read(path)
    except TpmsimError as error:
        return KnownRun(path, played=played, problem=error.message)
    scenario = journal.header.scenario
    text = scenario.files[ONE_FILE]
    length = _LENGTH.fullmatch(_line(text, b"weeks:"))
    ends = [record for record in journal.records if isinstance(record, End)]
    return KnownRun(
        path,
        scenario=scenario.id,
        seed=journal.header.seed,
        title=title_in(text) or SafeText.clean(scenario.id),
        alias=journal.header.alias,
        week=_week(journal),
        weeks=int(length[1]) if length else 0,
        score=ends[-1].score / SCORE_UNIT if ends else None,
        played=played,
        problem=journal.damage.message if journal.damage else other_rules(journal.header),
        branched=journal.header.parent.week if journal.header.parent is not None else None,
    )


def title_in(text: bytes) -> SafeText | None:
    """The title in a scenario, where it stands on a line of its own: a list of runs need not compile any."""
    found = _TITLE.fullmatch(_line(text, b"title:"))
    with contextlib.suppress(TextRefused):
        return SafeText.clean(found[1].decode("utf-8", "ignore")[:NAME_LENGTH], NAME_LENGTH, 1) if found else None
    return None


def _line(text: bytes, key: bytes) -> bytes:
    """What stands behind a key at the beginning of a line, as far as it is looked at; empty where it is nowhere."""
    start = 0 if text.startswith(key) else text.find(b"\n" + key) + 1
    if not text.startswith(key, start):
        return b""
    return text[start + len(key) : start + LINE].partition(b"\n")[0]


def _week(journal: Journal) -> int:
    """The week now played as the file tells it, unchecked; 0 where it tells none."""
    weeks = [record.obs.get("week") for record in journal.records if isinstance(record, Week)]
    return weeks[-1] if weeks and type(weeks[-1]) is int else 0
