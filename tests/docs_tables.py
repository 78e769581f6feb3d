"""The tables of the docs that are made from the code, between marker comments; `--write` puts them in place.

    .venv/bin/python tests/docs_tables.py --write

Each table is a function that returns Markdown. `stale()` names the pages whose text differs from what the code says;
`test_docs.py` fails on them. The reference of the scenario format is made by `tpmsim.scenario.reference`.
"""

import dataclasses
import inspect
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from tpmsim import errors
from tpmsim.cli import models_page
from tpmsim.core.week import ORDER
from tpmsim.game import journal, jsonl, records
from tpmsim.scenario.files import MODELS
from tpmsim.scenario.json_schema import page, schema_of
from tpmsim.scenario.lifecycle import Lifecycle, StageSpec
from tpmsim.scenario.reference import TOPICS, bare_scenario
from tpmsim.scenario.reference_table import Table
from tpmsim.scenario.usual import usual_values
from tpmsim.text import TEXT_CHARS, TEXT_LINES

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
SCHEMA_FOLDER = ROOT / "scenarios" / ".schema"
COMMAND = ".venv/bin/python tests/docs_tables.py --write"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    return Table(tuple(header), tuple(map(tuple, rows))).markdown()


# Scenario format


def topic(name: str) -> Callable[[], str]:
    """A topic of the reference of the scenario format."""
    tables = TOPICS[name][1]
    return lambda: "\n\n".join(one.markdown() for one in tables())


# Lifecycle


def default_lifecycle() -> Lifecycle:
    """The lifecycle of a scenario that declares none."""
    stages = bare_scenario().lifecycle
    return Lifecycle.build({name: StageSpec(one.go, one.recycle, one.sunset) for name, one in stages.items()})


def diagram() -> str:
    """The Mermaid drawing of the default lifecycle."""
    return f"```mermaid\n{default_lifecycle().mermaid()}```"


def triggers_table() -> str:
    """Where each trigger of each stage leads."""
    machine = default_lifecycle()
    rows = [
        (stage, ", ".join(f"{one.name.lower()} → {machine.target(stage, one)}" for one in machine.triggers(stage)))
        for stage in machine.stages[:-1]
    ]
    return table(("stage", "triggers"), rows)


# Models


def order_table() -> str:
    """The mechanics of a week, in order."""
    rows = [
        (str(place), f"`{one.__name__}`", f"{one.__module__.rsplit('.', 1)[1]}.py", _first_sentence(one))
        for place, one in enumerate(ORDER, start=1)
    ]
    return table(("", "mechanic", "file", "what it does"), rows)


def equations() -> str:
    """One table a mechanics file: every public function, what it gives, its source, whether a run uses it."""
    used = models_page.used_functions()
    return "\n\n".join(models_page.functions(path, used).markdown() for path in models_page.modules_of_models())


def constants_table() -> str:
    """Every named constant with its value, its status and its source."""
    return models_page.values(models_page.constants()).markdown()


def usual_table() -> str:
    """Every default of a key that is a number, with the model that reads it, its status and its source."""
    rows = [
        (f"`{one.key}`", one.meaning.model, f"`{one.shown}`", one.meaning.unit, one.meaning.status)
        for one in sorted(usual_values(), key=lambda one: one.meaning.model or "~")
    ]
    return table(("key", "read by", "default", "unit", "status"), rows)


# Runs


def records_table() -> str:
    """Kinds of records with their fields."""
    kinds = (
        records.Move,
        records.Undo,
        records.Forecast,
        records.Note,
        records.Mark,
        records.Delegate,
        records.Week,
        records.End,
    )
    rows = [
        (f"`{one.__name__.lower()}`", ", ".join(f"`{field.name}`" for field in dataclasses.fields(one)), _docline(one))
        for one in kinds
    ]
    return table(("kind", "fields", "meaning"), rows)


def header_table() -> str:
    """Fields of the header with their types."""
    rows = [(f"`{field.name}`", _HEADER[field.name]) for field in dataclasses.fields(records.Header)]
    rows += [(f"`scenario.{name}`", text) for name, text in _EMBEDDED.items()]
    rows += [(f"`parent.{field.name}`", _PARENT[field.name]) for field in dataclasses.fields(records.Parent)]
    return table(("field", "holds"), sorted(rows))


_HEADER = {
    "format": f"how to read the file: {records.FORMAT}",
    "engine": "version of the program that began the run; only shown",
    "rules": "rules number: what results mean",
    "rng": "id of the generator of luck",
    "scenario": "the scenario itself, an object",
    "seed": "the world, such as `K7Q2-MX4D`",
    "mode": "`free`, or `assigned`: moves cannot be taken back",
    "parent": "for a branch, the run and the week it left; else null",
    "alias": f"name of the player, at most {records.NAME_LENGTH} characters; may be empty",
}
_EMBEDDED = {
    "id": "id of the scenario",
    "version": "its version",
    "digest": "SHA-256, 32 hex digits, of everything but texts and comments",
    "text_digest": "the same with texts",
    "data": f"`{records.ONE_FILE}` by zlib and base64, or an object of at most {records.MAX_FILES} such files",
}
_PARENT = {"run": "first hash of the parent's chain", "week": "week at whose start the branch begins"}


def run_limits() -> str:
    """Limits of a run file."""
    rows = [
        ("file", f"{journal.MAX_FILE:,} bytes, {journal.MAX_RECORDS:,} records"),
        ("first line", f"{journal.MAX_FIRST:,} bytes"),
        ("every other line", f"{journal.MAX_LINE:,} bytes"),
        ("the scenario in it, unpacked", f"{records.MAX_INFLATED:,} bytes"),
        ("nesting of a line", str(jsonl.MAX_DEPTH)),
        ("whole numbers", f"{jsonl.MAX_DIGITS} digits"),
        ("note, mark", f"{TEXT_CHARS:,} characters, {TEXT_LINES} lines"),
    ]
    return table(("what", "at most"), rows)


def exit_codes() -> str:
    """Exit codes, from the tree of exceptions."""
    tree = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, errors.TpmsimError)]
    told: dict[int, list[str]] = {}
    for one in tree:
        if "exit_code" in vars(one):
            words = "Our own bug; a crash file says where." if one is errors.TpmsimError else _docline(one)
            told.setdefault(one.exit_code, []).append(words)
    rows = [("0", "Done.")] + [(str(code), " ".join(told[code])) for code in sorted(told)]
    rows += [("129, 130, 143", "Ended by a signal: hang-up, interrupt, termination.")]
    return table(("code", "meaning"), rows)


# Architecture


def layers() -> str:
    """The contracts of import-linter, as they are enforced."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    parts = [
        f"{one['name']}:\n\n```\n" + "\n".join(one["layers"]) + "\n```" for one in contracts if one["type"] == "layers"
    ]
    return "\n\n".join(parts)


def _docline(thing: type) -> str:
    return " ".join((inspect.getdoc(thing) or "").split("\n\n")[0].split())


def _first_sentence(thing: Callable[..., Any] | type | ModuleType) -> str:
    return " ".join((inspect.getdoc(thing) or "").split("\n\n")[0].split())


TABLES: dict[str, dict[str, Callable[[], str]]] = {
    "architecture.md": {"layers": layers},
    "lifecycle.md": {"diagram": diagram, "triggers": triggers_table},
    "models.md": {"order": order_table, "equations": equations, "constants": constants_table, "usual": usual_table},
    "run-format.md": {
        "header": header_table,
        "records": records_table,
        "limits": run_limits,
        "exit-codes": exit_codes,
    },
    "scenario-format.md": {name: topic(name) for name in TOPICS},
}


def filled(text: str, tables: dict[str, Callable[[], str]]) -> str:
    """A page with its tables made anew between their markers."""
    for name, made in tables.items():
        start, end = f"<!-- generated: {name} -->", f"<!-- end: {name} -->"
        pattern = re.compile(re.escape(start) + ".*?" + re.escape(end), re.DOTALL)
        if not pattern.search(text):
            raise ValueError(f"no markers for {name}")
        body = f"{start}\n{made()}\n{end}"
        text = pattern.sub(lambda _, body=body: body, text)  # type: ignore[misc]
    return text


def schemas() -> dict[Path, str]:
    """The files that the first line of each shipped scenario names, with what they must hold."""
    return {SCHEMA_FOLDER / f"{kind}.json": page(schema_of(kind)) for kind in MODELS}


def stale() -> list[str]:
    """Names of the pages whose tables, and of the schemas that, are not what the code says."""
    pages = {name: (DOCS / name).read_text(encoding="utf-8") for name in TABLES}
    found = [name for name, text in pages.items() if filled(text, TABLES[name]) != text]
    return found + [path.name for path, text in schemas().items() if not _is(path, text)]


def _is(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text


def write() -> None:
    """Put every table and every schema in its place."""
    for path, text in schemas().items():
        path.write_text(text, encoding="utf-8", newline="\n")
    for name, tables in TABLES.items():
        path = DOCS / name
        path.write_text(filled(path.read_text(encoding="utf-8"), tables), encoding="utf-8")


if __name__ == "__main__":
    if "--write" in sys.argv[1:]:
        write()
    elif found := stale():
        sys.exit(f"stale: {', '.join(found)}; run {COMMAND}")
