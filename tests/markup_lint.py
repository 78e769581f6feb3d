"""A lint of the screens: no text reaches a widget but by the ways of `tpmsim.tui.shown`, so that none is ever markup.

A widget, a title or a cell may be given: a literal, a `Content` or `Text` made in place, what a function annotated to
give those gives, or a name that was bound to nothing else. An f-string, a plain variable or a field of something read
from a scenario is refused, wherever it stands in the expression. `notify` takes no contents: it needs `markup=False`.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

WIDGETS = {
    *("Static", "Label", "Link", "Button", "Checkbox", "RadioButton", "Select", "SelectionList", "Selection"),
    *("OptionList", "Option", "Collapsible", "TabPane", "Tab", "Placeholder", "Tree"),
}
METHODS = {
    *("update", "notify", "add_row", "add_rows", "add_column", "add_columns", "update_cell"),
    *("update_cell_at", "add_leaf", "add_node", "set_label", "add_option", "add_options", "set_options"),
    *("replace_option_prompt", "replace_option_prompt_at_index", "add_tab", "add_pane"),
}
NOT_SHOWN = {"id", "classes", "name", "key", "height", "width", "markup", "disabled", "severity", "timeout", "layout"}
TITLES = {"border_title", "border_subtitle", "tooltip", "label", "prompt", "placeholder", "title", "sub_title"}
MADE = {"Content", "Text", "Hanging", "Hung"}
FORBIDDEN_NAMES = {"print", "RichLog", "Markdown", "MarkdownViewer", "escape", "open_url"}
FORBIDDEN_METHODS = {"from_markup", "from_ansi", "visualize", "open_url", "render_markup"}
FORBIDDEN_MODULES = {"rich.markup", "textual.markup", "textual.widgets.markdown", "rich.markdown"}
CONTAINERS = {"list", "tuple", "dict", "Iterator", "Iterable", "Sequence", "None"}


@dataclass
class Known:
    """What is known of names across modules.

    Attributes:
        givers: functions and methods; whether every one of that name gives contents alone.
        fields: annotated fields and attributes; whether every one of that name holds contents alone.
    """

    givers: dict[str, bool] = field(default_factory=dict)
    fields: dict[str, bool] = field(default_factory=dict)

    def learn(self, tree: ast.AST) -> None:
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                _both(self.givers, node.name, _holds_contents(node.returns))
            elif isinstance(node, ast.AnnAssign):
                name = node.target.attr if isinstance(node.target, ast.Attribute) else getattr(node.target, "id", "")
                _both(self.fields, name, _holds_contents(node.annotation))


def findings(folder: Path) -> list[str]:
    """What is wrong in the modules of a folder, with its place."""
    trees = {path: ast.parse(path.read_text("utf-8")) for path in sorted(folder.rglob("*.py"))}
    known = Known()
    for tree in trees.values():
        known.learn(tree)
    return [f"{path.name}:{found}" for path, tree in trees.items() for found in _of_module(tree, known)]


def findings_in(source: str) -> list[str]:
    """What is wrong in a piece of source."""
    tree, known = ast.parse(source), Known()
    known.learn(tree)
    return list(_of_module(tree, known))


def _of_module(tree: ast.Module, known: Known) -> Iterator[str]:
    yield from _forbidden(tree)
    yield from _Scope(known, tree, {}).findings()


def _forbidden(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        at = getattr(node, "lineno", 0)
        if isinstance(node, ast.Name) and node.id in FORBIDDEN_NAMES:
            yield f"{at}: {node.id}"
        elif isinstance(node, ast.Attribute) and node.attr in FORBIDDEN_METHODS:
            yield f"{at}: {node.attr}"
        elif isinstance(node, ast.ImportFrom) and node.module in FORBIDDEN_MODULES:
            yield f"{at}: {node.module}"
        elif isinstance(node, ast.keyword) and node.arg == "markup" and not _is(node.value, False):
            yield f"{node.value.lineno}: markup"
        elif isinstance(node, ast.keyword) and node.arg in ("link", "meta", "click"):
            yield f"{node.value.lineno}: {node.arg}"
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and "@click" in node.value:
            yield f"{at}: @click"


class _Scope:
    """One function, or a module: what its names are bound to."""

    def __init__(self, known: Known, node: ast.AST, outer: dict[str, bool]) -> None:
        self._known, self._node = known, node
        self._names = dict(outer)
        self._own = list(_own(node))
        self._parameters()
        self._bindings()

    def findings(self) -> Iterator[str]:
        for node in self._own:
            if isinstance(node, ast.Call):
                yield from self._call(node)
            elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
                yield from self._title(node)
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                yield from _Scope(self._known, node, self._names).findings()

    def _call(self, call: ast.Call) -> Iterator[str]:
        name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
        method = isinstance(call.func, ast.Attribute)
        if (name in WIDGETS and not method) or (name in METHODS and method):
            if name == "notify" and any(one.arg == "markup" for one in call.keywords):
                return
            given = [*call.args, *(one.value for one in call.keywords if one.arg not in NOT_SHOWN)]
            for one in given:
                if not self.safe(one):
                    yield f"{one.lineno}: {name} is given {ast.unparse(one)[:60]}"

    def _title(self, node: ast.Assign | ast.AnnAssign | ast.AugAssign) -> Iterator[str]:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        titles = [one for one in targets if isinstance(one, ast.Attribute) and one.attr in TITLES]
        if titles and node.value is not None and not self.safe(node.value):
            yield f"{node.lineno}: {titles[0].attr} is given {ast.unparse(node.value)[:60]}"

    def safe(self, node: ast.expr) -> bool:
        """Whether an expression can hold nothing but literals and contents."""
        match node:
            case ast.Constant():
                return True
            case ast.Name():
                return self._names.get(node.id, False)
            case ast.Attribute():
                return self._known.fields.get(node.attr, False)
            case ast.IfExp():
                return self.safe(node.body) and self.safe(node.orelse)
            case ast.BoolOp():
                return all(self.safe(one) for one in node.values)
            case ast.Tuple() | ast.List():
                return all(self.safe(one) for one in node.elts)
            case ast.Starred() | ast.Subscript() | ast.NamedExpr():
                return self.safe(node.value)
            case ast.GeneratorExp() | ast.ListComp():
                return self._comprehended(node)
            case ast.BinOp(op=ast.Add()):
                return self.safe(node.left) and self.safe(node.right)
            case ast.Call():
                return self._gives(node)
        return False

    def _gives(self, call: ast.Call) -> bool:
        if isinstance(call.func, ast.Name):
            name = call.func.id
            if name in WIDGETS:
                return True
            if name in ("tuple", "list", "reversed"):
                return all(self.safe(one) for one in call.args)
            return name in MADE or self._known.givers.get(name, False)
        if isinstance(call.func, ast.Attribute):
            return self.safe_content(call.func.value) or self._known.givers.get(call.func.attr, False)
        return False

    def safe_content(self, node: ast.expr) -> bool:
        """Whether an expression is a content, whose methods give contents; a literal is not."""
        return not isinstance(node, ast.Constant) and self.safe(node)

    def _comprehended(self, node: ast.GeneratorExp | ast.ListComp) -> bool:
        names = dict(self._names)
        for one in node.generators:
            self._bind(one.target, self.safe(one.iter))
        try:
            return self.safe(node.elt)
        finally:
            self._names = names

    def _parameters(self) -> None:
        given = getattr(self._node, "args", None)
        if isinstance(given, ast.arguments):
            for one in (*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg):
                if one is not None:
                    self._names[one.arg] = _holds_contents(one.annotation)

    def _bindings(self) -> None:
        """Bind names in the order of the source; a name that is once bound to something else is refused for good."""
        for node in self._own:
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    self._bind(target, self.safe(node.value), node.value)
            elif isinstance(node, ast.AnnAssign):
                self._bind(node.target, _holds_contents(node.annotation))
            elif isinstance(node, ast.AugAssign):
                self._bind(node.target, self.safe(node.value))
            elif isinstance(node, ast.For):
                self._bind(node.target, self.safe(node.iter))
            elif isinstance(node, ast.With):
                for item in node.items:
                    if item.optional_vars is not None:
                        self._bind(item.optional_vars, False)

    def _bind(self, target: ast.expr, safe: bool, value: ast.expr | None = None) -> None:
        if isinstance(target, ast.Name):
            before = self._names.get(target.id, True) if self._bound_here(target.id) else True
            self._names[target.id] = before and safe
        elif isinstance(target, ast.Tuple | ast.List):
            parts = value.elts if isinstance(value, ast.Tuple) and len(value.elts) == len(target.elts) else []
            for row, one in enumerate(target.elts):
                self._bind(one, self.safe(parts[row]) if parts else safe)
        elif isinstance(target, ast.Starred):
            self._bind(target.value, safe)

    def _bound_here(self, name: str) -> bool:
        return name in self._names


def _own(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a scope in the order of the source, without the insides of its functions."""
    for child in ast.iter_child_nodes(node):
        yield child
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from _own(child)


def _holds_contents(annotation: ast.expr | None) -> bool:
    """Whether an annotation speaks of contents and of nothing else that could be a text."""
    if annotation is None:
        return False
    names = {node.id for node in ast.walk(annotation) if isinstance(node, ast.Name)}
    return bool(names & MADE) and names <= MADE | CONTAINERS


def _both(table: dict[str, bool], name: str, safe: bool) -> None:
    table[name] = table.get(name, True) and safe


def _is(node: ast.expr, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value is value
