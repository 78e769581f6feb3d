"""Policies of one's own: a class in a Python file, named `my_policy.py:MyPolicy`. How to write one: docs/policies.md.

This is the one place of the program that runs code from a file. It is the user's own code: it runs with the user's
rights, only where the user names it on the command line; no scenario and no run file can name one. What goes wrong in
it is told with the place in it, and no move that is not legal gets through.
"""

import contextlib
import hashlib
import inspect
import sys
import types
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from tpmsim.core.arrays import Ints
from tpmsim.core.moves import allowed
from tpmsim.core.rolls import Luck
from tpmsim.core.rules import Rules
from tpmsim.core.state import Known
from tpmsim.errors import PolicyFailed, UsageError
from tpmsim.lab.policies import get_policy
from tpmsim.lab.policy import END, Bound, Policy
from tpmsim.text import is_id, quoted, shown, shown_path

MODULE = "tpmsim_own_policy"
"""Name of the module that a file becomes."""


def find_policy(text: str) -> Policy:
    """A policy by its name, or one of the user's own by `FILE.py:NAME`.

    Raises:
        UsageError: it is neither.
        InputRefused: the file cannot be read.
        PolicyFailed: the file cannot be run, or has nothing of that name.
    """
    if is_id(text):
        return get_policy(text)
    path, colon, name = text.rpartition(":")
    if not colon or not name.isidentifier() or not path.endswith(".py"):
        help = "Name one that comes with the program, or a class of your own as my_policy.py:MyPolicy."
        raise UsageError(f"no policy {quoted(text)}", help=help)
    from tpmsim.scenario.source import read_bytes  # only here: what is sent to a worker needs nothing of scenarios

    own = Own(path, name, read_bytes(path))
    own.made()
    return own


@dataclass(frozen=True, slots=True)
class Own:
    """A policy of the user's own, as plain data that can travel to a worker.

    Attributes:
        path: of the file, as the user named it.
        name: of the class in it.
        data: the bytes of the file.
    """

    path: str
    name: str
    data: bytes

    @property
    def id(self) -> str:
        """Name of the file and the class."""
        return f"{Path(self.path).name}:{self.name}"

    @property
    def digest(self) -> str:
        """SHA-256 over the file and the name; files that it imports are not in it."""
        return hashlib.sha256(self.name.encode() + b"\0" + self.data).hexdigest()[:32]

    def bind(self, rules: Rules) -> "Guarded":
        """The class made with the rules of a scenario, or what its own `bind` gives."""
        made = self.made()
        with self.blamed():
            bound = made.bind(rules) if hasattr(made, "bind") else made(rules)
            if not callable(getattr(bound, "choose", None)):
                raise TypeError(f"{self.name} has no method choose(known, luck, step)")
        return Guarded(self, rules, bound)

    def made(self) -> Any:
        """What stands under the name in the file, which is run once."""
        with self.blamed():
            found = getattr(_module(self.path, self.data), self.name, None)
        if found is None:
            raise PolicyFailed(f"there is no {quoted(self.name)} in it", file=shown_path(self.path))
        return found

    @contextlib.contextmanager
    def blamed(self) -> Iterator[None]:
        """Whatever the user's code raises is told as theirs; what it prints goes to standard error."""
        try:
            with contextlib.redirect_stdout(sys.stderr):
                yield
        except PolicyFailed:
            raise
        except (Exception, SystemExit) as error:
            raise self._failure(error) from error

    def _failure(self, error: BaseException) -> PolicyFailed:
        line = error.lineno if isinstance(error, SyntaxError) else _line_in(error, self.path)
        said = error.msg if isinstance(error, SyntaxError) else str(error)
        message = f"{type(error).__name__}: {shown(said)}" if said else type(error).__name__
        return self.failed(message, line)

    def failed(self, message: str, line: int | None) -> PolicyFailed:
        """The error that blames a line of the file."""
        help = "It is your policy that failed; TPMSIM_DEBUG=1 shows the whole way there."
        return PolicyFailed(message, file=shown_path(self.path), line=line, help=help)


@lru_cache(maxsize=8)
def _module(path: str, data: bytes) -> types.ModuleType:
    """The file as a module; it may import what lies beside it. No compiled copy is left behind."""
    module = types.ModuleType(MODULE)
    module.__file__ = path
    beside = str(Path(path).resolve().parent)
    if beside not in sys.path:
        sys.path.append(beside)
    sys.modules[MODULE] = module
    exec(compile(data, path, "exec", dont_inherit=True), module.__dict__)
    return module


def _line_in(error: BaseException, path: str) -> int | None:
    """The innermost line of the file on the way to an error."""
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == path:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


@dataclass(frozen=True, slots=True)
class Guarded:
    """A policy of the user's own in one scenario; what it chooses is checked.

    Attributes:
        own: the policy.
        rules: the scenario.
        bound: what the user's code made of them.
    """

    own: Own
    rules: Rules
    bound: Bound

    def choose(self, known: Known, luck: Luck, step: int) -> Ints:
        """The user's choice.

        Raises:
            PolicyFailed: it raised something, or chose what is no legal move.
        """
        with self.own.blamed():
            chosen = np.array(self.bound.choose(known, luck, step))
        runs = known.week.shape
        if chosen.shape != runs or chosen.dtype.kind not in "iu":
            kind = f"{chosen.dtype} of shape {chosen.shape}"
            raise self._wrong(f"choose gave {kind} for {runs[0]} runs; it is to give one row of a move for each")
        self._check(known, chosen)
        return chosen.astype(np.int64)

    def _check(self, known: Known, chosen: Ints) -> None:
        """Every choice in a run that goes on is END or legal."""
        live = known.live
        for row in np.unique(chosen[live]).tolist():
            if row != END and not 0 <= row < len(self.rules.moves):
                raise self._wrong(f"choose gave {row}; rows of moves are 0 to {len(self.rules.moves) - 1}, {END} ends")
            if row != END and not allowed(self.rules, known, row)[live & (chosen == row)].all():
                move, week = self.rules.moves[row].id, int(known.week[live][0])
                raise self._wrong(f"choose gave {quoted(move)} in week {week} where it is not legal; ask allowed()")

    def _wrong(self, message: str) -> PolicyFailed:
        code = inspect.unwrap(type(self.bound).choose).__code__
        ours = code.co_filename == self.own.path
        return self.own.failed(message, code.co_firstlineno if ours else None)
