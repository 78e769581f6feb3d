"""The models as the code tells them: what each mechanic is, its functions with equations and sources, its constants.

Read off the source files, docstrings and all, so that nothing is written twice. `tpmsim docs models` prints it, and the
tables at the end of docs/models.md are made from it. Not here: the prose of that page.
"""

import ast
import re
from pathlib import Path

from tpmsim.core.week import ORDER
from tpmsim.debrief.constants import BELOW, PACKAGE, Constant, constants, modules_of_models
from tpmsim.scenario.reference_table import Table

_NAME = r"(?:van |de )?[A-Z][\w'-]+"
CITED = re.compile(rf"({_NAME}(?:(?:, | & ){_NAME})*(?: et al\.)?) \(?((?:18|19|20)\d\d)\b")


def used_functions() -> set[str]:
    """`module.function` of all functions in mechanics that a week, or a module outside mechanics, comes to call."""
    mechanics = PACKAGE / "core" / "mechanics"
    calls: dict[str, set[str]] = {}
    waiting = [f"{one.__module__.rsplit('.', 1)[1]}.{one.__name__}" for one in ORDER]
    for path in PACKAGE.rglob("*.py"):
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


def functions(path: Path, used: set[str]) -> Table:
    """The public functions of a model: what each gives, its source, whether a run uses it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    rows = tuple(
        (
            f"`{one.name}`",
            _told(one),
            citations(ast.get_docstring(one) or ""),
            "" if path.stem in BELOW or f"{path.stem}.{one.name}" in used else "not yet",
        )
        for one in tree.body
        if isinstance(one, ast.FunctionDef) and not one.name.startswith("_")
    )
    sources = citations(ast.get_docstring(tree) or "")
    told = f"Sources of the file: {sources}." if sources else ""
    return Table(("function", "gives", "source", "in a run"), rows, f"{path.parent.name}/{path.name}", told)


def values(found: list[Constant], title: str = "") -> Table:
    """Constants with their values, status and sources."""
    rows = tuple((f"`{one.module}.{one.name}`", one.value, one.status, one.said) for one in found if one.status)
    return Table(("constant", "value", "status", "source and meaning"), rows, title)


def names() -> list[str]:
    """The models there are."""
    return [path.stem for path in modules_of_models()]


def tables(name: str | None = None) -> tuple[Table, ...]:
    """One model, or all: what it is, its functions, its constants."""
    used, found = used_functions(), constants()
    told: list[Table] = []
    for path in modules_of_models():
        if name in (None, path.stem):
            about = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
            shown = functions(path, used)
            told.append(Table(shown.header, shown.rows, shown.title, " ".join(about.split())))
            own = [one for one in found if one.module == path.stem]
            if own:
                told.append(values(own))
    return tuple(told)


def _told(function: ast.FunctionDef) -> str:
    """The docstring down to its arguments, on one line."""
    text = (ast.get_docstring(function) or "").split("\nArgs:")[0]
    return " ".join(text.split())
