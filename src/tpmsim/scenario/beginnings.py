"""What a new scenario begins from: a template, or a scenario that ships, with a name of its own.

Gives the files by name, the schemas for editors among them; nothing is written here (`game.authored`).
"""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from tpmsim.scenario.files import MODELS, SCHEMAS, TESTS, kind_of
from tpmsim.scenario.json_schema import page, schema_of
from tpmsim.scenario.library import folder, shipped
from tpmsim.scenario.source import read_bytes

TEMPLATES: Final = Path(__file__).resolve().parent / "templates"
FIRST: Final = "minimal"

_ID: Final = re.compile(r"^id:.*$", re.MULTILINE)
_MODELINE: Final = re.compile(r"^# yaml-language-server:.*\n")


def beginnings() -> tuple[str, ...]:
    """The names of what a new scenario can begin from: the templates, then the scenarios that ship."""
    templates = sorted(path.name for path in TEMPLATES.iterdir() if path.is_dir())
    return (*templates, *shipped())


def begun(name: str, origin: str) -> dict[str, bytes]:
    """The files of a new scenario by their paths in its folder.

    Args:
        name: its id.
        origin: one of `beginnings`.

    Raises:
        InputRefused: a file of the origin cannot be read.
    """
    place = TEMPLATES / origin if (TEMPLATES / origin).is_dir() else folder() / origin
    files = {path: _text(place / path) for path in _paths(place)}
    named = {
        path: _ID.sub(f"id: {name}", text, count=1) if kind_of(path) == "scenario" else text
        for path, text in files.items()
    }
    schemas = {f"{SCHEMAS}/{kind}.json": page(schema_of(kind)) for kind in MODELS}
    texts = {**schemas, **{str(path): _with_modeline(path, text) for path, text in named.items()}}
    return {path: text.encode() for path, text in texts.items()}


def _paths(place: Path) -> Iterator[PurePosixPath]:
    for path in sorted([*place.glob("*.yaml"), *place.glob(f"{TESTS}/*.yaml")]):
        if kind_of(path) in MODELS:
            yield PurePosixPath(path.relative_to(place).as_posix())


def _text(path: Path) -> str:
    return read_bytes(path).decode("utf-8").replace("\r\n", "\n")


def _with_modeline(path: PurePosixPath, text: str) -> str:
    """The text with the line by which editors find the schema; its folder lies beside the scenario."""
    bare = _MODELINE.sub("", text, count=1)
    up = "../" * (len(path.parts) - 1)
    return f"# yaml-language-server: $schema={up}{SCHEMAS}/{kind_of(path)}.json\n{bare}"
