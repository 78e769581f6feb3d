"""Files that are rewritten as a whole, where runs are kept, and what they are called.

One function replaces a file: whatever happens on the way, the name holds the old bytes or the new ones. The
functions of the system are passed in, so that a test can let each fail. Not here: appending (store.py).
"""

import contextlib
import errno
import itertools
import os
import re
import stat
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import platformdirs

import tpmsim
from tpmsim.errors import StorageFailed, UsageError
from tpmsim.text import SafeText, TextRefused, is_reserved, shown_path, slug

SUFFIX: Final = ".tpmrun"
NAME_BYTES: Final = 80
PATH_CHARS: Final = 1_000
FILE_MODE: Final = 0o600
"""Runs are their player's own."""
SHARED_MODE: Final = 0o666
"""What an author makes is for others, too: the umask decides."""
FOLDER_MODE: Final = 0o700
STALE_SECONDS: Final = 3600
TRIES: Final = 1000
PROBE: Final = "probe"

_BINARY: Final = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOINHERIT", 0)
NEW_FILE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY
APPENDING: Final = os.O_RDWR | os.O_APPEND | _BINARY | getattr(os, "O_NOFOLLOW", 0)
_FOLDER: Final = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | _BINARY

_TEMPORARY: Final = re.compile(r"\..{1,100}\.[0-9]+-[0-9]+\.tpmtmp")
_COUNTER: Final = itertools.count()
_REASONS: Final = {
    errno.ENOSPC: "disk full",
    getattr(errno, "EDQUOT", -1): "disk quota used up",
    errno.EFBIG: "file size limit",
    errno.EROFS: "read-only file system",
    errno.EACCES: "no permission",
    errno.EPERM: "no permission",
    errno.EIO: "input/output error",
    errno.ELOOP: "it is a link",
}


def sync(descriptor: int) -> None:
    """Bring a file to the medium; on macOS `fsync` alone stops at the cache of the disk."""
    if sys.platform == "darwin":
        import fcntl

        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    else:
        os.fsync(descriptor)


@dataclass(frozen=True, slots=True)
class Os:
    """The functions of the operating system that storage uses. A test passes a twin that fails at will."""

    open: Callable[..., int] = os.open
    write: Callable[[int, bytes], int] = os.write
    fsync: Callable[[int], None] = sync
    ftruncate: Callable[[int, int], None] = os.ftruncate
    close: Callable[[int], None] = os.close
    fstat: Callable[[int], os.stat_result] = os.fstat
    lstat: Callable[[Path], os.stat_result] = os.lstat
    replace: Callable[[Path, Path], None] = os.replace
    unlink: Callable[[Path], None] = os.unlink
    chmod: Callable[[Path, int], None] = os.chmod
    makedirs: Callable[..., None] = os.makedirs


REAL: Final = Os()


def again(function: Callable[..., Any], *args: Any) -> Any:
    """Call a function of the system until no signal interrupts it."""
    for _ in range(TRIES):
        with contextlib.suppress(InterruptedError):
            return function(*args)
    raise InterruptedError(errno.EINTR, "interrupted without end")


def write_all(descriptor: int, data: bytes, system: Os = REAL) -> None:
    """Write all bytes, however few the system takes at a time."""
    left = memoryview(data)
    while left:
        count = again(system.write, descriptor, left)
        if count <= 0:
            raise OSError(errno.ENOSPC, "nothing written")
        left = left[count:]


def close_quietly(descriptor: int, system: Os = REAL) -> None:
    """Close; there is nothing to be done about a failure, and closing twice could close another's file."""
    with contextlib.suppress(OSError):
        system.close(descriptor)


def nowhere() -> int:
    """A descriptor that takes all that is written and keeps nothing."""
    return os.open(os.devnull, os.O_WRONLY)


def reason(error: OSError) -> str:
    """A storage fault in the player's words."""
    number = error.errno or 0
    return _REASONS.get(number) or (os.strerror(number) if number else "input/output error")


def no_place(error: OSError, folder: Path) -> StorageFailed:
    """The error for a folder in which no run can be kept."""
    message = f"runs cannot be kept in {shown_path(str(folder))}: {reason(error)}"
    return StorageFailed(message, help="Name another folder with --saves PATH.")


def not_saved(error: OSError, path: Path) -> StorageFailed:
    """The error for a file that could not be written."""
    return StorageFailed(f"not saved: {reason(error)} ({shown_path(str(path))})")


def exists(path: Path, system: Os = REAL) -> bool:
    """Whether the name is taken, be it by a link that leads nowhere."""
    try:
        again(system.lstat, path)
    except FileNotFoundError:
        return False
    return True


def replace_file(path: Path, data: bytes, system: Os = REAL, mode: int = FILE_MODE) -> None:
    """Put `data` at `path`: a temporary file beside it, fsync, rename, fsync of the folder.

    Args:
        path: where it goes.
        data: the whole file.
        system: the functions of the operating system.
        mode: the rights of the file, less the umask.

    Raises:
        StorageFailed: nothing was replaced; or only the last step failed: the new bytes are there, but may
            not outlive a power cut.
    """
    try:
        temporary = _write_temporary(path, data, system, mode)
        try:
            again(system.replace, temporary, path)
        except OSError:
            remove(temporary, system)
            raise
        sync_folder(path.parent, system)
    except OSError as error:
        raise not_saved(error, path) from error


def rewrite_file(path: Path, data: bytes, system: Os = REAL) -> None:
    """Put `data` in a file of an author: its rights stay, and a link still leads to it; a new one is for others, too.

    Raises:
        StorageFailed: as by `replace_file`.
    """
    target = Path(os.path.realpath(path))
    if not exists(target, system):
        replace_file(target, data, system, SHARED_MODE)
        return
    mode = stat.S_IMODE(again(system.lstat, target).st_mode)
    replace_file(target, data, system, mode)
    with contextlib.suppress(OSError):
        again(system.chmod, target, mode)


def move_file(source: Path, target: Path, system: Os = REAL) -> None:
    """Give a file another place on the same disk; the caller holds both names and has seen that `target` is free.

    Raises:
        StorageFailed: it stayed where it was; or only the last step failed: it has moved, but that may not outlive a
            power cut.
    """
    try:
        again(system.replace, source, target)
        sync_folder(target.parent, system)
        sync_folder(source.parent, system)
    except OSError as error:
        message = f"not moved: {reason(error)} ({shown_path(str(source))})"
        raise StorageFailed(message, help="Is the folder writable?") from error


def open_appending(path: Path, size: int, system: Os = REAL) -> int:
    """Open a regular file of that size, and no link, to append to it; returns the descriptor."""
    descriptor: int = again(system.open, path, APPENDING)
    try:
        status = again(system.fstat, descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_size != size:
            raise StorageFailed(f"the file changed while it was opened ({shown_path(str(path))})")
    except (OSError, StorageFailed):
        close_quietly(descriptor, system)
        raise
    return descriptor


def sync_folder(folder: Path, system: Os = REAL) -> None:
    """Make a rename durable, where the system can do that (Windows cannot, and need not)."""
    if os.name == "nt":
        return
    try:
        descriptor = again(system.open, folder, _FOLDER)
    except PermissionError:
        return
    try:
        again(system.fsync, descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EBADF):
            raise
    finally:
        close_quietly(descriptor, system)


def remove(path: Path, system: Os = REAL) -> None:
    """Remove a file of our own, if that can be done."""
    with contextlib.suppress(OSError):
        again(system.unlink, path)


def prepare_folder(folder: Path, system: Os = REAL) -> None:
    """Make sure that runs can be kept in `folder`; create it if it is absent.

    Raises:
        StorageFailed: at once, before anything is played, naming the folder and another way.
    """
    try:
        again(lambda: system.makedirs(folder, mode=FOLDER_MODE, exist_ok=True))
        _write_temporary(folder / PROBE, b"", system)
        remove_stale(folder, PROBE, system)
    except OSError as error:
        raise no_place(error, folder) from error


def make_folder(folder: Path, system: Os = REAL) -> bool:
    """Make a folder for what an author shares; False if something of that name is there.

    Raises:
        StorageFailed: it cannot be made.
    """
    try:
        again(lambda: system.makedirs(folder, exist_ok=False))
    except FileExistsError:
        return False
    except OSError as error:
        raise not_saved(error, folder) from error
    return True


def remove_stale(folder: Path, name: str = "", system: Os = REAL) -> None:
    """Remove temporaries that a kill has left behind.

    Args:
        folder: where to look.
        name: a file whose lock the caller holds: all its temporaries go. Without: those that are an hour old.
        system: the functions of the operating system.
    """
    with contextlib.suppress(OSError):
        for entry in sorted(os.listdir(folder)):
            if not _TEMPORARY.fullmatch(entry):
                continue
            path = folder / entry
            if entry.startswith(f".{name[:NAME_BYTES]}.") if name else _is_old(path, system):
                remove(path, system)


def keep_newest(folder: Path, stem: str, count: int, system: Os = REAL) -> None:
    """Remove the oldest files of a name in our own folder, so that at most `count` remain."""
    found = [path for path in folder.iterdir() if path.name.startswith(stem)]
    found.sort(key=lambda path: (-path.stat().st_mtime, path.name))
    for path in found[count:]:
        remove(path, system)


def run_path(folder: Path, scenario_id: str, seed: str, alias: SafeText | str = "") -> Path:
    """A name for a new run that no file in `folder` has: scenario, seed and player, at most 80 bytes.

    Raises:
        StorageFailed: nothing can be kept in the folder.
    """
    raw_alias = alias.plain() if isinstance(alias, SafeText) else alias
    parts = (slug(scenario_id, 32), slug(seed, 12), slug(raw_alias, 24))
    stem = "-".join(part for part in parts if part) or "run"
    if is_reserved(stem):
        stem = f"{stem}-run"
    for count in range(1, 10 * TRIES):
        path = folder / f"{stem}{f'-{count}' if count > 1 else ''}{SUFFIX}"
        try:
            if not exists(path):
                return path
        except OSError as error:
            raise no_place(error, folder) from error
    raise StorageFailed(f"too many runs are called {stem} in {shown_path(str(folder))}")


def typed_path(text: str) -> Path:
    """The file of a run as a player typed it; the ending is added where it is missing.

    Raises:
        StorageFailed: it cannot be the name of a file.
    """
    try:
        if text and not SafeText.clean(text, PATH_CHARS, 1).changed:
            path = Path(text).expanduser()
            if path.name not in ("", ".."):
                return path if path.name.endswith(SUFFIX) else path.with_name(path.name + SUFFIX)
    except (TextRefused, RuntimeError):
        pass
    raise StorageFailed("that is not the name of a file", help="Write one such as ~/run.tpmrun.")


def spare_path(path: Path, ending: str, system: Os = REAL) -> Path:
    """The first free one of NAME.ending, NAME.ending-2, NAME.ending-3..."""
    for count in range(1, TRIES):
        spare = path.with_name(f"{path.name}.{ending}{f'-{count}' if count > 1 else ''}")
        if not exists(spare, system):
            return spare
    raise OSError(errno.EEXIST, "too many files of this kind")


def saves_folder(option: str | Path | None = None, package: Path | None = None) -> Path:
    """Where runs are kept: the folder asked for, `saves` in a checkout, or the user's data folder.

    Args:
        option: what the user named, if anything.
        package: the folder of the package; tests pass another.

    Raises:
        UsageError: the option begins with `~` and somebody who has no home here.
    """
    if option:
        try:
            return Path(option).expanduser().absolute()
        except RuntimeError:
            message = f"no home folder for {shown_path(str(option))}"
            raise UsageError(message, help="Write the folder in full.") from None
    root = _checkout(package or Path(tpmsim.__file__).resolve().parent)
    return root / "saves" if root else platformdirs.user_data_path("tpmsim", appauthor=False) / "saves"


def _checkout(package: Path) -> Path | None:
    """The root of the checkout that the package lies in, as ROOT/src/tpmsim beside ROOT/pyproject.toml."""
    if package.parent.name != "src":
        return None
    root = package.parent.parent
    with contextlib.suppress(OSError, UnicodeDecodeError):
        text = (root / "pyproject.toml").read_text(encoding="utf-8")
        return root if re.search(r'^name\s*=\s*"tpmsim"\s*$', text, re.MULTILINE) else None
    return None


def _write_temporary(path: Path, data: bytes, system: Os, mode: int = FILE_MODE) -> Path:
    temporary, descriptor = _open_temporary(path, system, mode)
    try:
        try:
            write_all(descriptor, data, system)
            again(system.fsync, descriptor)
        except OSError:
            close_quietly(descriptor, system)
            raise
        _close(descriptor, system)
    except OSError:
        remove(temporary, system)
        raise
    return temporary


def _open_temporary(path: Path, system: Os, mode: int) -> tuple[Path, int]:
    for _ in range(TRIES):
        name = f".{path.name[:NAME_BYTES]}.{os.getpid()}-{next(_COUNTER)}.tpmtmp"
        with contextlib.suppress(FileExistsError):
            return path.with_name(name), again(system.open, path.with_name(name), NEW_FILE, mode)
    raise OSError(errno.EEXIST, "too many temporary files")


def _close(descriptor: int, system: Os) -> None:
    with contextlib.suppress(InterruptedError):
        system.close(descriptor)


def _is_old(path: Path, system: Os) -> bool:
    status: os.stat_result = again(system.lstat, path)
    return time.time() - status.st_mtime > STALE_SECONDS
