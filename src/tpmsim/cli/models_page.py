"""The models as the code tells them: what each is, its functions with equations and sources, its numbers with status.

Numbers are the constants of its file and the defaults of those keys of a scenario that it reads.

Read off the source files, docstrings and all, so that nothing is written twice. `tpmsim docs models` prints it, and the
tables at the end of docs/models.md are made from it. Not here: the prose of that page.
"""

import ast
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from tpmsim.core.week import ORDER
from tpmsim.debrief.constants import PACKAGE, Constant, constants, modules_beside, modules_of_models
from tpmsim.scenario.reference_table import Table
from tpmsim.scenario.usual import Usual, usual_values

RULES = "rules"
"""Stands for a model where numbers are those of the game, and of none."""

_NAME = r"(?:van |de )?[A-Z][\w'-]+"
CITED = re.compile(rf"({_NAME}(?:(?:, | & ){_NAME})*(?: et al\.)?) \(?((?:18|19|20)\d\d)\b")


def used_functions() -> set[str]:
    """`module.function` of all functions of models that a week, or a module that is no model, comes to call."""
    models = {_dotted(path): path for path in modules_of_models()}
    calls: dict[str, set[str]] = {}
    waiting = [f"{one.__module__.rsplit('.', 1)[1]}.{one.__name__}" for one in ORDER]
    for path in PACKAGE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = _imports(tree, models)
        if path not in models.values():
            waiting += names.values()
            continue
        known = names | {one.name: f"{path.stem}.{one.name}" for one in tree.body if isinstance(one, ast.FunctionDef)}
        for one in tree.body:
            read = {known[node.id] for node in ast.walk(one) if isinstance(node, ast.Name) and node.id in known}
            if isinstance(one, ast.FunctionDef):
                calls[known[one.name]] = read
            else:  # a constant or a class, which are there for whoever reads the module
                waiting += read
    used: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in used:
            used.add(name)
            waiting += calls.get(name, ())
    return used


def _dotted(path: Path) -> str:
    return ".".join(("tpmsim", *path.relative_to(PACKAGE).with_suffix("").parts))


def _imports(tree: ast.Module, models: Collection[str]) -> dict[str, str]:
    """Local name -> `module.name` of what a module imports from models."""
    return {
        alias.asname or alias.name: f"{node.module.rsplit('.', 1)[1]}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module is not None and node.module in models
        for alias in node.names
    }


def citations(text: str) -> str:
    """The sources that a docstring names, in its order."""
    return "; ".join(dict.fromkeys(f"{names} {year}" for names, year in CITED.findall(" ".join(text.split()))))


def functions(path: Path, used: set[str]) -> Table:
    """The public functions of a model: what each gives, its source, whether a run uses it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    rows = tuple(
        (
            f"`{one.name}`",
            _told(one),
            citations(ast.get_docstring(one) or ""),
            "" if f"{path.stem}.{one.name}" in used else "not yet",
        )
        for one in tree.body
        if isinstance(one, ast.FunctionDef) and not one.name.startswith("_")
    )
    sources = citations(ast.get_docstring(tree) or "")
    told = f"Sources of the file: {sources}." if sources else ""
    return Table(("function", "gives", "source", "in a run"), rows, _title(path), told)


def values(found: list[Constant], title: str = "") -> Table:
    """Constants with their values, status and sources."""
    rows = tuple((f"`{one.module}.{one.name}`", one.value, one.status, one.said) for one in found if one.status)
    return Table(("constant", "value", "status", "source and meaning"), rows, title)


def defaults(found: Iterable[Usual], title: str = "", says: str = "") -> Table:
    """Defaults of keys of a scenario with their values, status and sources."""
    rows = tuple(
        (f"`{one.key}`", f"`{one.shown}`", one.meaning.unit, one.meaning.status, one.meaning.doc) for one in found
    )
    return Table(("key of a scenario", "default", "unit", "status", "meaning"), rows, title, says)


def names() -> list[str]:
    """What there is to read: the models, the files beside them, and the rules of the game."""
    return [*(path.stem for path in (*modules_of_models(), *modules_beside())), RULES]


def tables(name: str | None = None) -> tuple[Table, ...]:
    """One model, or all: what it is, its functions, its constants, the defaults that it reads."""
    used, found, usual = used_functions(), constants(), tuple(usual_values())
    told: list[Table] = []
    for path in (*modules_of_models(), *modules_beside()):
        if name in (None, path.stem):
            about = " ".join((ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split())
            own = values([one for one in found if one.module == path.stem])
            if path in modules_of_models():
                shown = functions(path, used)
                told.append(Table(shown.header, shown.rows, shown.title, about))
                told += [own] if own.rows else []
            else:
                told.append(Table(own.header, own.rows, _title(path), about))
            told += _read_by(usual, path.stem)
    if name in (None, RULES):
        told.append(defaults((one for one in usual if not one.meaning.model), "Rules of the game"))
    return tuple(told)


def _read_by(usual: Iterable[Usual], model: str) -> Iterator[Table]:
    """The defaults that a model reads, if there are any."""
    table = defaults(one for one in usual if one.meaning.model == model)
    if table.rows:
        yield table


def _title(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _told(function: ast.FunctionDef) -> str:
    """The docstring down to its arguments, on one line."""
    text = (ast.get_docstring(function) or "").split("\nArgs:")[0]
    return " ".join(text.split())
