"""Craft of texts: what is too long to be read, does not fit its column, or was left unfinished.

The limits are those of the screens at 80 columns (`tui.panes`, `game.wording`). Not here: whether a text is good.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from tpmsim.scenario.logic import Nonsense
from tpmsim.scenario.positions import Path
from tpmsim.scenario.schema import Model, Scenario, Sourced
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


def texts(scenario: Scenario) -> Iterator[Nonsense]:
    """Everything about the words of a scenario that gets in a reader's way."""
    for path, text in every_text(scenario, ()):
        yield from _fits(path, text)
    yield from _people(scenario)
    yield from _cards(scenario)
    yield from _sources(scenario, ())


def every_text(part: object, path: Path) -> Iterator[tuple[Path, SafeText]]:
    """All texts of a part of a scenario, with their paths."""
    if isinstance(part, SafeText):
        yield path, part
    elif isinstance(part, Model):
        for key in type(part).model_fields:
            yield from every_text(getattr(part, key), (*path, key))
    elif isinstance(part, Mapping):
        for key, value in part.items():
            yield from every_text(value, (*path, key))
    elif isinstance(part, tuple):
        for place, value in enumerate(part):
            yield from every_text(value, (*path, place))


def plain(text: SafeText) -> str:
    """A text on one line, without marks of emphasis."""
    return " ".join(text.plain().replace("*", "").split())


def _fits(path: Path, text: SafeText) -> Iterator[Nonsense]:
    words = plain(text).split()
    most = COLUMNS.get(_kind(path))
    if most is not None and len(plain(text)) > most:
        message = f"{len(plain(text))} characters, of which screens show {most}"
        yield Nonsense("TPM503", message, path, f"Say it in at most {most} characters.")
    long = next((word for word in words if len(word) > WORD), None)
    if long is not None:
        message = f"{quoted(long[:20] + '...')} is longer than a line"
        yield Nonsense("TPM504", message, path, f"Break it into words of at most {WORD} characters.")
    for found in PLACEHOLDER.findall(text.plain()):
        yield Nonsense("TPM514", f"{quoted(found)} is shown as it stands", path, "Write the name itself.")


def _kind(path: Path) -> Path:
    """A path without its ids: those stand behind the keys that hold maps."""
    shape = {len(one): one for one in COLUMNS if len(one) == len(path) and _like(one, path)}
    return shape.get(len(path), ())


def _like(pattern: Path, path: Path) -> bool:
    return all(one in ("*", other) for one, other in zip(pattern, path, strict=True))


def _people(scenario: Scenario) -> Iterator[Nonsense]:
    for name, one in scenario.stakeholders.items():
        who = f"{plain(one.name)} ({plain(one.role)})"
        if plain(one.name) != plain(one.role) and len(who) > WHO:
            message = f"name and role are {len(who)} characters together, of which the list shows {WHO}"
            yield Nonsense("TPM503", message, ("stakeholders", name, "role"), "Shorten one of them.")


def _cards(scenario: Scenario) -> Iterator[Nonsense]:
    for name, card in scenario.cards.items():
        count = len(plain(card.says).split())
        if count > CARD_WORDS:
            message = f"the card '{name}' has {count} words"
            yield Nonsense("TPM501", message, ("cards", name, "says"), f"At most {CARD_WORDS} are read.")
        for answer, one in card.answers.items():
            count = len(plain(one.says).split())
            if count > ANSWER_WORDS:
                path: Path = ("cards", name, "answers", answer, "says")
                message = f"the answer '{answer}' has {count} words"
                yield Nonsense("TPM502", message, path, f"At most {ANSWER_WORDS} are read.")
        said: dict[str, str] = {}
        for answer, one in card.answers.items():
            first = said.setdefault(plain(one.says).casefold(), answer)
            if first != answer:
                message = f"the answers '{first}' and '{answer}' say the same"
                yield Nonsense("TPM515", message, ("cards", name, "answers", answer, "says"), "Tell them apart.")


def _sources(part: object, path: Path) -> Iterator[Nonsense]:
    """Parameters that say they have a source, and name none."""
    if isinstance(part, Sourced):
        if not plain(part.source):
            help = "Name it, or write the number alone: it then counts as an assumption."
            yield Nonsense("TPM516", "the source is empty", (*path, "source"), help)
    elif isinstance(part, Model):
        for key in type(part).model_fields:
            yield from _sources(getattr(part, key), (*path, key))
