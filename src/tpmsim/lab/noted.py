"""What is known, with a note of the fields that were read: what was worked out stands until one of them changes.

Moves and mechanics never write into an array, they put a new one in its place. So the same array means the same
content, and nothing has to be compared.
"""

from collections.abc import Callable, Set
from functools import wraps
from typing import Any
from weakref import ref

from tpmsim.core.arrays import Floats, Ints
from tpmsim.core.rules import Rules
from tpmsim.core.state import Known

Reading = Callable[[Rules, Known], Floats]


class Noted(Known):
    """What is known, to be read like any other; a field is taken over when it is first read.

    A copy with something changed (`evolve`) can change only fields that were read before; of others it says that they
    are not there.

    Args:
        source: what is known in N runs; if it takes notes itself, it does of what is read here too.
        runs: the runs to look at, in this order; None for all.

    Attributes:
        read: names of the fields that were read.
    """

    source: Known
    runs: Ints | None
    read: set[str]

    def __init__(self, source: Known, runs: Ints | None = None) -> None:
        self.__dict__.update(source=source, runs=runs, read=set(), itself=ref(self))

    def __getattr__(self, name: str) -> Any:
        """A field that was not read before; Python asks only for what is not there yet."""
        if name not in _FIELDS:
            raise AttributeError(name)
        array = getattr(self.source, name)
        self.read.add(name)
        self.__dict__[name] = seen = array if self.runs is None else array.take(self.runs, axis=-1)
        return seen

    @property
    def original(self) -> bool:
        """Whether this is what is known, and not a copy in which something was changed (`evolve`)."""
        return self.__dict__["itself"]() is self


_FIELDS = frozenset(Known.__dataclass_fields__)


def once(reading: Reading) -> Reading:
    """A reading that several lines use: worked out anew only when something it was read from has changed."""
    kept = _kept(reading)

    @wraps(reading)
    def remembered(rules: Rules, known: Known) -> Floats:
        return kept(rules, known)[1]

    return remembered


def for_all(reading: Reading) -> Reading:
    """As `once`, and for the whole batch, whatever part is asked about: for what the moves of a week leave alone."""
    kept = _kept(reading)

    def found(rules: Rules, known: Known) -> tuple[Set[str], Floats]:
        if not isinstance(known, Noted) or not known.original:
            return kept(rules, known)
        names, value = found(rules, known.source)
        known.read.update(names)
        return names, value if known.runs is None else value.take(known.runs, axis=-1)

    @wraps(reading)
    def remembered(rules: Rules, known: Known) -> Floats:
        return found(rules, known)[1]

    return remembered


def _kept(reading: Reading) -> Callable[[Rules, Known], tuple[Set[str], Floats]]:
    """The names of what is read and what comes of it; of the last time, if all of it is as it was."""
    last: tuple[Rules, dict[str, Any], Floats] | None = None

    def kept(rules: Rules, known: Known) -> tuple[Set[str], Floats]:
        nonlocal last
        here = last
        if (
            here is None
            or here[0] is not rules
            or any(getattr(known, name) is not old for name, old in here[1].items())
        ):
            noted = Noted(known)
            value = reading(rules, noted)
            here = last = (rules, {name: getattr(known, name) for name in noted.read}, value)
        return here[1].keys(), here[2]

    return kept
