"""Finding: the moves that somebody means who types a few words, or beginnings of words."""

import re
import unicodedata
from collections.abc import Iterable

from tpmsim.core.observe import Choice, Observation
from tpmsim.game.view import View
from tpmsim.game.wording.groups import secret

LAST = ("/leap", "/kill", "/sunset")
"""Moves that nobody should make by taking the first line."""


def moves_named(view: View, seen: Observation, choices: Iterable[Choice], text: str) -> tuple[Choice, ...]:
    """The moves that fit a text: each of its words begins a word of the label or of the id.

    Legal moves come first, then those of the present stage that are refused. Moves whose very name would tell what
    the player has not learned are left out. An empty text fits everything.
    """
    wanted = words_of(text)
    known = [one for one in choices if (one.legal or one.here) and not secret(seen, one.id)]
    fitting = [one for one in known if fits(wanted, f"{view.label(one.id, seen.week)} {_said(one)}")]
    return tuple(sorted(fitting, key=lambda one: (one.id.endswith(LAST), not one.legal)))


def _said(one: Choice) -> str:
    """The id without its kind where the kind would be mistaken for a word of a promise."""
    return one.id.partition(":")[2] if one.kind == "commit" else one.id


def fits(wanted: Iterable[str], label: str) -> bool:
    """Whether each word begins a word of the label."""
    known = words_of(label)
    return all(any(word.startswith(part) for word in known) for part in wanted)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in small letters, without accents."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return tuple(re.findall(r"[^\W_]+", plain.casefold()))
