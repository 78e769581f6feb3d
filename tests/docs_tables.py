"""The tables of the docs that are made from the code, between marker comments; `--write` puts them in place.

    .venv/bin/python tests/docs_tables.py --write

Each table is a function that returns Markdown. `stale()` names the pages whose text differs from what the code says;
`test_docs.py` fails on them. One column is written by hand: the meaning of a key of a scenario is kept as it stands in
the page, and a new key has none until somebody writes it there.
"""

import ast
import dataclasses
import inspect
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import ModuleType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from tpmsim import errors
from tpmsim.core.conditions import Name
from tpmsim.core.week import ORDER
from tpmsim.game import journal, jsonl, records
from tpmsim.scenario import condition_parser, condition_tokens, schema, yaml_events, yaml_reader
from tpmsim.scenario import source as opening
from tpmsim.scenario.binding_scalars import Kind
from tpmsim.scenario.codes import LAYERS
from tpmsim.scenario.defaults import completed
from tpmsim.scenario.levers import levers
from tpmsim.scenario.lifecycle import Lifecycle, StageSpec
from tpmsim.scenario.names import Ids, names
from tpmsim.scenario.nodes import Scalar
from tpmsim.scenario.repertoire import MOST_MOVES
from tpmsim.text import TEXT_CHARS, TEXT_LINES, SafeText

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
COMMAND = ".venv/bin/python tests/docs_tables.py --write"

PLACEHOLDERS = Ids(
    segments=("SEGMENT",),
    needs=("NEED",),
    features=("FEATURE",),
    stakeholders=("STAKEHOLDER",),
    rivals=("RIVAL",),
    stages=("research", "roadmap", "build", "launch", "live", "ended"),
    profiles=("PROFILE",),
    cards=("CARD",),
)
FROM_DEFAULTS = {
    "Scenario.instruments": "the five below",
    "Scenario.profiles": "the four below",
    "Scenario.lifecycle": "as below",
    "Scenario.gates": "as below",
}


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; bars in cells are escaped."""
    lines = [header, ["---"] * len(header), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


# Scenario format


def models() -> Iterator[type[BaseModel]]:
    """The models of the schema, the whole file first, each before what it holds."""
    waiting: list[type[BaseModel]] = [schema.Scenario]
    seen: list[type[BaseModel]] = []
    while waiting:
        model = waiting.pop(0)
        if model in seen:
            continue
        seen.append(model)
        waiting = [*(held for info in model.model_fields.values() for held in _held(info.annotation)), *waiting]
        yield model


def _held(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _held(part)


def schema_reference() -> str:
    """One section a model: keys, types, ranges, defaults, meanings."""
    parts, told = [], meanings()
    for model in models():
        rows = [_key(model, name, info, told) for name, info in model.model_fields.items()]
        title = "The file" if model is schema.Scenario else model.__name__
        parts.append(f"### {title}\n\n{_first_sentence(model)}\n\n" + table(_KEYS, rows))
    return "\n\n".join(parts)


_KEYS = ("key", "type", "range", "default", "meaning")


def meanings() -> dict[str, str]:
    """The meaning of each key, as `Model.key`, from the last column of the page."""
    told, model = {}, ""
    for line in (DOCS / "scenario-format.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("### "):
            model = "Scenario" if line == "### The file" else line[4:]
        elif model and (match := re.fullmatch(r"\| `(\w+)` \|.*(?<!\\)\| (.*) \|", line)):
            told[f"{model}.{match[1]}"] = match[2]
    return told


def _key(model: type[BaseModel], name: str, info: FieldInfo, told: dict[str, str]) -> tuple[str, ...]:
    kind = Kind.of(info.annotation, info.metadata)
    place = f"{model.__name__}.{name}"
    given = "**required**" if info.is_required() else FROM_DEFAULTS.get(place) or _default(info.default)
    return (f"`{name}`", _type(kind), _range(kind), given, told.get(place, ""))


def _type(kind: Kind) -> str:
    bare = kind.bare
    plain = {SafeText: "text", Scalar: "condition", bool: "true, false", int: "whole number", float: "number"}
    if bare in plain:
        return plain[bare]
    if bare is str:
        return "id" if "pattern" in kind.limits else "name"
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        return f"[{bare.__name__}](#{bare.__name__.lower()})"
    parts = [Kind.of(part) for part in get_args(bare)]
    if get_origin(bare) is Literal:
        return ", ".join(f"`{word}`" for word in get_args(bare))
    if get_origin(bare) is dict:
        key = "" if parts[0].bare is str else f" of {_type(parts[0])}" if get_origin(parts[0].bare) is Literal else ""
        return f"map{key} to {_type(parts[1])}"
    if get_origin(bare) is tuple:
        return f"list of {_type(parts[0])}"
    if get_origin(bare) in (Union, UnionType):
        return " or ".join(_type(part) for part in parts if part.bare is not type(None))
    raise TypeError(bare)


def _range(kind: Kind) -> str:
    low, above = kind.limits.get("ge"), kind.limits.get("gt")
    high, below = kind.limits.get("le"), kind.limits.get("lt")
    if low is not None or above is not None or high is not None or below is not None:
        left = f"[{low:g}" if low is not None else f"({above:g}" if above is not None else "("
        right = f"{high:g}]" if high is not None else f"{below:g})" if below is not None else ")"
        return f"{left}, {right}"
    for part in (Kind.of(one) for one in get_args(kind.bare)[-2:] if one is not Ellipsis):
        inner = _range(part) if get_origin(kind.bare) in (dict, tuple) and part.bare is not str else ""
        if inner:
            return f"{inner} each"
    return ""


def _default(value: Any) -> str:
    if value is None or value in ({}, ()):
        return "none"
    if isinstance(value, BaseModel):
        return "its defaults"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, tuple):
        return "[" + ", ".join(_default(one) for one in value) + "]"
    return f"`{value}`"


def _number(value: float) -> str:
    return f"{value:.10g}" if abs(value) < 1e7 else f"{value:g}"


def default_parts() -> str:
    """What `completed` puts where the author wrote nothing."""
    empty: dict[str, Any] = {"instruments": {}, "profiles": {}, "lifecycle": {}, "gates": {}}
    game = completed(schema.Scenario.model_construct(**empty))
    sizes = ("hours", "cost", "answers", "error", "bias", "tilt")
    tools = [
        (
            f"`{name}`",
            one.about,
            *(_number(getattr(one, size)) for size in sizes),
            "yes" if one.discovers else "",
            _number(one.hit) if one.about == "rivals" else "",
        )
        for name, one in game.instruments.items()
    ]
    profiles = [
        (f"`{name}`", _number(one.features), _number(one.delay), _number(one.talks))
        for name, one in game.profiles.items()
    ]
    gates = [
        (f"`{stage}`", f"`{item}`", f"`{one.when.text}`", one.says.plain())
        for stage, gate in game.gates.items()
        for item, one in gate.requires.items()
    ]
    return "\n\n".join(
        [
            "Instruments:",
            table(("id", "about", *sizes, "discovers", "hit"), tools),
            "Profiles:",
            table(("id", "features", "delay", "talks"), profiles),
            "Gates (`{last}` stands for the number of launch waves):",
            table(("stage", "requirement", "when", "says"), gates),
        ]
    )


def names_table() -> str:
    """The names of conditions, with placeholders for ids."""
    rows = [(f"`{name}`", _unit(one), _span(one), one.doc) for name, one in sorted(names(PLACEHOLDERS).items())]
    return table(("name", "unit", "range or words", "meaning"), rows)


def _unit(name: Name) -> str:
    return "word" if name.words is not None else name.unit


def _span(name: Name) -> str:
    if name.words is not None:
        return ", ".join(name.words)
    return f"{_bound(name.lowest)} to {_bound(name.highest)}"


def _bound(value: float) -> str:
    return "any" if abs(value) >= 1e11 else f"{value:g}"


def levers_table() -> str:
    """The levers of answers, with placeholders for ids."""
    empty: dict[str, Any] = {"instruments": {}, "profiles": {}, "lifecycle": {}, "gates": {}}
    game = completed(schema.Scenario.model_construct(**empty))
    rows = [
        (f"`{name}`", one.op.name.lower(), one.unit, f"{_bound(one.low)} to {_bound(one.high)}", one.doc)
        for name, one in levers(game, PLACEHOLDERS).items()
    ]
    return table(("lever", "does", "unit", "bounds", "meaning"), rows)


def codes_table() -> str:
    """Every diagnostic."""
    rows = [
        (one.code, layer, one.severity, one.title, one.cause)
        for layer, pages in LAYERS.items()
        for one in pages.values()
    ]
    return table(("code", "layer", "severity", "what", "cause"), rows)


def scenario_limits() -> str:
    """Limits of a scenario file."""
    rows = [
        ("file", f"{opening.SCENARIO_BYTES:,} bytes, {yaml_reader.MAX_LINES:,} lines"),
        ("line", f"{yaml_reader.MAX_LINE:,} characters"),
        ("keys, values and lists", f"{yaml_events.MAX_NODES:,}, nested {yaml_events.MAX_DEPTH} deep"),
        ("one value", f"{yaml_events.MAX_SCALAR_BYTES:,} bytes"),
        ("text", f"{TEXT_CHARS:,} characters, {TEXT_LINES} lines"),
        ("condition", f"{condition_tokens.MAX_TOKENS} tokens, nested {condition_parser.MAX_DEPTH} deep"),
        ("moves", f"{MOST_MOVES}"),
    ]
    return table(("what", "at most"), rows)


# Lifecycle


def default_lifecycle() -> Lifecycle:
    """The lifecycle of a scenario that declares none."""
    empty: dict[str, Any] = {"instruments": {}, "profiles": {}, "lifecycle": {}, "gates": {}}
    stages = completed(schema.Scenario.model_construct(**empty)).lifecycle
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


@dataclasses.dataclass(frozen=True)
class Constant:
    """A named constant of a model: where it stands, its value as written, the first word of its docstring, the rest."""

    module: str
    name: str
    value: str
    status: str
    said: str


STATUS = re.compile(r"(pub|rec|assumption|definition)\b ?(.*)", re.DOTALL)
_NAME = r"(?:van |de )?[A-Z][\w'-]+"
CITED = re.compile(rf"({_NAME}(?:(?:, | & ){_NAME})*(?: et al\.)?) \(?((?:18|19|20)\d\d)\b")


def modules_of_models() -> list[Path]:
    """The files whose constants need a status."""
    core = ROOT / "src" / "tpmsim" / "core"
    mechanics = sorted(path for path in (core / "mechanics").glob("*.py") if path.stem != "__init__")
    return [core / "readings.py", *mechanics]


def constants() -> list[Constant]:
    """Every named constant of the models; its status is empty where its docstring gives none."""
    found = []
    for path in modules_of_models():
        body = ast.parse(path.read_text(encoding="utf-8")).body
        for node, after in zip(body, [*body[1:], None], strict=True):
            for name, value in _assigned(node):
                text = _string(after)
                match = STATUS.match(text)
                status, said = (match[1], match[2]) if match else ("", text)
                found.append(Constant(path.stem, name, _shown(value), status, " ".join(said.lstrip(": ").split())))
    return found


def _assigned(node: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    """Names in capitals that a statement of a module gives a value."""
    if isinstance(node, ast.AnnAssign) and node.value is not None:
        targets: list[ast.expr] = [node.target]
        value = node.value
    elif isinstance(node, ast.Assign):
        targets, value = node.targets, node.value
    else:
        return
    for target in targets:
        parts = target.elts if isinstance(target, ast.Tuple) else [target]
        values = value.elts if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) else [value]
        for one, its in zip(parts, values, strict=True):
            if isinstance(one, ast.Name) and one.id.isupper():
                yield one.id, its


def _string(node: ast.stmt | None) -> str:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
        return node.value.value
    return ""


def _shown(value: ast.expr) -> str:
    text = ast.unparse(value)
    return f"`{text}`" if len(text) <= 40 else "a table"


def used_functions() -> set[str]:
    """`module.function` of all functions in mechanics that a week, or a module outside mechanics, comes to call."""
    package = ROOT / "src" / "tpmsim"
    mechanics = package / "core" / "mechanics"
    calls: dict[str, set[str]] = {}
    waiting = [f"{one.__module__.rsplit('.', 1)[1]}.{one.__name__}" for one in ORDER]
    for path in package.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = _mechanics_imports(tree)
        if path.parent != mechanics:
            waiting += names.values()
            continue
        here = {one.name: f"{path.stem}.{one.name}" for one in tree.body if isinstance(one, ast.FunctionDef)}
        for one in tree.body:
            if isinstance(one, ast.FunctionDef):
                read = {node.id for node in ast.walk(one) if isinstance(node, ast.Name)}
                calls[here[one.name]] = {{**names, **here}[name] for name in read if name in {**names, **here}}
    used: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in used:
            used.add(name)
            waiting += calls.get(name, ())
    return used


def _mechanics_imports(tree: ast.Module) -> dict[str, str]:
    """Local name -> `module.name` of what a module imports from mechanics."""
    return {
        alias.asname or alias.name: f"{(node.module or '').rsplit('.', 1)[1]}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tpmsim.core.mechanics.")
        for alias in node.names
    }


def citations(text: str) -> str:
    """The sources that a docstring names, in its order."""
    return "; ".join(dict.fromkeys(f"{names} {year}" for names, year in CITED.findall(" ".join(text.split()))))


def order_table() -> str:
    """The mechanics of a week, in order."""
    rows = [
        (str(place), f"`{one.__name__}`", f"{one.__module__.rsplit('.', 1)[1]}.py", _first_sentence(one))
        for place, one in enumerate(ORDER, start=1)
    ]
    return table(("", "mechanic", "file", "what it does"), rows)


def equations() -> str:
    """One table a mechanics file: every public function, what it gives, its source, whether a run uses it."""
    used, parts = used_functions(), []
    for path in modules_of_models():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        rows = [
            (
                f"`{one.name}`",
                _told(one),
                citations(ast.get_docstring(one) or ""),
                "" if path.stem == "readings" or f"{path.stem}.{one.name}" in used else "not yet",
            )
            for one in tree.body
            if isinstance(one, ast.FunctionDef) and not one.name.startswith("_")
        ]
        sources = citations(ast.get_docstring(tree) or "")
        told = f"Sources of the file: {sources}.\n\n" if sources else ""
        parts.append(
            f"### {path.parent.name}/{path.name}\n\n{told}" + table(("function", "gives", "source", "in a run"), rows)
        )
    return "\n\n".join(parts)


def _told(function: ast.FunctionDef) -> str:
    """The docstring down to its arguments, on one line."""
    text = (ast.get_docstring(function) or "").split("\nArgs:")[0]
    return " ".join(text.split())


def constants_table() -> str:
    """Every named constant with its value, its status and its source."""
    rows = [(f"`{one.module}.{one.name}`", one.value, one.status, one.said) for one in constants() if one.status]
    return table(("constant", "value", "status", "source and meaning"), rows)


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
    "models.md": {"order": order_table, "equations": equations, "constants": constants_table},
    "run-format.md": {
        "header": header_table,
        "records": records_table,
        "limits": run_limits,
        "exit-codes": exit_codes,
    },
    "scenario-format.md": {
        "limits": scenario_limits,
        "keys": schema_reference,
        "defaults": default_parts,
        "names": names_table,
        "levers": levers_table,
        "codes": codes_table,
    },
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


def stale() -> list[str]:
    """Names of the pages whose tables are not what the code says."""
    pages = {name: (DOCS / name).read_text(encoding="utf-8") for name in TABLES}
    return [name for name, text in pages.items() if filled(text, TABLES[name]) != text]


def write() -> None:
    """Put every table in its place."""
    for name, tables in TABLES.items():
        path = DOCS / name
        path.write_text(filled(path.read_text(encoding="utf-8"), tables), encoding="utf-8")


if __name__ == "__main__":
    if "--write" in sys.argv[1:]:
        write()
    elif found := stale():
        sys.exit(f"stale: {', '.join(found)}; run {COMMAND}")
