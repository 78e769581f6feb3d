"""The keys of a screen as data: for its help, and for the command palette."""

from dataclasses import dataclass
from typing import Any

from textual.binding import Binding
from textual.screen import Screen

NAMES = {"slash": "/", "question_mark": "?"}
"""Keys that have another name than what is printed on them."""


@dataclass(frozen=True, slots=True)
class ScreenKey:
    """A key of a screen.

    Attributes:
        key: as it is printed on the keyboard.
        words: what it does.
        action: what does it, to be run on the screen; empty for keys that a list or a text takes itself.
    """

    key: str
    words: str
    action: str = ""


def keys_of(screen: Screen[Any]) -> tuple[ScreenKey, ...]:
    """The keys of a screen that are meant to be shown, those that it has in common with others first."""
    kinds = [kind for kind in reversed(type(screen).__mro__) if issubclass(kind, Screen) and "BINDINGS" in vars(kind)]
    bindings = [one for kind in kinds for one in kind.BINDINGS if isinstance(one, Binding)]
    return tuple(
        ScreenKey(NAMES.get(key := one.key.split(",")[0], key), one.description, one.action)
        for one in bindings
        if one.show and one.description
    )
