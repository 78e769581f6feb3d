"""A twin of the functions that storage uses: it keeps a trace and fails where a test wants it to."""

import errno
import os
from collections.abc import Callable
from dataclasses import fields
from typing import Any

from tpmsim.game.files import Os


class Twin:
    """Counts the calls; call number `fail_at` fails, once or from then on, until `heal()`."""

    def __init__(
        self, fail_at: int = 0, forever: bool = False, code: int = errno.ENOSPC, only: str | None = None
    ) -> None:
        self.calls = 0
        self.faults = 0
        self.trace: list[tuple[str, Any]] = []
        self._fail_at, self._forever, self._code, self._only = fail_at, forever, code, only
        self._names: dict[int, str] = {}
        self.system = Os(**{field.name: self._wrapped(field.name) for field in fields(Os)})

    def break_from_now_on(self) -> None:
        self._fail_at, self._forever = self.calls + 1, True

    def heal(self) -> None:
        self._fail_at = 0

    def names(self) -> list[str]:
        """The trace as texts such as "fsync folder"."""
        return [f"{name} {what}" for name, what in self.trace]

    def _wrapped(self, name: str) -> Callable[..., Any]:
        real = getattr(os, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            if self._only is None or name == self._only:
                self.calls += 1
                if self._fails():
                    self.faults += 1
                    self._half(name, args)
                    raise OSError(self._code, os.strerror(self._code))
            result = real(*args, **kwargs)
            self._note(name, args, result)
            return result

        return call

    def _fails(self) -> bool:
        return bool(self._fail_at) and (self.calls >= self._fail_at if self._forever else self.calls == self._fail_at)

    def _half(self, name: str, args: tuple[Any, ...]) -> None:
        """What a real fault may have done already: half a write; and a failed close has closed."""
        if name == "write":
            os.write(args[0], bytes(args[1])[: len(args[1]) // 2])
        if name == "close":
            os.close(args[0])

    def _note(self, name: str, args: tuple[Any, ...], result: Any) -> None:
        if name == "open":
            self._names[result] = _kind(str(args[0]))
        what = self._names.get(args[0], "?") if isinstance(args[0], int) else _kind(str(args[0]))
        self.trace.append((name, what))


def _kind(path: str) -> str:
    if path.endswith(".tpmtmp"):
        return "temp"
    if os.path.isdir(path):
        return "folder"
    return os.path.splitext(path)[1].lstrip(".") or "file"


def interrupted() -> Os:
    """Every call is interrupted by a signal before it works; and a write takes one byte."""
    return Os(**{field.name: _every_other(field.name) for field in fields(Os)})


def _every_other(name: str) -> Callable[..., Any]:
    real, state = getattr(os, name), [0]

    def call(*args: Any, **kwargs: Any) -> Any:
        state[0] += 1
        if state[0] % 2:
            if name == "close":
                real(*args)
                state[0] += 1
            raise InterruptedError(errno.EINTR, "interrupted")
        if name == "write":
            return real(args[0], bytes(args[1])[:1])
        return real(*args, **kwargs)

    return call
