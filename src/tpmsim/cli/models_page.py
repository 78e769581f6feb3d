"""The models as the code tells them: what each mechanic is, its functions with equations and sources, its constants.

Read off the source files, docstrings and all, so that nothing is written twice. `tpmsim docs models` prints it, and the
tables at the end of docs/models.md are made from it. Not here: the prose of that page.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import tpmsim
from tpmsim.core.week import ORDER
from tpmsim.scenario.reference_table import Table

PACKAGE = Path(tpmsim.__file__).resolve().parent
BELOW = ("readings", "telling")
"""Models that stand below the mechanics, as several of them need them."""


@dataclass(frozen=True, slots=True)
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
    core = PACKAGE / "core"
    mechanics = sorted(path for path in (core / "mechanics").glob("*.py") if path.stem != "__init__")
    return [*(core / f"{name}.py" for name in BELOW), *mechanics]


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
