"""What the core must not use, because its bits differ by machine, numpy version, process or moment.

`check(source)` reads one module and names every place; it never runs the code. Names are resolved through the
module's own imports, so `exact.exp` and a function the module defines itself are free to be called.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TRANSCENDENTAL = _words("""
    exp exp2 expm1 log log2 log10 log1p logaddexp logaddexp2 power pow float_power cbrt hypot ldexp frexp
    sin cos tan arcsin arccos arctan arctan2 asin acos atan atan2 sinc
    sinh cosh tanh arcsinh arccosh arctanh asinh acosh atanh i0 logspace geomspace
""")
_REDUCTIONS = _words("""
    sum mean prod average std var median percentile quantile cumsum cumprod cumulative_sum cumulative_prod
    trace nansum nanmean nanprod nanstd nanvar nanmedian nanpercentile nanquantile nancumsum nancumprod
    add.reduce add.reduceat add.accumulate multiply.reduce multiply.reduceat multiply.accumulate
    dot vdot inner matmul matvec vecmat vecdot einsum tensordot kron cross convolve correlate cov corrcoef
    clip trapz trapezoid interp polyval polyfit partition argpartition
""")
_NUMPY_PACKAGES = _words("random linalg fft polynomial emath")
_NUMPY_BANNED = _TRANSCENDENTAL | _REDUCTIONS | _NUMPY_PACKAGES
_NUMPY_SORTS = _words("numpy.sort numpy.argsort")

_METHODS = _words("sum mean prod dot clip std var cumsum cumprod trace partition argpartition")
_SORT_METHODS = _words("sort argsort")
_MATH_ALLOWED = _words("inf nan isfinite")
_MODULES = _words("""
    random time datetime os locale threading multiprocessing secrets uuid cmath statistics importlib
""")
_BUILTINS = _words("hash id sum pow open eval exec compile __import__ globals vars")
_SETS = _words("set frozenset")
_ORDER_KEEPING = _words("list tuple enumerate iter map zip filter reversed")


@dataclass(frozen=True, order=True)
class Finding:
    """One banned use: where it stands and what it is."""

    line: int
    what: str


def check(source: str) -> list[Finding]:
    """Every banned use in a module's source, by line; a name is reported whole, as `numpy.random.rand`."""
    tree = ast.parse(source)
    linter = _Linter(_imports(tree), _defined(tree))
    linter.visit(tree)
    return sorted(set(linter.findings))


def _imports(tree: ast.Module) -> dict[str, str]:
    """Local name -> dotted name of what it was imported from."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.split(".")[0]
                names[alias.asname or top] = alias.name if alias.asname else top
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                names[alias.asname or alias.name] = f"{'.' * node.level}{node.module or ''}.{alias.name}"
    return names


def _defined(tree: ast.Module) -> set[str]:
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def _banned(name: str) -> bool:
    """Whether a dotted name of the outside world is banned."""
    top, _, rest = name.partition(".")
    if top == "numpy":
        return rest in _NUMPY_BANNED or rest.split(".")[0] in _NUMPY_BANNED
    if top == "math":
        return rest != "" and rest not in _MATH_ALLOWED
    return top in _MODULES


@dataclass
class _Linter(ast.NodeVisitor):
    imports: dict[str, str]
    defined: set[str]
    findings: list[Finding] = field(default_factory=list)

    def _add(self, node: ast.stmt | ast.expr, what: str) -> None:
        self.findings.append(Finding(node.lineno, what))

    def _dotted(self, node: ast.expr) -> str | None:
        """The full outside name of `np.random.rand` and the like; None for anything that was not imported."""
        if isinstance(node, ast.Name):
            return self.imports.get(node.id)
        if isinstance(node, ast.Attribute) and (base := self._dotted(node.value)) is not None:
            return f"{base}.{node.attr}"
        return None

    def _is_builtin(self, node: ast.expr, names: frozenset[str]) -> bool:
        return (
            isinstance(node, ast.Name)
            and node.id in names
            and node.id not in self.imports
            and node.id not in self.defined
        )

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            if _banned(alias.name):
                self._add(node, f"import {alias.name}")

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        for alias in node.names:
            name = f"{node.module}.{alias.name}"
            star = alias.name == "*" and node.module in ("numpy", "math")
            if node.level == 0 and (_banned(name) or star):
                self._add(node, f"from {node.module} import {alias.name}")

    def visit_Attribute(self, node: ast.Attribute) -> None:
        name = self._dotted(node)
        if name is not None and _banned(name):
            self._add(node, name)
        else:
            self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load) and self._is_builtin(node, _BUILTINS):
            self._add(node, f"builtin {node.id}()")

    def visit_Call(self, node: ast.Call) -> None:
        dotted = self._dotted(node.func)
        if isinstance(node.func, ast.Attribute) and dotted is None and not self._is_exact(node.func.value):
            if node.func.attr in _METHODS:
                self._add(node, f"method .{node.func.attr}()")
            if node.func.attr in _SORT_METHODS and not _stable(node):
                self._add(node, f"method .{node.func.attr}() without kind='stable'")
        if dotted in _NUMPY_SORTS and not _stable(node):
            self._add(node, f"{dotted} without kind='stable'")
        if self._is_builtin(node.func, _ORDER_KEEPING):
            for argument in node.args:
                self._ordered(argument)
        self.generic_visit(node)

    def _is_exact(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Name) and node.id == "exact"

    def visit_BinOp(self, node: ast.BinOp) -> None:
        self._operator(node, node.op)
        self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self._operator(node, node.op)
        self.generic_visit(node)

    def _operator(self, node: ast.stmt | ast.expr, op: ast.operator) -> None:
        if isinstance(op, ast.Pow):
            self._add(node, "operator **")
        if isinstance(op, ast.MatMult):
            self._add(node, "operator @")

    def visit_For(self, node: ast.For) -> None:
        self._ordered(node.iter)
        self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        self._ordered(node.iter)
        self.generic_visit(node)

    def visit_Starred(self, node: ast.Starred) -> None:
        self._ordered(node.value)
        self.generic_visit(node)

    def _ordered(self, node: ast.expr) -> None:
        """Complain if what is iterated is plainly a set: its order changes from process to process."""
        if isinstance(node, ast.Set | ast.SetComp):
            self._add(node, "iteration over a set")
        if isinstance(node, ast.Call) and self._is_builtin(node.func, _SETS):
            self._add(node, "iteration over a set")

    def visit_Global(self, node: ast.Global) -> None:
        self._add(node, "global")


def _stable(call: ast.Call) -> bool:
    return any(
        keyword.arg == "kind" and isinstance(keyword.value, ast.Constant) and keyword.value.value == "stable"
        for keyword in call.keywords
    )


def check_tree(files: Iterator[tuple[str, str]]) -> list[str]:
    """`file:line: what` for every finding in (name, source) pairs."""
    return [f"{name}:{found.line}: {found.what}" for name, source in files for found in check(source)]
