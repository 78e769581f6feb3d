"""Craft of texts: what is too long to be read, does not fit its column, or was left unfinished.

The limits are those of the screens at 80 columns (`tui.panes`, `game.wording`). Not here: whether a text is good.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from tpmsim.scenario.codes import Craft
from tpmsim.scenario.faults import Fault, fault
from tpmsim.scenario.positions import Path
from tpmsim.scenario.schema import Model, Scenario, Sourced
from tpmsim.scenario.words import every_text
from tpmsim.text import SafeText, quoted

CARD_WORDS: Final = 45
ANSWER_WORDS: Final = 18
"""How much is read."""

WORD: Final = 56
"""Characters of a word that fits a line of the smallest window."""

WHO: Final = 26
"""Characters of a name with the role behind it, in the list of people."""

COLUMNS: Final[Mapping[Path, int]] = {
    ("title",): 40,
    ("features", "*", "title"): 26,
    ("needs", "*", "title"): 56,
    ("market", "segments", "*", "title"): 24,
    ("market", "rivals", "*", "title"): 24,
    ("instruments", "*", "title"): 30,
    ("profiles", "*", "title"): 30,
    ("lifecycle", "*", "title"): 24,
    ("stakeholders", "*", "name"): 24,
    ("stakeholders", "*", "role"): 24,
    ("endings", "*", "title"): 70,
    ("gates", "*", "requires", "*", "says"): 160,
}
"""Characters after which screens cut a text, by its path."""

PLACEHOLDER: Final = re.compile(r"\{[A-Za-z_][A-Za-z0-9_.]*\}")


def texts(scenario: Scenario) -> Iterator[Fault]:
    """Everything about the words of a scenario that gets in a reader's way."""
    for path, text in every_text(scenario):
        yield from fits(path, text)
    yield from _people(scenario)
    yield from _cards(scenario)
    yield from _sources(scenario, ())


def plain(text: SafeText) -> str:
    """A text on one line, without marks of emphasis."""
    return " ".join(text.plain().replace("*", "").split())


def fits(path: Path, text: SafeText) -> Iterator[Fault]:
    """What of a text does not fit the screens."""
    words = plain(text).split()
    most = COLUMNS.get(_kind(path))
    if most is not None and len(plain(text)) > most:
        help, what = f"Say it in at most {most} characters.", f"{len(plain(text))} characters"
        yield fault(Craft.WIDE, *path, help=help, at_value=True, what=what, most=most)
    long = next((word for word in words if len(word) > WORD), None)
    if long is not None:
        yield fault(Craft.LONG_WORD, *path, at_value=True, word=quoted(long[:20] + "..."), most=WORD)
    for found in PLACEHOLDER.findall(text.plain()):
        yield fault(Craft.PLACEHOLDER, *path, at_value=True, text=quoted(found))


def _kind(path: Path) -> Path:
    """A path without its ids: those stand behind the keys that hold maps."""
    shape = {len(one): one for one in COLUMNS if len(one) == len(path) and _like(one, path)}
    return shape.get(len(path), ())


def _like(pattern: Path, path: Path) -> bool:
    return all(one in ("*", other) for one, other in zip(pattern, path, strict=True))


def _people(scenario: Scenario) -> Iterator[Fault]:
    for name, one in scenario.stakeholders.items():
        who = f"{plain(one.name)} ({plain(one.role)})"
        if plain(one.name) != plain(one.role) and len(who) > WHO:
            what = f"name and role are {len(who)} characters together"
            yield fault(Craft.WIDE, "stakeholders", name, "role", help="Shorten one of them.", what=what, most=WHO)


def _cards(scenario: Scenario) -> Iterator[Fault]:
    for name, card in scenario.cards.items():
        count = len(plain(card.says).split())
        if count > CARD_WORDS:
            yield fault(Craft.LONG_CARD, "cards", name, "says", card=name, count=count, most=CARD_WORDS)
        for answer, one in card.answers.items():
            count = len(plain(one.says).split())
            if count > ANSWER_WORDS:
                path: Path = ("cards", name, "answers", answer, "says")
                yield fault(Craft.LONG_ANSWER, *path, answer=answer, count=count, most=ANSWER_WORDS)
        said: dict[str, str] = {}
        for answer, one in card.answers.items():
            first = said.setdefault(plain(one.says).casefold(), answer)
            if first != answer:
                path = ("cards", name, "answers", answer, "says")
                yield fault(Craft.SAME_WORDS, *path, first=first, second=answer)


def _sources(part: object, path: Path) -> Iterator[Fault]:
    """Parameters that say they have a source, and name none."""
    if isinstance(part, Sourced):
        if not plain(part.source):
            yield fault(Craft.EMPTY_SOURCE, *path, "source")
    elif isinstance(part, Model):
        for key in type(part).model_fields:
            yield from _sources(getattr(part, key), (*path, key))
