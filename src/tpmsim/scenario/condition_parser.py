"""From the text of a condition to its tree, or to diagnostics. Recursive descent with a depth of its own.

    or   := and ("or" and)*      and := not ("and" not)*      not := "not" not | test
    test := "(" or ")" | value (("<" | "<=" | ">" | ">=" | "==" | "!=") value)?
    value := NUMBER | NAME | WORD | "quoted word"

At most 200 tokens and depth 20. A text that breaks the grammar gives one diagnostic; unknown names and unlike
comparisons are all reported. The trees are those of `tpmsim.core.conditions`; nothing is ever evaluated as
code.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tpmsim.core.conditions import (
    NEVER,
    OPERATORS,
    And,
    Compare,
    Const,
    Expr,
    Name,
    Names,
    Not,
    Operand,
    Or,
    Truthy,
    Value,
)
from tpmsim.scenario.codes import Code, Conditions
from tpmsim.scenario.codes import Names as Missing
from tpmsim.scenario.condition_tokens import ConditionStopped, Token, tokens_of
from tpmsim.scenario.diagnostics import Diagnostic, allowed_words, finding, nearest
from tpmsim.scenario.nodes import Scalar
from tpmsim.text import quoted

MAX_DEPTH: Final = 20
SUGGESTIONS: Final = 5

Words = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A condition that was read.

    Attributes:
        expr: the tree, or None with the findings that say why.
        findings: what is wrong with it.
        missing: names and words that lead nowhere, each with what there is and its finding.
    """

    expr: Expr | None
    findings: tuple[Diagnostic, ...] = ()
    missing: tuple[tuple[str, Collection[str], Diagnostic], ...] = ()


def parse_condition(scalar: Scalar, names: Names, file: str = "") -> Parsed:
    """Read a condition.

    Args:
        scalar: the text and its place in the file.
        names: what can be read here; the dots are a part of the names.
        file: the file as it may be shown.
    """
    parser = _Parser(scalar, names, file)
    try:
        expr = parser.whole()
    except ConditionStopped as stopped:
        parser.report(stopped.code, stopped.start, stopped.help, **stopped.fields)
        return Parsed(None, tuple(parser.findings))
    return Parsed(None if parser.findings else expr, tuple(parser.findings), tuple(parser.missing))


class _Parser:
    def __init__(self, scalar: Scalar, names: Names, file: str) -> None:
        self.findings: list[Diagnostic] = []
        self.missing: list[tuple[str, Collection[str], Diagnostic]] = []
        self._scalar = scalar
        self._names = names
        self._file = file
        self._tokens: tuple[Token, ...] = ()
        self._next = 0
        self._depth = 0

    def report(self, code: Code, start: int, help: str = "", meant: str = "", **fields: Any) -> None:
        place = (self._file, *self._scalar.place(start))
        self.findings.append(finding(code, *place, help=help, meant=meant, **fields))

    def whole(self) -> Expr:
        self._tokens = tokens_of(self._scalar.text)
        expr = self._or()
        if self._token.kind != "end":
            raise self._unexpected("and, or, or the end")
        return expr

    @property
    def _token(self) -> Token:
        return self._tokens[self._next]

    def _taken(self, *texts: str) -> bool:
        """Take the next token if it is one of these keywords, operators or parentheses."""
        token = self._token
        if token.kind not in ("keyword", "op", "paren") or token.text not in texts:
            return False
        self._next += 1
        return True

    def _unexpected(self, expected: str) -> ConditionStopped:
        token = self._token
        if token.kind == "end":
            return ConditionStopped(Conditions.NOT_COMPLETE, token.start, expected=expected)
        problem = f"expected {expected}, found {quoted(token.text)}, which is outside the grammar here"
        return ConditionStopped(Conditions.OUTSIDE, token.start, problem=problem)

    def _or(self) -> Expr:
        return self._joined("or", self._and, Or)

    def _and(self) -> Expr:
        return self._joined("and", self._not, And)

    def _joined(self, word: str, part: Callable[[], Expr], join: type[And] | type[Or]) -> Expr:
        parts = [part()]
        while self._taken(word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else join(tuple(parts))

    def _not(self) -> Expr:
        if not self._taken("not"):
            return self._test()
        self._enter()
        part = self._not()
        self._depth -= 1
        return Not(part)

    def _test(self) -> Expr:
        if not self._taken("("):
            return self._comparison()
        self._enter()
        expr = self._or()
        if not self._taken(")"):
            raise self._unexpected("and, or, or ')'")
        self._depth -= 1
        return expr

    def _enter(self) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            start = self._tokens[self._next - 1].start
            raise ConditionStopped(Conditions.TOO_DEEP, start, limit=MAX_DEPTH)

    def _comparison(self) -> Expr:
        left = self._value()
        operator = self._token
        if not self._taken(*OPERATORS):
            return self._alone(left)
        right = self._value()
        if self._token.kind == "op":
            help = "Join two comparisons with and."
            problem = f"{quoted(self._token.text)} is outside the grammar: a comparison has two sides"
            raise ConditionStopped(Conditions.OUTSIDE, self._token.start, help, problem=problem)
        return self._compared(left, operator, right)

    def _value(self) -> Token:
        token = self._token
        if token.kind not in ("number", "name", "word"):
            raise self._unexpected("a name, a number or a word")
        self._next += 1
        return token

    def _alone(self, token: Token) -> Expr:
        name = self._known(token)
        if name is not None and name.words is None:
            return Truthy(Value(name.ref, token.text))
        if token.kind == "name" and name is None:
            self._unknown(token)
        else:
            help = f"Compare it with a word. {allowed_words(name.words or (), 'Words')}" if name else "Compare it."
            problem = f"{quoted(token.text)} alone is no condition"
            self.report(Conditions.UNLIKE, token.start, help, problem=problem)
        return NEVER

    def _compared(self, left: Token, operator: Token, right: Token) -> Expr:
        left_name, right_name = self._known(left), self._known(right)
        if left_name is not None and left_name.words is not None:
            first: Operand | None = Value(left_name.ref, left.text)
            second = self._word(operator, left_name.words, right, right_name)
        elif right_name is not None and right_name.words is not None:
            second = Value(right_name.ref, right.text)
            first = self._word(operator, right_name.words, left, left_name)
        else:
            first, second = self._numbers((left, left_name), (right, right_name))
        return NEVER if first is None or second is None else Compare(operator.text, first, second)

    def _known(self, token: Token) -> Name | None:
        return self._names.get(token.text) if token.kind == "name" else None

    def _word(self, operator: Token, words: Words, token: Token, name: Name | None) -> Operand | None:
        """The side beside a name with words: one of the words, or a name with the same ones."""
        if operator.text not in ("==", "!="):
            problem = f"words are compared by == and !=, not by {operator.text}"
            self.report(Conditions.UNLIKE, operator.start, "Name each word that is meant.", problem=problem)
        elif token.kind != "number" and token.text in words:
            return Const(words[token.text], token.text)
        elif name is not None and name.words == words:
            return Value(name.ref, token.text)
        elif token.kind == "number" or name is not None:
            self._unlike(token, allowed_words(words, "Words"))
        else:
            near = nearest(token.text, words) or ""
            allowed = allowed_words(words, "Words")
            self.report(Missing.UNKNOWN_WORD, token.start, allowed, near, word=quoted(token.text))
            self.missing.append((token.text, words, self.findings[-1]))
        return None

    def _numbers(
        self, left: tuple[Token, Name | None], right: tuple[Token, Name | None]
    ) -> tuple[Operand | None, Operand | None]:
        """Both sides of a comparison of numbers; of two unknown names only the first is reported."""
        if left[0].kind == right[0].kind == "number":
            problem = "a comparison without a name is always the same"
            self.report(Conditions.UNLIKE, left[0].start, "Write a name on one side.", problem=problem)
            return None, None
        first = self._number(*left)
        if first is None and right[1] is None:
            return None, None
        return first, self._number(*right)

    def _number(self, token: Token, name: Name | None) -> Operand | None:
        if token.kind == "number":
            return Const(token.number)
        if name is not None:
            return Value(name.ref, token.text)
        if token.kind == "word":
            self._unlike(token, "Compare with a number.")
        else:
            self._unknown(token)
        return None

    def _unlike(self, token: Token, help: str) -> None:
        problem = f"{quoted(token.text)} cannot be compared with the other side"
        self.report(Conditions.UNLIKE, token.start, help, problem=problem)

    def _unknown(self, token: Token) -> None:
        near = (nearest(token.text, self._names) if len(self.findings) < SUGGESTIONS else None) or ""
        allowed = allowed_words(self._names, "Names")
        self.report(Missing.UNKNOWN_NAME, token.start, allowed, near, name=quoted(token.text))
        self.missing.append((token.text, self._names, self.findings[-1]))
