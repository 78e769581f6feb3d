"""The one function that opens strangers' files. It returns bytes and knows nothing of what is in them.

Opened without blocking, only regular files, never more bytes than the limit, nothing compressed. A name that
was found inside a file is checked by `member` before it touches the disk.
"""

import contextlib
import os
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from tpmsim.errors import InputRefused
from tpmsim.scenario.codes import Files
from tpmsim.scenario.diagnostics import Diagnostic, finding
from tpmsim.text import is_reserved, quoted, shown_path

SCENARIO_BYTES: Final = 1 << 20
MOST_FILES: Final = 20

_MEMBER: Final = re.compile(r"[a-z0-9_-]{1,64}(\.[a-z]{2,8})?\.ya?ml")
# Flags that do not exist everywhere are 0 there: Windows has no FIFO in a folder and no O_NOFOLLOW.
_READ: Final = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NOINHERIT", 0)
)
_NO_LINKS: Final = getattr(os, "O_NOFOLLOW", 0)
_PACKED: Final[tuple[tuple[int, bytes], ...]] = (
    (0, b"\x1f\x8b"),  # gzip
    (0, b"\x1f\x9d"),  # compress
    (0, b"PK\x03\x04"),
    (0, b"PK\x05\x06"),
    (0, b"PK\x07\x08"),
    (0, b"\xfd7zXZ\x00"),
    (0, b"BZh"),
    (0, b"\x28\xb5\x2f\xfd"),  # zstandard
    (0, b"7z\xbc\xaf\x27\x1c"),
    (0, b"Rar!\x1a\x07"),
    (0, b"LZIP"),
    (0, b"\x04\x22\x4d\x18"),  # lz4
    (0, b"\x5d\x00\x00"),  # lzma
    (257, b"ustar"),
)


def read_bytes(path: str | Path, limit: int = SCENARIO_BYTES, *, follow_links: bool = True) -> bytes:
    """Read a stranger's file.

    Args:
        path: the file, as the user named it or as `member` returned it.
        limit: the most bytes that are accepted; one byte more is read to know.
        follow_links: False for names that were found inside content.

    Raises:
        InputRefused: missing, unreadable, not a regular file, over the limit, or compressed.
    """
    name = shown_path(str(path))
    try:
        descriptor = os.open(path, _READ | (0 if follow_links else _NO_LINKS))
    except (OSError, ValueError) as error:
        raise InputRefused([_unopened(Path(path), error, name)]) from None
    try:
        data = _read_regular(descriptor, limit, name)
    except OSError as error:
        raise InputRefused([finding(Files.UNREADABLE, name, problem=f"cannot be read: {_reason(error)}")]) from None
    finally:
        with contextlib.suppress(OSError):
            os.close(descriptor)
    if any(data.startswith(mark, offset) for offset, mark in _PACKED):
        raise InputRefused([finding(Files.COMPRESSED, name)])
    return data


def member(folder: str | Path, name: str, file: str = "", line: int | None = None, column: int | None = None) -> Path:
    """The path of a file that is named inside a scenario: only a plain name, inside the folder, no link.

    Args:
        folder: the scenario's folder.
        name: the name as it was written.
        file: where it was written, for the message.
        line: where it was written.
        column: where it was written.

    Raises:
        InputRefused: the name could lead out of the folder, or leads through a link.
    """
    if not _MEMBER.fullmatch(name) or is_reserved(name):
        raise InputRefused([finding(Files.NAME, file, line, column, name=quoted(name))])
    path = Path(folder) / name
    if is_link(path):
        raise InputRefused([finding(Files.LINK, file or shown_path(str(path)), line, column, name=quoted(name))])
    return path


def members(folder: str | Path) -> tuple[str, ...]:
    """Names of the YAML files of a scenario's folder, in order.

    Raises:
        InputRefused: more of them than a scenario may have, or the folder cannot be read.
    """
    try:
        names = sorted(name for name in os.listdir(folder) if name.endswith((".yaml", ".yml")))
    except OSError as error:
        problem = f"cannot be opened: {_reason(error)}"
        raise InputRefused([finding(Files.UNREADABLE, shown_path(str(folder)), problem=problem)]) from None
    if len(names) > MOST_FILES:
        raise InputRefused([finding(Files.TOO_MANY_FILES, shown_path(str(folder)), limit=MOST_FILES)])
    return tuple(name for name in names if _MEMBER.fullmatch(name))


def unread(folder: str | Path, known: Callable[[str], bool]) -> Iterator[Diagnostic]:
    """Warnings of YAML files in a scenario's folder that nobody reads.

    Args:
        folder: where to look; one that cannot be read has none.
        known: whether a file of that name is read there.
    """
    with contextlib.suppress(OSError):
        for name in sorted(os.listdir(folder)):
            if name.lower().endswith((".yaml", ".yml")) and not name.startswith(".") and not known(name):
                yield finding(Files.UNREAD, shown_path(str(Path(folder) / name)), name=quoted(name))


def is_member(name: str) -> bool:
    """Whether a name is one that is read in a folder of a scenario."""
    return _MEMBER.fullmatch(name) is not None


def _read_regular(descriptor: int, limit: int, name: str) -> bytes:
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        raise InputRefused([_not_regular(name)])
    if status.st_size > limit:
        raise InputRefused([_too_large(name, limit)])
    chunks, left = [], limit + 1
    while left > 0 and (chunk := os.read(descriptor, left)):
        chunks.append(chunk)
        left -= len(chunk)
    if left <= 0:
        raise InputRefused([_too_large(name, limit)])
    return b"".join(chunks)


def is_link(path: Path) -> bool:
    """Links of all kinds, junctions of Windows as well: those change the real path but not the name."""
    if path.is_symlink():
        return True
    expected = os.path.join(os.path.realpath(path.parent), path.name)
    return os.path.normcase(os.path.realpath(path)) != os.path.normcase(expected)


def _unopened(path: Path, error: OSError | ValueError, name: str) -> Diagnostic:
    if isinstance(error, FileNotFoundError):
        return finding(Files.UNREADABLE, name, problem="no such file", help="See that the name is right.")
    with contextlib.suppress(OSError, ValueError):
        if not stat.S_ISREG(path.lstat().st_mode):
            return _not_regular(name)
    return finding(Files.UNREADABLE, name, problem=f"cannot be opened: {_reason(error)}")


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, OSError):
        return os.strerror(error.errno) if error.errno else "input/output error"
    return "not a file name"


def _not_regular(name: str) -> Diagnostic:
    return finding(Files.NOT_REGULAR, name)


def _too_large(name: str, limit: int) -> Diagnostic:
    return finding(Files.TOO_LARGE, name, limit=f"{limit:,}")
