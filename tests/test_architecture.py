"""The structure that docs/architecture.md promises: layers, light imports, and modules that can be read."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "tpmsim"
MODULES = sorted(SOURCE.rglob("*.py"))
FAR_END = 500
EXTRAS = {"lab/gym_env.py": {"gymnasium"}}
"""Modules that nothing imports unless it is asked for, with the libraries that an extra brings."""

LONGEST_FUNCTION = 60
MOST_METHODS = 25


def test_layers_are_kept() -> None:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout[-3000:]


@pytest.mark.parametrize("package", ["tpmsim.core.week", "tpmsim.core.imagine", "tpmsim.core.observe"])
def test_the_core_loads_numpy_and_nothing_heavy(package: str) -> None:
    heavy = ("textual", "rich", "pydantic", "transitions", "yaml", "click")
    code = f"import sys, {package}; print([one for one in {heavy!r} if one in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


@pytest.mark.parametrize("module", ["tpmsim.cli.main", "tpmsim.tui.start", "tpmsim.tui.shelf"])
def test_textual_waits_until_a_screen_is_wanted(module: str) -> None:
    code = f"import sys, {module}; print('textual' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_can_be_read(path: Path) -> None:
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    assert ast.get_docstring(tree), "every module says what it is for"
    assert len(text.splitlines()) <= FAR_END
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno <= LONGEST_FUNCTION, node.name
        if isinstance(node, ast.ClassDef):
            methods = [one for one in node.body if isinstance(one, ast.FunctionDef)]
            properties = [one for one in methods if any(_is_property(mark) for mark in one.decorator_list)]
            assert len(methods) - len(properties) <= MOST_METHODS, node.name


@pytest.mark.parametrize("name", EXTRAS)
def test_what_needs_an_extra_waits_until_it_is_asked_for(name: str) -> None:
    module = name.removesuffix(".py").replace("/", ".")
    assert [path for path in MODULES if module.split(".")[-1] in _imported(path)] == []


def _imported(path: Path) -> set[str]:
    nodes = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ImportFrom)]
    return {part for node in nodes for part in (*(node.module or "").split("."), *(one.name for one in node.names))}


def _is_property(mark: ast.expr) -> bool:
    return isinstance(mark, ast.Name) and mark.id == "property"


def test_every_library_that_is_imported_is_declared() -> None:
    """A wheel brings only what is declared, whatever this environment happens to hold."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    always = {re.split(r"[<>=~ .]", one)[0].lower() for one in project["dependencies"]} | {"yaml", "tpmsim"}
    for path in MODULES:
        names = always | EXTRAS.get(path.relative_to(SOURCE).as_posix(), set())
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for module in modules:
                top = module.split(".")[0]
                assert top in names or top in sys.stdlib_module_names, f"{path.name} imports {top}"


def test_no_file_names_a_package_registry() -> None:
    names = ("py" + "pi.org", "python" + "hosted.org", "registry.np" + "mjs")
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if path.suffix in (".py", ".md", ".toml", ".yaml", ".yml", "") and path.is_file():
            text = path.read_text("utf-8", errors="replace")
            assert not any(one in text for one in names), name
