"""Texts by id, and files of words: the texts of a scenario in another language.

The id of a text is its path in the scenario, such as `cards.whale_demo.says`; items of lists count from 1. A file
`words.LANGUAGE.yaml` beside the scenario gives texts by these ids. What it leaves out is shown as it stands inline.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, TypeVar

from tpmsim.scenario.binding import Bound, bind
from tpmsim.scenario.codes import Texts
from tpmsim.scenario.diagnostics import Diagnostic, finding, in_order, nearest
from tpmsim.scenario.fields import Language, Meaning, Model
from tpmsim.scenario.positions import Path, Positions, dotted
from tpmsim.scenario.schema import Scenario
from tpmsim.scenario.yaml_reader import read
from tpmsim.text import SafeText, quoted

FILE: Final = re.compile(r"words\.([a-z]{2,8})\.yaml")
LISTED: Final = 5

NEVER_SHOWN: Final = ("source", "todo")
"""Texts for authors."""

NAMES: Final = ".name"
"""Names of people need no translation, though they may have one."""

V = TypeVar("V")


class Words(Model):
    """A file of words."""

    format: Annotated[Literal[1], Meaning("How to read the file.")] = 1
    language: Annotated[Language, Meaning("The language of the texts, such as `de`; also in the name of the file.")]
    texts: Annotated[dict[str, SafeText], Meaning("Texts by their ids, such as `cards.whale_demo.says`.")]


@dataclass(frozen=True, slots=True)
class Read:
    """A file of words that was read.

    Attributes:
        words: its content, with stand-ins where it has faults.
        findings: what is wrong with it.
        positions: of its parts.
    """

    words: Words
    findings: tuple[Diagnostic, ...]
    positions: Positions


def every_text(value: Any, path: Path = ()) -> Iterator[tuple[Path, SafeText]]:
    """Every text of a scenario, or of a part of it, with its path."""
    if isinstance(value, SafeText):
        yield path, value
    else:
        for key, part in _parts(value):
            yield from every_text(part, (*path, key))


def texts(scenario: Scenario) -> dict[str, SafeText]:
    """Every text of a scenario that players read, by its id."""
    return {dotted(path): text for path, text in every_text(scenario) if path[-1] not in NEVER_SHOWN}


def translated(value: V, words: Mapping[str, SafeText], path: Path = ()) -> V:
    """A scenario, or a part of it, with these texts in place of those with the same ids."""
    if isinstance(value, SafeText):
        text: Any = words.get(dotted(path), value)
        return text  # type: ignore[no-any-return]
    parts = {key: (part, translated(part, words, (*path, key))) for key, part in _parts(value)}
    if all(new is old for old, new in parts.values()):
        return value
    changed: Any = _rebuilt(value, {key: new for key, (_, new) in parts.items()})
    return changed  # type: ignore[no-any-return]


def read_words(data: bytes, file: str, name: str, scenario: Scenario) -> Read:
    """Read a file of words for a scenario.

    Args:
        data: its bytes.
        file: the file as it may be shown.
        name: the language in its name.
        scenario: whose texts it translates.

    Raises:
        InputRefused: it is no YAML that is read here.
    """
    document = read(data, file)
    bound = bind(document.root, Words, file)
    found = [*document.warnings, *bound.findings, *_own(bound, file, name, scenario)]
    return Read(bound.draft, in_order(found), bound.positions)


def _own(bound: Bound[Words], file: str, name: str, scenario: Scenario) -> Iterator[Diagnostic]:
    """What a file of words says beside the scenario, or leaves out."""
    words, place = bound.draft, bound.positions
    if ("language",) not in bound.broken and words.language != name:
        at = place.value("language")
        yield finding(Texts.OTHER_LANGUAGE, file, *at, name=name, language=words.language, suggestion=name)
    if name == scenario.language:
        yield finding(Texts.OWN_LANGUAGE, file, *place.key("language"), language=name)
    known = texts(scenario)
    for one in words.texts:
        if one not in known:
            near = nearest(one, known)
            yield finding(Texts.NO_SUCH_TEXT, file, *place.key("texts", one), meant=near, id=quoted(one))
    missing = [one for one in known if one not in words.texts and not one.endswith(NAMES)]
    if missing:
        more = f" and {len(missing) - LISTED} more" if len(missing) > LISTED else ""
        count = "1 text is" if len(missing) == 1 else f"{len(missing)} texts are"
        listed = ", ".join(missing[:LISTED]) + more
        yield finding(Texts.NOT_TRANSLATED, file, *place.key("texts"), count=count, ids=listed)


def _parts(value: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(value, Model):
        for name, info in type(value).model_fields.items():
            yield info.alias or name, getattr(value, name)
    elif isinstance(value, Mapping):
        yield from value.items()
    elif isinstance(value, tuple):
        yield from enumerate(value)


def _rebuilt(value: Any, parts: Mapping[str | int, Any]) -> Any:
    if isinstance(value, Model):
        names = {info.alias or name: name for name, info in type(value).model_fields.items()}
        return value.model_copy(update={names[str(key)]: part for key, part in parts.items()})
    return dict(parts) if isinstance(value, Mapping) else tuple(parts.values())
