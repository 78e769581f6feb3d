"""The named constants of the models, as their source files tell them: value, status and where it comes from.

Read off the code, docstrings and all, so that nothing is written twice. A docstring begins with its status: `pub`,
`rec`, `assumption` or `definition`. `tpmsim docs models` lays them out, and a debrief, which tells what is assumed.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import tpmsim

PACKAGE = Path(tpmsim.__file__).resolve().parent
BELOW = ("readings", "telling")
"""Models that stand below the mechanics, as several of them need them."""

BESIDE = (
    "core/imagine",
    "core/observe",
    "core/opening",
    "core/outcome",
    "core/state",
    "core/world",
    "scenario/defaults",
    "scenario/repertoire",
    "scenario/schema_balance",
    "scenario/schema_work",
    "scenario/tables",
)
"""Files that are no models and hold numbers of the world or of the rules all the same."""


@dataclass(frozen=True, slots=True)
class Constant:
    """A named constant of a model: where it stands, its value as written, the first word of its docstring, the rest."""

    module: str
    name: str
    value: str
    status: str
    said: str


STATUS = re.compile(r"(pub|rec|assumption|definition)\b ?(.*)", re.DOTALL)


def modules_of_models() -> list[Path]:
    """The files that are a model each, with equations and constants."""
    core = PACKAGE / "core"
    mechanics = sorted(path for path in (core / "mechanics").glob("*.py") if path.stem != "__init__")
    return [*(core / f"{name}.py" for name in BELOW), *mechanics]


def modules_beside() -> list[Path]:
    """The other files whose constants need a status."""
    return [PACKAGE / f"{name}.py" for name in BESIDE]


def constants(paths: Sequence[Path] = ()) -> list[Constant]:
    """Every named constant of the models and of the files beside them; its status is empty where none is given.

    Args:
        paths: files to read in place of those.
    """
    found = []
    for path in paths or (*modules_of_models(), *modules_beside()):
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
