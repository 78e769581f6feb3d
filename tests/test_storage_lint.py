"""Only two modules write files, and nothing in the package turns data into code."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "tpmsim"
WRITERS = {"game/store.py", "game/files.py"}
RUNS_CODE = {"lab/own.py": ["compile", "exec"]}
"""The user's own policies, named on the command line only."""

_OS_WRITES = {
    *(
        "replace",
        "rename",
        "renames",
        "remove",
        "unlink",
        "rmdir",
        "removedirs",
        "mkdir",
        "makedirs",
        "truncate",
    ),
    *(
        "ftruncate",
        "write",
        "writev",
        "pwrite",
        "pwritev",
        "link",
        "symlink",
        "mkfifo",
        "mknod",
        "fdopen",
        "sendfile",
    ),
    *("O_WRONLY", "O_RDWR", "O_CREAT", "O_APPEND", "O_TRUNC", "O_EXCL", "creat"),
}
_METHODS = {
    "write_text",
    "write_bytes",
    "tofile",
    "symlink_to",
    "hardlink_to",
    "rename",
    "touch",
    "unlink",
    "mkdir",
}
_HARMLESS = {"shutil": {"get_terminal_size"}}
_WRITING_MODULES = {"shutil", "tempfile", "fileinput", "sqlite3", "dbm"}
_NUMPY_WRITES = {"save", "savez", "savez_compressed", "savetxt", "memmap"}
_CODE_MODULES = {
    "pickle",
    "cPickle",
    "_pickle",
    "marshal",
    "shelve",
    "dill",
    "cloudpickle",
    "joblib",
    "copyreg",
}
_CODE_CALLS = {"eval", "exec", "compile", "__import__"}
_CODE_ATTRIBUTES = {
    "yaml": {
        "load",
        "load_all",
        "unsafe_load",
        "unsafe_load_all",
        "full_load",
        "full_load_all",
        "UnsafeLoader",
    },
    "np": {"load", "fromfile"},
    "numpy": {"load", "fromfile"},
    "ast": {"literal_eval"},
}


def writes(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every place that could open a file for writing, or move or remove one; the terminal is no file."""
    terminal = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call) and _to_terminal(node)}
    for node in ast.walk(tree):
        if id(node) in terminal:
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from _imports(node, _WRITING_MODULES, {"os": _OS_WRITES, "numpy": _NUMPY_WRITES})
        elif isinstance(node, ast.Attribute) and _owner(node) in ("os", "posix", "nt") and node.attr in _OS_WRITES:
            yield node.lineno, f"os.{node.attr}"
        elif isinstance(node, ast.Attribute) and _owner(node) in ("np", "numpy") and node.attr in _NUMPY_WRITES:
            yield node.lineno, f"numpy.{node.attr}"
        elif isinstance(node, ast.Call):
            yield from _writing_call(node)


def _to_terminal(call: ast.Call) -> bool:
    """Whether a call is `os.write` to standard output or standard error, named by their numbers."""
    first = call.args[0] if call.args else None
    named = isinstance(call.func, ast.Attribute) and call.func.attr == "write" and _owner(call.func) == "os"
    return named and isinstance(first, ast.Constant) and first.value in (1, 2)


def makes_code(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every place that could turn data into code or into objects of any class."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from _imports(node, _CODE_MODULES, _CODE_ATTRIBUTES)
        elif isinstance(node, ast.Name) and node.id in _CODE_CALLS:
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute) and node.attr in _CODE_ATTRIBUTES.get(_owner(node), ()):
            yield node.lineno, f"{_owner(node)}.{node.attr}"


def _owner(node: ast.Attribute) -> str:
    return node.value.id if isinstance(node.value, ast.Name) else ""


def _imports(
    node: ast.Import | ast.ImportFrom, modules: set[str], names: dict[str, set[str]]
) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Import):
        found = [alias.name for alias in node.names if alias.name.split(".")[0] in modules]
    elif {alias.name for alias in node.names} <= _HARMLESS.get(node.module or "", set()):
        found = []
    elif (node.module or "").split(".")[0] in modules:
        found = [node.module or ""]
    else:
        banned = names.get(node.module or "", set())
        found = [f"{node.module}.{alias.name}" for alias in node.names if alias.name in {*banned, "*"}]
    for name in found:
        yield node.lineno, f"import of {name}"


def _writing_call(node: ast.Call) -> Iterator[tuple[int, str]]:
    function = node.func
    if isinstance(function, ast.Name) and function.id == "open":
        yield from _mode(node, 1)
    elif isinstance(function, ast.Attribute) and function.attr == "open" and _owner(function) not in ("os", "Store"):
        yield from _mode(node, 1 if _owner(function) in ("io", "gzip", "bz2", "lzma", "codecs") else 0)
    elif isinstance(function, ast.Attribute) and function.attr in _METHODS:
        yield node.lineno, f".{function.attr}()"
    elif isinstance(function, ast.Attribute) and function.attr == "replace" and _is_path_replace(node):
        yield node.lineno, ".replace() with one argument"


def _mode(node: ast.Call, place: int) -> Iterator[tuple[int, str]]:
    given = [keyword.value for keyword in node.keywords if keyword.arg == "mode"] or node.args[place : place + 1]
    for mode in given:
        literal = mode.value if isinstance(mode, ast.Constant) else None
        if not isinstance(literal, str) or set(literal) & set("wax+"):
            yield node.lineno, "open for writing"
    if any(keyword.arg == "opener" for keyword in node.keywords):
        yield node.lineno, "open with an opener"


def _is_path_replace(node: ast.Call) -> bool:
    return len(node.args) == 1 and not node.keywords and not isinstance(node.args[0], ast.Starred)


def test_only_two_modules_write() -> None:
    found = [
        f"{path.relative_to(SOURCE).as_posix()}:{line}: {what}"
        for path in sorted(SOURCE.rglob("*.py"))
        if path.relative_to(SOURCE).as_posix() not in WRITERS
        for line, what in writes(ast.parse(path.read_bytes()))
    ]
    assert found == [], "write through game/files.py or game/store.py"


def test_data_never_becomes_code() -> None:
    found = [
        f"{path.relative_to(SOURCE).as_posix()}:{line}: {what}"
        for path in sorted(SOURCE.rglob("*.py"))
        for line, what in makes_code(ast.parse(path.read_bytes()))
        if path.relative_to(SOURCE).as_posix() not in RUNS_CODE
    ]
    assert found == []


@pytest.mark.parametrize(("name", "calls"), RUNS_CODE.items())
def test_a_policy_of_ones_own_is_run_in_one_place(name: str, calls: list[str]) -> None:
    assert sorted(what for _, what in makes_code(ast.parse((SOURCE / name).read_bytes()))) == calls


@pytest.mark.parametrize(
    "snippet",
    [
        "open('x', 'w')",
        "open('x', mode='ab')",
        "open('x', 'r+')",
        "open('x', mode)",
        "open('x', opener=f)",
        "io.open('x', 'x')",
        "gzip.open('x', 'wt')",
        "path.open('w')",
        "Path('x').open(mode='a')",
        "os.open('x', os.O_WRONLY | os.O_CREAT)",
        "os.open('x', os.O_RDWR)",
        "Path('x').write_text('y')",
        "Path('x').write_bytes(b'y')",
        "os.replace('a', 'b')",
        "os.rename('a', 'b')",
        "os.write(handle, b'x')",
        "a.rename(b)",
        "a.replace(b)",
        "import shutil",
        "from shutil import copy",
        "import tempfile as t",
        "from os import replace",
        "from os import *",
        "np.save('x', a)",
        "from numpy import savez",
        "array.tofile('x')",
    ],
)
def test_the_lint_finds_a_writer(snippet: str) -> None:
    assert list(writes(ast.parse(snippet)))


@pytest.mark.parametrize(
    "snippet",
    [
        "import pickle",
        "import pickle as p",
        "from pickle import loads",
        "import marshal, json",
        "import shelve",
        "eval('1')",
        "exec(code)",
        "run = eval",
        "compile('1', 'x', 'eval')",
        "__import__('os')",
        "yaml.load(text, Loader=Any)",
        "yaml.unsafe_load(text)",
        "from yaml import load",
        "np.load('x', allow_pickle=True)",
        "from numpy import load",
        "ast.literal_eval(text)",
    ],
)
def test_the_lint_finds_code(snippet: str) -> None:
    assert list(makes_code(ast.parse(snippet)))


@pytest.mark.parametrize(
    "snippet",
    [
        "open('x')",
        "open('x', 'rb')",
        "path.open('r', encoding='utf-8')",
        "os.open('x', os.O_RDONLY)",
        "text.replace('a', 'b')",
        "dataclasses.replace(state, week=1)",
        "re.compile('x')",
        "json.loads(text)",
        "yaml.safe_load(text)",
        "loader.load()",
        "sys.stdout.write(text)",
    ],
)
def test_the_lint_lets_the_harmless_pass(snippet: str) -> None:
    tree = ast.parse(snippet)
    assert [*writes(tree), *makes_code(tree)] == []
